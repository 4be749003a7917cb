"""A past chat goes the way of a live one, in its own time, and nothing leaves the house."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.app.rehearsal import Outcome, Rehearsal
from bot.app.replay import Replay, Stage
from bot.app.transcript import EPOCH, Reader, person
from bot.domain.chat import Chat, Slot
from bot.domain.model import Platform
from bot.domain.outbox import OutboxMessage, State
from bot.domain.policy import QuietHours
from bot.domain.recognise import Recogniser
from bot.domain.rules import Remind
from bot.domain.wording import Wording
from config import catalogue
from tests.fakes import FakeStorage

STARTS_AT = datetime(2026, 1, 8, 20, tzinfo=UTC)
TEA = Chat(tag="tea", title="Tea", slots=())
SLOT = Slot(repeats="FREQ=WEEKLY;BYDAY=TH", time=time(20), zone="UTC", first=date(2026, 1, 1))
RECOGNISER = Recogniser(catalogue.phrasebooks())
WORDING = Wording(catalogue.messages())
ALWAYS = QuietHours(start=time(0), end=time(0))
NIGHT = QuietHours(start=time(22), end=time(7))

OPENING = [(0, "ana", "Welcome to #tea"), (1, "ben", "Hello #tea"), (2, "eve", "Hello from me #tea")]
CALL = (10, "ana", "@cleo you are missed tonight #tea")


def replayed(
    *said: tuple[float, str, str],
    chat: Chat = TEA,
    quiet: QuietHours = ALWAYS,
    roster: Sequence[str] = (),
    told: list[int] | None = None,
) -> Rehearsal:
    rows = [
        json.dumps(
            {
                "id": f"p{number}",
                "created_at": (STARTS_AT + timedelta(minutes=minute)).isoformat(),
                "author": author,
                "text": text,
                "hashtags": ["tea"] if "#tea" in text else [],
                "mentions": [word.strip("@,.") for word in text.split() if word.startswith("@")],
            }
        ).encode()
        for number, (minute, author, text) in enumerate(said)
    ]
    transcript = Reader("tea", str, {}).read(rows)
    page = "https://example.social/tags/tea"
    use_case = Replay(FakeStorage(), RECOGNISER, catalogue.rules(), WORDING, chat, quiet, lambda _platform, _tag: page)
    people = [person(handle, {handle: handle.title()}) for handle in roster]
    steps = told if told is not None else []
    return use_case.run(transcript, people, told=lambda: steps.append(1))


def made(result: Rehearsal) -> list[str]:
    return [
        f"{one.member_id} {one.decision.kind}"
        if isinstance(one.decision, Remind)
        else f"{one.member_id} {one.decision.reason}"
        for one in result.decisions
    ]


def minutes(result: Outcome) -> float:
    return (result.at - STARTS_AT) / timedelta(minutes=1)


def test_a_call_is_found_decided_and_would_have_been_sent() -> None:
    told: list[int] = []
    result = replayed(*OPENING, (5, "ana", "Q1: Green or black? #tea"), CALL, (20, "ben", "More #tea"), told=told)
    (call,) = result.calls
    assert (call.caller.id, call.target.id, call.post_id, call.is_greeting) == ("ana", "cleo", "p4", False)
    assert (call.before, call.words, call.after) == ("@cleo ", "you are missed tonight", " #tea")
    assert made(result)[0] == "cleo called"
    (sent,) = result.outcomes
    assert (sent.member_id, sent.state, minutes(sent)) == ("cleo", State.SENT, 13)
    assert sent.not_before <= sent.at < sent.expires_at
    assert sent.text is not None
    assert "ana misses you at #tea right now" in sent.text
    assert "Green or black?" in sent.text
    assert "47 minutes are left" in sent.text
    assert len(told) == 6


def test_the_totals_add_up() -> None:
    totals = replayed(*OPENING, CALL, (12, "ben", "@eve you are missed #tea"), (30, "ana", "No tag")).totals
    assert (totals.posts, totals.outside, totals.people, totals.sessions, totals.held) == (6, 1, 4, 1, 1)
    assert (totals.calls, totals.calling_posts, totals.people_called) == (2, 2, 2)
    assert (totals.reminders_due, totals.sent, totals.not_sent) == (1, 1, {})
    assert totals.skips["present"] == 1
    assert (totals.greetings, totals.calling_posts_per_1000, totals.false_alarms_per_1000) == (1, 333.33, 166.67)


def test_somebody_present_is_skipped_and_the_call_is_a_greeting() -> None:
    result = replayed(*OPENING, (5, "cleo", "I am here #tea"), CALL)
    assert made(result) == ["cleo present"]
    assert (result.calls[0].is_greeting, result.outcomes) == (True, ())


def test_a_post_that_calls_somebody_absent_too_is_no_false_alarm() -> None:
    result = replayed(*OPENING, (10, "ana", "where are @ben and @cleo tonight? #tea"))
    assert {(call.target.id, call.is_greeting) for call in result.calls} == {("ben", True), ("cleo", False)}
    assert result.totals.greetings == 0


def test_somebody_who_comes_before_it_would_be_sent_is_left_alone() -> None:
    (gone,) = replayed(*OPENING, CALL, (12.9, "cleo", "Late but here #tea")).outcomes
    assert (gone.state, gone.reason, minutes(gone), gone.text) == (State.SUPPRESSED, "has come by themselves", 13, None)


def test_somebody_who_comes_afterwards_would_have_been_told() -> None:
    result = replayed(*OPENING, CALL, (13.1, "cleo", "Thanks, here I am #tea"))
    assert [one.state for one in result.outcomes] == [State.SENT]


def test_a_post_without_the_tag_shows_nobody_and_calls_nobody() -> None:
    result = replayed(*OPENING, CALL, (12, "cleo", "somewhere else"), (14, "ben", "@dora you are missed"))
    assert [one.state for one in result.outcomes] == [State.SENT]
    assert (len(result.calls), result.totals.outside) == (1, 2)


def test_a_session_takes_place_only_when_enough_have_come() -> None:
    result = replayed((0, "ana", "Hello #tea"), (3, "ana", "@cleo you are missed #tea"), (7, "ben", "Hi #tea"))
    assert (made(result), result.totals.held) == (["cleo session not held"], 0)
    result = replayed((3, "ana", "@cleo you are missed #tea"), (7, "ben", "Hi #tea"), (8, "eve", "Hi #tea"))
    assert made(result)[:2] == ["cleo session not held", "cleo called"]
    assert minutes(result.outcomes[0]) == 11


def test_a_call_too_late_to_join_is_answered_after_the_end_though_nobody_writes_any_more() -> None:
    result = replayed(*OPENING, (57, "ana", "@cleo you are missed #tea"))
    assert made(result)[:2] == ["cleo no rule applies", "cleo called"]
    assert [minutes(one) for one in result.outcomes] == [70]
    assert "It is over for this time." in (result.outcomes[0].text or "")


def test_many_calls_are_one_message() -> None:
    result = replayed(*OPENING, CALL, (11, "ben", "@cleo you are missed #tea"), (12, "eve", "paging @cleo #tea"))
    (sent,) = result.outcomes
    assert (result.totals.calls, result.totals.people_called, result.totals.reminders_due) == (3, 1, 1)
    assert "ana, ben and eve miss you" in (sent.text or "").replace(", and", " and")


def test_more_people_than_one_batch_are_all_weighed() -> None:
    calls = [(10 + n / 100, "ana", f"@guest{n} you are missed tonight #tea") for n in range(60)]
    result = replayed(*OPENING, *calls)
    assert (result.totals.sent, result.totals.people_called) == (60, 60)


def test_the_roster_makes_people_known_who_do_not_appear() -> None:
    said = (*OPENING, (10, "ana", "where is Cleo tonight? #tea"))
    assert replayed(*said).calls == ()
    (call,) = replayed(*said, roster=["cleo"]).calls
    assert (call.target.id, call.target.called) == ("cleo", "Cleo")


def test_sessions_do_not_know_of_each_other() -> None:
    week = 7 * 24 * 60
    later = [(minute + week, author, text) for minute, author, text in (*OPENING, CALL)]
    result = replayed(*OPENING, (10, "cleo", "Here #tea"), *later)
    assert (result.totals.sessions, result.totals.held, result.totals.sent) == (2, 2, 1)
    assert not result.calls[0].is_greeting


def test_a_scheduled_chat_knows_its_next_session_and_quiet_hours() -> None:
    weekly = TEA.model_copy(update={"slots": (SLOT,)})
    (sent,) = replayed(*OPENING, (130, "ana", "@cleo you were missed tonight #tea"), chat=weekly, quiet=NIGHT).outcomes
    assert (sent.state, minutes(sent)) == (State.SENT, 11 * 60), "held until seven in the morning"
    assert "the next one is on Thursday 15 January" in (sent.text or "")


def test_nothing_to_replay_is_no_trouble() -> None:
    assert replayed() == Rehearsal()


def test_the_stage_holds_nothing() -> None:
    message = OutboxMessage(
        id="m",
        key="k",
        member_id="cleo",
        platform=Platform.MASTODON,
        account_id="cleo",
        handle="cleo",
        kind="called",
        not_before=EPOCH,
        expires_at=EPOCH,
        created_at=EPOCH,
    )
    stage = Stage(EPOCH)
    assert stage.find(message) is None
    assert (stage.now(), stage.send(message, "Hello").at) == (EPOCH, EPOCH)


@pytest.mark.parametrize("text", ["I missed the chat #tea", "we'll miss you @cleo, farewell #tea", "don't miss #tea"])
def test_what_is_no_call_leaves_no_trace(text: str) -> None:
    result = replayed(*OPENING, (10, "ana", text))
    assert (result.calls, result.decisions, result.outcomes) == ((), (), ())
