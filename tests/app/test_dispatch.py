"""Delivery: never lost, never doubled, never late, whatever the platform answers."""

from datetime import timedelta
from typing import Any

import pytest

from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from bot.app.journal import Moved
from bot.app.manners import unanswered
from bot.domain.chat import Chat
from bot.domain.model import Consent
from bot.domain.outbox import ANSWER, LAST_WORD, State
from bot.domain.policy import Drop, QuietHours
from tests.contract.samples import a_message
from tests.world import ANA, CHAT, DOWN, HOST, NORA, SESSION, World, at, direct, member, post


@pytest.fixture
def world() -> World:
    """A world in which Nora was called at minute 10 and a reminder waits until minute 13.5."""
    some = World()
    prepare(some)
    return some


def prepare(some: World) -> None:
    some.join(member())
    some.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    some.cycle(10.5)


def states(world: World) -> list[tuple[State, str]]:
    return [(one.state, one.reason) for one in world.outbox()]


def test_it_waits_for_more_calls_and_is_sent_then(world: World) -> None:
    world.cycle(13)
    assert world.courier.sent == []
    world.cycle(13.5)
    assert len(world.courier.sent) == 1
    sent = world.outbox()[0]
    assert (sent.state, sent.receipt_id, sent.attempts) == (State.SENT, "receipt-1", 1)


def test_a_refusal_for_now_is_tried_again_when_the_platform_says(world: World) -> None:
    world.courier.fails.append(Transient("slow down", retry_at=at(20)))
    world.cycle(14)
    assert states(world) == [(State.PENDING, "slow down")]
    world.cycle(19)
    assert world.courier.sent == []
    world.cycle(20)
    assert len(world.courier.sent) == 1


def test_without_a_time_from_the_platform_it_waits_longer_each_time(world: World) -> None:
    world.courier.fails += [Transient("no"), Transient("no"), Misconfigured("token")]
    for minute, attempts in ((14, 1), (14.2, 1), (14.3, 2), (14.7, 2), (14.9, 3), (15.8, 3), (16.2, 4)):
        world.cycle(minute)
        assert world.outbox()[0].attempts == attempts
    assert len(world.courier.sent) == 1


def test_a_refusal_for_good_fails_and_is_not_tried_again(world: World) -> None:
    world.courier.fails.append(Permanent("blocked"))
    for minute in (14, 20, 30):
        world.cycle(minute)
    assert states(world) == [(State.FAILED, "blocked")]
    assert world.courier.sent == []


def test_an_unknown_outcome_that_arrived_is_found_and_not_sent_again(world: World) -> None:
    world.courier.fails.append(Uncertain("cut off"))
    world.courier.is_kept = True
    world.cycle(14)
    assert states(world) == [(State.UNCERTAIN, "cut off")]
    for minute in (15, 20):
        world.cycle(minute)
    assert states(world) == [(State.SENT, "")]
    assert len(world.courier.sent) == 1


def test_an_unknown_outcome_that_did_not_arrive_is_sent_again(world: World) -> None:
    world.courier.fails.append(Uncertain("cut off"))
    for minute in (14, 15, 16):
        world.cycle(minute)
    assert states(world) == [(State.SENT, "")]
    assert len(world.courier.sent) == 1


def test_while_nobody_can_tell_it_is_not_sent_again(world: World) -> None:
    world.courier.fails.append(Uncertain("cut off"))
    world.courier.find_fails += [Uncertain("cannot prove it"), DOWN, Misconfigured("token")]
    world.cycle(14)
    for minute, why in ((15, "cannot prove it"), (16, "x.example does not answer"), (17, "token")):
        world.cycle(minute)
        assert states(world) == [(State.UNCERTAIN, why)]
    world.cycle(17.2)
    assert states(world) == [(State.UNCERTAIN, "token")], "it looks again only after a while"
    world.cycle(18)
    world.cycle(18.5)
    assert states(world) == [(State.SENT, "")]


