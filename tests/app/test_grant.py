"""HEADS-UP, NEXT and RECAP: what members asked for comes once, in time, by the road of every reminder."""

from datetime import timedelta
from typing import Any

import pytest

from bot.app.errors import Permanent, Transient
from bot.app.manners import unanswered
from bot.domain.attendance import Attendance
from bot.domain.chat import sessions_between
from bot.domain.model import Consent, Member, Preferences
from bot.domain.outbox import ANSWER, WISHED, OutboxMessage, State
from bot.domain.policy import Drop
from bot.domain.rules import Reason, Remind, Skip
from bot.domain.ties import Tie
from tests.app.test_steering import nora, preferences, say
from tests.world import ANA, BEN, CHAT, HOST, NORA, SESSION, World, at, member, post

WEEK = 7 * 24 * 60
MORNING = 13 * 60
"""Past quiet hours, in New York."""


def wishing(*, before: Any = None, **wants: Any) -> World:
    world = World()
    world.join(member(preferences=Preferences(**wants), **(before or {})))
    return world


def told(world: World) -> list[OutboxMessage]:
    """What they asked for and got, oldest first."""
    return [one for one in world.outbox()[::-1] if one.kind in WISHED and one.state is State.SENT]


def reasons(world: World) -> list[str]:
    with world.storage.work() as work:
        made = [row.decision for row in work.decisions.of("member-nora")]
    return [str(one.reason) if isinstance(one, Skip) else one.rule for one in made]


def evening(world: World, *, calls: bool = False, week: int = 0) -> None:
    """Play a session that is held and watched to its end, and the night after it."""
    first = week * WEEK
    world.source.timeline += [post(HOST, f"Q{n + 1}: What about {n + 1}? #lrnchat", first + 4 + n * 8) for n in (0, 1)]
    world.source.timeline += [post(ANA, "I think it is hope, after all", first + 6), post(BEN, "Hi!", first + 7)]
    if calls:
        world.source.timeline.append(post(ANA, "@nora you are missed", first + 20))
    for minute in (*range(-8, 75, 2), 125, 422, 424, MORNING, MORNING + 5):
        world.cycle(first + minute)


# --- Before -----------------------------------------------------------------------------------------------------------


def test_a_heads_up_comes_once_before_every_session_at_its_time() -> None:
    world = wishing(heads_up={"lrnchat": 15})
    for minute in (-30, -15.5):
        world.cycle(minute)
        assert world.outbox() == []
    for minute in (-14.4, -14, -10, -1):
        world.cycle(minute)
    (sent,) = told(world)
    assert (sent.kind, sent.session_id, sent.done_at) == ("heads-up", SESSION.id, at(-14.4))
    assert world.courier.sent[0][1].startswith("Pencils up: #lrnchat begins on Thursday 19 November, 20:30.")
    world.cycle(WEEK - 15)
    assert len(told(world)) == 2


def test_what_was_missed_while_the_bot_was_off_comes_as_long_as_it_is_of_use_and_never_late() -> None:
    world = wishing(heads_up={"lrnchat": 60})
    world.cycle(-2)
    assert len(told(world)) == 1
    late = wishing(heads_up={"lrnchat": 60})
    late.cycle(0)
    assert late.outbox() == []


def test_the_one_that_could_not_be_sent_in_time_is_dropped() -> None:
    world = wishing(heads_up={"lrnchat": 15})
    world.courier.fails += [Transient("down", retry_at=at(1))]
    world.cycle(-15)
    world.cycle(1.5)
    (message,) = world.outbox()
    assert (message.state, message.reason) == (State.EXPIRED, str(Drop.STALE))


def test_a_new_process_does_not_say_it_again() -> None:
    world = wishing(heads_up={"lrnchat": 30}, recap=("lrnchat",))
    world.cycle(-25)
    world.use(CHAT)
    world.cycle(-20)
    evening(world)
    world.use(CHAT)
    world.cycle(MORNING + 20)
    assert [one.kind for one in told(world)] == ["heads-up", "recap"]


def test_deciding_and_keeping_are_one_transaction() -> None:
    world = wishing(heads_up={"lrnchat": 15})
    world.grant.tick(at(-15))
    assert reasons(world) == ["they asked for a heads-up"]
    (waiting,) = world.outbox()
    assert (waiting.state, waiting.expires_at) == (State.PENDING, SESSION.starts_at)
    with world.storage.work() as work:
        (row,) = work.decisions.of("member-nora")
    assert isinstance(row.decision, Remind)
    assert row.decision.checks[0].name == "minutes_to_start_at_most"
    assert set(row.facts) == {"consent", "is_enrolled", "is_bot", "is_present", "phase", "unanswered"}


