from datetime import date

import pytest

from bot.app.explain import SAYS, DecisionView, NotFound, explain
from bot.app.shelves import SessionRow
from bot.domain.chat import Session
from bot.domain.model import Consent
from bot.domain.outbox import State
from bot.domain.rules import GUARD_NAMES, GUARDS, Reason, Skip
from tests.cli import evening
from tests.cli.evening import CHATS, MINUTE, NEXT_DAY, NORA, PAT, SAM, SESSION, STARTS, at, decided, facts, fill
from tests.fakes import FakeStorage

NOW = at(9000)


@pytest.fixture
def storage() -> FakeStorage:
    storage = FakeStorage()
    fill(storage)
    return storage


def session_at(storage: FakeStorage, chat: str, minutes: float) -> Session:
    session = Session(chat=chat, starts_at=at(minutes), ends_at=at(minutes) + 60 * MINUTE)
    with storage.work() as work:
        work.sessions.put(SessionRow(session=session))
    return session


def decisions(storage: FakeStorage, who: str = NORA) -> tuple[DecisionView, ...]:
    return explain(storage, CHATS, NOW, who)[0].decisions


def test_every_guard_has_a_sentence_for_both_answers() -> None:
    assert list(SAYS) == [reason for reason, _ in GUARDS]


def test_the_latest_session_with_decisions_is_explained(storage: FakeStorage) -> None:
    session_at(storage, "lrnchat", 7 * 24 * 60)
    (found,) = explain(storage, CHATS, NOW, "@nora@home.example")
    assert (found.member, found.session.id, found.consent, found.is_enrolled) == (NORA, SESSION.id, Consent.LIVE, True)
    assert (found.present_since, found.present_by) == (at(31), "post")


def test_calls_are_told_by_phrase_time_and_link_and_without_a_word(storage: FakeStorage) -> None:
    (found,) = explain(storage, CHATS, NOW, "nora")
    assert [(one.at, one.phrase, one.link) for one in found.calls] == [
        (at(12), "where is", "https://a.example/@ana/p1"),
        (at(19), "where is", "https://a.example/@ana/p2"),
    ]
    said = found.model_dump_json()
    assert "Ana" not in said
    assert evening.WORDS not in said


def test_a_reminder_is_explained_guard_by_guard_and_condition_by_condition(storage: FakeStorage) -> None:
    remind = decisions(storage)[1]
    assert (remind.at, remind.outcome, remind.because) == (at(20), "remind", "called while it is on")
    assert (remind.not_before, remind.expires_at) == (at(20), at(55))
    assert [one.name for one in remind.guards] == [str(reason) for reason, _ in GUARDS]
    assert all(one.is_passed for one in remind.guards)
    assert [(one.name, one.wanted, one.actual, one.is_met) for one in remind.conditions] == [
        ("phase", "live", "live", True),
        ("calls_at_least", 2, 2, True),
    ]
    assert remind.facts["minutes_left"] == 40.25


def test_no_reminder_for_want_of_a_rule_shows_what_was_wanting(storage: FakeStorage) -> None:
    first = decisions(storage)[0]
    assert (first.outcome, first.because, first.not_before, first.expires_at) == ("skip", Reason.NO_RULE, None, None)
    assert all(one.is_passed for one in first.guards)
    assert [one.is_met for one in first.conditions] == [True, False]


@pytest.mark.parametrize("place", range(len(GUARDS)))
def test_guards_are_told_up_to_the_one_that_forbade(storage: FakeStorage, place: int) -> None:
    reason = GUARDS[place][0]
    skip = Skip(reason=reason, guards=GUARD_NAMES[: place + 1])
    row = decided(25, facts()).model_copy(update={"decision": skip})
    with storage.work() as work:
        work.decisions.add(row.model_copy(update={"member_id": PAT}))
    told = decisions(storage, PAT)[0].guards
    assert [one.is_passed for one in told] == [True] * place + [False]
    assert told[-1].name == reason
    assert told[-1].says == SAYS[reason][1] != SAYS[reason][0]


def test_the_message_is_told_with_state_and_reason_and_only_that_of_the_session(storage: FakeStorage) -> None:
    with storage.work() as work:
        work.outbox.add(
            evening.message("e1", state=State.SUPPRESSED, reason="has come by themselves", created_at=at(1))
        )
    (found,) = explain(storage, CHATS, NOW, NORA)
    assert [(one.id[:2], one.state, one.reason) for one in found.messages] == [
        ("e1", State.SUPPRESSED, "has come by themselves"),
        ("b1", State.SENT, ""),
    ]


@pytest.mark.parametrize("who", ["@Sam@a.example", " sam@a.example", "sam", "@sam", SAM, SAM[:8]])
def test_a_member_is_found_by_handle_and_by_id(storage: FakeStorage, who: str) -> None:
    assert explain(storage, CHATS, NOW, who)[0].member == SAM


