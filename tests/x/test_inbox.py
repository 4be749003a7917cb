"""Mentions and direct messages: all of them, once, for as little as possible."""

from datetime import timedelta

import pytest

from bot.app.errors import Transient
from sandbox import Fault
from tests.world import knowing
from tests.x.world import World


def write(world: World, text: str, who: str = "ana") -> None:
    world.clock.pass_by(seconds=100)
    world.web.write(getattr(world, who), world.missed, text).raise_for_status()


def read(world: World, cursor: str | None = None) -> tuple[list[str], str | None]:
    world.clock.pass_by(seconds=100)
    page = world.source.inbox(cursor, world.clock.now() - timedelta(days=1))
    return [one.text for one in page.posts], page.cursor or cursor


def test_mentions_and_messages_are_read_once(world: World) -> None:
    write(world, "START")
    world.say(world.ben, "@missed HERE")
    texts, cursor = read(world)
    assert texts == ["START", "@missed HERE"]
    for _ in range(2):
        texts, cursor = read(world, cursor)
        assert "START" not in texts
    world.clock.pass_by(minutes=5)
    write(world, "yes", "cleo")
    write(world, "STOP")
    texts, _ = read(world, cursor)
    assert texts[-2:] == ["yes", "STOP"]  # the overlap may bring a mention again: taking it twice changes nothing


def test_a_message_is_direct_and_from_somebody_with_a_name(world: World) -> None:
    write(world, "START &amp; go")
    page = world.source.inbox(None, world.hour_ago)
    (start,) = page.posts
    assert start.is_direct
    assert (start.author.handle, start.author.name) == ("ana@x.com", "Ana")
    assert [one.id for one in start.mentions] == [world.missed.id]


def test_a_known_member_costs_no_lookup(world: World) -> None:
    write(world, "START")
    world.source.watching([], knowing(world.person(world.ana)))
    world.source.inbox(None, world.hour_ago)
    assert world.asked("/2/users?") == world.asked("GET /2/users") - world.asked("users/me") - world.asked("/mentions")
    assert world.owed() == pytest.approx(0.010)


def test_waiting_for_messages_costs_one_a_day_at_most(world: World) -> None:
    for number in range(12):
        write(world, f"number {number}")
    texts, cursor = read(world)
    assert len(texts) == 12
    owed = world.owed()
    for _ in range(20):
        texts, cursor = read(world, cursor)
        assert texts == []
    assert world.owed() == owed
    world.clock.pass_by(days=1)
    read(world, cursor)
    assert world.owed() == pytest.approx(owed + 0.010)


def test_a_hundred_messages_at_once_are_all_read(world: World) -> None:
    write(world, "first")
    _, cursor = read(world)
    for number in range(250):
        world.clock.pass_by(seconds=1)
        world.sandbox.network.write(world.ana, world.missed, f"number {number}")
    assert len(read(world, cursor)[0]) == 250


def test_our_own_messages_are_no_commands(world: World) -> None:
    write(world, "START")
    _, cursor = read(world)
    for number in range(7):
        world.courier.send(world.message(world.ana), f"hello {number}")
    write(world, "STOP")
    assert read(world, cursor)[0] == ["STOP"]


def test_the_tight_limit_of_messages_does_not_make_mentions_wait(world: World) -> None:
    write(world, "START")
    for _ in range(15):
        world.till.admit("dm_read", world.clock.now())
    world.say(world.ben, "@missed HERE")
    texts, cursor = read(world)
    assert texts == ["@missed HERE"]
    world.clock.pass_by(minutes=20)
    assert "START" in read(world, cursor)[0]


def test_a_server_that_is_down_is_told(world: World) -> None:
    world.source.me  # noqa: B018 - known before the server goes down
    world.sandbox.faults.add(Fault("status", status=503, path="/2/dm_events", times=1))
    with pytest.raises(Transient, match="503"):
        world.source.inbox(None, world.hour_ago)


@pytest.mark.parametrize("mangling", ["null", "fields", "huge", "errors", "bare"])
def test_spoiled_messages_are_passed_over(world: World, mangling: str) -> None:
    write(world, "START")
    write(world, "yes")
    world.sandbox.faults.add(Fault("mangle", path="/2/dm_events", mangling=mangling))  # type: ignore[arg-type]
    world.source.inbox(None, world.hour_ago)


def test_messages_need_not_be_read_at_all() -> None:
    world = World(direct_every=None)
    write(world, "START")
    world.say(world.ben, "@missed HERE")
    assert read(world)[0] == ["@missed HERE"]
    assert world.asked("dm_events") == 0
    world.close()


def test_mentions_are_cheap_for_the_owner_of_the_app(world: World) -> None:
    for number in range(5):
        world.say(world.ben, f"@missed number {number}")
    world.source.watching([], knowing(world.person(world.ben)))
    read(world)
    assert world.owed() == pytest.approx(0.005)
    with world.storage.work() as work:
        assert work.ledger.owed("x:missed", world.clock.now()) == 5000


def test_nobot_in_a_bio_is_heard_and_so_is_that_it_is_gone(world: World) -> None:
    world.ana.description = "Teacher. #NoBot please"
    write(world, "START")
    (first,) = world.source.inbox(None, world.hour_ago).posts
    assert first.author.wants_no_bots
    world.ana.description = "Teacher of #nobotany"
    write(world, "START again")
    *_, then = world.source.inbox(None, world.hour_ago).posts
    assert not then.author.wants_no_bots
