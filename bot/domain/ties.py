"""How strongly two members interact: replies and mentions, each counting half as much after some weeks.

One number a pair is enough: its weight at the time of the latest meeting, since what fades fades for all at once.
"""

from datetime import timedelta
from typing import Final

from bot.domain.model import Moment, Value

HALF_LIFE: Final = timedelta(weeks=8)
"""Eight sessions of a weekly chat: half of what was said between two people then still counts."""

REPLY: Final = 1.0
MENTION: Final = 0.5
"""A name that is dropped counts half of an answer."""


class Tie(Value):
    """What there was between two members, as of `at`."""

    weight: float
    at: Moment

    def weight_at(self, now: Moment) -> float:
        """Return what is left of it at `now`; before `at` nothing has faded yet."""
        return self.weight * _fading(now - self.at)


def met(tie: Tie | None, by: float, at: Moment) -> Tie:
    """Return a tie after two people met at that time, which may lie before the latest meeting."""
    if tie is None:
        return Tie(weight=by, at=at)
    latest = max(tie.at, at)
    return Tie(weight=tie.weight_at(latest) + by * _fading(latest - at), at=latest)


def _fading(passed: timedelta) -> float:
    return float(0.5 ** (max(timedelta(), passed) / HALF_LIFE))
