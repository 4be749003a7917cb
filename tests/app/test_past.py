"""What the sessions before this one tell: who came, who was reminded, and what that means for the next reminder."""

from datetime import datetime, time, timedelta

import pytest

from bot.app.past import Nudges, Past
from bot.app.shelves import SessionRow
from bot.domain.attendance import Attendance
from bot.domain.chat import Chat, Session, sessions_between
from bot.domain.model import Member, Platform
from bot.domain.outbox import ANSWER, OutboxMessage, State
from bot.domain.policy import QuietHours
from bot.domain.presence import Standing
from tests.world import CHAT, SESSION, START, World, member

NORA = member(joined_at=START - timedelta(days=999), last_heard_at=START - timedelta(days=999))
WEEK = timedelta(days=7)


def before(number: int) -> Session:
    """Return the session of so many weeks ago; in winter and summer it begins at the same local time."""
    (session,) = sessions_between(
        CHAT, START - number * WEEK - timedelta(hours=3), START - number * WEEK + timedelta(hours=3)
    )
    return session


class Season:
    """Past sessions, told newest last as a word: x was there, - was not, h not held, u not observed."""

    def __init__(self, told: str, who: Member = NORA, arrives: float = 5) -> None:
        self.chat = CHAT
        self.world = World(quiet=QuietHours(start=time(0), end=time(0)))
        self.world.join(who)
        self.who = who
        self.sessions = [before(len(told) - place) for place in range(len(told))]
        with self.world.storage.work() as work:
            for session, mark in zip(self.sessions, told, strict=True):
                row = SessionRow(
                    session=session, settled_at=session.ends_at, held=mark not in "hH", observed=mark not in "uU"
                )
                work.sessions.put(row)
                if mark in "xHU":
                    at = session.starts_at + timedelta(minutes=arrives)
                    work.attendances.add(
                        Attendance(member_id=who.id, session_id=session.id, first_at=at, last_at=at, how="post")
                    )
            work.sessions.put(SessionRow(session=SESSION))

    def remind(self, place: int, state: State = State.SENT, kind: str = "called") -> "Season":
        session = self.sessions[place]
        with self.world.storage.work() as work:
            work.outbox.add(message(self.who, session, state, kind))
        return self

    def past(self, chat: Chat = CHAT) -> Past:
        with self.world.storage.work() as work:
            return Past(work, chat, SESSION)


def message(who: Member, session: Session, state: State, kind: str) -> OutboxMessage:
    times = dict.fromkeys(("not_before", "expires_at", "created_at"), session.starts_at)
    return OutboxMessage.model_validate(
        {"id": session.id + kind, "key": session.id + kind, "member_id": who.id, "platform": Platform.MASTODON,
         "account_id": "a", "handle": "h", "kind": kind, "state": state, "session_id": session.id, **times}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "standing", "run"),
    [
        ("", Standing.NEW, 0),
        ("xxxxxxxx", Standing.REGULAR, 0),
        ("xxxxxxxx-", Standing.REGULAR, 1),
        ("xxxxxxxx--", Standing.LAPSED, 2),
        ("xxxxxxxx-h", Standing.REGULAR, 1),
        ("xxxxxxxx-u", Standing.REGULAR, 1),
        ("xxxxxxxx--U", Standing.REGULAR, 0),
        ("xx", Standing.NEW, 0),
    ],
)
def test_only_sessions_that_took_place_and_were_watched_count_as_missed(
    told: str, standing: Standing, run: int
) -> None:
    seen = Season(told).past().presence(NORA)
    assert (seen.standing, seen.absent_run) == (standing, run)


def test_nobody_was_absent_before_they_joined() -> None:
    late = NORA.model_copy(update={"joined_at": before(2).starts_at + timedelta(minutes=30)})
    seen = Season("--------", late).past().presence(late)
    assert (seen.sessions, seen.absent_run) == (2, 2)


def test_arrivals_are_minutes_from_the_start() -> None:
    assert Season("xxxx", arrives=-3).past().presence(NORA).usual_arrival == timedelta(minutes=-3)
    assert Season("----").past().presence(NORA).usual_arrival is None


def test_a_chat_without_a_schedule_has_the_half_year_that_it_showed() -> None:
    unplanned = CHAT.model_copy(update={"slots": ()})
    assert Season("xxx" + "-" * 25).past(unplanned).presence(NORA).standing is not Standing.GONE
    assert Season("xxx" + "-" * 26).past(unplanned).presence(NORA).standing is Standing.GONE
    assert Season("").past(unplanned).presence(NORA).standing is Standing.NEW


@pytest.mark.parametrize(
    ("told", "reminded", "nudges"),
    [
        ("xxxx", (), Nudges()),
        ("xxx-", (3,), Nudges(sessions_ago=1, unanswered=1)),
        ("xx-h", (2,), Nudges(sessions_ago=1, unanswered=1)),
        ("xx--", (2,), Nudges(sessions_ago=2, unanswered=1)),
        ("xx-x", (2,), Nudges()),
        ("x-x-", (1,), Nudges()),
        ("x-x-", (1, 3), Nudges(sessions_ago=1, unanswered=1)),
        ("x-----", (1, 3, 5), Nudges(sessions_ago=1, unanswered=3)),
        ("xxxx", (3,), Nudges()),
    ],
)
def test_a_reminder_counts_until_they_are_there_again(told: str, reminded: tuple[int, ...], nudges: Nudges) -> None:
    season = Season(told)
    for place in reminded:
        season.remind(place)
    assert season.past().nudges(NORA) == nudges


def test_whoever_writes_is_not_silent_but_was_reminded() -> None:
    def heard(at: datetime) -> Nudges:
        return season.past().nudges(NORA.model_copy(update={"last_heard_at": at}))

    season = Season("x---").remind(1).remind(3)
    assert heard(season.sessions[3].starts_at) == Nudges(sessions_ago=1, unanswered=0)
    assert heard(season.sessions[2].starts_at) == Nudges(sessions_ago=1, unanswered=1)


@pytest.mark.parametrize("state", State)
def test_what_nobody_heard_is_no_reminder(state: State) -> None:
    is_said = state not in {State.FAILED, State.EXPIRED, State.SUPPRESSED}
    assert (Season("x-").remind(1, state).past().nudges(NORA) != Nudges()) is is_said
    assert Season("x-").remind(1, kind=ANSWER).past().nudges(NORA) == Nudges()