def test_what_cannot_be_settled_in_its_useful_life_fails_and_is_shown(world: World) -> None:
    world.courier.fails.append(Uncertain("cut off"))
    world.cycle(14)
    world.courier.find_fails.append(Uncertain("cannot prove it"))
    world.cycle(56)
    assert states(world) == [(State.FAILED, "unknown whether it arrived: cannot prove it")]


def test_what_certainly_did_not_arrive_is_not_sent_late(world: World) -> None:
    world.courier.fails.append(Uncertain("cut off"))
    world.cycle(14)
    world.cycle(56)
    assert states(world) == [(State.FAILED, "did not arrive in time")]
    assert world.courier.sent == []


def test_after_downtime_what_piled_up_expires_without_a_request_and_without_a_burst(world: World) -> None:
    with world.storage.work() as work:
        waiting = work.outbox.latest(1)[0]
        for number in range(90):
            other = waiting.model_copy(update={"id": f"o{number}", "key": f"k{number}"})
            assert work.outbox.add(other)
    world.witness.trouble = DOWN
    world.dispatch.tick(at(55))
    assert states(world) == [(State.EXPIRED, "no longer useful")] * 91
    assert {one.done_at for one in world.outbox()} == {at(55)}
    assert sum(isinstance(event, Moved) and event.message.state is State.EXPIRED for event in world.events) == 91
    assert world.courier.sent == []


def test_a_last_word_that_came_too_late_leaves_no_row(world: World) -> None:
    with world.storage.work() as work:
        waiting = work.outbox.latest(1)[0]
        work.outbox.drop(waiting.id)
        assert work.outbox.add(waiting.model_copy(update={"kind": ANSWER, "note": LAST_WORD, "session_id": None}))
    world.dispatch.tick(at(55))
    assert world.outbox() == []


def test_the_id_that_the_platform_named_is_kept_to_look_for_it(world: World) -> None:
    world.courier.fails.append(Uncertain("does not show it", "post-7"))
    world.cycle(14)
    assert [one.receipt_id for one in world.outbox()] == ["post-7"]
    world.dispatch.tick(at(15))
    assert [(one.state, one.receipt_id) for one in world.outbox()] == [(State.SENT, "receipt-1")]


def test_an_id_under_which_nothing_was_found_is_dropped(world: World) -> None:
    world.courier.fails += [Uncertain("does not show it", "post-7"), Transient("slow down", retry_at=at(30))]
    for minute in (14, 15):
        world.cycle(minute)
    assert [(one.state, one.receipt_id) for one in world.outbox()] == [(State.PENDING, None)]


def interrupt(world: World) -> None:
    """Leave the message as a process leaves it that is killed between claiming and recording."""
    message = world.outbox()[0]
    sending = message.model_copy(
        update={"state": State.SENDING, "attempts": 1, "attempted_at": at(14), "lease_until": at(15.5), "text": "Hello"}
    )
    with world.storage.work() as work:
        assert work.outbox.move(message, sending)


def test_a_process_killed_while_sending_leaves_an_uncertain_message(world: World) -> None:
    interrupt(world)
    world.courier.sent.append(("nora@x.example", "Hello", "t"))
    world.cycle(15)
    assert states(world)[0][0] is State.SENDING, "its lease has not run out"
    world.cycle(16)
    assert states(world) == [(State.SENT, "")]
    assert len(world.courier.sent) == 1


def test_whoever_has_the_storage_alone_need_not_wait_for_the_lease(world: World) -> None:
    interrupt(world)
    world.courier.sent.append(("nora@x.example", "Hello", "t"))
    world.dispatch.recover(at(14.1))
    assert states(world) == [(State.UNCERTAIN, "interrupted while sending")]
    world.cycle(14.2)
    assert states(world) == [(State.SENT, "")]
    assert len(world.courier.sent) == 1


def test_a_process_killed_before_the_request_sends_it_after_all(world: World) -> None:
    interrupt(world)
    for minute in (16, 17):
        world.cycle(minute)
    assert states(world) == [(State.SENT, "")]


