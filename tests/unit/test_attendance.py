from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.attendance import UNWATCHED_AFTER, is_held, is_observed
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
