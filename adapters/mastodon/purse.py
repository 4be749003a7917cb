"""The budget of one token: in memory for a look, in rows for a bot, so that no restart or other process passes it."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from adapters.mastodon.budget import Budget, RateLimit, Use, told
from bot.app.errors import Misconfigured, Transient
from bot.app.ports import Clock
from bot.app.shelves import Storage, UnitOfWork
from bot.domain.model import Moment

SCARCE: Final = "/scarce"
"""What a closing is called that holds for reading only: messages may spend the rest."""

log = logging.getLogger(__name__)


class Purse:
    """The budget of one token, shared by all clients that use it, in whatever thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._budget = Budget()

    def spend(self, uses: frozenset[Use]) -> None:
        """Pay for one request.

        Raises:
            Transient: it is spent; nothing was asked.
        """
        look = self._pay(uses, self._clock.now())
        if not look:
            raise Transient("our budget of requests to the server is spent", look.retry_at)

    def learn(self, uses: frozenset[Use], status: int, headers: Mapping[str, str]) -> RateLimit:
        """Take note of what an answer says of limits; return whether such a request may be made now."""
        now = self._clock.now()
        with self._lock:
            self._budget = self._budget.learn(uses, told(status, headers, now), now)
            return self._budget.look(uses, now)

    def left(self) -> dict[Use, int]:
        """Return how many requests of each kind still fit."""
        return self._budget.left(self._clock.now())

    def _pay(self, uses: frozenset[Use], now: Moment) -> RateLimit:
        with self._lock:
            look = self._budget.look(uses, now)
            if look:
                self._budget = self._budget.spend(uses, now)
        return look


class SharedPurse(Purse):
    """The same in rows of an account. Each request is a row before it is made, in one transaction with the count."""

    def __init__(self, clock: Clock, storage: Storage, account: str) -> None:
        super().__init__(clock)
        self._storage = storage
        self._account = account

    def learn(self, uses: frozenset[Use], status: int, headers: Mapping[str, str]) -> RateLimit:
        """Take note of what an answer says of limits.

        Nothing that goes wrong here may hide what the answer was: the request was carried out.
        """
        now = self._clock.now()
        said = told(status, headers, now)
        fresh = Budget()
        if fresh.learn(uses, said, now) is fresh:
            return RateLimit()
        try:
            with self._storage.work() as work:
                before = self._kept(work, now)
                after = before.learn(uses, said, now)
                for use, window in after.windows.items():
                    for name, until in ((use.value, window.closed_until), (use.value + SCARCE, window.scarce_until)):
                        if until is not None and until > now:
                            work.ledger.close(self._account, name, until, "the server's limit of requests is reached")
        except (Transient, Misconfigured) as error:
            log.warning("a limit of the server could not be noted: %s", error)
            return fresh.learn(uses, said, now).look(uses, now)
        return after.look(uses, now)

    def left(self) -> dict[Use, int]:
        """Return how many requests of each kind still fit."""
        now = self._clock.now()
        with self._storage.work() as work:
            return self._kept(work, now).left(now)

    def _pay(self, uses: frozenset[Use], now: Moment) -> RateLimit:
        with self._storage.work() as work:
            look = self._kept(work, now).look(uses, now)
            if look:
                for use in sorted(uses):
                    work.ledger.spend(self._account, use.value, now)
        return look

    def _kept(self, work: UnitOfWork, now: Moment) -> Budget:
        closings = {one.use: one.until for one in work.ledger.closings(self._account)}
        return Budget(
            {
                use: replace(
                    window,
                    spent=tuple(work.ledger.spent(self._account, use.value, now - window.length)),
                    closed_until=closings.get(use.value),
                    scarce_until=closings.get(use.value + SCARCE),
                )
                for use, window in Budget().windows.items()
            }
        )
