"""Members and strangers write to the bot: in order and out of it, in private and in public."""

from datetime import datetime

import pytest

from bot.app.errors import Transient
from bot.domain.model import Consent, Post
from bot.domain.outbox import State
from tests.world import ANA, BOT, HOST, NORA, SESSION, START, World, at, direct, member, person, post

YEAR_9999 = START.replace(year=9999, month=12, day=31)


def consent(world: World) -> Consent | None:
    with world.storage.work() as work:
        found = work.members.by_account(NORA.platform, NORA.id)
    return found.consent if found else None


def sent(world: World) -> list[str]:
    return [text.split(maxsplit=1)[0] for _, text, _ in world.courier.sent]


def signed_up() -> World:
    world = World()
    world.source.mail.append(direct(NORA, "@missed START", -300))
    world.cycle(-300)
    return world


def test_a_word_that_was_written_before_our_question_opens_nothing() -> None:
    world = World()
    world.source.mail += [direct(NORA, "@missed START", -300), direct(NORA, "@missed ok then", -299.9)]
    world.cycle(-299)
    assert (consent(world), sent(world)) == (Consent.ASKED, ["Hello!"])
    world.source.mail.append(direct(NORA, "@missed ok", -290))
    world.cycle(-290)
    assert consent(world) is Consent.LIVE


def test_an_answer_to_our_question_proves_that_it_was_seen_whatever_the_clocks_say() -> None:
    world = signed_up()
    world.clock.time = at(-290)
    early = direct(NORA, "@missed yes", -299.99, in_reply_to_author_id=BOT.id)
    world.source.mail.append(early)
    world.cycle(-290)
    assert consent(world) is Consent.LIVE


def test_while_our_question_is_on_its_way_no_word_counts() -> None:
    world = World()
    world.source.mail.append(direct(NORA, "@missed START", -300))
    world.clock.time = at(-300)
    world.listen.tick(at(-300))
    world.source.mail.append(direct(NORA, "@missed yes", -299))
    world.clock.time = at(-299)
    world.listen.tick(at(-299))
    assert consent(world) is Consent.ASKED


def test_a_direct_message_to_somebody_else_that_names_the_bot_is_no_word_back() -> None:
    world = signed_up()
    world.source.mail.append(direct(NORA, "@ben did you see @missed", -290).model_copy(update={"mentions": (BOT, ANA)}))
    world.cycle(-290)
    assert consent(world) is Consent.ASKED


def test_callers_who_name_the_bot_are_not_signed_up() -> None:
    world = World()
    world.source.mail.append(post(ANA, "@nora @missed join us, we are at Q3", 10))
    world.cycle(11)
    assert world.courier.sent == []
    with world.storage.work() as work:
        assert work.members.everybody() == []


def reread(world: World, minute: float) -> None:
    """Read the inbox again from its beginning, as after a crash before the cursor was set."""
    with world.storage.work() as work:
        work.cursors.set(f"{world.source.name}/inbox", "0")
    world.cycle(minute)


def test_a_public_start_that_is_read_again_does_not_undo_a_stop() -> None:
    world = World()
    world.source.mail += [post(NORA, "@missed START", -300, tags=()), direct(NORA, "@missed STOP", -299)]
    world.cycle(-299)
    assert consent(world) is Consent.STOPPED
    reread(world, -298)
    assert consent(world) is Consent.STOPPED


def test_a_public_stop_that_is_read_again_does_not_undo_a_later_start() -> None:
    world = World()
    world.join(member())
    world.source.mail.append(post(NORA, "@missed STOP", -300, tags=()))
    world.cycle(-300)
    world.source.mail.append(direct(NORA, "@missed START", -290))
    world.cycle(-290)
    world.source.mail.append(direct(NORA, "@missed yes", -280))
    world.cycle(-280)
    reread(world, -270)
    assert consent(world) is Consent.LIVE


def test_a_start_that_arrives_after_the_stop_that_was_written_later_opens_nothing() -> None:
    world = World()
    world.join(member())
    world.source.mail.append(direct(NORA, "@missed STOP", -290))
    world.cycle(-290)
    world.source.mail.append(direct(NORA, "@missed START", -300))
    world.cycle(-280)
    assert consent(world) is Consent.STOPPED