def test_when_nobody_can_say_whether_she_has_come_nothing_is_sent(world: World) -> None:
    world.witness.trouble = DOWN
    world.cycle(14)
    assert states(world) == [(State.PENDING, "not sure whether they have come: x.example does not answer")]
    world.witness.trouble = None
    world.cycle(14.2)
    assert world.courier.sent == []
    world.cycle(14.6)
    assert len(world.courier.sent) == 1


def test_when_nobody_could_say_until_the_end_it_expires(world: World) -> None:
    world.witness.trouble = DOWN
    world.cycle(14)
    world.cycle(56)
    assert states(world) == [(State.EXPIRED, "no longer useful")]


@pytest.mark.parametrize(
    ("changes", "is_there"),
    [
        ({}, True),
        ({"tags": ()}, False),
        ({"tags": (), "in_reply_to_id": "host@x.example-4-18"}, True),
        ({"tags": (), "in_reply_to_id": "elsewhere"}, False),
        ({"is_direct": True}, False),
        ({"is_repost": True}, False),
    ],
)
def test_the_second_look_counts_what_shows_her_there(world: World, changes: dict[str, object], is_there: bool) -> None:
    assert world.source.timeline[0].id == "host@x.example-4-18"
    world.witness.posts.append(post(NORA, "something", 12, **changes))
    world.cycle(14)
    assert (world.courier.sent == []) is is_there


def test_in_quiet_hours_it_waits_or_is_dropped() -> None:
    zone_night = World(quiet=QuietHours.model_validate({"start": "20:00", "end": "21:00"}))
    prepare(zone_night)
    zone_night.cycle(14)
    assert states(zone_night) == [(State.PENDING, "quiet hours")]
    zone_night.cycle(31)
    assert len(zone_night.courier.sent) == 1
    whole_night = World(quiet=QuietHours.model_validate({"start": "20:00", "end": "07:00"}))
    prepare(whole_night)
    whole_night.cycle(14)
    assert states(whole_night) == [(State.EXPIRED, "useless by the end of quiet hours")]


def test_before_its_limits_are_known_a_message_waits(world: World) -> None:
    world.courier.room_fails.append(DOWN)
    world.cycle(14)
    assert states(world) == [(State.PENDING, "x.example does not answer")]
    world.cycle(14.6)
    assert len(world.courier.sent) == 1


def test_a_stopping_bot_begins_no_new_message(world: World) -> None:
    assert world.dispatch.tick(at(14), is_stopping=lambda: True) == 0
    assert world.courier.sent == []
    assert world.dispatch.tick(at(14), is_stopping=lambda: False) == 1


def test_two_dispatchers_send_one_message(world: World) -> None:
    first = world.outbox()[0]
    world.dispatch.tick(at(14))
    assert world.dispatch._send(first, at(14)) is False
    assert len(world.courier.sent) == 1


def test_who_left_in_the_meantime_gets_nothing(world: World) -> None:
    world.join(member(consent=Consent.STOPPED))
    world.cycle(14)
    assert states(world) == [(State.SUPPRESSED, "not opted in (any more)")]


def test_a_message_of_a_member_or_chat_that_is_gone_is_not_sent(world: World) -> None:
    with world.storage.work() as work:
        message = work.outbox.latest(1)[0]
        for number, changes in enumerate(({"member_id": "gone"}, {"session_id": "gone"})):
            other = {"id": f"o{number}", "key": f"k{number}", "not_before": at(14)}
            assert work.outbox.add(message.model_copy(update={**changes, **other}))
    world.cycle(14)
    assert len(world.courier.sent) == 1
    assert {reason for state, reason in states(world) if state is State.SUPPRESSED} == {
        "unknown (any more)",
        "not enrolled in this chat (any more)",
    }


def test_an_identity_without_a_witness_is_not_looked_at(world: World) -> None:
    world.dispatch._witnesses = {}
    world.cycle(14)
    assert len(world.courier.sent) == 1


def test_messages_of_a_platform_without_a_courier_stay(world: World) -> None:
    world.dispatch._couriers = {}
    world.cycle(14)
    assert [state for state, _ in states(world)] == [State.PENDING]


