from datetime import date

import pytest

from bot.app import queries
from bot.app.shelves import SessionRow
from bot.domain.chat import Chat, Session, Slot
from bot.domain.model import Consent, Person, Platform, Post
from bot.domain.outbox import ANSWER, State
from bot.domain.recognise.observations import Asked
from tests.cli import evening
from tests.cli.evening import CHATS, NEXT_DAY, NORA, PAT, SAM, SESSION, STARTS, at, fill, message
from tests.fakes import FakeStorage


@pytest.fixture
def storage() -> FakeStorage:
    storage = FakeStorage()
    fill(storage)
    return storage


def test_members_are_listed_with_consent_and_chats(storage: FakeStorage) -> None:
    nora, sam, pat = queries.members(storage)
    assert (nora.id, sam.id, pat.id) == (NORA, SAM, PAT)
    assert (nora.handles, nora.zone, nora.chats) == (("nora@home.example",), "Europe/Berlin", ("lrnchat",))
    assert [one.is_live for one in (nora, sam, pat)] == [True, False, False]
    assert (sam.consent, pat.consent, pat.chats) == (Consent.ASKED, Consent.STOPPED, ())


def test_the_newest_member_comes_first(storage: FakeStorage) -> None:
    with storage.work() as work:
        late = evening.member("0" * 32, "late@a.example", Consent.LIVE)
        work.members.put(late.model_copy(update={"joined_at": STARTS}))
    assert queries.members(storage)[0].handles == ("late@a.example",)


def test_answers_are_no_reminders(storage: FakeStorage) -> None:
    nora, sam, _ = queries.members(storage)
    assert nora.last_reminder == queries.ReminderView(session=SESSION.id, kind="called", state=State.SENT, at=at(23.5))
    assert sam.last_reminder is None


def test_the_last_reminder_is_the_newest_whatever_its_state(storage: FakeStorage) -> None:
    with storage.work() as work:
        work.outbox.add(message("e1", state=State.PENDING, created_at=NEXT_DAY, done_at=None))
        work.outbox.add(message("f1", state=State.FAILED, created_at=at(-9000), done_at=at(-8000)))
    last = queries.members(storage)[0].last_reminder
    assert last is not None
    assert (last.state, last.at) == (State.PENDING, NEXT_DAY)


def test_a_settled_session_shows_what_was_settled(storage: FakeStorage) -> None:
    (found,) = queries.sessions(storage, CHATS, at(9000))
    assert (found.id, found.chat, found.starts_at, found.ends_at) == (SESSION.id, "lrnchat", STARTS, at(60))
    assert (found.state, found.held, found.observed, found.people) == ("settled", True, True, 14)
    assert (found.questions, found.present, found.calls) == (3, 1, 3)


def opened(storage: FakeStorage, *, chat: str = "lrnchat", watched_until: float | None = None) -> Session:
    session = Session(chat=chat, starts_at=NEXT_DAY, ends_at=NEXT_DAY + 60 * evening.MINUTE)
    seen = None if watched_until is None else at(watched_until)
    with storage.work() as work:
        work.sessions.put(SessionRow(session=session, watched_until=seen))
    return session


@pytest.mark.parametrize(
    ("now", "state", "observed"),
    [(1435, "coming", None), (1441, "live", True), (1470, "live", False), (1505, "ended", False)],
)
def test_a_session_that_is_not_settled_shows_where_it_stands(
    storage: FakeStorage, now: float, state: str, observed: bool | None
) -> None:
    opened(storage, watched_until=1440)
    found = queries.sessions(storage, CHATS, at(now))[0]
    assert (found.state, found.observed, found.held) == (state, observed, None)


@pytest.mark.parametrize(("known", "people", "held"), [(True, 2, None), (True, 3, True), (False, 3, None)])
def test_enough_people_are_a_sign_of_a_session_where_the_chat_says_how_many(
    storage: FakeStorage, known: bool, people: int, held: bool | None
) -> None:
    session = opened(storage)
    with storage.work() as work:
        for number in range(people):
            who = Person(platform=Platform.MASTODON, id=f"a{number}", handle=f"a{number}@a.example")
            one = Post(
                platform=who.platform, id=f"n{number}", uri=f"n{number}", author=who, text="hi", created_at=NEXT_DAY
            )
            work.posts.add(one, session.id)
    found = queries.sessions(storage, CHATS if known else {}, at(1441))[0]
    assert (found.people, found.held) == (people, held)


