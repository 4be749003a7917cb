"""Posts: search, counts, mentions, timelines (docs.x.com/x-api/posts)."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from starlette.responses import JSONResponse, Response

from sandbox.clock import iso
from sandbox.x import shapes
from sandbox.x.call import Call, Endpoint
from sandbox.x.model import Person, Tweet, first_id, id_time
from sandbox.x.query import BadQuery, compiled
from sandbox.x.refusal import invalid, problem

WEEK: Final = timedelta(days=7)
SPAN: Final = ("start_time", "end_time", "since_id", "until_id", "max_results", "tweet.fields", "post.fields")


def search(call: Call) -> Response:
    """Return posts of the last seven days that match, the newest first."""
    call.knows("query", "next_token", "pagination_token", "sort_order", *SPAN)
    limit = call.number("max_results", 10, 100, 10)
    try:
        test = compiled(call.query.get("query", ""), call.network)
    except BadQuery as fault:
        raise invalid(f"There were errors processing your request: {fault}", query=[call.query.get("query")]) from fault
    begin, end = _span(call, is_search=True)
    found = call.network.shown(lambda one: begin <= int(one.id) < end and (call.habits.is_deaf or test(one)))
    return _page(call, found, limit, "post_read", call.query.get("next_token") or call.query.get("pagination_token"))


def counts(call: Call) -> Response:
    """Return how many posts of the last seven days match, in pieces of time; every request is billed."""
    call.knows("query", "granularity", "start_time", "end_time", "since_id", "until_id", "next_token")
    if call.query.get("granularity", "hour") not in {"minute", "hour", "day"}:
        raise invalid("The `granularity` query parameter value is not one of [minute,hour,day]")
    try:
        test = compiled(call.query.get("query", ""), call.network)
    except BadQuery as fault:
        raise invalid(f"There were errors processing your request: {fault}") from fault
    begin, end = _span(call, is_search=True)
    found = call.network.shown(lambda one: begin <= int(one.id) < end and test(one))
    call.meter.bill(call.sender.app, "count", [f"request {len(call.network.events)} {next(_REQUESTS)}"])
    minutes: dict[datetime, int] = {}
    for one in found:
        at = one.created_at.replace(second=0, microsecond=0)
        minutes[at] = minutes.get(at, 0) + 1
    pieces = [
        {"start": iso(at), "end": iso(at + timedelta(minutes=1)), "tweet_count": many}
        for at, many in sorted(minutes.items())
    ]
    return JSONResponse({"data": pieces, "meta": {"total_tweet_count": len(found)}})


def mentions(call: Call) -> Response:
    """Return posts that mention an account, the newest first; cheap where it owns the app."""
    person = _person(call)
    call.knows("pagination_token", *SPAN)
    limit = call.number("max_results", 5, 100, 10)
    begin, end = _span(call, is_search=False)
    found = call.network.shown(lambda one: begin <= int(one.id) < end and person.id in one.mentions)
    kind = "owned_read" if person.app == call.sender.app else "post_read"
    return _page(call, found, limit, kind, call.query.get("pagination_token"))


def timeline(call: Call) -> Response:
    """Return an account's own posts, the newest first."""
    person = _person(call)
    call.knows("pagination_token", "exclude", *SPAN)
    limit = call.number("max_results", 5, 100, 10)
    left_out = set(call.query.get("exclude", "").split(",")) - {""}
    if not left_out <= {"retweets", "replies"}:
        raise invalid("The `exclude` query parameter value is not one of [retweets,replies]")
    begin, end = _span(call, is_search=False)
    found = call.network.shown(
        lambda one: (
            begin <= int(one.id) < end
            and one.author_id == person.id
            and not ("retweets" in left_out and one.retweeted)
            and not ("replies" in left_out and one.replied_to)
        )
    )
    return _page(call, found, limit, "post_read", call.query.get("pagination_token"))


def create(call: Call) -> Response:
    """Post; with `retweet_of`, which is the sandbox's own, pass a post on."""
    text = call.body.get("text")
    reply = call.body.get("reply") or {}
    target = reply.get("in_reply_to_tweet_id")
    if target is not None and target not in call.network.tweets:
        raise problem(403, "Forbidden", "You attempted to reply to a Tweet that is deleted or not visible to you.")
    if not isinstance(text, str) or not text.strip():
        raise invalid("$.text: is missing")
    one = call.network.publish(call.user, text, reply_to=target, lang=call.body.get("lang", "en"))
    call.meter.bill(call.sender.app, "post_sent_with_url" if "://" in text else "post_sent", [one.id])
    return JSONResponse({"data": {"id": one.id, "text": one.text, "edit_history_tweet_ids": one.versions}}, 201)


