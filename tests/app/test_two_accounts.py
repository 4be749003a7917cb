"""A member with an account on each of two platforms gets one message, by the account that takes it."""

from bot.app import queries
from bot.app.dispatch import Dispatch
from bot.app.errors import Permanent
from bot.domain.model import Identity, Member, Platform
from bot.domain.outbox import State
from tests.world import ANA, BEN, HOST, NORA, FakeCourier, FakeWitness, World, at, direct, member, person, post

ON_X = Identity(platform=Platform.X, account_id="7", handle="nora@x.com", name="Nora", thread_post_id="event")


def linked(**more: object) -> Member:
    one = member()
    return one.model_copy(update={"identities": (*one.identities, ON_X), **more})


def a_world(*members: Member) -> tuple[World, FakeCourier]:
    world = World()
    world.join(*members)
    courier = FakeCourier(world.clock)
    world.dispatch = Dispatch(
        world.storage,
        world.clock,
        couriers={Platform.MASTODON: world.courier, Platform.X: courier},
        witnesses={Platform.MASTODON: world.witness, Platform.X: FakeWitness()},
        compose=world.compose,
        chats=world.chats,
        quiet=world.quiet,
        journal=world.events.append,
    )
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    world.cycle(10.5)
    return world, courier


def test_what_one_account_refuses_for_good_reaches_the_other() -> None:
    world, courier = a_world(linked())
    world.courier.fails.append(Permanent("blocked"))
    world.cycle(14)
    (message,) = world.outbox()
    assert (message.state, message.platform, message.in_reply_to_id) == (State.PENDING, Platform.X, "event")
    assert "nora@x.com instead" in message.reason
    (view,) = queries.members(world.storage)
    assert view.refusing == (NORA.handle,)
    world.cycle(15)
    assert [to for to, _, _ in courier.sent] == ["nora@x.com"]
    assert world.outbox()[0].state is State.SENT


def test_when_both_refuse_it_failed_and_does_not_go_back_and_forth() -> None:
    world, courier = a_world(linked())
    world.courier.fails.append(Permanent("blocked"))
    courier.fails.append(Permanent("closed"))
    for minute in (14, 15, 16):
        world.cycle(minute)
    (message,) = world.outbox()
    assert (message.state, message.reason) == (State.FAILED, "closed")
    assert len(queries.members(world.storage)[0].refusing) == 2


def test_a_word_of_theirs_opens_the_account_again() -> None:
    world, _ = a_world(linked())
    world.courier.fails.append(Permanent("blocked"))
    world.cycle(14)
    world.source.mail.append(direct(NORA, "HELP", 15))
    world.cycle(16)
    assert queries.members(world.storage)[0].refusing == ()


def test_an_answer_goes_where_it_was_asked_or_nowhere() -> None:
    world, courier = a_world(linked())
    world.courier.fails.append(Permanent("blocked"))
    world.source.mail.append(direct(NORA, "HELP", 11))
    world.cycle(11.5)
    answer = next(one for one in world.outbox() if one.note)
    assert answer.state is State.FAILED
    assert courier.sent == []


def test_a_refusal_to_somebody_who_is_no_member_is_only_a_failure() -> None:
    world, _ = a_world()
    world.courier.fails.append(Permanent("blocked"))
    world.source.mail.append(direct(person("zoe"), "HELP", 11))
    world.cycle(11.5)
    assert [one.state for one in world.outbox()] == [State.FAILED]


def test_answers_come_first_then_who_is_called_by_most() -> None:
    world, _ = a_world(member(), member(BEN))
    world.source.timeline += [
        post(person("cleo"), "@ben you are missed", 10.6),
        post(ANA, "@ben you are missed", 10.7),
    ]
    world.cycle(11)
    world.source.mail.append(direct(person("zoe"), "HELP", 14))
    world.clock.time = at(16)
    world.listen.tick(at(16))
    world.decide.tick(at(16))
    world.dispatch.tick(at(16))
    assert [to.partition("@")[0] for to, _, _ in world.courier.sent] == ["zoe", "ben", "nora"]
