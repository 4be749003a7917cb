"""How often the bot may ask: sliding windows of our own, corrected by what the server says.

Mastodon allows a token 300 requests in 5 minutes, and 300 posts in 3 hours (docs.joinmastodon.org/api/rate-limits);
not in the documentation: an account 300 requests in 15 minutes that page by min_id, max_id or since_id. Everything
here is a value and takes `now`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qs, urlsplit

UNTOLD: Final = timedelta(seconds=60)
"""How long a limit lasts when the server does not say (GoToSocial's 429 has no Retry-After)."""


class Use(StrEnum):
    """What a request spends."""

    ANY = "any"
    PAGED = "paged"
    WRITE = "write"


def uses_of(method: str, url: str) -> frozenset[Use]:
    """Say what a request spends."""
    split = urlsplit(url)
    uses = {Use.ANY}
    if not {"min_id", "max_id", "since_id"}.isdisjoint(parse_qs(split.query)):
        uses.add(Use.PAGED)
    if (method == "POST" and split.path.rstrip("/").endswith("/api/v1/statuses")) or (
        method == "PUT" and "/api/v1/statuses/" in split.path
    ):
        uses.add(Use.WRITE)
    return frozenset(uses)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Whether a request may be made: its truth says so, `retry_at` when otherwise."""

    retry_at: datetime | None = None

    def __bool__(self) -> bool:
        return self.retry_at is None


@dataclass(frozen=True, slots=True)
class Window:
    """One limit: at most `limit` requests in any `length`, of which reading leaves `reserve` to messages."""

    limit: int
    length: timedelta
    reserve: int = 0
    spent: tuple[datetime, ...] = ()
    closed_until: datetime | None = None
    scarce_until: datetime | None = None

    def look(self, now: datetime, *, is_message: bool) -> RateLimit:
        """Say whether one more request fits."""
        room = self.limit if is_message else self.limit - self.reserve
        live = [at for at in self.spent if at > now - self.length]
        waits = [live[-room] + self.length] if len(live) >= room else []
        told = (self.closed_until,) if is_message else (self.closed_until, self.scarce_until)
        waits += [until for until in told if until is not None and until > now]
        return RateLimit(max(waits, default=None))

    def spend(self, now: datetime) -> "Window":
        """Return the window with one more request in it."""
        return replace(self, spent=(*(at for at in self.spent if at > now - self.length), now))

    def left(self, now: datetime) -> int:
        """Return how many requests still fit, by our own count."""
        return max(0, self.limit - sum(at > now - self.length for at in self.spent))


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer's headers say of the tightest limit."""

    limit: int | None = None
    remaining: int | None = None
    reset: datetime | None = None
    is_refused: bool = False


def told(status: int, headers: Mapping[str, str], now: datetime) -> Told:
    """Read an answer's X-RateLimit-* and Retry-After; what is not there or makes no sense is None."""
    reset = _moment(headers.get("X-RateLimit-Reset", "")) or _delay(headers.get("Retry-After", ""), now)
    return Told(
        limit=_number(headers.get("X-RateLimit-Limit")),
        remaining=_number(headers.get("X-RateLimit-Remaining")),
        reset=reset if reset is not None and reset > now else None,
        is_refused=status == 429,
    )


def _fresh() -> dict[Use, Window]:
    return {
        Use.ANY: Window(300, timedelta(minutes=5), reserve=30),
        Use.PAGED: Window(300, timedelta(minutes=15)),
        Use.WRITE: Window(300, timedelta(hours=3)),
    }


@dataclass(frozen=True, slots=True)
class Budget:
    """All limits of one token."""

    windows: Mapping[Use, Window] = field(default_factory=_fresh)

    def look(self, uses: Collection[Use], now: datetime) -> RateLimit:
        """Say whether a request of that kind may be made; where not, until when not."""
        is_message = Use.WRITE in uses
        looks = [self.windows[use].look(now, is_message=is_message) for use in uses]
        return RateLimit(max((look.retry_at for look in looks if look.retry_at), default=None))

    def spend(self, uses: Collection[Use], now: datetime) -> "Budget":
        """Return the budget after such a request."""
        return Budget({use: one.spend(now) if use in uses else one for use, one in self.windows.items()})

    def learn(self, uses: Collection[Use], said: Told, now: datetime) -> "Budget":
        """Return the budget after an answer.

        The headers do not name their limit. It is taken for the most particular one that the request spent, so that
        a full limit for paging or posting stops nothing else; were it the general one, the next answer says so.
        """
        is_spent = said.is_refused or said.remaining == 0
        is_scarce = said.remaining is not None and said.limit is not None and said.remaining <= said.limit // 10
        if not (is_spent or is_scarce):
            return self
        use = max((one for one in self.windows if one in uses), key=lambda one: self.windows[one].length)
        window = self.windows[use]
        until = min(said.reset or now + UNTOLD, now + window.length)
        closed = replace(window, closed_until=until) if is_spent else replace(window, scarce_until=until)
        return Budget({**self.windows, use: closed})

    def left(self, now: datetime) -> dict[Use, int]:
        """Return how many requests of each kind still fit, by our own count."""
        return {use: one.left(now) for use, one in self.windows.items()}


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else None


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromtimestamp(int(text), UTC) if text.isdigit() else datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _delay(text: str, now: datetime) -> datetime | None:
    if (seconds := _number(text)) is not None:
        return now + timedelta(seconds=seconds)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
