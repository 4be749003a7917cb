"""This month's money, and what a configuration would cost."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app.costs import Assumed, costs, plan
from bot.app.till import Till
from tests.fakes import FakeStorage
from tests.world import CHAT

PRICES = {"post_read": 5000, "dm_sent": 15_000, "owned_read": 1000, "count": 5000}
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def a_till(storage: FakeStorage) -> Till:
    return Till("x:missed", storage, (), PRICES)


def test_the_month_so_far_and_by_its_end() -> None:
    storage = FakeStorage()
    till = a_till(storage)
    till.bill("post_read", [str(n) for n in range(600)], NOW - timedelta(days=7), "lrnchat")
    till.bill("post_read", [str(n) for n in range(300)], NOW - timedelta(hours=10), "lrnchat")
    till.bill("dm_sent", ["a", "b"], NOW, "")
    till.bill("post_read", ["old"], NOW - timedelta(days=40), "lrnchat")
    found = costs(storage, {CHAT.tag: CHAT}, NOW)
    assert found.dollars == pytest.approx(4.53)
    assert found.by_kind == {"dm_sent": pytest.approx(0.03), "post_read": pytest.approx(4.5)}
    assert found.items == {"dm_sent": 2, "post_read": 900}
    assert [(one.chat, one.sessions) for one in found.by_chat] == [("lrnchat", 2), ("", 0)]
    days_left = (found.until - NOW) / timedelta(days=1)
    assert found.forecast == pytest.approx(4.5 * (1 + 1 / 2) + 0.03 * (1 + days_left))


def test_sessions_before_the_bot_began_are_not_counted() -> None:
    storage = FakeStorage()
    daily = CHAT.model_copy(update={"slots": (CHAT.slots[0].model_copy(update={"repeats": "FREQ=DAILY"}),)})
    a_till(storage).bill("post_read", ["a"], NOW, "lrnchat")
    found = costs(storage, {CHAT.tag: daily}, NOW)
    assert [one.sessions for one in found.by_chat] == [1]
    assert found.forecast == pytest.approx(0.005 * 11)


def test_on_the_first_day_nothing_is_extrapolated_from_minutes() -> None:
    storage = FakeStorage()
    first = datetime(2026, 11, 1, 0, 10, tzinfo=UTC)
    a_till(storage).bill("dm_sent", ["a"], first, "")
    assert costs(storage, {}, first).forecast == pytest.approx(0.015 * 31, rel=0.001)


def test_a_plan_prices_the_configuration_beside_the_extremes() -> None:
    chats = {CHAT.tag: CHAT}
    found = plan(chats, PRICES, Assumed(), NOW, is_counting=False)
    assert found.sessions == pytest.approx(4.35, abs=0.05)
    assert found.configured == found.merged == pytest.approx(13.72, abs=0.15)
    assert found.counts < 3
    assert found.minimum == pytest.approx(1.31, abs=0.02)
    assert 160 < found.naive < 205
    assert found.chats == {"lrnchat": pytest.approx(found.merged)}
    assert plan(chats, PRICES, Assumed(), NOW, is_counting=True).configured == found.counts
    assert plan({}, PRICES, Assumed(), NOW, is_counting=True).configured == 0
    foreign = plan(chats, PRICES, Assumed(), NOW, is_counting=False, owns_app=False)
    assert foreign.configured - found.configured == pytest.approx(found.sessions * 5 * 0.004)