def retweet(call: Call) -> Response:
    """Pass a post on."""
    one = call.network.tweets.get(str(call.body.get("tweet_id")))
    if one is None:
        raise problem(404, "Not Found Error", "Could not find the post.", "resource-not-found")
    passed_on = call.network.retweet(call.user, one)
    return JSONResponse({"data": {"id": passed_on.id, "retweeted": True}})


def _person(call: Call) -> Person:
    person = call.network.people.get(call.path["id"])
    if person is None or person.is_suspended:
        raise problem(404, "Not Found Error", "Could not find user with id.", "resource-not-found")
    return person


def _span(call: Call, *, is_search: bool) -> tuple[int, int]:
    """Return the first id wanted and the first one that is not. Raises Refusal (400) for a window X refuses."""
    now = call.network.now()
    start, end = call.moment("start_time"), call.moment("end_time")
    since, until = _id(call, "since_id"), _id(call, "until_id")
    if start is not None and since is not None:
        raise invalid("'since_id' cannot be used together with 'start_time'")
    if end is not None and end > now - timedelta(seconds=10):
        raise invalid("Invalid 'end_time'. 'end_time' must be a minimum of 10 seconds prior to the request time.")
    if is_search:
        oldest = now - WEEK
        if start is not None and start < oldest:
            raise invalid(f"Invalid 'start_time'. 'start_time' must be on or after {iso(oldest)}.")
        if since is not None and id_time(since) < oldest:
            raise invalid(f"'since_id' must be a tweet id created after {iso(oldest)}.", since_id=[since])
        start = start or (oldest if since is None else None)
    begin = int(since) + 1 if since is not None else first_id(start) if start is not None else 0
    finish = min(int(until or 10**30), first_id(end) if end is not None else 10**30)
    return begin, finish


def _id(call: Call, name: str) -> str | None:
    text = call.query.get(name)
    if text is not None and not (text.isascii() and text.isdigit() and len(text) <= 19):
        raise invalid(f"The `{name}` query parameter value [{text}] is not a valid id", **{name: [text]})
    return text


def _page(call: Call, found: Sequence[Tweet], limit: int, kind: str, token: str | None) -> Response:
    fields, noun = call.fields(shapes.TWEET_FIELDS)
    if token is not None:
        if not token.startswith("t"):
            raise invalid("The `next_token` is not valid", next_token=[token])
        older = [one for one in found if int(one.id) < int(token[1:])]
        found = older if older or not call.habits.is_endless else found
    shown = list(found[:limit])
    meta: dict[str, Any] = {"result_count": len(shown)}
    if shown:
        meta |= {"newest_id": shown[0].id, "oldest_id": shown[-1].id}
        if len(found) > limit or call.habits.is_endless:
            meta["next_token"] = f"t{shown[-1].id}"
    call.meter.bill(call.sender.app, kind, [one.id for one in shown])
    if call.habits.is_shuffled:
        random.Random(len(shown)).shuffle(shown)  # noqa: S311 - a habit, not a secret
    data = [shapes.tweet(one, fields, noun) for one in shown]
    return JSONResponse({"data": data, "meta": meta} if data else {"meta": meta})


_REQUESTS = iter(range(1, 1 << 60))
_READ = ("tweet.read", "users.read")

ENDPOINTS = (
    Endpoint("GET", "/2/tweets/search/recent", search, "search", _READ),
    Endpoint("GET", "/2/tweets/counts/recent", counts, "counts", _READ),
    Endpoint("GET", "/2/users/{id}/mentions", mentions, "mentions", _READ),
    Endpoint("GET", "/2/users/{id}/tweets", timeline, "timeline", _READ),
    Endpoint("POST", "/2/tweets", create, "post", ("tweet.write", *_READ), is_for_users=True),
    Endpoint("POST", "/2/users/{id}/retweets", retweet, "post", ("tweet.write", *_READ), is_for_users=True),
)
