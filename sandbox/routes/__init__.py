"""The addresses of the API, an area a file; ``ALL`` is what the server serves, in the order it is matched."""

from starlette.responses import Response

from sandbox.call import Call, Endpoint, Needs
from sandbox.routes import accounts, instance, notifications, oauth, relations, search, statuses, tags, timelines

ALL: tuple[Endpoint, ...] = (
    *oauth.ENDPOINTS,
    *instance.ENDPOINTS,
    *relations.ENDPOINTS,
    *accounts.ENDPOINTS,
    *statuses.ENDPOINTS,
    *timelines.ENDPOINTS,
    *tags.ENDPOINTS,
    *notifications.ENDPOINTS,
    *search.ENDPOINTS,
)


def unknown(call: Call) -> Response:
    """Refuse an address that does not exist."""
    raise call.network.dialect.refuse("unknown_path")


UNKNOWN = Endpoint("", "/{path:path}", unknown, None, Needs.NOTHING)
"""Every other address, with any method."""