def test_it_leaves_the_one_reminder_of_the_session_alone() -> None:
    world = wishing(heads_up={"lrnchat": 15}, recap=("lrnchat",))
    for week in (0, 1):
        world.cycle(week * WEEK - 15)
        evening(world, calls=True, week=week)
    kinds = [one.kind for one in world.outbox()[::-1] if one.state is State.SENT]
    assert kinds == ["heads-up", "called", "recap", "heads-up", "recap"], "called was in the session before"
    free = wishing(heads_up={"lrnchat": 15}, before={"last_heard_at": at(WEEK - 60)})
    for week in (0, 1):
        free.cycle(week * WEEK - 15)
        evening(free, calls=week == 1, week=week)
    assert [one.kind for one in free.outbox()[::-1]] == ["heads-up", "heads-up", "called"]


def test_next_is_said_once_and_then_the_wish_is_gone() -> None:
    world = wishing()
    (said,) = say(world, "NEXT", -400)
    assert said == (
        "I will remind you once, a quarter of an hour before the next session of #lrnchat on Thursday 19 November, "
        "20:30. STOP ends all messages."
    )
    for minute in (-15, -10, WEEK - 15):
        world.cycle(minute)
    (sent,) = told(world)
    assert sent.kind == "next"
    assert preferences(world).next_for == ()


def test_next_that_was_never_sent_is_kept_for_the_one_after() -> None:
    world = wishing(next_for=("lrnchat",))
    world.courier.fails.append(Permanent("refused"))
    world.cycle(-10)
    assert preferences(world).next_for == ("lrnchat",)
    world.cycle(WEEK - 15)
    assert len(told(world)) == 1
    assert preferences(world).next_for == ()


def test_next_said_while_it_is_on_means_the_one_after() -> None:
    world = wishing()
    assert "Thursday 26 November" in say(world, "NEXT", 10)[0]


def test_heads_up_and_next_together_are_one_message() -> None:
    world = wishing(heads_up={"lrnchat": 15}, next_for=("lrnchat",))
    for minute in (-15, -12):
        world.cycle(minute)
    assert [one.kind for one in told(world)] == ["heads-up"]
    assert preferences(world).next_for == ()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"consent": Consent.ASKED}, Reason.NOT_CONFIRMED),
        ({"consent": Consent.STOPPED}, Reason.OPTED_OUT),
        ({"consent": Consent.PAUSED}, Reason.OPTED_OUT),
        ({"preferences": Preferences(heads_up={"lrnchat": 15}, away_until=at(99))}, Reason.EXCUSED),
    ],
)
def test_what_we_promised_forbids_it_and_is_kept_as_the_reason(more: dict[str, Any], why: Reason) -> None:
    world = wishing(heads_up={"lrnchat": 15}, before=None)
    world.join(member(preferences=Preferences(heads_up={"lrnchat": 15})).model_copy(update=more))
    for minute in (-15, -12):
        world.cycle(minute)
    assert reasons(world) == [str(why)]
    assert world.outbox() == []


def test_whoever_has_come_early_needs_no_heads_up() -> None:
    world = wishing(heads_up={"lrnchat": 5})
    world.source.timeline.append(post(NORA, "Early today!", -8))
    for minute in (-7, -5, -4):
        world.cycle(minute)
    assert reasons(world) == [str(Reason.PRESENT)]


def test_a_chat_or_a_wish_that_was_given_up_meanwhile_says_nothing() -> None:
    for words in ("HEADS-UP OFF", "STOP"):
        world = wishing(heads_up={"lrnchat": 15})
        world.grant.tick(at(-15))
        say(world, words, -14)
        assert told(world) == []
    world = wishing(recap=("lrnchat",), heads_up={"lrnchat": 5})
    evening_ended = wishing(recap=("lrnchat",))
    evening(evening_ended)
    assert len(told(evening_ended)) == 1
    world.cycle(-60)
    assert world.outbox() == []


def test_a_session_that_was_called_off_is_not_announced() -> None:
    world = wishing(heads_up={"lrnchat": 60})
    world.grant.tick(at(-50))
    say(world, "CANCEL", -45, HOST)
    world.cycle(-40)
    assert told(world) == []
    assert [one.state for one in world.outbox() if one.kind != ANSWER] == [State.SUPPRESSED]


def test_a_session_that_is_moved_is_announced_at_its_new_time() -> None:
    world = wishing(heads_up={"lrnchat": 60})
    world.cycle(-50)
    say(world, "MOVE 21:30", -45, HOST)
    world.cycle(2)
    assert [one.expires_at for one in told(world)] == [SESSION.starts_at, SESSION.starts_at + timedelta(hours=1)]


