import logging
import threading
import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import apscheduler.schedulers.base
import pytest

import adapters.clock
from adapters.clock import StageClock, SystemClock, Ticker, wait
from bot.bootstrap import steady

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "clock", [SystemClock(), StageClock(START), StageClock(START, 100)], ids=["system", "still", "fast"]
)
def test_every_clock_tells_utc_and_never_goes_back(clock: SystemClock | StageClock) -> None:
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert second >= first


def test_a_stage_stands_still_until_it_runs() -> None:
    clock = StageClock(START.astimezone(timezone(timedelta(hours=5))))
    assert clock.now() == clock.now() == START
    clock.run(3600)
    assert not wait(threading.Event(), 0.02)
    assert clock.now() - START > timedelta(seconds=30)


def test_a_stage_jumps_forward_and_never_back() -> None:
    clock = StageClock(START)
    clock.jump(START + timedelta(days=7))
    clock.jump(START)
    assert clock.now() == START + timedelta(days=7)


def test_a_change_of_speed_is_no_jump() -> None:
    clock = StageClock(START, 1000)
    before = clock.now()
    clock.run(0)
    assert timedelta() <= clock.now() - before < timedelta(minutes=5)
    assert clock.now() == clock.now()


def test_jobs_are_called_again_and_again_until_it_is_stopped() -> None:
    clock, stop, seen = StageClock(START, 1000), threading.Event(), []

    def job(now: datetime) -> None:
        seen.append(now)
        if len(seen) == 3:
            stop.set()

    ticker = Ticker(clock)
    ticker.every(20, job, "job")
    ticker.run(stop)
    assert len(seen) >= 3
    assert seen == sorted(seen)
    assert all(one.tzinfo is UTC for one in seen)


def test_a_job_that_is_running_is_finished_before_it_returns() -> None:
    stop, done = threading.Event(), []

    def slow(_: datetime) -> None:
        stop.set()
        wait(threading.Event(), 0.1)
        done.append("yes")

    ticker = Ticker(SystemClock())
    ticker.every(60, slow, "slow")
    ticker.run(stop)
    assert done == ["yes"]


def test_a_slow_job_does_not_hold_up_the_others_nor_overlap_itself() -> None:
    clock, stop = StageClock(START, 1000), threading.Event()
    inside, most, quick = [0], [0], [0]

    def slow(_: datetime) -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        wait(stop, 0.15)
        inside[0] -= 1

    def fast(_: datetime) -> None:
        quick[0] += 1
        if quick[0] == 4:
            stop.set()

    ticker = Ticker(clock)
    ticker.every(20, slow, "slow")
    ticker.every(20, fast, "fast")
    ticker.run(stop)
    assert most == [1]
    assert quick[0] >= 4


def test_a_job_that_fails_is_told_and_called_again(caplog: pytest.LogCaptureFixture) -> None:
    calls = []

    def broken(now: datetime) -> None:
        calls.append(now)
        raise LookupError("a bad row")

    tick = steady(broken)
    with caplog.at_level(logging.ERROR, logger="missed"):
        logging.getLogger("missed").propagate = True
        tick(START)
        tick(START)
    assert len(calls) == 2
    assert "a tick failed" in caplog.text


def test_a_clock_that_is_set_back_by_hours_does_not_make_it_wait_for_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    back = timedelta()

    class Machine(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Machine":
            return cls.fromtimestamp(time.time(), tz) - back

    for module in (adapters.clock, apscheduler.schedulers.base):
        monkeypatch.setattr(module, "datetime", Machine)
    monkeypatch.setattr(adapters.clock, "LOOKS_EVERY", 0.05)
    stop, seen = threading.Event(), []

    def job(now: datetime) -> None:
        nonlocal back
        seen.append(now)
        back = timedelta(hours=3)
        if len(seen) == 4:
            stop.set()

    ticker = Ticker(SystemClock())
    ticker.every(0.1, job, "job")
    late = threading.Timer(10, stop.set)
    late.start()
    ticker.run(stop)
    late.cancel()
    assert len(seen) == 4
    assert seen[0] - seen[1] > timedelta(hours=2)
