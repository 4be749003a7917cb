"""One time for the network and every process of the bot: faster than the world's, and it can stop and jump.

It lies in a file that all of them map, counted on the monotonic clock, which Linux gives to all processes alike. A
machine that is busy with other things costs the play no time: while a process starts the time stands still, and what
processes wait for a processor is not counted (`queued`).
"""

import mmap
import os
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

_LAYOUT: Final = struct.Struct("=Qdddd")  # a count that is odd while somebody writes; then at, since, speed, skew


class StageTime:
    """The time of the play. One process writes, any number read."""

    def __init__(self, path: Path, begins_at: datetime | None = None) -> None:
        """Open the time kept in a file; with `begins_at` (aware) make it, standing still."""
        if begins_at is not None:
            path.write_bytes(_LAYOUT.pack(0, begins_at.timestamp(), time.monotonic(), 0.0, 0.0))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _LAYOUT.size)

    def now(self) -> datetime:
        """Return the true time of the play, in UTC."""
        at, since, speed, _ = self._read()
        return datetime.fromtimestamp(at + (time.monotonic() - since) * speed, UTC)

    def shown(self) -> datetime:
        """Return the time as the bot's machine shows it: wrong by as much as it was told."""
        return self.now() + timedelta(seconds=self._read()[3])

    def run(self, speed: float) -> None:
        """Go on at another speed; 0 stands still."""
        _, _, _, skew = self._read()
        self._write(self.now().timestamp(), speed, skew)

    def jump(self, forward: timedelta) -> None:
        """Let time pass at once, as when a machine sleeps."""
        _, _, speed, skew = self._read()
        self._write((self.now() + forward).timestamp(), speed, skew)

    def mislead(self, by: timedelta) -> None:
        """Set the bot's clock wrong by so much, for good; zero sets it right."""
        _, _, speed, _ = self._read()
        self._write(self.now().timestamp(), speed, by.total_seconds())

    def _read(self) -> tuple[float, float, float, float]:
        while True:
            before, *told = _LAYOUT.unpack(self._map[:])
            if before % 2 == 0 and struct.unpack_from("=Q", self._map)[0] == before:
                at, since, speed, skew = told
                return at, since, speed, skew

    def _write(self, at: float, speed: float, skew: float) -> None:
        count = struct.unpack_from("=Q", self._map)[0]
        struct.pack_into("=Q", self._map, 0, count + 1)
        _LAYOUT.pack_into(self._map, 0, count + 1, at, time.monotonic(), speed, skew)
        struct.pack_into("=Q", self._map, 0, count + 2)


def queued(processes: Iterable[int]) -> float:
    """Return the seconds that all threads of some processes, and of this one, have waited for a processor so far.

    The kernel tells (docs.kernel.org/scheduler/sched-stats.html); where it does not, it is none.
    """
    total = 0
    for process in (os.getpid(), *processes):
        for told in Path(f"/proc/{process}/task").glob("*/schedstat"):
            with suppress(OSError, ValueError, IndexError):  # a thread may end just now
                total += int(told.read_text().split()[1])
    return total / 1e9


class ShownClock:
    """The bot's clock on this stage: what `adapters.clock.SystemClock` is in the world."""

    def __init__(self, stage: StageTime, speed: float) -> None:
        """Read a stage's time; `speed` is how fast it goes when it goes, by which ticks are planned."""
        self._stage = stage
        self.speed = speed

    def now(self) -> datetime:
        """Return the time as the bot's machine shows it, in UTC."""
        return self._stage.shown()
