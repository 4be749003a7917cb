"""Timelines and conversations: https://docs.joinmastodon.org/methods/timelines/ and …/conversations/."""

from starlette.responses import Response

from sandbox import feeds
from sandbox.call import Call, Endpoint, Needs, answer, paged
from sandbox.entities.status import conversation, status
from sandbox.model import Status
from sandbox.paging import link_header, page, window_of

DEFAULT_LIMIT = 20


def tag(call: Call) -> Response:
    """Return the public statuses under a hashtag."""
    found = feeds.tagged(call.network, call.path["hashtag"], call.viewer, only_local=call.params.flag("local"))
    return paged(
        call,
        list(found),
        lambda post: status(call.network, post, call.viewer),
        lambda post: post.id,
        default=DEFAULT_LIMIT,
    )


def home(call: Call) -> Response:
    """Return the caller's home feed."""
    window = window_of(call.params, DEFAULT_LIMIT)
    shown = page(feeds.home(call.network, call.user), window, _id)
    link = link_header(call.url, call.query, [post.id for post in shown])
    if call.network.dialect.repeats_home:
        shown = shown[:1] + shown
    entities = [status(call.network, post, call.user) for post in shown]
    return answer(entities, headers={"Link": link} if link else None)


def conversations(call: Call) -> Response:
    """Return the caller's direct threads; cursors are ids of their last statuses."""
    return paged(
        call,
        list(call.user.conversations.values()),
        lambda thread: conversation(call.network, thread, call.user),
        lambda thread: thread.status_ids[-1],
        default=DEFAULT_LIMIT,
        needs_full_page=True,
    )


def _id(post: Status) -> str:
    return post.id


ENDPOINTS = (
    Endpoint("GET", "/api/v1/timelines/tag/{hashtag}", tag, "read:statuses", Needs.SCOPE_IF_ANY),
    Endpoint("GET", "/api/v1/timelines/home", home, "read:statuses"),
    Endpoint("GET", "/api/v1/conversations", conversations, "read:statuses"),
)
