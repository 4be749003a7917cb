"""What every storage promises, held against each of them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from adapters.storage import open_storage
from bot.app.shelves import SessionRow, Storage, UnitOfWork
from bot.domain.attendance import Gap
from bot.domain.model import Consent, Person, Platform, Preferences
from bot.domain.outbox import ANSWER, HEADS_UP, STATES, WAITING, WISHED, IllegalMove, State
from bot.domain.rules import Reason, Skip, Trial
from bot.domain.ties import Tie
from tests.contract.samples import (
    ANA,
    CHECKS,
    NOW,
    REMIND,
    SESSION,
    SKIP,
    THURSDAY,
    a_call,
    a_decision,
    a_member,
    a_message,
    a_post,
    a_question,
    a_session,
    an_attendance,
    an_identity,
    at,
)
from tests.fakes import FakeStorage
from tests.postgres import fresh_database


@contextmanager
def on_postgresql() -> Iterator[Storage]:
    """Open a storage on a database of its own on a real PostgreSQL."""
    with fresh_database() as url, closing(open_storage(url)) as opened:
        yield opened


FACTORIES: dict[str, Callable[[Path], AbstractContextManager[Storage]]] = {
    "fake": lambda _: closing(FakeStorage()),
    "memory": lambda _: closing(open_storage("sqlite://")),
    "sqlite": lambda directory: closing(open_storage(f"sqlite:///{directory}/missed.db")),
    "postgresql": lambda _: on_postgresql(),
}


@pytest.fixture(params=FACTORIES)
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    with FACTORIES[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
def work(storage: Storage) -> Iterator[UnitOfWork]:
    with storage.work() as opened:
        yield opened


# --- The unit of work ------------------------------------------------------------------------------------------------


def test_what_ends_well_is_kept(storage: Storage) -> None:
    with storage.work() as work:
        work.cursors.set("home", "7")
    with storage.work() as work:
        assert work.cursors.get("home") == "7"


def test_what_raises_leaves_nothing(storage: Storage) -> None:
    with storage.work() as work:
        work.cursors.set("home", "7")
        work.members.put(a_member())
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(storage)
    with storage.work() as work:
        assert work.cursors.get("home") == "7"
        assert work.members.everybody() == [a_member()]
        assert not work.posts.belongs_to(Platform.MASTODON, "p1", THURSDAY)
        assert work.sessions.latest(None, 9) == []
        assert work.attendances.of_session(THURSDAY) == []
        assert work.calls.counts(THURSDAY) == {}
        assert work.decisions.of("sam") == []
        assert work.outbox.latest(9) == []


def _write_and_fail(storage: Storage) -> None:
    with storage.work() as work:
        for write in WRITES.values():
            write(work)
        work.cursors.set("home", "8")
        work.members.put(a_member(zone="Europe/Berlin"))
        raise ZeroDivisionError


A_QUESTION = a_question()
AN_ATTENDANCE = an_attendance()
A_CALL = a_call()
A_DECISION = a_decision()
A_MESSAGE = a_message()

WRITES: dict[str, Callable[[UnitOfWork], Any]] = {
    "post": lambda work: work.posts.add(a_post(), THURSDAY),
    "cursor": lambda work: work.cursors.set("inbox", "1"),
    "member": lambda work: work.members.put(a_member()),
    "session": lambda work: work.sessions.ensure(SESSION),
    "session's row": lambda work: work.sessions.put(SessionRow(session=SESSION, sweeps=1)),
    "question": lambda work: work.sessions.ask(THURSDAY, A_QUESTION),
    "attendance": lambda work: work.attendances.add(AN_ATTENDANCE),
    "call": lambda work: work.calls.add(A_CALL),
    "decision": lambda work: work.decisions.add(A_DECISION),
    "message": lambda work: work.outbox.add(A_MESSAGE),
    "forgotten posts": lambda work: work.posts.erase(THURSDAY),
    "forgotten texts": lambda work: work.outbox.erase(THURSDAY),
    "deleted answers": lambda work: work.outbox.prune(at(0)),
}


def picture(work: UnitOfWork) -> list[object]:
    """Everything that can be read."""
    return [
        work.posts.author(Platform.MASTODON, "p1"),
        work.posts.people(THURSDAY, at(99)),
        work.posts.by_authors(THURSDAY, [(Platform.MASTODON, ANA.id)]),
        work.cursors.get("inbox"),
        work.members.everybody(),
        work.sessions.latest(None, 99),
        work.sessions.questions(THURSDAY),
        work.attendances.of_session(THURSDAY),
        work.calls.of("sam", THURSDAY),
        work.decisions.of("sam"),
        work.outbox.latest(99),
    ]


@pytest.mark.parametrize("name", WRITES)
def test_writing_twice_changes_nothing(storage: Storage, name: str) -> None:
    with storage.work() as work:
        first = WRITES[name](work)
        once = picture(work)
    with storage.work() as work:
        second = WRITES[name](work)
        assert picture(work) == once
    assert (first, second) in [(True, False), (None, None), (0, 0)] or first == second == SessionRow(session=SESSION)


# --- Posts -----------------------------------------------------------------------------------------------------------


def test_a_post_is_known_by_id_and_by_uri(work: UnitOfWork) -> None:
    assert work.posts.add(a_post("1"), THURSDAY)
    assert not work.posts.add(a_post("1", uri="https://elsewhere.example/1"), THURSDAY)
    assert not work.posts.add(a_post("2", uri=a_post("1").uri), THURSDAY)
    assert work.posts.add(a_post("1", platform=Platform.X), THURSDAY), "another platform, another post"
    assert work.posts.author(Platform.MASTODON, "2") is None


def test_a_post_belongs_to_its_session_only(work: UnitOfWork) -> None:
    work.posts.add(a_post("1"), THURSDAY)
    work.posts.add(a_post("2"), None)
    assert work.posts.belongs_to(Platform.MASTODON, "1", THURSDAY)
    assert not work.posts.belongs_to(Platform.MASTODON, "1", a_session(7).id)
    assert not work.posts.belongs_to(Platform.X, "1", THURSDAY)
    assert not work.posts.belongs_to(Platform.MASTODON, "2", THURSDAY)
    assert not work.posts.belongs_to(Platform.MASTODON, "3", THURSDAY)


def test_the_author_is_known_within_a_session_only(work: UnitOfWork) -> None:
    robot = ANA.model_copy(update={"id": "103", "is_bot": True, "name": ""})
    work.posts.add(a_post("1", author=robot), THURSDAY)
    work.posts.add(a_post("2"), None)
    assert work.posts.author(Platform.MASTODON, "1") == robot
    assert work.posts.author(Platform.MASTODON, "2") is None
    assert work.posts.author(Platform.MASTODON, "3") is None


def test_people_are_counted_once_on_each_platform(work: UnitOfWork) -> None:
    ben = Person(platform=Platform.X, id=ANA.id, handle="ben@x.com")
    for number, author in enumerate([ANA, ANA, ben]):
        work.posts.add(a_post(str(number), author=author), THURSDAY)
    work.posts.add(a_post("9", author=ANA.model_copy(update={"id": "104"})), a_session(7).id)
    work.posts.add(a_post("late", author=ANA.model_copy(update={"id": "105"}), created_at=at(99)), THURSDAY)
    work.posts.add(a_post("bot", author=ANA.model_copy(update={"id": "106", "is_bot": True})), THURSDAY)
    assert work.posts.people(THURSDAY, at(99)) == 2, "from before then, and bots are no people"
    assert work.posts.people("nothing@then", at(99)) == 0


def test_posts_by_authors_come_oldest_first(work: UnitOfWork) -> None:
    ben = Person(platform=Platform.X, id="202", handle="ben@x.com")
    for number, (author, minute) in enumerate([(ANA, 9), (ben, 3), (ANA, 1)]):
        work.posts.add(a_post(str(number), author=author, created_at=at(minute)), THURSDAY)
    both = [(Platform.MASTODON, ANA.id), (Platform.X, "202")]
    assert work.posts.by_authors(THURSDAY, iter(both)) == [(ANA.id, at(1)), ("202", at(3)), (ANA.id, at(9))]
    assert work.posts.by_authors(THURSDAY, [(Platform.X, ANA.id)]) == [], "the platform counts"
    assert work.posts.by_authors(a_session(7).id, both) == []
    assert work.posts.by_authors(THURSDAY, []) == []


def test_erasing_forgets_people_and_keeps_that_there_was_a_post(work: UnitOfWork) -> None:
    other = a_session(7).id
    for number, session_id in enumerate([THURSDAY, THURSDAY, other]):
        work.posts.add(a_post(str(number)), session_id)
        work.calls.add(a_call(str(number), session_id=session_id))
    work.sessions.ask(THURSDAY, a_question())
    work.sessions.ask(other, a_question())
    assert work.posts.erase(THURSDAY) == 2
    assert work.posts.erase(THURSDAY) == 0
    assert work.posts.author(Platform.MASTODON, "0") is None
    assert work.posts.people(THURSDAY, at(99)) == 0
    assert work.posts.by_authors(THURSDAY, [(Platform.MASTODON, ANA.id)]) == []
    assert work.posts.belongs_to(Platform.MASTODON, "0", THURSDAY)
    assert not work.posts.add(a_post("0"), THURSDAY), "still known"
    assert not work.posts.add(a_post("8", uri=a_post("0").uri), THURSDAY), "still known"
    assert work.calls.of("sam", THURSDAY) == [
        a_call(number, session_id=THURSDAY, caller_id="", caller_name="", url="") for number in ("0", "1")
    ]
    assert work.sessions.questions(THURSDAY) == [a_question(text="", url="")]
    assert work.sessions.questions(other) == [a_question()]
    assert work.posts.author(Platform.MASTODON, "2") == ANA, "another session is left alone"
    assert work.calls.of("sam", other) == [a_call("2", session_id=other)]


# --- Cursors and members ---------------------------------------------------------------------------------------------


def test_a_cursor_is_its_latest_value(work: UnitOfWork) -> None:
    assert work.cursors.get("home") is None
    for value in ("9", "10"):
        work.cursors.set("home", value)
    assert work.cursors.get("home") == "10"
    assert work.cursors.get("inbox") is None


def test_a_member_comes_back_whole(work: UnitOfWork) -> None:
    sam = a_member(
        identities=(
            an_identity("5", platform=Platform.X, handle="sam@x.com", is_bot=True, thread_post_id=None),
            an_identity("3"),
        ),
        chats=("zchat", "achat"),
        consent=Consent.PAUSED,
        zone="America/New_York",
        language="de",
        last_heard_at=at(0.5),
    )
    work.members.put(sam)
    assert work.members.get("sam") == sam
    assert work.members.by_account(Platform.X, "5") == sam
    assert work.members.by_handle("sam@x.com") == sam
    assert work.members.of_chat("zchat") == [sam]


def test_nobody_is_found_by_what_is_not_theirs(work: UnitOfWork) -> None:
    work.members.put(a_member())
    assert work.members.get("lee") is None
    assert work.members.by_account(Platform.X, "102") is None
    assert work.members.by_handle("sam") is None
    assert work.members.of_chat("lrn") == []


def test_putting_a_member_replaces_all_of_it(work: UnitOfWork) -> None:
    work.members.put(a_member(identities=(an_identity("1"), an_identity("2")), chats=("a", "b")))
    sam = a_member(identities=(an_identity("2", handle="new@name.example"),), chats=("b", "c"))
    work.members.put(sam)
    assert work.members.everybody() == [sam]
    assert work.members.by_account(Platform.MASTODON, "1") is None
    assert work.members.of_chat("a") == []
    work.members.put(bare := a_member(identities=(), chats=()))
    assert work.members.get("sam") == bare


def test_members_come_by_id(work: UnitOfWork) -> None:
    everybody = [a_member(name, identities=(an_identity(name),)) for name in ("ana", "ben", "cleo")]
    for member in reversed(everybody):
        work.members.put(member)
    assert work.members.everybody() == everybody
    assert work.members.of_chat("lrnchat") == everybody


def test_who_wishes_to_hear_of_sessions_is_found(work: UnitOfWork) -> None:
    wishes = {
        "early": Preferences(heads_up={"lrnchat": 15}),
        "late": Preferences(recap=("lrnchat",)),
        "once": Preferences(next_for=("lrnchat",)),
        "plain": Preferences(is_zone_said=True),
    }
    for name, wants in wishes.items():
        work.members.put(a_member(name, identities=(an_identity(name),), preferences=wants))
    far = a_member("far", identities=(an_identity("far"),), chats=("other",), preferences=wishes["early"])
    work.members.put(far)
    assert [one.id for one in work.members.wishing("lrnchat")] == ["early", "late", "once"]
    assert [one.preferences for one in work.members.wishing("other")] == [wishes["early"]]


def test_the_roster_holds_every_account_of_a_chats_members(work: UnitOfWork) -> None:
    both = (an_identity("2", platform=Platform.X, name="Sam on X"), an_identity("1", is_bot=True))
    work.members.put(a_member("b", identities=both))
    work.members.put(a_member("a", identities=(an_identity("3"),), consent=Consent.STOPPED))
    work.members.put(a_member("c", identities=(an_identity("4"),), chats=("tea",)))
    found = work.members.roster("lrnchat")
    assert [(one.platform, one.id, one.name, one.is_bot) for one in found] == [
        (Platform.MASTODON, "3", "Sam", False),
        (Platform.MASTODON, "1", "Sam", True),
        (Platform.X, "2", "Sam on X", False),
    ]
    assert found[0].handle == "sam3@example.social"
    assert work.members.roster("nothing") == ()


def test_a_handle_that_changed_hands_is_its_latest_owners(work: UnitOfWork) -> None:
    for name, minute in (("ana", 1), ("ben", 2), ("cleo", 0)):
        identity = an_identity(name, handle="one@example.social")
        work.members.put(a_member(name, identities=(identity,), last_heard_at=at(minute)))
    found = work.members.by_handle("one@example.social")
    assert found is not None
    assert found.id == "ben"


@pytest.mark.parametrize(
    "member",
    [
        a_member("lee"),
        a_member("lee", identities=(an_identity("7"), an_identity("7"))),
        a_member("lee", identities=(), chats=("a", "a")),
    ],
    ids=["an account of somebody else", "an account twice", "a chat twice"],
)
def test_an_account_has_one_owner(storage: Storage, member: Any) -> None:
    with storage.work() as work:
        work.members.put(a_member("sam"))
    with pytest.raises(ValueError, match="of member lee is taken or named twice"), storage.work() as work:
        work.members.put(member)
    with storage.work() as work:
        assert work.members.everybody() == [a_member("sam")]


# --- Sessions, questions, attendance ---------------------------------------------------------------------------------


def test_a_session_is_ensured_once_and_then_as_it_is_kept(work: UnitOfWork) -> None:
    assert work.sessions.get(THURSDAY) is None
    assert work.sessions.ensure(SESSION) == SessionRow(session=SESSION)
    kept = SessionRow(
        session=SESSION,
        watched_until=at(59),
        sweeps=2,
        settled_at=at(500),
        erased_at=at(1500),
        held=True,
        observed=False,
        people=7,
    )
    work.sessions.put(kept)
    assert work.sessions.ensure(SESSION) == kept
    assert work.sessions.get(THURSDAY) == kept


def test_open_sessions_come_oldest_first_until_they_are_erased(work: UnitOfWork) -> None:
    for days in (7, 0, 14):
        work.sessions.ensure(a_session(days))
    work.sessions.put(SessionRow(session=a_session(7), settled_at=at(90)))
    work.sessions.put(SessionRow(session=a_session(14), settled_at=at(90), erased_at=at(99)))
    assert [row.session for row in work.sessions.open()] == [a_session(0), a_session(7)]


def test_latest_sessions_come_newest_first(work: UnitOfWork) -> None:
    for session in (a_session(7), a_session(0), a_session(3, "edchat")):
        work.sessions.ensure(session)
    assert [row.session for row in work.sessions.latest(None, 2)] == [a_session(7), a_session(3, "edchat")]
    assert [row.session for row in work.sessions.latest("lrnchat", 9)] == [a_session(7), a_session(0)]
    assert work.sessions.latest("nochat", 9) == []


def test_a_gap_in_watching_is_kept_once_and_in_order(work: UnitOfWork) -> None:
    first = Gap(session_id=THURSDAY, begins_at=at(5), ends_at=at(15))
    second = Gap(session_id=THURSDAY, begins_at=at(30), ends_at=at(37.5))
    assert [work.sessions.miss(gap) for gap in (second, first, first.model_copy(update={"ends_at": at(50)}))] == [
        True,
        True,
        False,
    ]
    assert work.sessions.gaps(THURSDAY) == [first, second]
    assert work.sessions.gaps("another") == []


def test_a_question_has_one_number_and_one_post(work: UnitOfWork) -> None:
    assert work.sessions.ask(THURSDAY, a_question(2))
    assert work.sessions.ask(THURSDAY, a_question(1))
    assert not work.sessions.ask(THURSDAY, a_question(1, post_id="another", text="Another?"))
    assert not work.sessions.ask(THURSDAY, a_question(3, post_id="q1"))
    assert work.sessions.ask(a_session(7).id, a_question(1)), "another session, another first question"
    assert work.sessions.questions(THURSDAY) == [a_question(1), a_question(2)]
    assert work.sessions.questions("nothing@then") == []


def test_attendance_widens(work: UnitOfWork) -> None:
    assert work.attendances.add(an_attendance())
    assert not work.attendances.add(an_attendance(first_at=at(7), last_at=at(8), how="here"))
    assert work.attendances.get("sam", THURSDAY) == an_attendance()
    assert not work.attendances.add(an_attendance(first_at=at(12), last_at=at(12), how="here"))
    assert work.attendances.get("sam", THURSDAY) == an_attendance(last_at=at(12))
    assert not work.attendances.add(an_attendance(first_at=at(1), last_at=at(1), how="reply"))
    assert work.attendances.get("sam", THURSDAY) == an_attendance(first_at=at(1), last_at=at(12), how="reply")
    assert work.attendances.get("sam", a_session(7).id) is None


def test_attendance_of_a_session_is_in_order_of_coming(work: UnitOfWork) -> None:
    rows = [an_attendance(member_id=name, first_at=at(m)) for name, m in (("zoe", 1), ("ana", 2), ("ben", 2))]
    for row in reversed(rows):
        work.attendances.add(row)
    work.attendances.add(an_attendance(session_id=a_session(7).id))
    assert work.attendances.of_session(THURSDAY) == rows


# --- Calls and decisions ---------------------------------------------------------------------------------------------


def test_arrivals_say_who_was_first_seen_when(work: UnitOfWork) -> None:
    for row in (an_attendance(), an_attendance(member_id="lee", first_at=at(1)), an_attendance(session_id="other")):
        work.attendances.add(row)
    assert sorted(work.attendances.arrivals(THURSDAY)) == [("lee", at(1)), ("sam", at(5))]
    assert list(work.attendances.arrivals("none")) == []


def test_a_post_calls_a_member_once(work: UnitOfWork) -> None:
    assert work.calls.add(a_call("2", at=at(1)))
    assert work.calls.add(a_call("1", at=at(2)))
    assert work.calls.add(a_call("1", member_id="lee"))
    assert not work.calls.add(a_call("1", kind="missed", at=at(0)))
    assert work.calls.of("sam", THURSDAY) == [a_call("2", at=at(1)), a_call("1", at=at(2))]
    assert work.calls.of("sam", a_session(7).id) == []
    assert work.calls.counts(THURSDAY) == {"lee": 1, "sam": 2}
    assert work.calls.counts(a_session(7).id) == {}


@pytest.mark.parametrize(
    "decision", [REMIND, SKIP, Skip(reason=Reason.PRESENT), Skip(reason="was asleep", guards=("awake",))]
)
def test_a_decision_comes_back_equal(work: UnitOfWork, decision: Any) -> None:
    row = a_decision(decision=decision)
    assert work.decisions.add(row)
    assert work.decisions.of("sam") == [row]
    (kept,) = work.decisions.of("sam", THURSDAY)
    assert type(kept.facts["is_held"]) is bool
    assert type(kept.facts["calls"]) is float


def test_each_outcome_is_recorded_once(work: UnitOfWork) -> None:
    rows = [
        a_decision(decision=Skip(reason=Reason.NOT_HELD), at=at(1)),
        a_decision(decision=REMIND, at=at(2)),
        a_decision(decision=Skip(reason=Reason.ALREADY_REMINDED), at=at(3)),
        a_decision(session_id=a_session(7).id, at=at(4)),
    ]
    for row in reversed(rows):
        assert work.decisions.add(row)
    again = a_decision(decision=Skip(reason=Reason.NOT_HELD), at=at(9))
    assert not work.decisions.add(again), "the first one stays, with its facts"
    assert work.decisions.of("sam") == rows
    assert work.decisions.of("sam", THURSDAY) == rows[:3]
    assert work.decisions.of("lee") == []


# --- The outbox ------------------------------------------------------------------------------------------------------

FULL = a_message(
    "full",
    kind=ANSWER,
    state=State.SENDING,
    reason="wie gewünscht",
    session_id=None,
    note="status",
    words={"chat": "#lrnchat", "name": "Åsa"},
    language="de",
    in_reply_to_id="9",
    attempts=2,
    attempted_at=at(1),
    lease_until=at(2),
    text="Hallo!",
    receipt_id="77",
    receipt_url="https://example.social/@missed/77",
    done_at=at(3),
)


def test_a_message_comes_back_whole(work: UnitOfWork) -> None:
    for message in (FULL, a_message()):
        assert work.outbox.add(message)
        assert work.outbox.get(message.id) == message
    assert work.outbox.get("nothing") is None


def test_a_key_is_used_once(work: UnitOfWork) -> None:
    assert work.outbox.add(a_message("1", key="k"))
    assert not work.outbox.add(a_message("2", key="k"))
    assert work.outbox.get("2") is None


def test_what_is_due_comes_answers_first_then_soonest_useless_first(work: UnitOfWork) -> None:
    work.outbox.add(a_message("answer", kind=ANSWER, expires_at=at(99)))
    work.outbox.add(a_message("late", expires_at=at(50), not_before=at(-20)))
    work.outbox.add(a_message("second", expires_at=at(20), not_before=at(0)))
    work.outbox.add(a_message("first", expires_at=at(20), not_before=at(-1)))
    work.outbox.add(a_message("not yet", expires_at=at(1), not_before=NOW + timedelta(microseconds=1)))
    work.outbox.add(a_message("gone", expires_at=at(-5), not_before=at(-9)))
    work.outbox.add(a_message("sent", state=State.SENT))
    assert [one.id for one in work.outbox.due(NOW, 9)] == ["answer", "gone", "first", "second", "late"]
    assert [one.id for one in work.outbox.due(NOW, 2)] == ["answer", "gone"]
    in_berlin = NOW.astimezone(timezone(timedelta(hours=1)))
    assert len(work.outbox.due(in_berlin, 9)) == 5, "an aware time in any zone is the same time"


def test_what_nobody_has_any_use_for_expires_at_once_and_nothing_else(work: UnitOfWork) -> None:
    stale = [
        a_message("second", expires_at=NOW, created_at=at(2), not_before=at(99)),
        a_message("first", expires_at=at(-5), created_at=at(1)),
    ]
    others = [
        a_message("useful", expires_at=NOW + timedelta(microseconds=1)),
        *(a_message(state, state=state, expires_at=at(-5)) for state in State if state is not State.PENDING),
    ]
    for message in (*stale, *others):
        work.outbox.add(message)
    end = {"state": State.EXPIRED, "reason": "too late", "done_at": NOW}
    gone = [one.model_copy(update=end) for one in reversed(stale)]
    assert work.outbox.expire(NOW, "too late") == gone
    assert [work.outbox.get(one.id) for one in gone] == gone
    assert [work.outbox.get(one.id) for one in others] == others
    assert work.outbox.expire(NOW, "too late") == []


def test_messages_are_found_by_state_member_and_age(work: UnitOfWork) -> None:
    messages = [
        a_message("c", created_at=at(1)),
        a_message("b", created_at=at(2), state=State.SENT),
        a_message("a", created_at=at(3), member_id="lee"),
        a_message("d", created_at=at(4)),
    ]
    for message in messages[::-2] + messages[-2::-2]:
        work.outbox.add(message)
    assert [one.id for one in work.outbox.in_state(State.PENDING)] == ["c", "a", "d"]
    assert [one.id for one in work.outbox.of_member("sam", State.PENDING)] == ["c", "d"]
    assert [one.id for one in work.outbox.latest(3)] == ["d", "a", "b"]


@pytest.mark.parametrize("state", State)
def test_a_reminder_exists_whatever_became_of_it(work: UnitOfWork, state: State) -> None:
    assert not work.outbox.has_reminder("sam", THURSDAY)
    work.outbox.add(a_message("1", kind=ANSWER, state=state))
    for number, kind in enumerate(sorted(WISHED)):
        work.outbox.add(a_message(f"w{number}", kind=kind, state=state))
    assert not work.outbox.has_reminder("sam", THURSDAY), "neither an answer nor what they asked for is a reminder"
    work.outbox.add(a_message("2", state=state))
    assert work.outbox.has_reminder("sam", THURSDAY)
    assert not work.outbox.has_reminder("lee", THURSDAY)
    assert not work.outbox.has_reminder("sam", a_session(7).id)


@pytest.mark.parametrize("now", State)
def test_only_the_table_s_moves_are_made(storage: Storage, now: State) -> None:
    for then in State:
        message = a_message(f"to {then}", state=now)
        moved = message.model_copy(update={"state": then, "reason": "moved", "not_before": at(5), "text": "Hello"})
        with storage.work() as work:
            work.outbox.add(message)
        if then in STATES[now] or (now is then and now in WAITING):
            with storage.work() as work:
                assert work.outbox.move(message, moved)
                assert work.outbox.get(message.id) == moved
        else:
            with pytest.raises(IllegalMove), storage.work() as work:
                work.outbox.move(message, moved)
            with storage.work() as work:
                assert work.outbox.get(message.id) == message


def test_a_move_is_refused_when_the_message_is_not_as_it_was(work: UnitOfWork) -> None:
    pending = a_message()
    sending = a_message(state=State.SENDING, attempts=1, lease_until=at(2))
    assert not work.outbox.move(pending, sending), "it is not there"
    work.outbox.add(pending)
    assert work.outbox.move(pending, sending)
    assert not work.outbox.move(pending, sending), "its state is another"
    again = a_message(attempts=1)
    assert work.outbox.move(sending, again)
    assert not work.outbox.move(pending, sending), "its attempts are others"
    assert work.outbox.get("m1") == again
    assert work.outbox.move(again, dropped := a_message(attempts=1, state=State.SUPPRESSED))
    assert not work.outbox.move(again, sending), "its attempts are the same, its state is another"
    assert work.outbox.get("m1") == dropped


def test_a_message_stays_itself(work: UnitOfWork) -> None:
    work.outbox.add(a_message())
    for other in (a_message("m2", key="key of m1"), a_message("m1", key="another")):
        with pytest.raises(ValueError, match="cannot become"):
            work.outbox.move(a_message(), other)


def test_of_two_who_claim_one_message_exactly_one_has_it(storage: Storage) -> None:
    for round_ in range(20):
        message = a_message(f"m{round_}")
        with storage.work() as work:
            work.outbox.add(message)
        claims: list[bool] = []
        ready = threading.Barrier(2)

        def claim(message: Any = message, ready: threading.Barrier = ready, claims: list[bool] = claims) -> None:
            sending = message.model_copy(update={"state": State.SENDING, "attempts": 1})
            ready.wait()
            with storage.work() as work:
                claims.append(work.outbox.move(message, sending))

        threads = [threading.Thread(target=claim) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(claims) == [False, True]


def test_texts_of_finished_messages_are_forgotten(work: UnitOfWork) -> None:
    finished = [state for state in State if not STATES[state]]
    words = {"name": "Ana"}
    for state in State:
        work.outbox.add(a_message(state, state=state, text="Ana misses you", words=words))
    work.outbox.add(a_message("never worded", state=State.SUPPRESSED, words=words))
    work.outbox.add(other := a_message("other", state=State.SENT, text="…", session_id=a_session(7).id))
    assert work.outbox.erase(THURSDAY) == len(finished) + 1
    assert work.outbox.erase(THURSDAY) == 0
    for state in finished:
        assert work.outbox.get(state) == a_message(state, state=state, text=None, words={})
    assert work.outbox.get(State.UNCERTAIN) == a_message(
        State.UNCERTAIN, state=State.UNCERTAIN, text="Ana misses you", words=words
    )
    assert work.outbox.get("other") == other


def test_old_answers_to_strangers_are_deleted_and_nothing_else(work: UnitOfWork) -> None:
    old = {"member_id": "", "session_id": None, "state": State.SENT, "done_at": at(1)}
    kept = [
        a_message("a member's", **{**old, "member_id": "sam"}),
        a_message("a recent one", **{**old, "done_at": at(2)}),
        a_message("on its way", session_id=None, state=State.PENDING),
        a_message("unclear", **{**old, "state": State.UNCERTAIN}),
    ]
    for message in (a_message("old", **old), *kept):
        assert work.outbox.add(message)
    assert work.outbox.prune(at(2)) == 1
    assert work.outbox.get("old") is None
    assert [work.outbox.get(one.id) for one in kept] == kept


def test_a_key_that_is_taken_is_answered(work: UnitOfWork) -> None:
    work.outbox.add(message := a_message())
    assert work.outbox.is_answered(message.key)
    assert not work.outbox.is_answered("another")


def test_the_latest_answer_of_a_note_is_the_one_made_last(work: UnitOfWork) -> None:
    for number, minute in enumerate((3, 9, 1)):
        work.outbox.add(a_message(str(number), session_id=None, note="welcome", created_at=at(minute)))
    work.outbox.add(a_message("other note", session_id=None, note="help", created_at=at(20)))
    work.outbox.add(a_message("other member", session_id=None, note="welcome", member_id="ben", created_at=at(20)))
    latest = work.outbox.latest_answer("sam", "welcome")
    assert latest is not None
    assert latest.id == "1"
    assert work.outbox.latest_answer("sam", "started") is None


def test_a_session_has_unfinished_messages_until_the_last_has_ended(work: UnitOfWork) -> None:
    assert not work.outbox.has_unfinished(THURSDAY)
    work.outbox.add(a_message("done", state=State.SENT))
    assert not work.outbox.has_unfinished(THURSDAY)
    work.outbox.add(a_message("unclear", state=State.UNCERTAIN))
    assert work.outbox.has_unfinished(THURSDAY)
    assert not work.outbox.has_unfinished(a_session(7).id)


def test_what_is_due_at_once_comes_in_the_order_in_which_it_was_made(work: UnitOfWork) -> None:
    for name, minute in (("b", 1), ("a", 3), ("c", 2)):
        work.outbox.add(a_message(name, not_before=at(0), expires_at=at(60), created_at=at(minute)))
    assert [one.id for one in work.outbox.due(at(5), 9)] == ["b", "c", "a"]


# --- Ties and reminders so far ---------------------------------------------------------------------------------------


def test_a_pair_has_one_tie_whoever_is_named_first(work: UnitOfWork) -> None:
    work.members.put(a_member("sam"))
    work.members.put(a_member("lee", identities=()))
    work.members.put(a_member("zoe", identities=()))
    assert work.ties.get("sam", "lee") is None
    work.ties.put("sam", "lee", Tie(weight=1.5, at=at(1)))
    work.ties.put("lee", "sam", Tie(weight=2.25, at=at(2)))
    work.ties.put("zoe", "sam", Tie(weight=0.5, at=at(3)))
    assert work.ties.get("sam", "lee") == work.ties.get("lee", "sam") == Tie(weight=2.25, at=at(2))
    assert work.ties.of("sam") == {"lee": Tie(weight=2.25, at=at(2)), "zoe": Tie(weight=0.5, at=at(3))}
    assert work.ties.of("zoe") == {"sam": Tie(weight=0.5, at=at(3))}
    assert work.ties.of("lee").keys() == {"sam"}


def test_reminded_are_those_who_heard_or_may_still(work: UnitOfWork) -> None:
    for number, state in enumerate(State):
        work.outbox.add(a_message(f"m{number}", member_id=f"who-{state}", state=state))
    work.outbox.add(a_message("again", member_id="who-sent", state=State.SENT))
    work.outbox.add(a_message("answer", member_id="asker", kind=ANSWER, state=State.SENT))
    work.outbox.add(a_message("wish", member_id="wishing", kind=HEADS_UP, state=State.SENT))
    work.outbox.add(a_message("other", member_id="else", session_id=a_session(7).id))
    assert work.outbox.reminded(THURSDAY) == ["who-pending", "who-sending", "who-sent", "who-uncertain"]


def test_answers_that_lack_different_things_are_both_kept(work: UnitOfWork) -> None:
    met = CHECKS[0].model_copy(update={"is_met": False})
    first = a_decision(decision=SKIP)
    second = a_decision(decision=Skip(reason=Reason.NO_RULE, trials=(Trial(rule="called", checks=(met,)),)), at=at(3))
    assert work.decisions.add(first)
    assert work.decisions.add(second)
    assert not work.decisions.add(second.model_copy(update={"at": at(4)}))
    assert work.decisions.of("sam") == [first, second]
