"""Presence by counts: what is read, what is counted, and that the roll is called once."""

from datetime import timedelta

import pytest

from tests.x.world import World


def test_only_hosts_and_what_speaks_to_members_is_read_and_the_roll_is_called_once() -> None:
    world = World(is_counting=True)
    question = world.say(world.ben, "Q1: well? #tea")
    world.say(world.cleo, "small talk #tea")
    world.say(world.ana, "I am here #tea")
    call = world.say(world.ben, "we miss you @cleo")
    people = (world.ana, world.cleo, world.missed)
    watch = world.watch("tea", *people, hosts=("ben@x.com",))
    known = [world.person(one) for one in (*people, world.ben)]
    world.source.watching([watch], known)
    page = world.source.chat("tea", None, watch.since)
    assert [one.id for one in page.posts] == [question, call]
    assert page.seen == ()
    assert world.source.threads([question]).posts == ()
    ended = watch.model_copy(update={"until": world.clock.now() - timedelta(minutes=1)})
    owed = world.owed()
    world.source.watching([ended], known)
    page = world.source.chat("tea", page.cursor, watch.since)
    assert {one.person.id for one in page.seen} == {world.ana.id, world.cleo.id}
    assert world.owed() == pytest.approx(owed + 3 * 0.005)
    world.restart()
    world.source.watching([ended], known)
    assert world.source.chat("tea", page.cursor, watch.since).seen == ()
    assert world.owed() == pytest.approx(owed + 3 * 0.005)
    world.close()
