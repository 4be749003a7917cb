"""Pages of posts and cursors, on an index that lags, is not surely ordered, and may page for ever.

A cursor holds the `newest_id` of the first page and when that post was written. What is read overlaps by two minutes,
because a post shows about half a minute after it was written; but never over 00:00 UTC, for a post read on two days is
billed twice. A cursor older than six days is not sent: X refuses one of seven (docs.x.com/x-api/posts/search).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from adapters.twitter.translate import items, opaque, utc

OVERLAP: Final = timedelta(minutes=2)
OLDEST: Final = timedelta(days=6)
LONGEST_ID: Final = 19
"""Digits of an id that X takes back."""

PAGE: Final = 100
PAGES: Final = 30

Fetch = Callable[[dict[str, str]], Mapping[str, Any]]
"""Gets one page, by the span's parameters and a token."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest post that was seen, and when it was written."""

    id: str
    at: datetime

    def as_json(self) -> dict[str, str]:
        """Return it as it is kept."""
        return {"id": self.id, "at": self.at.isoformat()}


def mark_of(kept: object) -> Mark | None:
    """Read a mark; None for what is none."""
    if not isinstance(kept, Mapping):
        return None
    key, at = opaque(kept.get("id")), utc(kept.get("at"))
    return Mark(key, at) if key is not None and at is not None else None


def parsed(cursor: str | None) -> dict[str, Any]:
    """Read a cursor that holds several marks; nothing for what is none."""
    try:
        found = json.loads(cursor or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Span:
    """From where to read: by id or from a time; `begin` is the time that it surely covers from."""

    begin: datetime
    since_id: str | None = None

    def params(self) -> dict[str, str]:
        """Return the parameters."""
        if self.since_id is not None:
            return {"since_id": self.since_id}
        return {"start_time": f"{self.begin:%Y-%m-%dT%H:%M:%SZ}"}


def span(mark: Mark | None, since: datetime, now: datetime, floor: datetime | None = None) -> Span:
    """Say from where to read after a mark, or from `since` where there is none; no overlap reaches below the floor."""
    if mark is None or mark.at < now - OLDEST:
        return Span(max(since, now - OLDEST))
    at = min(mark.at, now)  # whatever time a server claims
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if at >= midnight:
        return Span(max(at - OVERLAP, midnight, floor or midnight))
    is_id = mark.id.isascii() and mark.id.isdigit() and len(mark.id) <= LONGEST_ID
    return Span(at, mark.id if is_id else None)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What was read: each item once, the new mark, and whether everything was read."""

    items: tuple[Any, ...] = ()
    mark: Mark | None = None
    is_whole: bool = True


def read(fetch: Fetch, where: Span, *, pages: int = PAGES, token: str = "next_token") -> Leaf:  # noqa: S107 - no password
    """Read page after page, until one brings nothing new or none follows."""
    found: dict[str, Any] = {}
    strange: list[Any] = []
    newest: str | None = None
    more: dict[str, str] = {}
    for number in range(pages):
        answer = fetch({**where.params(), **more})
        raw = answer.get("data")
        page = raw if isinstance(raw, list) else []
        meta = answer.get("meta")
        meta = meta if isinstance(meta, Mapping) else {}
        if number == 0:
            newest = opaque(meta.get("newest_id"))
        fresh = {key: one for one in items(page) if (key := opaque(one.get("id"))) and key not in found}
        strange += [one for one in page if not isinstance(one, Mapping) or opaque(one.get("id")) is None]
        found |= fresh
        following = meta.get("next_token")
        if not fresh or not isinstance(following, str) or not following:
            return Leaf((*found.values(), *strange), _mark(found, newest))
        more = {token: following}
    return Leaf((*found.values(), *strange), _mark(found, newest), is_whole=False)


def _mark(found: Mapping[str, Any], newest: str | None) -> Mark | None:
    """Mark the newest post by the server's word where its time is known, else by the times."""
    times = {key: at for key, one in found.items() if (at := utc(one.get("created_at"))) is not None}
    if not times:
        return None
    latest = max(times, key=lambda key: times[key])
    key = newest if newest in times else latest
    return Mark(key, max(times[key], times[latest]))