def test_before_a_question_the_link_is_the_tags_page() -> None:
    world = World()
    world.join(member())
    people = [post(name, "hello", 1 + n / 10) for n, name in enumerate((ANA, HOST, ANA))]
    world.source.timeline += [*people, post(ANA, "@nora you are missed", 2)]
    busy: Chat = CHAT.model_copy(update={"held_by": 2})
    lively = World(chat=busy)
    lively.join(member())
    lively.source.timeline = world.source.timeline
    for minute in (2.5, 6):
        lively.cycle(minute)
    assert "It has only just begun." in lively.courier.sent[0][1]
    assert "https://x.example/tags/lrnchat" in lively.courier.sent[0][1]


def test_the_last_session_of_a_series_names_no_next_one() -> None:
    slot = CHAT.slots[0].model_copy(update={"last": SESSION.starts_at.date() - timedelta(days=1)})
    world = World(chat=CHAT.model_copy(update={"slots": (slot,)}))
    world.join(member())
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 65)]
    for minute in (30, 60, 66, 72):
        world.cycle(minute)
    assert "It is over for this time.\n" in world.courier.sent[0][1]


def test_a_reminder_about_nothing_cannot_be_worded(world: World) -> None:
    gone = world.outbox()[0].model_copy(update={"session_id": "gone"})
    with pytest.raises(LookupError, match="is gone"):
        world.dispatch._compose.text(gone, at(14))


def unanswered_weeks(world: World, weeks: int) -> list[str]:
    """Let Ana call Nora once a week, and return the states of the reminders."""
    for week in range(weeks):
        minute = week * 7 * 24 * 60
        world.source.timeline += [
            post(HOST, "Q1: What? #lrnchat", minute + 4),
            post(ANA, "@nora you are missed", minute + 10),
        ]
        for later in (10.5, 14, 30):
            world.cycle(minute + later)
    return [one.reason or one.state for one in reversed(world.outbox())]


def test_after_three_unanswered_reminders_nothing_more_is_decided() -> None:
    world = World()
    world.join(member())
    assert unanswered_weeks(world, 8) == ["sent"] * 3


def test_three_unanswered_reminders_of_all_chats_are_enough_for_silence_until_they_write() -> None:
    world = World()
    world.join(member())
    with world.storage.work() as work:
        for week in (3, 2, 1):
            past = at(-week * 7 * 24 * 60)
            moments: dict[str, Any] = dict.fromkeys(("not_before", "expires_at", "created_at", "done_at"), past)
            sent: dict[str, Any] = {"key": f"tea{week}", "session_id": f"tea@{week}", "state": State.SENT}
            work.outbox.add(a_message(f"tea{week}", member_id="member-nora", **sent, **moments))
        nora = work.members.get("member-nora")
        assert nora is not None
        work.members.put(nora.model_copy(update={"last_heard_at": at(-30 * 24 * 60)}))
    assert unanswered_weeks(world, 1)[-1] == str(Drop.UNANSWERED)
    with world.storage.work() as work:
        paused = work.members.get("member-nora")
    assert paused is not None
    assert paused.consent is Consent.PAUSED
    world.source.mail.append(direct(NORA, "@missed hello", 6 * 7 * 24 * 60))
    world.cycle(6 * 7 * 24 * 60)
    with world.storage.work() as work:
        back = work.members.get("member-nora")
    assert back is not None
    assert back.consent is Consent.LIVE


def test_who_comes_or_writes_has_answered() -> None:
    world = World()
    world.join(member())
    assert unanswered_weeks(world, 4) == ["sent"] * 2
    came = 21 * 24 * 60
    world.source.timeline.append(post(NORA, "I am here", came + 40))
    world.cycle(came + 41)
    with world.storage.work() as work:
        nora = work.members.get("member-nora")
        assert nora is not None
        assert unanswered(work, nora) == 0
        assert unanswered(work, nora.model_copy(update={"last_heard_at": at(came + 60)})) == 0
