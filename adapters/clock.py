"""Time: the only room that reads the clock, and the only one that waits. APScheduler's one door.

The database is the clock's memory: ticks are short, in memory, and look there for what is due. So a late tick is
merged into one (`coalesce`), is never dropped for being late (`misfire_grace_time=None`: APScheduler 3.11 drops what
is a second late by default), and never overlaps itself (`max_instances=1`).
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

SHORTEST_TICK = 0.02
"""Seconds of real time between two ticks at the least, however fast the clock runs."""


LOOKS_EVERY = 1.0
SET_BACK = 0.5
"""Seconds between two looks whether the machine's clock was set back, and by how much it must have been to matter."""


class SystemClock:
    """The time as it is."""

    speed = 1.0

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)  # noqa: TID251 # the one place


class StageClock:
    """A time of our own choosing: it can run faster than the world's, stand still, and jump forward.

    For rehearsals: the demo plays an hour in less than a minute. Safe for many threads.
    """

    def __init__(self, at: datetime, speed: float = 0.0) -> None:
        """Begin at an aware time; `speed` is stage seconds per real second, 0 stands still."""
        self._lock = threading.Lock()
        self._at = at.astimezone(UTC)
        self._since = time.monotonic()
        self.speed = speed

    def now(self) -> datetime:
        """Return the stage's time in UTC."""
        with self._lock:
            return self._now()

    def _now(self) -> datetime:
        return self._at + timedelta(seconds=(time.monotonic() - self._since) * self.speed)

    def run(self, speed: float) -> None:
        """Go on from the current stage time at another speed."""
        with self._lock:
            self._at, self._since, self.speed = self._now(), time.monotonic(), speed

    def jump(self, to: datetime) -> None:
        """Jump forward to an aware time; a time that has passed already changes nothing."""
        with self._lock:
            self._at, self._since = max(to.astimezone(UTC), self._now()), time.monotonic()


class Ticker:
    """Calls each job again and again, each in a thread of its own, until it is stopped."""

    def __init__(self, clock: SystemClock | StageClock) -> None:
        self.clock = clock
        self._scheduler: BackgroundScheduler | None = None
        self._jobs: list[tuple[str, float, Callable[[datetime], object]]] = []

    def every(self, seconds: float, job: Callable[[datetime], object], name: str) -> None:
        """Call `job(now)` every so many seconds of the clock's time, at once for the first time."""
        self._jobs.append((name, seconds, job))

    def run(self, stop: threading.Event) -> None:
        """Tick until `stop` is set; then let every job that is running finish, and return."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a merged tick is not worth a line
        scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(max_workers=max(1, len(self._jobs)))},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
            timezone=UTC,
        )
        for name, seconds, job in self._jobs:
            real = max(SHORTEST_TICK, seconds / (self.clock.speed or 1.0))
            first = _wall()
            scheduler.add_job(self._call, "interval", args=[job], seconds=real, id=name, next_run_time=first)
        self._scheduler = scheduler
        ahead = _wall().timestamp() - time.monotonic()
        scheduler.start()
        try:
            while not stop.wait(LOOKS_EVERY):
                before, ahead = ahead, _wall().timestamp() - time.monotonic()
                if ahead < before - SET_BACK:
                    self._plan_anew(scheduler)
        finally:
            scheduler.shutdown(wait=True)

    def _plan_anew(self, scheduler: BackgroundScheduler) -> None:
        """Call every job now: by a clock that was set back they would not be due for as long."""
        for name, _, _ in self._jobs:
            scheduler.modify_job(name, next_run_time=_wall())

    def wake(self, name: str) -> None:
        """Call a job now instead of later; one that is running will be called at its usual time."""
        with contextlib.suppress(JobLookupError):
            if self._scheduler is not None and self._scheduler.running:
                self._scheduler.modify_job(name, next_run_time=_wall())

    def _call(self, job: Callable[[datetime], object]) -> None:
        job(self.clock.now())


def _wall() -> datetime:
    """Return the machine's time, by which APScheduler plans, whatever our clock says."""
    return datetime.now(UTC)  # noqa: TID251 # the one place


def wait(stop: threading.Event, seconds: float) -> bool:
    """Wait for so many real seconds or until `stop` is set; True if it was."""
    return stop.wait(seconds)
