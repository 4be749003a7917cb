"""Relationships: https://docs.joinmastodon.org/methods/accounts/#relationships and follow_requests."""

from starlette.responses import Response

from sandbox import relations
from sandbox.call import Call, Endpoint, answer
from sandbox.entities.account import relationship
from sandbox.model import Account
from sandbox.refusal import NOT_FOUND, error


def relationships(call: Call) -> Response:
    """Return the caller's relationship to each account in ``id[]``; unknown ids are left out."""
    ids = call.params.texts("id") or [call.params.text("id") or ""]
    known = [call.network.accounts[other] for other in ids if other in call.network.accounts]
    return answer([relationship(call.user, other) for other in known])


def follow(call: Call) -> Response:
    """Follow an account."""
    relations.follow(call.network, call.user, call.account())
    return _standing(call)


def unfollow(call: Call) -> Response:
    """Stop following an account."""
    relations.unfollow(call.user, call.account())
    return _standing(call)


def block(call: Call) -> Response:
    """Block an account."""
    relations.block(call.user, call.account())
    return _standing(call)


def unblock(call: Call) -> Response:
    """Lift a block."""
    call.user.blocking.discard(call.account().id)
    return _standing(call)


def authorize(call: Call) -> Response:
    """Let an account follow that asked to."""
    relations.authorize(call.network, call.user, _asking(call))
    return _standing(call)


def reject(call: Call) -> Response:
    """Turn a follow request down."""
    del call.user.requested_by[_asking(call).id]
    return _standing(call)


def _asking(call: Call) -> Account:
    account = call.account()
    if account.id not in call.user.requested_by:
        raise error(404, NOT_FOUND)
    return account


def _standing(call: Call) -> Response:
    return answer(relationship(call.user, call.account()))


_ONE = "/api/v1/accounts/{id}"

ENDPOINTS = (
    Endpoint("GET", "/api/v1/accounts/relationships", relationships, "read:follows"),
    Endpoint("POST", f"{_ONE}/follow", follow, "write:follows"),
    Endpoint("POST", f"{_ONE}/unfollow", unfollow, "write:follows"),
    Endpoint("POST", f"{_ONE}/block", block, "write:blocks"),
    Endpoint("POST", f"{_ONE}/unblock", unblock, "write:blocks"),
    Endpoint("POST", "/api/v1/follow_requests/{id}/authorize", authorize, "write:follows"),
    Endpoint("POST", "/api/v1/follow_requests/{id}/reject", reject, "write:follows"),
)
