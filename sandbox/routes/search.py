"""Search: https://docs.joinmastodon.org/methods/search/."""

from starlette.responses import Response

from sandbox import feeds
from sandbox.call import Call, Endpoint, Needs, answer
from sandbox.entities.account import account
from sandbox.entities.status import status, tag
from sandbox.model import Account, Status
from sandbox.paging import window_of
from sandbox.refusal import error

DEFAULT_LIMIT = 20


def search(call: Call) -> Response:
    """Find accounts by handle or name, a status by its address (with ``resolve``), hashtags by their beginning.

    Raises Refusal: 400 without ``q``, 401 for ``resolve`` without a user.
    """
    query = (call.params.text("q") or "").strip()
    if not query:
        raise error(400, "param is missing or the value is empty: q")
    resolves = call.params.flag("resolve")
    if resolves and call.viewer is None:
        raise error(401, "Search queries that resolve remote resources are not supported without authentication")
    kind = call.params.text("type")
    limit = window_of(call.params, DEFAULT_LIMIT).limit
    people = _accounts(call, query)[:limit] if kind in {None, "accounts"} else []
    posts = _statuses(call, query) if resolves and kind in {None, "statuses"} else []
    tags = _tags(call, query)[:limit] if kind in {None, "hashtags"} else []
    return answer(
        {
            "accounts": [account(call.network, person) for person in people],
            "statuses": [status(call.network, post, call.viewer) for post in posts],
            "hashtags": [tag(call.network, name, call.viewer) for name in tags],
        }
    )


def _accounts(call: Call, query: str) -> list[Account]:
    exact = call.network.find_handle(query)
    if "@" in query.removeprefix("@"):
        return [exact] if exact else []
    wanted = query.removeprefix("@").lower()
    similar = [
        person
        for person in call.network.accounts.values()
        if person is not exact and (person.username.lower().startswith(wanted) or wanted in person.display_name.lower())
    ]
    return [exact, *similar] if exact else similar


def _statuses(call: Call, query: str) -> list[Status]:
    return [
        post
        for post in call.network.statuses.values()
        if query in {post.uri, post.url} and feeds.may_see(call.network, post, call.viewer)
    ]


def _tags(call: Call, query: str) -> list[str]:
    wanted = query.removeprefix("#").lower()
    return sorted(name for name, ids in call.network.tagged.items() if ids and name.startswith(wanted))


ENDPOINTS = (Endpoint("GET", "/api/v2/search", search, "read:search", Needs.SCOPE_IF_ANY),)
