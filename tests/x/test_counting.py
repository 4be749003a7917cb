"""Presence by counts: what is read, what is counted, and that the roll is called once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.app.errors import Misconfigured, Transient
from bot.app.ports import Seen, Watch
from sandbox import Fault
from tests.world import knowing
from tests.x.world import World


@pytest.fixture
def counting() -> Iterator[World]:
    world = World(is_counting=True)
    yield world
    world.close()


def test_only_hosts_and_what_speaks_to_members_is_read_and_the_roll_is_called_once() -> None:
    world = World(is_counting=True)
    question = world.say(world.ben, "Q1: well? #tea")
    world.say(world.cleo, "small talk #tea")
    world.say(world.ana, "I am here #tea")
    call = world.say(world.ben, "we miss you @cleo")
    people = (world.ana, world.cleo, world.missed)
    watch = world.watch("tea", *people, hosts=("ben@x.com",))
    known = [world.person(one) for one in (*people, world.ben)]
    world.source.watching([watch], knowing(*known))
    page = world.source.chat("tea", None, watch.since)
    assert [one.id for one in page.posts] == [question, call]
    assert page.seen == ()
    assert world.source.threads([question]).posts == ()
    over = world.clock.now() - timedelta(minutes=3)
    ended = watch.model_copy(update={"until": over, "people": ()})
    owed = world.owed()
    world.source.watching([ended], knowing(*known))
    page = world.source.chat("tea", page.cursor, watch.since)
    assert {one.person.id for one in page.seen} == {world.ana.id, world.cleo.id}
    assert world.owed() == pytest.approx(owed + 3 * 0.005)
    assert not page.has_more
    world.restart()
    world.source.watching([ended], knowing(*known))
    again = world.source.chat("tea", page.cursor, watch.since)
    assert (again.seen, again.has_more) == ((), False)
    assert world.owed() == pytest.approx(owed + 3 * 0.005)
    world.close()


def test_whoever_was_there_is_known_by_id_though_their_name_has_changed(counting: World) -> None:
    counting.say(counting.ana, "I am here #tea")
    before = counting.watch("tea", counting.ana).model_copy(update={"until": counting.clock.now()})
    counting.ana.username = "ana_moved"
    assert [one.person.id for one in roll(counting, before)[0]] == [counting.ana.id]


def test_the_roll_goes_on_where_it_was_stopped_and_nobody_is_paid_for_twice(counting: World) -> None:
    crowd = [counting.sandbox.add_person(f"person{number}") for number in range(120)]
    for one in crowd[::2]:
        counting.sandbox.publish(one, "here #tea")
    watch = counting.watch("tea", *crowd).model_copy(update={"until": counting.clock.now()})
    seen, cursor, has_more = roll(counting, watch)
    assert has_more
    counting.sandbox.faults.add(Fault("status", status=503, path="/2/tweets/counts", times=1))
    with pytest.raises(Transient):
        roll(counting, watch, cursor)
    while has_more:
        more, cursor, has_more = roll(counting, watch, cursor)
        seen += more
    assert sorted(one.person.id for one in seen) == sorted(one.id for one in crowd[::2])
    assert counting.sandbox.meter.as_json()["bot"]["items"]["count"] == 120
    assert not any(one.id in str(cursor) for one in crowd)


def test_a_roll_that_is_interrupted_keeps_those_who_were_asked_for(counting: World) -> None:
    crowd = [counting.sandbox.add_person(f"person{number}") for number in range(5)]
    for one in crowd:
        counting.sandbox.publish(one, "here #tea")
    watch = counting.watch("tea", *crowd).model_copy(update={"until": counting.clock.now()})
    for _ in range(298):
        counting.till.admit("counts", counting.clock.now())
    seen, cursor, has_more = roll(counting, watch)
    assert (len(seen), has_more) == (2, True)
    with pytest.raises(Transient):
        roll(counting, watch, cursor)
    counting.clock.pass_by(minutes=16)
    more, _, has_more = roll(counting, watch, cursor)
    assert (len(more), has_more) == (3, False)


def test_a_question_that_x_refuses_is_told_and_counts_nobody_as_absent(counting: World) -> None:
    watch = counting.watch("tea", counting.ana).model_copy(update={"until": counting.clock.now()})
    counting.sandbox.faults.add(Fault("status", status=400, path="/2/tweets/counts", times=1))
    with pytest.raises(Misconfigured, match="#tea"):
        roll(counting, watch)


def roll(world: World, watch: Watch, cursor: str | None = None) -> tuple[list[Seen], str | None, bool]:
    """Call it three minutes after the end, by then for good."""
    world.clock.at = max(world.clock.at, watch.until + timedelta(minutes=3))
    world.source.watching([watch], knowing(*watch.roll))
    page = world.source.chat("tea", cursor, watch.since)
    return list(page.seen), page.cursor, page.has_more
