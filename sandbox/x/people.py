"""Accounts and direct messages (docs.x.com/x-api/users and …/direct-messages)."""

from collections.abc import Callable
from typing import Any, Final

from starlette.responses import JSONResponse, Response

from sandbox.x import shapes
from sandbox.x.call import Call, Endpoint
from sandbox.x.model import DirectEvent, Person
from sandbox.x.refusal import invalid, problem

LONGEST: Final = 10_000


def me(call: Call) -> Response:
    """Return the account that calls."""
    call.knows("user.fields")
    return JSONResponse({"data": shapes.person(call.user, _user_fields(call))})


def by_ids(call: Call) -> Response:
    """Return accounts by id; unknown ones are told as errors beside the data."""
    call.knows("ids", "user.fields")
    return _people(call, call.query.get("ids", ""), call.network.people.get)


def by_names(call: Call) -> Response:
    """Return accounts by user name."""
    call.knows("usernames", "user.fields")
    return _people(call, call.query.get("usernames", ""), call.network.by_name)


def _people(call: Call, given: str, find: Callable[[str], Person | None]) -> Response:
    fields = _user_fields(call)
    wanted = [one for one in given.split(",") if one]
    if not 1 <= len(wanted) <= 100:
        raise invalid("The number of values is not between 1 and 100")
    found = {key: person for key in wanted if (person := find(key)) and not person.is_suspended}
    call.meter.bill(call.sender.app, "user_read", [person.id for person in found.values()])
    answer: dict[str, Any] = {}
    if found:
        answer["data"] = [shapes.person(one, fields) for one in found.values()]
    if missing := [key for key in wanted if key not in found]:
        answer["errors"] = [
            {"value": key, "title": "Not Found Error", "detail": f"Could not find user: [{key}].", "resource_id": key}
            for key in missing
        ]
    return JSONResponse(answer)


def _user_fields(call: Call) -> frozenset[str]:
    fields = frozenset(call.query.get("user.fields", "id").split(","))
    if unknown := fields - shapes.USER_FIELDS:
        raise invalid(f"The `user.fields` query parameter value {sorted(unknown)} is not known")
    return fields


def send(call: Call) -> Response:
    """Write to one person. Whether it reaches them is known at once: 403 where it does not."""
    recipient = call.network.people.get(call.path["id"])
    text = call.body.get("text")
    if unknown := set(call.body) - {"text", "attachments"}:
        raise invalid(f"$.{min(unknown)}: is not a known property")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        raise invalid("$.text: is missing, or too long")
    if recipient is None:
        raise problem(404, "Not Found Error", "Could not find participant.", "resource-not-found")
    if recipient is call.user or not call.network.may_write(call.user, recipient):
        detail = "You do not have permission to DM one or more participants."
        raise problem(403, "Forbidden", detail)
    event = call.network.write(call.user, recipient, text)
    call.meter.bill(call.sender.app, "dm_sent", [event.id])
    return JSONResponse({"data": {"dm_conversation_id": event.conversation_id, "dm_event_id": event.id}}, 201)


def conversation(call: Call) -> Response:
    """Return the messages between the caller and one other, the newest first."""
    other, mine = call.path["id"], call.user.id
    return _events(call, lambda one: {one.sender_id, one.recipient_id} == {other, mine})


def events(call: Call) -> Response:
    """Return all messages to and from the caller, the newest first; there is no cursor to go on from."""
    return _events(call, lambda one: call.user.id in {one.sender_id, one.recipient_id})


def _events(call: Call, keep: Callable[[DirectEvent], bool]) -> Response:
    call.knows("max_results", "pagination_token", "dm_event.fields", "event_types")
    limit = call.number("max_results", 1, 100, 100)
    fields = frozenset(call.query.get("dm_event.fields", "id").split(","))
    if unknown := fields - shapes.EVENT_FIELDS:
        raise invalid(f"The `dm_event.fields` query parameter value {sorted(unknown)} is not known")
    if not set(call.query.get("event_types", "MessageCreate").split(",")) <= {"MessageCreate"}:
        raise invalid("The `event_types` query parameter value is not known")
    token = call.query.get("pagination_token")
    found = [one for one in reversed(call.network.events) if keep(one)]
    if token is not None and not call.habits.is_endless:
        found = [one for one in found if int(one.id) < int(token[1:])]
    shown = found[:limit]
    call.meter.bill(call.sender.app, "dm_read", [one.id for one in shown])
    meta: dict[str, Any] = {"result_count": len(shown)}
    if len(found) > limit or (shown and call.habits.is_endless):
        meta["next_token"] = f"d{shown[-1].id}"
    data = [shapes.event(one, fields) for one in shown]
    return JSONResponse({"data": data, "meta": meta} if data else {"meta": meta})


_DM = ("dm.read", "tweet.read", "users.read")
_WITH = "/2/dm_conversations/with/{id}"

ENDPOINTS = (
    Endpoint("GET", "/2/users/me", me, "me", ("users.read", "tweet.read"), is_for_users=True),
    Endpoint("GET", "/2/users", by_ids, "users", ("users.read", "tweet.read")),
    Endpoint("GET", "/2/users/by", by_names, "users", ("users.read", "tweet.read")),
    Endpoint("POST", f"{_WITH}/messages", send, "dm_send", ("dm.write", *_DM), is_for_users=True),
    Endpoint("GET", f"{_WITH}/dm_events", conversation, "dm_read", _DM, is_for_users=True),
    Endpoint("GET", "/2/dm_events", events, "dm_read", _DM, is_for_users=True),
)
