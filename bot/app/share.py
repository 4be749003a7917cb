"""Several processes, one bot: which of its duties are this process's.

Each process keeps a lease on its own name, so that the others know that it lives, and leases on duties: the reading of
one account, deciding, closing sessions. A duty has one process at a time. Everybody renews every second and takes no
more than a fair share; who ends gives all back, and who dies loses it when its leases end.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.app.errors import Misconfigured
from bot.app.shelves import Storage
from bot.domain.model import Moment

LEASE_FOR: Final = timedelta(seconds=10)
"""How long a process that says nothing is taken to be alive."""

RENEW_EVERY: Final = 1.0
"""Seconds between two renewals."""

SKEW: Final = timedelta(seconds=5)
"""How far a process's clock may be from the database's. Half a lease, so that nobody takes over from the living."""

_ALIVE: Final = "process/"
_DUTY: Final = "duty/"


class Share:
    """What one of several processes has to do. `tick` is for one thread, `holds` for any."""

    def __init__(self, storage: Storage, me: str, duties: Sequence[str], lease_for: timedelta = LEASE_FOR) -> None:
        self._storage = storage
        self._me = me
        self._duties = tuple(duties)
        self._lease_for = lease_for
        self._held: frozenset[str] = frozenset()
        self._until: Moment | None = None
        self._living: frozenset[str] = frozenset()

    @property
    def me(self) -> str:
        """This process's name."""
        return self._me

    def holds(self, duty: str, now: Moment) -> bool:
        """Say whether that duty is this process's now."""
        return duty in self._held and self.is_alive(now)

    def is_alive(self, now: Moment) -> bool:
        """Say whether the others take this process to be alive: else it may begin nothing."""
        return self._until is not None and now < self._until

    def tick(self, now: Moment) -> frozenset[str]:
        """Renew what is held, give back what is too much, take what is free; return the duties that are new.

        Raises:
            Transient: the database does not answer; what is held lasts until its lease ends.
            Misconfigured: this machine's clock is not the database's, so that it may do nothing.
        """
        until = now + self._lease_for
        with self._storage.aside() as work:
            theirs = work.leases.time()
            if theirs is not None and abs(theirs - now) > SKEW:
                self._until = None
                raise Misconfigured(
                    f"this machine's clock is {abs(theirs - now).total_seconds():.0f} s away from the database's, so "
                    "that nothing is done here: set both by a time server"
                )
            work.leases.take(_ALIVE + self._me, self._me, now, until)
            owners = work.leases.all(now)
            living = sorted({owner for name, owner in owners.items() if name.startswith(_ALIVE)})
            quota = _quota(len(self._duties), living, self._me)
            mine = [duty for duty in self._duties if owners.get(_DUTY + duty) == self._me]
            work.leases.give([_DUTY + duty for duty in mine[quota:]], self._me)
            free = [duty for duty in self._duties if _DUTY + duty not in owners]
            held: list[str] = []
            for duty in [*mine[:quota], *free]:
                if len(held) < quota and work.leases.take(_DUTY + duty, self._me, now, until):
                    held.append(duty)
            if self._until is None or self._living - set(living):
                work.outbox.free(living)
        new = frozenset(held) - self._held
        self._held, self._until, self._living = frozenset(held), until, frozenset(living)
        return new

    def leave(self) -> None:
        """Give everything back at once."""
        held, self._held, self._until = self._held, frozenset(), None
        with self._storage.aside() as work:
            work.leases.give([_ALIVE + self._me, *(_DUTY + duty for duty in held)], self._me)


def _quota(duties: int, living: Sequence[str], me: str) -> int:
    """Say how many duties are a process's: all get the same, the first ones one more where it does not come out."""
    each, more = divmod(duties, len(living))
    return each + (living.index(me) < more)
