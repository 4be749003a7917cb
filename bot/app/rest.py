"""How long to leave somebody alone who does not answer: longer each time, within bounds, and said once."""

from datetime import timedelta
from typing import Final

from bot.domain.model import Moment

FIRST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(minutes=5)


class Rest:
    """The pause after a failure. Kept in memory: after a restart a first try costs nothing."""

    def __init__(self) -> None:
        self._until: Moment | None = None
        self._failures = 0
        self._trouble = ""

    def lasts(self, now: Moment) -> bool:
        """Say whether it is still too early to try again."""
        return self._until is not None and now < self._until

    def begin(self, now: Moment, retry_at: Moment | None = None) -> Moment:
        """Rest after a failure, until `retry_at` where the other side named it; return until when."""
        pause = min(LONGEST, FIRST * (1 << min(self._failures, 10)))
        self._failures += 1
        self._until = max(retry_at, now) if retry_at is not None else now + pause
        return self._until

    @property
    def is_resting(self) -> bool:
        """Say whether the last try failed."""
        return self._failures > 0

    def note(self, trouble: str) -> None:
        """Remember what the trouble was."""
        self._trouble = _why(trouble)

    def is_about(self, trouble: str) -> bool:
        """Say whether this is the trouble that was noted; what was asked for when it came makes no difference."""
        return self._trouble == _why(trouble)

    def end(self) -> bool:
        """It answered: True if it had not before."""
        was_down = self._failures > 0
        self._until, self._failures, self._trouble = None, 0, ""
        return was_down


def _why(trouble: str) -> str:
    return trouble.rpartition(": ")[2]