def test_a_time_that_is_corrected_after_a_heads_up_holds() -> None:
    world = wishing(heads_up={"lrnchat": 600})
    world.cycle(-500)
    slot = CHAT.slots[0].model_copy(update={"time": at(30).astimezone(sessions_zone()).time()})
    world.use(CHAT.model_copy(update={"slots": (slot,)}))
    world.cycle(25)
    world.cycle(31)
    with world.storage.work() as work:
        watched = [row.session.starts_at for row in work.sessions.open() if row.watched_until]
    assert watched == [at(30)]


def sessions_zone() -> Any:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return ZoneInfo(CHAT.zone)


# --- Quiet hours and clocks -------------------------------------------------------------------------------------------


def in_berlin(**wants: Any) -> World:
    """Nora lives where the session begins at half past two in the night."""
    return wishing(before={"zone": "Europe/Berlin"}, **wants)


def test_in_quiet_hours_nobody_is_woken_and_the_wish_of_next_stays() -> None:
    world = in_berlin(next_for=("lrnchat",))
    for minute in (-15, -10, 1):
        world.cycle(minute)
    (message,) = world.outbox()
    assert (message.state, message.reason) == (State.EXPIRED, str(Drop.STALE_AFTER_QUIET))
    assert preferences(world).next_for == ("lrnchat",)


def test_whoever_lets_sessions_ring_lets_their_heads_up_ring() -> None:
    world = in_berlin(heads_up={"lrnchat": 15}, is_quiet_lifted=True)
    world.cycle(-15)
    assert len(told(world)) == 1


def test_quiet_hours_that_end_before_it_begins_only_hold_it() -> None:
    world = wishing(heads_up={"lrnchat": 30}, quiet=(at(-120).time(), at(-310).time()))
    local = (at(-90).astimezone(sessions_zone()).time(), at(-10).astimezone(sessions_zone()).time())
    world.join(member(preferences=Preferences(heads_up={"lrnchat": 30}, quiet=local)))
    world.cycle(-30)
    assert told(world) == []
    world.cycle(-10)
    assert [one.done_at for one in told(world)] == [at(-10)]


@pytest.mark.parametrize("begins", ["2027-03-11", "2027-03-18", "2027-11-04", "2027-11-11"])
def test_it_is_as_long_before_on_both_sides_of_a_change_of_the_clocks(begins: str) -> None:
    from datetime import datetime  # noqa: PLC0415

    day = datetime.fromisoformat(f"{begins}T00:00:00+00:00")
    (session,) = sessions_between(CHAT, day, day + timedelta(days=2))
    world = wishing(heads_up={"lrnchat": 45})
    minute = (session.starts_at - at(0)) / timedelta(minutes=1)
    world.cycle(minute - 46)
    assert told(world) == []
    world.cycle(minute - 45)
    (sent,) = told(world)
    assert sent.session_id == session.id
    assert "20:30" in world.courier.sent[0][1]


# --- After ------------------------------------------------------------------------------------------------------------


def test_a_recap_tells_whoever_missed_it_what_was_asked_and_what_their_friends_said() -> None:
    world = wishing(recap=("lrnchat",))
    world.join(member(ANA), member(BEN))
    tie(world, ANA, 4)
    tie(world, BEN, 2)
    world.witness.posts += [post(ANA, "Hello!", 5), post(ANA, "I think it is hope, after all", 6)]
    evening(world)
    (sent,) = told(world)
    assert (sent.kind, sent.done_at) == ("recap", at(MORNING)), "not at night"
    assert world.courier.sent[0][1] == (
        "You asked to hear of #lrnchat on Thursday 19 November 2026: https://x.example/@id-host/4\n"
        "1. What about 1?\n2. What about 2?\n"
        "Ana and Ben were there: https://x.example/@id-ana/6\n"
        "The next one is on Thursday 26 November, 20:30.\n(RECAP OFF ends this, STOP ends everything.)"
    )


def tie(world: World, who: Any, weight: float) -> None:
    with world.storage.work() as work:
        work.ties.put("member-nora", f"member-{who.name.lower()}", Tie(weight=weight, at=at(-60)))


def test_where_nobody_can_look_at_friends_they_are_only_named() -> None:
    world = wishing(recap=("lrnchat",))
    stopped = member(BEN, Consent.STOPPED)
    far = member(ANA).identities[0].model_copy(update={"platform": "x"})
    world.join(member(ANA).model_copy(update={"identities": (*member(ANA).identities, far)}), stopped)
    tie(world, ANA, 1)
    tie(world, BEN, 2)
    evening(world)
    assert "Ana was there.\n" in world.courier.sent[0][1]


