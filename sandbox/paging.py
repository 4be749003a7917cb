"""Pages of a list that is sorted by id, newest first, and the Link header that leads from one to the next.

``max_id``: strictly older. ``since_id``: strictly newer, and of those the newest page, so that a long gap loses its
older end. ``min_id``: strictly newer, and of those the oldest page, so that pages follow each other without a gap.
Every page is given newest first. https://docs.joinmastodon.org/api/guidelines/#pagination
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from sandbox.params import Params

Item = TypeVar("Item")
CURSORS = ("max_id", "since_id", "min_id")


@dataclass(frozen=True)
class Window:
    """Which page is asked for."""

    limit: int
    max_id: str | None = None
    since_id: str | None = None
    min_id: str | None = None


def order(identifier: str) -> tuple[int, str]:
    """Return the sort key of an id: numbers by value, ULIDs (all of one length) by text."""
    return len(identifier), identifier


def window_of(params: Params, default: int) -> Window:
    """Return the page a request asks for; the limit is capped at twice the default, as Mastodon does."""
    given = params.text("limit")
    limit = default if given is None else abs(int(given)) if given.lstrip("-").isdecimal() else 0
    max_id, since_id, min_id = (params.text(name) or None for name in CURSORS)
    return Window(min(limit, default * 2), max_id, since_id, min_id)


def page(items: Iterable[Item], window: Window, key: Callable[[Item], str]) -> list[Item]:
    """Return the page, newest first."""
    low = window.min_id or window.since_id
    found = [
        item
        for item in items
        if (window.max_id is None or order(key(item)) < order(window.max_id))
        and (low is None or order(key(item)) > order(low))
    ]
    found.sort(key=lambda item: order(key(item)), reverse=True)
    if window.min_id is not None:
        return found[-window.limit :] if window.limit else []
    return found[: window.limit]


def link_header(url: str, query: Params, ids: list[str], *, has_next: bool = True) -> str | None:
    """Return the Link header for a page with these ids (newest first), or None for an empty page.

    ``next`` leads to older items by ``max_id``, ``prev`` to newer ones by ``min_id``; the other parameters are kept.
    """
    if not ids:
        return None
    kept = [(name, value) for name, value in query.pairs if name not in {*CURSORS, "access_token"}]
    links = [("next", "max_id", ids[-1])] if has_next else []
    links.append(("prev", "min_id", ids[0]))
    return ", ".join(f'<{url}?{urlencode([*kept, (name, at)])}>; rel="{rel}"' for rel, name, at in links)
