"""Statuses: https://docs.joinmastodon.org/methods/statuses/."""

from starlette.responses import Response

from sandbox import feeds, posting
from sandbox.call import Call, Endpoint, Needs, answer
from sandbox.drafts import checked_texts, draft_from
from sandbox.entities.status import status, visible
from sandbox.model import Status
from sandbox.paging import order


def create(call: Call) -> Response:
    """Post. A repeated ``Idempotency-Key`` gives the earlier status back and posts nothing."""
    key = call.headers.get("idempotency-key")
    post = posting.remembered(call.network, call.user, key)
    if post is None:
        application = call.token.application if call.token else None
        draft = draft_from(call.network, call.user, call.params, application.name if application else None)
        call.limiter.charge_post(call.user)
        post = posting.publish(call.network, call.user, draft)
        if key:
            call.user.idempotency[key] = (post.id, call.network.now())
    return answer(status(call.network, post, call.user))


def show(call: Call) -> Response:
    """Return one status."""
    return answer(status(call.network, _readable(call), call.viewer))


def context(call: Call) -> Response:
    """Return what a status answers and what answers it, oldest first."""
    post = _readable(call)
    above: list[Status] = []
    parent = call.network.statuses.get(post.in_reply_to_id or "")
    while parent is not None:
        above.append(parent)
        parent = call.network.statuses.get(parent.in_reply_to_id or "")
    below = sorted(_descendants(call, post), key=lambda reply: order(reply.id))
    return answer(
        {
            "ancestors": visible(call.network, above[::-1], call.viewer),
            "descendants": visible(call.network, below, call.viewer),
        }
    )


def source(call: Call) -> Response:
    """Return the plain text of an own status, to be edited."""
    post = _own(call)
    return answer({"id": post.id, "text": post.text, "spoiler_text": post.spoiler_text})


def edit(call: Call) -> Response:
    """Change an own status; its id stays."""
    post = _own(call)
    text, spoiler = checked_texts(call.network, call.params)
    call.limiter.charge_post(call.user)
    posting.edit(call.network, post, text, spoiler, is_sensitive=call.params.flag("sensitive") or bool(spoiler))
    return answer(status(call.network, post, call.user))


def delete(call: Call) -> Response:
    """Delete an own status; the answer holds its text, to be posted anew."""
    post = _own(call)
    entity = status(call.network, post, call.user, with_source=True)
    posting.delete(call.network, post)
    return answer(entity)


def reblog(call: Call) -> Response:
    """Return the caller's reblog of a status."""
    post = _readable(call)
    original = call.network.statuses[post.reblog_of_id] if post.reblog_of_id else post
    if call.user.id not in original.reblogs:
        call.limiter.charge_post(call.user)
    return answer(status(call.network, posting.reblog(call.network, call.user, original), call.user))


def favourite(call: Call) -> Response:
    """Like a status."""
    post = _readable(call)
    posting.favourite(call.network, call.user, post)
    return answer(status(call.network, post, call.user))


def _readable(call: Call) -> Status:
    post = call.status(call.network.statuses.get(call.path["id"]))
    return call.status(post if feeds.may_see(call.network, post, call.viewer) else None)


def _own(call: Call) -> Status:
    post = call.status(call.network.statuses.get(call.path["id"]))
    return call.status(post if post.account_id == call.user.id else None)


def _descendants(call: Call, post: Status) -> list[Status]:
    found: list[Status] = []
    waiting = [post]
    while waiting:
        replies = [call.network.statuses[reply_id] for reply_id in waiting.pop().reply_ids]
        found += replies
        waiting += replies
    return found


_ONE = "/api/v1/statuses/{id}"

ENDPOINTS = (
    Endpoint("POST", "/api/v1/statuses", create, "write:statuses", spends_posts=True),
    Endpoint("GET", _ONE, show, "read:statuses", Needs.SCOPE_IF_ANY),
    Endpoint("PUT", _ONE, edit, "write:statuses", spends_posts=True),
    Endpoint("DELETE", _ONE, delete, "write:statuses"),
    Endpoint("GET", f"{_ONE}/context", context, "read:statuses", Needs.SCOPE_IF_ANY),
    Endpoint("GET", f"{_ONE}/source", source, "read:statuses"),
    Endpoint("POST", f"{_ONE}/reblog", reblog, "write:statuses", spends_posts=True),
    Endpoint("POST", f"{_ONE}/favourite", favourite, "write:favourites"),
)
