"""What things cost, in millionths of a dollar, and who owes how much.

Prices of November 2026 (docs.x.com/x-api/getting-started/pricing). The same thing read twice on one UTC day is billed
once; requests that fail or bring nothing are free, except counts.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from sandbox.clock import Now

PRICES: Final = {
    "post_read": 5_000,
    "user_read": 10_000,
    "dm_read": 10_000,
    "owned_read": 1_000,
    "dm_sent": 15_000,
    "post_sent": 15_000,
    "post_sent_with_url": 200_000,
    "count": 5_000,
}


class Meter:
    """One bill an app."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._billed: set[tuple[str, date, str, str]] = set()
        self._items: Counter[tuple[str, date, str]] = Counter()
        self._distinct: dict[str, set[str]] = {}
        self.credit: dict[str, int] = {}

    def bill(self, app: str, kind: str, keys: Iterable[str]) -> None:
        """Charge an app for things of a kind, each once a UTC day."""
        today = self._now().date()
        for key in keys:
            if (app, today, kind, key) not in self._billed:
                self._billed.add((app, today, kind, key))
                self._items[app, today, kind] += 1
            if kind == "post_read":
                self._distinct.setdefault(app, set()).add(key)

    def owed(self, app: str) -> int:
        """Return everything an app owes."""
        return sum(count * PRICES[kind] for (who, _, kind), count in self._items.items() if who == app)

    def has_credit(self, app: str) -> bool:
        """Say whether the app may still ask; without a limit it may."""
        return app not in self.credit or self.owed(app) < self.credit[app]

    def forget_before(self, days: int) -> None:
        """Forget what was billed long ago; the sums stay."""
        until = self._now().date() - timedelta(days=days)
        self._billed = {one for one in self._billed if one[1] >= until}

    def as_json(self) -> dict[str, Any]:
        """Return the bill of each app: dollars, items by kind, by day, and how many distinct posts were read."""
        apps = {app for app, _, _ in self._items}
        return {app: self._of(app) for app in sorted(apps)}

    def _of(self, app: str) -> dict[str, Any]:
        kinds: Counter[str] = Counter()
        days: Counter[str] = Counter()
        for (who, day, kind), count in self._items.items():
            if who == app:
                kinds[kind] += count
                days[day.isoformat()] += count * PRICES[kind]
        return {
            "dollars": self.owed(app) / 1_000_000,
            "items": dict(kinds),
            "dollars_by_kind": {kind: count * PRICES[kind] / 1_000_000 for kind, count in kinds.items()},
            "dollars_by_day": {day: owed / 1_000_000 for day, owed in sorted(days.items())},
            "distinct_posts": len(self._distinct.get(app, ())),
        }
