"""What any server's JSON may hold in the place of an id, a time, a text or a list, read for every platform alike."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

LONGEST_ID: Final = 512
"""Characters: real ids have some twenty and addresses some hundred; no index takes a text of any length."""

NO_ID: Final = "(no id)"
YEARS: Final = range(1970, 2200)

NO_BOTS: Final = re.compile(r"#nobots?\b", re.IGNORECASE)
"""How people say in their profile that programs shall leave them alone."""


class Unreadable(Exception):
    """An item of a page that is no post; `id` names it as far as it says."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the platforms' word
        super().__init__(f"post {id} cannot be read")
        self.id = id


def opaque(value: object) -> str | None:
    """Return an id as the text it is on the wire; None for what is none, or what no database can look for.

    Mastodon.py hands out a str of its own, which compares as a number.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    if isinstance(value, int) and value.bit_length() > LONGEST_ID:  # Python writes no number of any length
        return None
    text = str.__str__(str(value))
    return text if 0 < len(text) <= LONGEST_ID and text == storable(text) else None


def utc(value: object) -> datetime | None:
    """Return a time as aware UTC, whatever made it; None for what is no time."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime) or value.year not in YEARS:
        return None  # a far year is somebody's claim; what is computed from it would overflow
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def storable(text: str) -> str:
    """Return a text without what no database keeps: NUL, and halves of characters (lone surrogates in JSON)."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def text_of(value: object) -> str:
    """Return a text that can be kept; an empty one for what is none."""
    return storable(value) if isinstance(value, str) else ""


def items(value: object) -> list[Mapping[str, Any]]:
    """Return the objects in a list, without what else somebody put there."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def tag_names(value: object, key: str) -> tuple[str, ...]:
    """Return the hashtags that a server recognised, case-folded; in each object of the list `key` holds the name."""
    names = (text_of(one.get(key)).casefold() for one in items(value))
    return tuple(dict.fromkeys(filter(None, names)))
