"""One request as a handler sees it, and what an endpoint is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, TypeVar

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response

from sandbox.entities import JSON
from sandbox.limits import Limiter
from sandbox.model import Account, Status
from sandbox.network import Network
from sandbox.oauth import Token
from sandbox.paging import link_header, page, window_of
from sandbox.params import Params
from sandbox.refusal import NOT_FOUND, error

Item = TypeVar("Item")
JSON_TYPE = "application/json; charset=utf-8"


class Needs(Enum):
    """What an endpoint asks of the token."""

    NOTHING = auto()
    SCOPE_IF_ANY = auto()
    """Open to everybody; but a token that is sent has to hold the scope."""
    TOKEN = auto()
    USER = auto()


@dataclass(frozen=True)
class Call:
    """A parsed and authorised request. ``url`` is its address without the query."""

    network: Network
    limiter: Limiter
    url: str
    base_url: str
    path: Mapping[str, str]
    query: Params
    params: Params
    headers: Headers
    token: Token | None = None
    viewer: Account | None = None

    @property
    def user(self) -> Account:
        """The account that calls. Raises Refusal (422) where the token is only an application's."""
        if self.viewer is None:
            raise error(422, "This method requires an authenticated user")
        return self.viewer

    def account(self) -> Account:
        """Return the account of the path's id. Raises Refusal (404)."""
        found = self.network.accounts.get(self.path["id"])
        if found is None:
            raise error(404, NOT_FOUND)
        return found

    def status(self, found: Status | None) -> Status:
        """Return the status, or raise the refusal (404) that the dialect has for an unknown one."""
        if found is None:
            raise self.network.dialect.refuse("unknown_status")
        return found


Handler = Callable[[Call], Response]


@dataclass(frozen=True)
class Endpoint:
    """An address of the API. Handlers are plain functions, so nothing comes between their changes of the state.

    ``spends_posts``: the headers also tell of the limit on statuses created and edited.
    """

    method: str
    path: str
    handler: Handler
    scope: str | None = None
    needs: Needs = Needs.USER
    spends_posts: bool = field(default=False, kw_only=True)


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON answer."""
    return JSONResponse(body, status, headers, media_type=JSON_TYPE)


def paged(
    call: Call,
    items: list[Item],
    entity: Callable[[Item], JSON],
    key: Callable[[Item], str],
    *,
    default: int,
    needs_full_page: bool = False,
) -> Response:
    """Return one page of items as JSON with its Link header.

    ``needs_full_page``: a ``next`` link only after a full page; other lists always give one, except when empty.
    """
    window = window_of(call.params, default)
    shown = page(items, window, key)
    has_next = len(shown) == window.limit or not needs_full_page
    link = link_header(call.url, call.query, [key(item) for item in shown], has_next=has_next)
    return answer([entity(item) for item in shown], headers={"Link": link} if link else None)