def test_a_question_is_a_sign_of_a_session_also_of_a_chat_that_is_gone(storage: FakeStorage) -> None:
    session = opened(storage, chat="gone")
    with storage.work() as work:
        work.sessions.ask(session.id, Asked(number=1, text="?", post_id="z1", url="", at=NEXT_DAY))
    assert queries.sessions(storage, CHATS, at(1441))[0].held is True


def test_sessions_are_the_latest_first_of_one_chat_and_so_many(storage: FakeStorage) -> None:
    opened(storage, chat="tea")
    assert [one.chat for one in queries.sessions(storage, CHATS, at(0))] == ["tea", "lrnchat"]
    assert [one.chat for one in queries.sessions(storage, CHATS, at(0), chat="lrnchat")] == ["lrnchat"]
    assert [one.chat for one in queries.sessions(storage, CHATS, at(0), limit=1)] == ["tea"]


def test_the_outbox_is_listed_the_latest_first_and_without_words(storage: FakeStorage) -> None:
    found = queries.outbox(storage)
    assert [one.id[:2] for one in found] == ["d1", "c1", "b1"]
    assert (found[2].to, found[2].session, found[2].done_at, found[2].attempts) == (
        "nora@home.example", SESSION.id, at(23.5), 1,
    )  # fmt: skip
    assert evening.WORDS not in "".join(one.model_dump_json() for one in found)


def test_the_outbox_can_be_narrowed_to_a_state(storage: FakeStorage) -> None:
    assert [one.id[:2] for one in queries.outbox(storage, state=State.SENT)] == ["c1", "b1"]
    assert [one.id[:2] for one in queries.outbox(storage, state=State.SENT, limit=1)] == ["c1"]
    assert [one.id[:2] for one in queries.outbox(storage, limit=1)] == ["d1"]
    assert queries.outbox(storage, state=State.FAILED) == ()


def test_an_answer_stays_an_answer_in_the_outbox(storage: FakeStorage) -> None:
    assert queries.outbox(storage)[0].kind == ANSWER


def a_chat(tag: str, repeats: str = "FREQ=WEEKLY;BYDAY=TH") -> Chat:
    slot = Slot(repeats=repeats, time=STARTS.time().replace(hour=20), zone="America/New_York", minutes=90)
    return CHATS["lrnchat"].model_copy(update={"tag": tag, "slots": (slot,), "hosts": ("mara@a.example",)})


def test_chats_tell_their_next_session_in_utc_and_by_their_own_clock() -> None:
    (found,) = queries.chats([a_chat("x")], at(-600), own=["x"])
    assert (found.next_at, found.next_local, found.zone) == (STARTS, "2026-11-19T20:30", "America/New_York")
    assert (found.minutes, found.hosts, found.source, found.is_live) == (90, ("mara@a.example",), "own", False)


def test_a_session_of_an_earlier_slot_is_told_by_that_slots_clock() -> None:
    one = a_chat("x")
    later = one.slots[0].model_copy(update={"zone": "Europe/London", "first": date(2027, 7, 1), "minutes": 30})
    now = one.slots[0].model_copy(update={"last": date(2027, 6, 30)})
    (found,) = queries.chats([one.model_copy(update={"slots": (now, later)})], at(-600))
    assert (found.next_local, found.zone, found.minutes) == ("2026-11-19T20:30", "America/New_York", 90)


def test_a_session_that_is_on_is_the_next_one() -> None:
    (found,) = queries.chats([a_chat("x")], at(30))
    assert (found.next_at, found.is_live, found.source) == (STARTS, True, "catalogue")


def test_the_soonest_chat_comes_first_and_one_without_a_session_last() -> None:
    over = a_chat("over", "FREQ=WEEKLY;BYDAY=TH;COUNT=1")
    found = queries.chats([over, a_chat("late", "FREQ=WEEKLY;BYDAY=SA"), a_chat("b"), a_chat("a")], at(-600))
    assert [one.tag for one in found] == ["a", "b", "late", "over"]
    assert (found[3].next_at, found[3].next_local) == (None, None)