def test_a_recap_is_not_held_up_by_friends() -> None:
    world = wishing(recap=("lrnchat",))
    world.join(member(ANA))
    tie(world, ANA, 1)
    evening_without_delivery(world)
    message = next(one for one in world.outbox() if one.kind == "recap")
    world.witness.trouble = Transient("down")
    words = world.compose.text(message, at(MORNING))
    assert "Ana was there.\n" in words


def test_a_recap_of_somebody_gone_cannot_be_worded() -> None:
    world = wishing(recap=("lrnchat",))
    evening(world)
    message = told(world)[0].model_copy(update={"member_id": "nobody"})
    with pytest.raises(LookupError, match="is gone"):
        world.compose.text(message, at(MORNING))


def evening_without_delivery(world: World) -> None:
    world.courier.room_fails += [Transient("down")] * 99
    evening(world)


def test_who_was_there_or_read_along_gets_no_recap() -> None:
    for how in ("post", "here"):
        world = wishing(recap=("lrnchat",))
        world.ensure()
        with world.storage.work() as work:
            seen = {"session_id": SESSION.id, "first_at": at(5), "last_at": at(5), "how": how}
            work.attendances.add(Attendance.model_validate({"member_id": "member-nora", **seen}))
        evening(world)
        assert (told(world), reasons(world)) == ([], [str(Reason.PRESENT)])


def test_no_recap_of_what_did_not_take_place_or_was_not_watched() -> None:
    world = wishing(recap=("lrnchat",))
    for minute in (*range(-8, 75, 2), 125, 422, 424):
        world.cycle(minute)
    assert reasons(world)[-1:] == [str(Reason.NOT_HELD)]
    unwatched = wishing(recap=("lrnchat",))
    unwatched.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4)]
    for minute in (10, 50, 72, 125, 422, 424):
        unwatched.cycle(minute)
    assert reasons(unwatched)[-1:] == [str(Reason.NOT_OBSERVED)]


def test_whoever_joined_after_it_missed_nothing() -> None:
    world = wishing(recap=("lrnchat",), before={"joined_at": at(90)})
    evening(world)
    assert (world.outbox(), reasons(world)) == ([], [])


def test_a_recap_that_comes_too_late_is_none() -> None:
    world = wishing(recap=("lrnchat",))
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4)]
    for minute in (*range(-8, 75, 2), 125):
        world.cycle(minute)
    world.cycle(25 * 60 + 61)
    assert world.outbox() == []


# --- Manners and answers ----------------------------------------------------------------------------------------------


def test_heads_ups_without_an_answer_end_and_recaps_do_not_count() -> None:
    world = wishing(heads_up={"lrnchat": 15})
    for week in range(5):
        world.cycle(week * WEEK - 15)
    assert len(told(world)) == 3
    found = nora(world)
    assert found is not None
    reader = wishing(recap=("lrnchat",))
    for week in range(5):
        evening(reader, week=week)
    assert [one.kind for one in told(reader)] == ["recap"] * 5


def test_two_reminders_of_a_session_are_one_that_was_not_answered() -> None:
    world = wishing(heads_up={"lrnchat": 15})
    world.cycle(-15)
    evening(world, calls=True)
    found = nora(world)
    with world.storage.work() as work:
        assert isinstance(found, Member)
        assert unanswered(work, found) == 1


@pytest.mark.parametrize(
    ("wants", "begins"),
    [
        ({"heads_up": {"lrnchat": 15}}, "Because you asked me to: I write before every session of #lrnchat"),
        ({"next_for": ("lrnchat",)}, "Because you wrote NEXT: I told you of the next session of #lrnchat"),
        ({"recap": ("lrnchat",)}, "Because you wrote RECAP ON: #lrnchat took place on Thursday 19 November 2026"),
    ],
)
def test_why_says_that_they_asked_for_it(wants: dict[str, Any], begins: str) -> None:
    world = wishing(**wants)
    world.cycle(-15)
    evening(world)
    assert len(told(world)) == 1
    assert say(world, "WHY", MORNING + 30)[0].startswith(begins)


def test_nothing_is_looked_at_twice_within_a_minute() -> None:
    world = wishing(heads_up={"lrnchat": 15})
    world.grant.tick(at(-15.2))
    assert world.grant.tick(at(-14.9)) == 0
    assert world.grant.tick(at(-14.2)) == 1
    assert world.grant.tick(at(-15.1)) == 0, "the clock was set back"
