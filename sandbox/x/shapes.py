"""How things look on the wire, with the old names or the new ones of 7 August 2026."""

from typing import Any, Final

from sandbox.clock import iso
from sandbox.x.model import DirectEvent, Person, Tweet

TWEET_FIELDS: Final = frozenset(
    {
        "author_id",
        "conversation_id",
        "created_at",
        "edit_history_{noun}_ids",
        "entities",
        "id",
        "in_reply_to_user_id",
        "lang",
        "note_{noun}",
        "referenced_{noun}s",
        "text",
        "withheld",
    }
)
"""`{noun}` is tweet, or post since August 2026."""

EVENT_FIELDS: Final = frozenset(
    {"id", "text", "event_type", "created_at", "dm_conversation_id", "sender_id", "participant_ids"}
)
USER_FIELDS: Final = frozenset({"id", "name", "username", "description", "created_at", "protected"})
SHORT: Final = 280


def tweet(one: Tweet, fields: frozenset[str], noun: str) -> dict[str, Any]:
    """Return a post with the fields that were asked for; id, text and history are always there."""
    whole = {
        "id": one.id,
        "text": one.text if len(one.text) <= SHORT else one.text[: SHORT - 1] + "…",
        f"edit_history_{noun}_ids": one.versions,
        "author_id": one.author_id,
        "conversation_id": one.conversation_id,
        "created_at": iso(one.created_at),
        "lang": one.lang,
        "in_reply_to_user_id": one.in_reply_to_user_id,
        f"referenced_{noun}s": _references(one),
        "entities": _entities(one),
        f"note_{noun}": {"text": one.text} if len(one.text) > SHORT else None,
        "withheld": {"copyright": False, "country_codes": ["XX"]} if one.is_withheld else None,
    }
    whole["text"] = _escaped(str(whole["text"]))
    if one.is_withheld:
        whole["text"] = ""
    always = {"id", "text", f"edit_history_{noun}_ids"}
    return {name: value for name, value in whole.items() if name in fields | always and value not in (None, [], {})}


def _references(one: Tweet) -> list[dict[str, str]]:
    found = [("replied_to", one.replied_to), ("retweeted", one.retweeted)]
    return [{"type": kind, "id": key} for kind, key in found if key]


def _entities(one: Tweet) -> dict[str, Any]:
    mentions = [{"id": key, "username": name} for key, name in one.mentions.items()]
    return {
        name: value
        for name, value in (("mentions", mentions), ("hashtags", [{"tag": tag} for tag in one.tags]))
        if value
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def event(one: DirectEvent, fields: frozenset[str]) -> dict[str, Any]:
    """Return a direct message."""
    whole = {
        "id": one.id,
        "event_type": "MessageCreate",
        "text": one.text,
        "created_at": iso(one.created_at),
        "sender_id": one.sender_id,
        "dm_conversation_id": one.conversation_id,
    }
    return {name: value for name, value in whole.items() if name in fields | {"id", "event_type", "text"}}


def person(one: Person, fields: frozenset[str]) -> dict[str, Any]:
    """Return an account with the fields that were asked for; id, name and username are always there."""
    told = {"id": one.id, "name": one.name, "username": one.username}
    return {**told, "description": one.description} if "description" in fields else told