@pytest.mark.parametrize("who", ["zoe", SAM[:5], "", "sam@b.example"])
def test_nobody_is_guessed(storage: FakeStorage, who: str) -> None:
    with pytest.raises(NotFound, match="is a member"):
        explain(storage, CHATS, NOW, who)


def test_two_of_a_name_are_not_mixed_up(storage: FakeStorage) -> None:
    with storage.work() as work:
        work.members.put(evening.member("7" * 32, "sam@b.example", Consent.LIVE))
    with pytest.raises(NotFound, match=r"sam could be @sam@a\.example, @sam@b\.example\. Write the whole handle"):
        explain(storage, CHATS, NOW, "sam")
    assert explain(storage, CHATS, NOW, "sam@a.example")[0].member == SAM


def test_a_member_who_was_not_called_is_told_so(storage: FakeStorage) -> None:
    with storage.work() as work:
        work.members.put(evening.member("8" * 32, "kim@a.example", Consent.LIVE))
    (found,) = explain(storage, CHATS, NOW, "kim")
    assert (found.session.id, found.calls, found.decisions, found.messages) == (SESSION.id, (), (), ())
    assert (found.present_since, found.present_by) == (None, None)


def test_nothing_is_explained_where_nothing_was_watched(storage: FakeStorage) -> None:
    assert explain(storage, CHATS, NOW, "pat") == ()


def test_a_session_is_found_by_its_id(storage: FakeStorage) -> None:
    later = session_at(storage, "lrnchat", 7 * 24 * 60)
    assert explain(storage, CHATS, NOW, NORA, later.id)[0].session.id == later.id
    with pytest.raises(NotFound, match="no session tea@2026"):
        explain(storage, CHATS, NOW, NORA, "tea@2026-11-20T01:30Z")


def test_a_date_is_the_day_by_the_chats_own_clock(storage: FakeStorage) -> None:
    assert explain(storage, CHATS, NOW, NORA, date(2026, 11, 19))[0].session.id == SESSION.id


def test_a_date_may_be_the_members_own_where_the_chat_had_none(storage: FakeStorage) -> None:
    assert explain(storage, CHATS, NOW, NORA, date(2026, 11, 20))[0].session.id == SESSION.id
    assert explain(storage, {}, NOW, SAM, date(2026, 11, 19))[0].session.id == SESSION.id


def test_a_date_may_be_the_utc_day_at_last(storage: FakeStorage) -> None:
    assert explain(storage, CHATS, NOW, SAM, date(2026, 11, 20))[0].session.id == SESSION.id


def test_a_day_with_two_sessions_gives_both_in_their_order(storage: FakeStorage) -> None:
    later = session_at(storage, "lrnchat", 90)
    found = explain(storage, CHATS, NOW, NORA, date(2026, 11, 19))
    assert [one.session.id for one in found] == [SESSION.id, later.id]


def test_sessions_of_other_chats_are_not_theirs_unless_something_was_decided(storage: FakeStorage) -> None:
    other = session_at(storage, "tea", 24 * 60)
    with pytest.raises(NotFound, match="no session of theirs was watched on 2026-11-21"):
        explain(storage, CHATS, NOW, NORA, date(2026, 11, 21))
    with storage.work() as work:
        work.decisions.add(decided(24 * 60 + 20, facts(is_enrolled=False), session=other))
    (found,) = explain(storage, CHATS, NOW, NORA, date(2026, 11, 21))
    assert (found.session.id, found.is_enrolled, found.decisions[0].because) == (
        other.id, False, "not enrolled in this chat",
    )  # fmt: skip


def test_the_evening_is_a_thursday_in_new_york() -> None:
    assert (STARTS.weekday(), NEXT_DAY.weekday()) == (4, 5)  # in UTC it is Friday already


def test_every_rule_that_was_tried_is_told_condition_by_condition(storage: FakeStorage) -> None:
    first = decisions(storage)[0]
    assert [(one.rule, one.missing) for one in first.rules] == [("called while it is on", ("calls_at_least",))]
    assert first.rules[0].checks == first.conditions


def test_what_was_decided_under_other_names_is_told_all_the_same(storage: FakeStorage) -> None:
    rows = [
        Skip(reason=Reason.PRESENT),
        Skip(reason="asleep", guards=("opted out", "asleep")),
        Skip(reason="lost interest"),
    ]
    with storage.work() as work:
        for minute, row in enumerate(rows):
            kept = decided(25 + minute, facts()).model_copy(update={"decision": row, "member_id": PAT})
            assert work.decisions.add(kept)
    first, second, third = decisions(storage, PAT)
    assert [one.says for one in first.guards] == ["was there"]
    assert [(one.says, one.is_passed) for one in second.guards] == [("had not opted out", True), ("asleep", False)]
    assert (third.because, third.guards) == ("lost interest", ())
