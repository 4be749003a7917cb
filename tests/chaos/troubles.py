"""Makes each trouble real: at the server, at the clock, at the disk, in the database."""

import resource
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Final

from sandbox import Fault, Sandbox
from tests.chaos.plan import Life, Trouble
from tests.chaos.stage import StageTime

POSTING: Final = "/api/v1/statuses"
LONGER_THAN_ANYBODY_WAITS: Final = 5.5
"""Seconds; the bot waits 5 for a database."""

SQLITE_ONLY: Final = frozenset({Trouble.FULL, Trouble.LOCKED, Trouble.LOCKED_LONG})


class Troubles:
    """What can go wrong around some processes."""

    def __init__(self, sandbox: Sandbox, stage: StageTime, speed: float, database: Path | None) -> None:
        self._sandbox = sandbox
        self._stage = stage
        self._speed = speed
        self._database = database
        self.struck: Counter[str] = Counter()
        """How many requests met a trouble of the server, by the trouble's name."""
        self._busy_until = 0.0

    def kinds(self) -> tuple[Trouble, ...]:
        """Which ones there can be: a database of its own server has neither our disk nor our locks."""
        return tuple(kind for kind in Trouble if self._database is not None or kind not in SQLITE_ONLY)

    def strike(self, life: Life, processes: Iterable[int]) -> AbstractContextManager[None]:
        """Let one trouble last as long as a `with` block."""
        kind, seconds = life.trouble, 5 + life.chance * 40
        if kind in _FAULTS:
            return self._at_server(kind, _FAULTS[kind](life.chance, seconds / self._speed))
        if kind is Trouble.ASLEEP:
            self._stage.jump(timedelta(seconds=30 + life.chance * 150))
        elif kind is Trouble.SKEWED:
            return self._misled(timedelta(seconds=200 * (life.chance - 0.5)))
        elif kind is Trouble.SET_BACK:
            return self._misled(-timedelta(hours=1 + 3 * life.chance))
        elif kind is Trouble.FULL:
            return self._full(processes)
        elif kind is Trouble.LOCKED:
            return self._locked(seconds / self._speed)
        elif kind is Trouble.LOCKED_LONG:
            self._lock_out()
        return nullcontext()

    @property
    def in_hand(self) -> float:
        """For how many seconds the server may still work at a request whose sender is dead.

        The world does not sleep meanwhile: no server takes minutes over a request.
        """
        return max(0.0, self._busy_until - time.monotonic())

    def take_in_hand(self, fault: Fault) -> None:
        """Note that a request may have met a fault that holds it, just now at the latest."""
        if fault.fired and fault.kind in {"slow", "stuck"}:
            self._busy_until = max(self._busy_until, time.monotonic() + fault.seconds)

    @contextmanager
    def _at_server(self, kind: Trouble, fault: Fault) -> Iterator[None]:
        self._sandbox.faults.add(fault)
        try:
            yield
        finally:
            self._sandbox.faults.remove(fault)
            self.take_in_hand(fault)
            self.struck[kind] += fault.fired

    @contextmanager
    def _misled(self, by: timedelta) -> Iterator[None]:
        self._stage.mislead(by)
        try:
            yield
        finally:
            self._stage.mislead(timedelta())

    @contextmanager
    def _full(self, processes: Iterable[int]) -> Iterator[None]:
        """Let no file of the processes grow: the kernel refuses what is written beyond (EFBIG), as a full disk does."""
        some, usual = list(processes), resource.RLIM_INFINITY
        for process in some:
            resource.prlimit(process, resource.RLIMIT_FSIZE, (16_384, usual))
        try:
            yield
        finally:
            for process in some:
                resource.prlimit(process, resource.RLIMIT_FSIZE, (usual, usual))

    @contextmanager
    def _locked(self, seconds: float) -> Iterator[None]:
        """Write in the database, and take one's time."""
        release = threading.Event()

        def hold() -> None:
            with closing(self._connect()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                release.wait(seconds)
                connection.execute("ROLLBACK")

        thread = threading.Thread(target=hold)
        thread.start()
        try:
            yield
        finally:
            release.set()
            thread.join()

    def _lock_out(self) -> None:
        """Hold the database for longer than anybody waits; the play's time stands still meanwhile."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            threading.Event().wait(LONGER_THAN_ANYBODY_WAITS)
            connection.execute("ROLLBACK")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(str(self._database), timeout=30, isolation_level=None)


def _posting(kind: str, **more: object) -> Fault:
    given: dict[str, object] = {"kind": kind, "method": "POST", "path": POSTING, "account": "missed", **more}
    return Fault(**given)  # type: ignore[arg-type] # read as from JSON, below as written


def _reading(chance: float, seconds: float) -> Fault:
    kinds: tuple[dict[str, object], ...] = (
        {"kind": "cut_before"},
        {"kind": "status", "status": 502},
        {"kind": "html", "status": 200},
        {"kind": "empty"},
        {"kind": "slow", "seconds": seconds},
        {"kind": "status", "status": 429, "reset_after": 20.0},
    )
    chosen = kinds[int(chance * len(kinds))]
    return Fault(**{"method": "GET", "account": "missed", "times": 3, **chosen})  # type: ignore[arg-type] # as above


_FAULTS: Final[dict[Trouble, Callable[[float, float], Fault]]] = {
    Trouble.CUT_BEFORE: lambda _chance, _seconds: _posting("cut_before", times=2),
    Trouble.CUT_AFTER: lambda _chance, _seconds: _posting("cut_after", times=2),
    Trouble.LIMITED: lambda chance, _seconds: _posting("status", status=429, reset_after=10 + 50 * chance, times=1),
    Trouble.BROKEN: lambda chance, _seconds: _posting("status", status=500 + int(4 * chance), times=2),
    Trouble.BROKEN_AFTER: lambda chance, _seconds: _posting(
        "status", status=500 + int(4 * chance), times=2, written=True
    ),
    Trouble.SLOW: lambda _chance, seconds: _posting("slow", seconds=seconds),
    Trouble.EMPTY: lambda _chance, _seconds: _posting("empty", times=2, written=True),
    Trouble.HTML: lambda _chance, _seconds: _posting("html", status=200, times=2, written=True),
    Trouble.DEAF: _reading,
    Trouble.AWAY: lambda _chance, _seconds: Fault("cut_before", account="missed"),
}
