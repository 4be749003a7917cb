"""What a platform lets the bot ask and what that costs: counted in rows, so that no restart forgets it.

One till an account. Before every request `admit`, after every answer `bill`; nothing here waits, whoever may not go on
is told until when. Sums of money are whole millionths of a dollar; days and months are UTC's, as X bills.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.app.errors import Transient
from bot.app.shelves import Storage
from bot.domain.model import Moment, Value

EVERYTHING: Final = "everything"
"""The use that stands for all of them: what closes it closes the account."""

KEPT_FOR: Final = timedelta(days=2)
"""How long single requests and billed ids are kept; the sums stay."""

MILLION: Final = 1_000_000

KEPT_BACK: Final = 20
"""One part in so many of the monthly limit is kept for what members write: a STOP costs a cent and has to be heard."""


class Limit(Value):
    """At most `most` requests for one use in any `per`."""

    use: str
    most: int
    per: timedelta


class Till:
    """The limits and the money of one account. Safe for many threads: everything is a transaction.

    `prices` are millionths of a dollar by kind of thing; `monthly` is where reading stops, None where it never does.
    Uses that are `commands`, by which members are heard, go on to that limit; others stop short of it.
    """

    def __init__(
        self,
        account: str,
        storage: Storage,
        limits: Sequence[Limit] = (),
        prices: Mapping[str, int] | None = None,
        monthly: int | None = None,
        commands: Collection[str] = (),
    ) -> None:
        self._account = account
        self._storage = storage
        self._limits = tuple(limits)
        self._prices = dict(prices or {})
        self._monthly = monthly
        self._commands = frozenset(commands)

    def admit(self, use: str, now: Moment, *, kind: str = "", want: int = 0, least: int = 0) -> int:
        """Count one request of that use; return for how many things of a kind it may ask, at most `want`.

        Sending names no kind: money stops reading only.

        Raises:
            Transient: a limit is reached, the account is closed, or not even `least` things can be paid this month.
        """
        with self._storage.work() as work:
            for closing in work.ledger.closings(self._account):
                if closing.use in {use, EVERYTHING} and closing.until > now:
                    raise Transient(closing.why, closing.until)
            for limit in self._limits:
                spent = work.ledger.spent(self._account, use, now - limit.per) if limit.use == use else []
                if len(spent) >= limit.most:
                    raise Transient(f"our budget for {use} is spent", spent[-limit.most] + limit.per)
            room = want
            if kind and self._monthly is not None:
                price = self._prices.get(kind, 0)
                left = self._limit_of(use, self._monthly) - work.ledger.owed(self._account, month_of(now))
                room = min(want, left // price) if price else want
            if room < least or (kind and room <= 0):
                raise Transient(self._stopped(use, now), next_month(now))
            work.ledger.spend(self._account, use, now)
        return room

    def bill(self, kind: str, keys: Iterable[str], now: Moment, chat: str = "") -> int:
        """Put things of a kind on the bill, each once a UTC day; return how many were new."""
        price = self._prices.get(kind, 0)
        with self._storage.work() as work:
            return work.ledger.bill(self._account, now.date(), kind, chat, tuple(keys), price)

    def close(self, use: str, until: Moment, why: str) -> None:
        """Let nothing of that use (or of `EVERYTHING`) through until then, whatever our own count says."""
        with self._storage.work() as work:
            work.ledger.close(self._account, use, until, why)

    def reopen(self, now: Moment) -> None:
        """Ask anew what the whole account was closed for: a person is there who may have mended it."""
        with self._storage.work() as work:
            for closing in work.ledger.closings(self._account):
                if closing.use == EVERYTHING and closing.until > now:
                    work.ledger.close(self._account, EVERYTHING, now, closing.why)

    def left(self, now: Moment) -> dict[str, int]:
        """Return how many requests of each use still fit."""
        with self._storage.work() as work:
            spent = [len(work.ledger.spent(self._account, one.use, now - one.per)) for one in self._limits]
        left: dict[str, int] = {}
        for limit, count in zip(self._limits, spent, strict=True):
            left[limit.use] = min(left.get(limit.use, limit.most), max(0, limit.most - count))
        return left

    def recall(self, name: str) -> str | None:
        """Return what was noted under that name for this account."""
        with self._storage.work() as work:
            return work.cursors.get(f"{self._account}/{name}")

    def note(self, name: str, text: str) -> None:
        """Remember something about the account over a restart."""
        with self._storage.work() as work:
            work.cursors.set(f"{self._account}/{name}", text)

    def _limit_of(self, use: str, monthly: int) -> int:
        kept_back = monthly // KEPT_BACK if self._commands and use not in self._commands else 0
        return monthly - kept_back

    def _stopped(self, use: str, now: Moment) -> str:
        limit = (self._monthly or 0) / MILLION
        deaf = "not even commands such as STOP are heard" if use in self._commands else "chats are not read"
        return (
            f"the monthly limit of ${limit:.2f} is reached: {deaf} until {next_month(now):%d %B}, messages are still "
            "sent; raise monthly_limit to go on"
        )


def tidy(storage: Storage, now: Moment) -> None:
    """Forget single requests and ids that nothing is counted by any more."""
    with storage.work() as work:
        work.ledger.prune(now - KEPT_FOR)


def month_of(now: Moment) -> Moment:
    """Return the beginning of the UTC month."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def next_month(now: Moment) -> Moment:
    """Return the beginning of the next UTC month."""
    begin = month_of(now)
    return datetime(begin.year + begin.month // 12, begin.month % 12 + 1, 1, tzinfo=UTC)
