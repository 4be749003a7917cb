"""Pages of a list, forward from a cursor or backward to a time; ids are opaque and never compared.

`min_id` gives the oldest page after an id, so that pages follow each other without a gap; `since_id` would give the
newest (docs.joinmastodon.org/api/guidelines/#pagination). Mastodon and GoToSocial put the newest of such a page
first, Takahe the oldest, so the times at its ends say which it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from adapters.wire import opaque, utc
from bot.app.errors import Transient

PAGE: Final = 40
"""Items asked for at once: as many as every timeline gives."""

Fetch = Callable[[dict[str, str]], Any]
"""Gets one page, by `min_id` or `max_id` or neither."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What was read: raw items, the id to go on from, whether to go on at once.

    `is_whole` is False where reading backward gave up before it came to the time it looked for.
    """

    items: tuple[Any, ...] = ()
    cursor: str | None = None
    has_more: bool = False
    is_whole: bool = True


def forward(fetch: Fetch, cursor: str) -> Leaf:
    """Read the oldest page after the cursor."""
    page = _listed(fetch({"min_id": cursor}))
    named = [item for item in page if key_of(item)]
    if not named:
        return Leaf(tuple(page), cursor)
    first, last = at_of(named[0]), at_of(named[-1])
    newest = named[-1] if first is not None and last is not None and first < last else named[0]
    key = key_of(newest)
    return Leaf(tuple(page), key, has_more=key != cursor)


def backward(fetch: Fetch, since: datetime, *, pages: int) -> Leaf:
    """Read from the newest item back until a whole page is older than `since`, at most so many pages."""
    items: list[Any] = []
    cursor = before = None
    for _ in range(pages):
        page = _listed(fetch({"max_id": before} if before else {}))
        items += page
        keys = [key for item in page if (key := key_of(item))]
        cursor = cursor or next(iter(keys), None)
        if not keys or keys[-1] == before or all((at := at_of(item)) and at < since for item in page):
            return Leaf(tuple(items), cursor)
        before = keys[-1]
    return Leaf(tuple(items), cursor, is_whole=False)


def key_of(item: object) -> str | None:
    """Return an item's id, None where it has none."""
    return opaque(item.get("id")) if isinstance(item, Mapping) else None


def at_of(item: object) -> datetime | None:
    """Return an item's time, None where it has none."""
    return utc(item.get("created_at")) if isinstance(item, Mapping) else None


def _listed(page: object) -> list[Any]:
    if not isinstance(page, list):
        raise Transient("the server gave something else than a list")
    return page