def test_a_stop_counts_however_late_it_arrives() -> None:
    world = World()
    world.join(member())
    world.source.mail.append(direct(NORA, "@missed HELP", -290))
    world.cycle(-290)
    world.source.mail.append(direct(NORA, "@missed STOP", -300))
    world.cycle(-280)
    assert consent(world) is Consent.STOPPED


def test_after_a_stop_nothing_is_said_that_contradicts_it() -> None:
    world = signed_up()
    world.source.mail += [direct(NORA, "@missed yes", -290), direct(NORA, "@missed STOP", -289)]
    world.cycle(-289)
    assert sent(world) == ["Hello!", "Done."]
    assert consent(world) is Consent.STOPPED


def test_a_public_word_about_the_bot_does_not_move_the_thread_that_reminders_go_to() -> None:
    world = World()
    world.join(member())
    world.source.mail.append(post(NORA, "@missed help", -10, tags=()))
    world.cycle(-9)
    with world.storage.work() as work:
        found = work.members.by_account(NORA.platform, NORA.id)
    assert found is not None
    assert found.identities[0].thread_post_id == "t"


@pytest.mark.parametrize(("minute", "note"), [(-50, "Good"), (10, "Good"), (-100, "Thank"), (70, "Thank")])
def test_here_says_whether_it_counts(minute: float, note: str) -> None:
    world = World()
    world.join(member())
    world.source.mail.append(direct(NORA, "@missed HERE", minute))
    world.cycle(minute + 1)
    assert sent(world) == [note]
    with world.storage.work() as work:
        assert (work.attendances.get("member-nora", SESSION.id) is not None) is (note == "Good")


def test_a_message_from_the_year_9999_is_answered_like_any_other() -> None:
    world = World()
    world.clock.time = at(2)
    world.converse.take(direct(ANA, "@missed HELP", 1, created_at=YEAR_9999), at(2))
    world.dispatch.tick(at(2))
    assert sent(world) == ["START,"]


def test_a_message_that_nobody_foresaw_is_passed_over_and_the_stop_behind_it_is_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World()
    world.join(member())
    real = world.converse.take

    def take(post: Post, now: datetime) -> object:
        if post.author == ANA:
            raise OverflowError("date value out of range")
        return real(post, now)

    monkeypatch.setattr(world.converse, "take", take)
    world.source.mail += [direct(ANA, "@missed HELP", 1), direct(NORA, "@missed STOP", 2)]
    world.cycle(3)
    assert consent(world) is Consent.STOPPED
    assert [event.ids for event in world.events if hasattr(event, "ids")] == [(world.source.mail[0].id,)]


def test_of_somebody_who_stopped_nothing_more_is_noted() -> None:
    world = World()
    world.join(member())
    world.source.mail.append(direct(NORA, "@missed STOP", -5))
    world.source.timeline += [
        post(HOST, "Q1: What? #lrnchat", 4),
        post(NORA, "still reading", 5),
        post(ANA, "@nora you are missed", 6),
    ]
    world.cycle(7)
    with world.storage.work() as work:
        assert work.attendances.of_session(SESSION.id) == []
        assert work.calls.counts(SESSION.id) == {}
        assert work.decisions.of("member-nora") == []


def test_a_long_silence_ends_with_answers_only_to_what_is_recent() -> None:
    world = World()
    old = direct(ANA, "@missed HELP", -3000)
    world.converse.take(old, at(0))
    world.cycle(1)
    assert [one.state for one in world.outbox()] == [State.EXPIRED]
    assert world.courier.sent == []


def test_people_are_known_by_account_not_by_name() -> None:
    world = World()
    world.join(member())
    twin = person("nora").model_copy(update={"id": "another"})
    world.source.mail.append(direct(twin, "@missed STOP", 1))
    world.cycle(2)
    assert consent(world) is Consent.LIVE


def test_when_nothing_can_be_kept_the_message_stays_for_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.join(member())
    world.source.mail.append(direct(NORA, "@missed STOP", 1))
    with monkeypatch.context() as broken:
        broken.setattr(world.converse, "take", full)
        world.cycle(2)
    assert consent(world) is Consent.LIVE
    world.cycle(3)
    assert consent(world) is Consent.STOPPED


def full(_post: Post, _now: datetime) -> None:
    raise Transient("the disk is full")
