"""Hashtags: https://docs.joinmastodon.org/methods/tags/."""

import re

from starlette.responses import Response

from sandbox.call import Call, Endpoint, Needs, answer
from sandbox.entities.status import tag
from sandbox.refusal import NOT_FOUND, error

_NAME = re.compile(r"\w*[^\W\d]\w*")


def show(call: Call) -> Response:
    """Return a hashtag, also one that nobody used yet."""
    return answer(tag(call.network, _name(call), call.viewer))


def follow(call: Call) -> Response:
    """Bring public statuses under this hashtag home from now on."""
    call.user.followed_tags.add(_name(call).lower())
    return show(call)


def unfollow(call: Call) -> Response:
    """Bring them home no longer."""
    call.user.followed_tags.discard(_name(call).lower())
    return show(call)


def _name(call: Call) -> str:
    name = call.path["id"]
    if not _NAME.fullmatch(name):
        raise error(404, NOT_FOUND)
    return name


_ONE = "/api/v1/tags/{id}"

ENDPOINTS = (
    Endpoint("GET", _ONE, show, None, Needs.SCOPE_IF_ANY),
    Endpoint("POST", f"{_ONE}/follow", follow, "write:follows"),
    Endpoint("POST", f"{_ONE}/unfollow", unfollow, "write:follows"),
)
