"""What a platform lets the bot ask, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app.errors import Transient
from bot.app.till import EVERYTHING, Limit, Till, month_of, next_month, tidy
from tests.fakes import FakeStorage

NOW = datetime(2026, 11, 19, 20, 30, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
SEND = (Limit(use="send", most=2, per=QUARTER), Limit(use="send", most=3, per=timedelta(days=1)))


def a_till(storage: FakeStorage | None = None, monthly: int | None = None) -> Till:
    return Till("x:missed", storage or FakeStorage(), SEND, {"post": 5000, "owned": 1000}, monthly)


def test_a_full_window_says_until_when_and_a_restart_does_not_forget_it() -> None:
    storage = FakeStorage()
    a_till(storage).admit("send", NOW)
    a_till(storage).admit("send", NOW + timedelta(minutes=5))
    with pytest.raises(Transient, match="send is spent") as told:
        a_till(storage).admit("send", NOW + timedelta(minutes=6))
    assert told.value.retry_at == NOW + QUARTER
    a_till(storage).admit("send", NOW + QUARTER)
    with pytest.raises(Transient) as told:
        a_till(storage).admit("send", NOW + timedelta(hours=2))
    assert told.value.retry_at == NOW + timedelta(days=1)


def test_what_is_not_limited_goes_on() -> None:
    till = a_till()
    for _ in range(20):
        assert till.admit("search", NOW, kind="post", want=100) == 100


def test_what_the_platform_closed_stays_closed_until_then() -> None:
    till = a_till()
    till.close("search", NOW + QUARTER, "the server's limit is reached")
    with pytest.raises(Transient, match="server's limit"):
        till.admit("search", NOW)
    till.admit("send", NOW)
    till.admit("search", NOW + QUARTER)
    till.close(EVERYTHING, NOW + timedelta(hours=1), "no credit")
    with pytest.raises(Transient, match="no credit"):
        till.admit("send", NOW + timedelta(minutes=30))


def test_reading_stops_before_the_monthly_limit_and_sending_does_not() -> None:
    till = a_till(monthly=100_000)
    assert till.admit("search", NOW, kind="post", want=100, least=10) == 20
    assert till.bill("post", [str(n) for n in range(15)], NOW, "tea") == 15
    with pytest.raises(Transient, match=r"monthly limit of \$0\.10") as told:
        till.admit("search", NOW, kind="post", want=100, least=10)
    assert told.value.retry_at == datetime(2026, 12, 1, tzinfo=UTC)
    assert till.admit("search", NOW, kind="post", want=100) == 5
    till.bill("post", [str(n) for n in range(15, 20)], NOW)
    with pytest.raises(Transient, match="monthly limit"):
        till.admit("search", NOW, kind="post", want=100)
    till.admit("send", NOW)
    assert till.admit("search", NOW, kind="unpriced", want=7) == 7
    assert till.admit("search", next_month(NOW), kind="post", want=100, least=10) == 20


def test_what_is_kept_back_hears_commands_when_chats_are_read_no_more() -> None:
    till = Till("x", FakeStorage(), (), {"post": 5000, "owned": 1000}, 1_000_000, commands={"mentions"})
    assert till.admit("search", NOW, kind="post", want=1000) == 190
    till.bill("post", [str(n) for n in range(190)], NOW)
    with pytest.raises(Transient, match=r"monthly limit of \$1\.00 is reached: chats are not read until 01 December"):
        till.admit("search", NOW, kind="post", want=100)
    assert till.admit("mentions", NOW, kind="owned", want=100, least=5) == 50
    till.bill("owned", [str(n) for n in range(50)], NOW)
    with pytest.raises(Transient, match="not even commands such as STOP are heard"):
        till.admit("mentions", NOW, kind="owned", want=100, least=5)
    till.admit("send", NOW)


def test_things_are_billed_once_a_utc_day() -> None:
    till = a_till()
    midnight = datetime(2026, 11, 20, tzinfo=UTC)
    assert till.bill("post", ["1"], midnight - timedelta(seconds=1)) == 1
    assert till.bill("post", ["1"], midnight - timedelta(seconds=1)) == 0
    assert till.bill("post", ["1"], midnight) == 1


def test_what_is_left_is_told() -> None:
    till = a_till()
    till.admit("send", NOW)
    assert till.left(NOW) == {"send": 1}


def test_notes_are_kept_and_single_requests_forgotten() -> None:
    storage = FakeStorage()
    till = a_till(storage)
    till.note("me", "42")
    till.admit("send", NOW)
    tidy(storage, NOW + timedelta(days=3))
    assert a_till(storage).recall("me") == "42"
    assert till.recall("nothing") is None
    assert storage.rows.requests == {}


def test_months_are_utcs() -> None:
    at = datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert month_of(at) == datetime(2026, 12, 1, tzinfo=UTC)
    assert next_month(at) == datetime(2027, 1, 1, tzinfo=UTC)
    assert next_month(NOW) == datetime(2026, 12, 1, tzinfo=UTC)
