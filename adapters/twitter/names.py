"""Field names, which X changed on 7 August 2026: tweet.fields became post.fields, and so on. Answers may use either."""

from collections.abc import Mapping
from typing import Any, Final, Literal

Nouns = Literal["tweet", "post"]

_FIELDS: Final = (
    "author_id",
    "conversation_id",
    "created_at",
    "edit_history_{}_ids",
    "entities",
    "in_reply_to_user_id",
    "lang",
    "note_{}",
    "referenced_{}s",
    "withheld",
)


def fields(noun: Nouns) -> dict[str, str]:
    """Return the parameter that asks for everything the bot reads of a post."""
    return {f"{noun}.fields": ",".join(name.format(noun) for name in _FIELDS)}


def either(item: Mapping[str, Any], name: str) -> Any:
    """Return a field by its new name or its old one; `name` holds {} where the noun stands."""
    for noun in ("post", "tweet"):
        if (found := item.get(name.format(noun))) is not None:
            return found
    return None
