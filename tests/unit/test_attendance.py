from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.attendance import UNWATCHED_AFTER, Gap, gap_before, is_held, is_observed, is_watched
from bot.domain.chat import Chat, Session, Slot

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
CHAT = Chat(tag="c", title="t", slots=(Slot(repeats="FREQ=WEEKLY", time=time(20, 30), zone="UTC"),), held_by=3)
SESSION = Session(chat="c", starts_at=START, ends_at=START + timedelta(minutes=60))


@pytest.mark.parametrize(("questions", "people", "held"), [(0, 0, False), (0, 2, False), (0, 3, True), (1, 1, True)])
def test_a_session_is_held_by_a_question_or_by_enough_people(questions: int, people: int, held: bool) -> None:
    assert is_held(CHAT, questions, people) is held


def test_what_was_never_read_is_not_observed() -> None:
    assert not is_observed(SESSION, None, START)


def test_a_reading_of_a_while_ago_does_not_tell_about_now() -> None:
    now = START + timedelta(minutes=30)
    assert is_observed(SESSION, now - UNWATCHED_AFTER, now)
    assert not is_observed(SESSION, now - UNWATCHED_AFTER - timedelta(seconds=1), now)


def test_a_session_that_was_read_to_its_end_stays_observed() -> None:
    assert is_observed(SESSION, SESSION.ends_at, SESSION.ends_at + timedelta(hours=5))
    assert not is_observed(SESSION, SESSION.ends_at - timedelta(minutes=1), SESSION.ends_at + timedelta(hours=5))


@pytest.mark.parametrize(
    ("last", "now", "gap"),
    [
        (None, 5, None),
        (None, 6, (0, 6)),
        (-30, 6, (0, 6)),
        (10, 15, None),
        (10, 15.5, (10, 15.5)),
        (50, 90, (50, 60)),
        (55, 90, None),
        (70, 90, None),
        (None, -8, None),
    ],
)
def test_a_gap_is_what_a_poll_came_too_late_for(
    last: float | None, now: float, gap: tuple[float, float] | None
) -> None:
    found = gap_before(SESSION, None if last is None else minute(last), minute(now))
    wanted = gap and Gap(session_id=SESSION.id, begins_at=minute(gap[0]), ends_at=minute(gap[1]))
    assert found == wanted


def minute(number: float) -> datetime:
    return START + timedelta(minutes=number)


def test_a_session_is_watched_unless_a_quarter_of_it_was_missed() -> None:
    some = Gap(session_id=SESSION.id, begins_at=minute(10), ends_at=minute(20))
    more = Gap(session_id=SESSION.id, begins_at=minute(30), ends_at=minute(35))
    most = Gap(session_id=SESSION.id, begins_at=minute(50), ends_at=minute(50.1))
    assert is_watched(SESSION, [])
    assert is_watched(SESSION, [some, more])
    assert not is_watched(SESSION, [some, more, most])
