from typing import Any

import pytest

from bot.app.errors import Transient
from bot.app.ports import Lookup, Witness
from sandbox import Fault
from tests.mastodon.world import World


def test_a_witness_sees_posts_and_replies_since_then(world: World) -> None:
    witness: Witness = world.witness
    world.say(world.ana, "before")
    world.clock.pass_by(minutes=10)
    since = world.clock.now()
    question = world.say(world.ben, "Q1 #lrnchat")
    said = [world.say(world.ana, "A1", in_reply_to_id=question["id"])["id"], world.say(world.ana, "hello")["id"]]
    world.say(world.ana, "@missed HERE", visibility="direct")
    world.ask(world.ana, "POST", f"/api/v1/statuses/{question['id']}/reblog")
    assert [post.id for post in witness.latest_posts(world.ana.id, since)] == said
    assert witness.latest_posts(world.ben.id, world.clock.now()) == ()


def test_somebody_who_is_gone_has_said_nothing(world: World) -> None:
    world.account.open()
    world.sandbox.faults.add(Fault("status", path="/api/v1/accounts/", status=410))
    assert world.witness.latest_posts(world.ana.id, world.hour_ago) == ()


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 500}, {"kind": "cut_before"}, {"kind": "empty"}])
def test_who_cannot_look_cannot_tell(world: World, fault: dict[str, Any]) -> None:
    world.say(world.ana, "here I am")
    world.sandbox.faults.add(Fault(path="/api/v1/accounts/", **fault))
    with pytest.raises(Transient):
        world.witness.latest_posts(world.ana.id, world.hour_ago)


def test_a_post_that_cannot_be_read_may_be_the_one(world: World) -> None:
    world.say(world.ana, "here I am")
    world.account.open()
    world.sandbox.faults.add(Fault("mangle", path="/api/v1/accounts/", mangling="fields"))
    with pytest.raises(Transient):
        world.witness.latest_posts(world.ana.id, world.hour_ago)


def test_a_message_that_its_author_deleted_is_gone(world: World) -> None:
    lookup: Lookup = world.witness
    said = world.say(world.ana, "@missed START", visibility="direct")
    assert not lookup.is_gone(said["id"])
    world.ask(world.ana, "DELETE", f"/api/v1/statuses/{said['id']}")
    assert lookup.is_gone(said["id"]) is (world.dialect != "takahe")  # Takahe breaks on what it does not know


def test_who_cannot_look_whether_it_is_there_cannot_tell(mastodon: World) -> None:
    mastodon.account.open()
    mastodon.sandbox.faults.add(Fault("status", path="/api/v1/statuses/", status=503))
    with pytest.raises(Transient):
        mastodon.witness.is_gone("1")
