"""The composition root's part that lets several processes be one bot: who does what, and how they wake each other."""

import logging
import platform
import secrets
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from adapters.clock import Ticker
from adapters.storage import SqlStorage
from bot.app.errors import Misconfigured, Transient
from bot.app.programme import Programme
from bot.app.share import RENEW_EVERY, Share

DECIDE: Final = "decide"
SETTLE: Final = "settle"
"""Duties beside the reading of each account."""

WAKES: Final[Mapping[str, str]] = {"message": "deliver", "call": "deliver", "lease": "share"}
"""Which tick is made early when the database says that there is such a thing to do."""

log = logging.getLogger("missed")


class Together:
    """This process among others on one database."""

    def __init__(self, storage: SqlStorage, programme: Programme, sources: Sequence[str]) -> None:
        me = f"{platform.node()}/{secrets.token_hex(6)}"
        self._storage = storage
        self._programme = programme
        self._share = Share(storage, me, (*sources, DECIDE, SETTLE))
        self._trouble = ""

    @property
    def me(self) -> str:
        """This process's name."""
        return self._share.me

    def holds(self, duty: str, now: datetime) -> bool:
        """Say whether that duty is this process's now."""
        return self._share.holds(duty, now)

    def is_alive(self, now: datetime) -> bool:
        """Say whether this process may begin anything."""
        return self._share.is_alive(now)

    def tick(self, now: datetime) -> frozenset[str]:
        """Renew this process's share, and see what hosts have changed by way of others; return what is new.

        Raises:
            Transient, Misconfigured: as `Share.tick`.
        """
        new = self._share.tick(now)
        with self._storage.aside() as work:
            self._programme.refresh(work)
        for duty in sorted(new):
            log.info("this process takes over: %s", duty)
        return new

    def leave(self) -> None:
        """Give everything back at once, so that the others go on without waiting."""
        try:
            self._share.leave()
        except (Transient, Misconfigured) as error:
            log.warning("what this process had in hand is free when its leases end: %s", error)

    def run(self, ticker: Ticker, stop: threading.Event) -> None:
        """Tick until `stop` is set, with one tick more: for the share; then give everything back."""

        def renew(now: datetime) -> None:
            try:
                new = self.tick(now)
            except (Transient, Misconfigured) as error:
                if str(error) != self._trouble:
                    log.warning("%s; trying again", error)
                self._trouble = str(error)
                return
            self._trouble = ""
            for name in {"deliver" if duty == DECIDE else "settle" if duty == SETTLE else "listen" for duty in new}:
                ticker.wake(name)

        log.info("sharing as %s", self.me)
        renew(ticker.clock.now())
        ticker.every(RENEW_EVERY, renew, "share")
        ear = threading.Thread(
            target=self._storage.wakeups, args=(lambda what: ticker.wake(WAKES[what]), stop), daemon=True
        )
        ear.start()
        try:
            ticker.run(stop)
        finally:
            ear.join()
            self.leave()
