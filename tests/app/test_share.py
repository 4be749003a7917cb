"""Several processes, one bot: each duty has one process at a time, and whoever dies is followed by somebody."""

from datetime import datetime, timedelta

import pytest

from bot.app.errors import Misconfigured, Uncertain
from bot.app.share import LEASE_FOR, SKEW, Share
from bot.domain.model import Platform
from bot.domain.outbox import State
from tests.app.test_dispatch import prepare
from tests.contract.samples import a_message
from tests.fakes import FakeStorage
from tests.world import START, World, at

DUTIES = ("mastodon", "x", "decide", "settle")


def later(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def held(share: Share, seconds: float) -> set[str]:
    return {duty for duty in DUTIES if share.holds(duty, later(seconds))}


def test_one_alone_does_everything_until_its_lease_ends() -> None:
    one = Share(FakeStorage(), "one", DUTIES)
    assert one.me == "one"
    assert held(one, 0) == set()
    assert one.tick(later(0)) == set(DUTIES)
    assert one.tick(later(1)) == set(), "nothing is new"
    assert held(one, 10.9) == set(DUTIES)
    assert held(one, 11) == set(), "it did not renew: another may have taken over"
    assert not one.is_alive(later(11))


@pytest.mark.parametrize(("count", "shares"), [(2, [2, 2]), (3, [2, 1, 1]), (5, [1, 1, 1, 1, 0])])
def test_duties_are_spread_fairly_each_with_one_process(count: int, shares: list[int]) -> None:
    storage = FakeStorage()
    processes = [Share(storage, str(number), DUTIES) for number in range(count)]
    for second in range(4):
        for process in processes:
            process.tick(later(second))
    assert [len(held(process, 4)) for process in processes] == shares
    assert sorted(duty for process in processes for duty in held(process, 4)) == sorted(DUTIES)


def test_who_ends_is_followed_at_once_and_who_dies_when_the_lease_ends() -> None:
    storage = FakeStorage()
    one, two, three = (Share(storage, name, DUTIES) for name in ("a", "b", "c"))
    for second in range(4):
        for process in (one, two, three):
            process.tick(later(second))
    theirs = held(one, 4)
    one.leave()
    assert held(one, 4) == set()
    assert not one.is_alive(later(4))
    for process in (two, three):
        process.tick(later(4))
    assert theirs <= held(two, 4) | held(three, 4)
    for moment in (5, 13.9):
        two.tick(later(moment))  # the third one has died after second 4
    assert len(held(two, 13.9)) == 2
    two.tick(later(4 + LEASE_FOR.total_seconds()))
    assert held(two, 14) == set(DUTIES)


def test_what_the_dead_were_looking_at_is_let_go_when_they_are_missed() -> None:
    storage = FakeStorage()
    one, two = Share(storage, "a", DUTIES), Share(storage, "b", DUTIES)
    one.tick(later(0))
    two.tick(later(0))
    with storage.work() as work:
        work.outbox.add(a_message(not_before=later(0)))
        work.outbox.claim(State.PENDING, [Platform.MASTODON], "a", later(1), later(61), 9)
    for second in (5, 9.9):
        two.tick(later(second))
        assert storage.rows.outbox["m1"].owner == "a"
    two.tick(later(10))
    assert storage.rows.outbox["m1"].owner is None


def test_a_clock_that_is_not_the_databases_may_do_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = FakeStorage()
    one = Share(storage, "one", DUTIES)
    one.tick(later(0))
    monkeypatch.setattr("tests.fakes.FakeLeases.time", lambda _: later(0))
    one.tick(later(SKEW.total_seconds()))
    with pytest.raises(Misconfigured, match="this machine's clock is 3600 s away from the database's"):
        one.tick(later(3600))
    assert held(one, 6) == set()
    one.tick(later(1))
    assert held(one, 2) == set(DUTIES)


# --- What a process does with its share ------------------------------------------------------------------------------


def two_worlds() -> tuple[World, World]:
    """Two processes on one storage and one platform; a reminder waits from minute 13.5 on."""
    one, two = World(), World()
    two.storage = one.storage
    two.source, two.courier, two.witness = one.source, one.courier, one.witness
    two.use(*one.chats.values())
    for name, world in (("one", one), ("two", two)):
        world.dispatch._me, world.dispatch._at_once = name, 1
    prepare(one)
    return one, two


def test_what_one_has_in_hand_the_other_lets_be() -> None:
    one, two = two_worlds()
    for world in (one, two):
        world.clock.time = at(13.5)
    with one.storage.work() as work:
        (mine,) = work.outbox.claim(State.PENDING, [Platform.MASTODON], "one", at(13.5), at(14.5), 9)
    assert two.dispatch.tick(at(13.5)) == 0
    assert two.courier.sent == []
    assert one.dispatch._deliver(mine)
    assert two.dispatch.tick(at(15)) == 0
    assert len(one.courier.sent) == 1


def test_who_was_too_slow_does_not_send_what_another_took_over() -> None:
    one, two = two_worlds()
    with one.storage.work() as work:
        (mine,) = work.outbox.claim(State.PENDING, [Platform.MASTODON], "one", at(13.5), at(14.5), 9)
    two.clock.time = one.clock.time = at(14.5)
    assert two.dispatch.tick(at(14.5)) == 1
    assert not one.dispatch._deliver(mine)
    assert len(one.courier.sent) == 1


def test_many_are_taken_in_hand_a_few_at_a_time_until_it_stops() -> None:
    one, _ = two_worlds()
    with one.storage.work() as work:
        for number in range(3):
            work.outbox.add(
                a_message(str(number), key=str(number), member_id="nobody", not_before=at(1), expires_at=at(50))
            )
    asked: list[bool] = []

    def is_stopping() -> bool:
        asked.append(True)
        return len(asked) > 4

    one.clock.time = at(13.5)
    one.dispatch.tick(at(13.5), is_stopping=is_stopping)
    waiting = [message.owner for message in one.outbox() if message.state is State.PENDING]
    assert len(waiting) == 2
    one.dispatch.tick(at(14))
    assert [message.state for message in one.outbox() if message.state is State.PENDING] == []


def test_after_a_restart_nothing_is_in_anybodys_hand() -> None:
    one, _ = two_worlds()
    one.courier.fails.append(Uncertain("cut off"))
    with one.storage.work() as work:
        work.outbox.claim(State.PENDING, [Platform.MASTODON], "dead", at(13.5), at(99), 9)
    one.dispatch.recover(at(14))
    one.cycle(14)
    assert [message.state for message in one.outbox()] == [State.UNCERTAIN]


def test_each_source_has_its_own_reading_and_a_session_is_known_as_far_as_all() -> None:
    world = World()
    here, there = world.listen, World()
    there.storage = world.storage
    there.use(*world.chats.values())
    for listen, name in ((here, "mastodon"), (there.listen, "x")):
        listen._names = ("mastodon", "x")
        listen._sources = (world.source, world.source)
        listen._is_ours = lambda duty, _now, name=name: duty == name  # type: ignore[misc] # as a share says it
    here.tick(at(10))
    (row,) = world.storage.rows.sessions.values()
    assert row.watched_until is None
    there.listen.tick(at(12))
    here.tick(at(13))
    (row,) = world.storage.rows.sessions.values()
    assert row.watched_until == at(12)
    assert {key[1]: one.until for key, one in world.storage.rows.readings.items()} == {"mastodon": at(13), "x": at(12)}
