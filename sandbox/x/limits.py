"""Rate limits: fixed windows on the injected clock, by endpoint and by app or user (docs.x.com/x-api/…/rate-limits)."""

from dataclasses import dataclass, field
from typing import Final

from sandbox.clock import Now, seconds

QUARTER: Final = 15 * 60
DAY: Final = 24 * 60 * 60


@dataclass(frozen=True)
class Limit:
    """So many requests in a window of so many seconds, with an app's or a user's token; None: as long as one likes."""

    app: int | None
    user: int | None
    period: int = QUARTER


LIMITS: Final[dict[str, tuple[Limit, ...]]] = {
    "me": (Limit(None, 75),),
    "users": (Limit(300, 900),),
    "search": (Limit(450, 300),),
    "counts": (Limit(300, 300),),
    "mentions": (Limit(450, 300),),
    "timeline": (Limit(10_000, 900),),
    "dm_read": (Limit(None, 15),),
    "dm_send": (Limit(None, 15), Limit(None, 1440, DAY)),
    "post": (Limit(None, 100),),
}


@dataclass
class Limiter:
    """Counts requests, the failed ones too."""

    now: Now
    is_lifted: bool = False
    _counts: dict[tuple[str, str, int, int], int] = field(default_factory=dict)

    def charge(self, name: str, who: str, *, is_app: bool) -> tuple[dict[str, str], bool]:
        """Count a request; return the headers of the tightest limit, and whether the request may go on."""
        told: dict[str, str] = {}
        least, may_pass = -1, True
        for limit in LIMITS.get(name, ()):
            allowed = limit.app if is_app else limit.user
            if allowed is None:
                continue
            window = seconds(self.now()) // limit.period
            key = (name, who, limit.period, window)
            used = self._counts.get(key, 0) + 1
            left = max(0, allowed - used)
            may_pass = may_pass and (used <= allowed or self.is_lifted)
            self._counts[key] = used
            if least < 0 or left < least:
                least = left
                told = {
                    "x-rate-limit-limit": str(allowed),
                    "x-rate-limit-remaining": str(left),
                    "x-rate-limit-reset": str((window + 1) * limit.period),
                }
        return told, may_pass
