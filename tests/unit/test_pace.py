from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.chat import Chat, Session, Slot
from bot.domain.pace import Pace, gap_between, pace_of, progress, questions_left_at, useful_until
from bot.domain.recognise.observations import Asked

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
CHAT = Chat(tag="lrnchat", title="t", slots=(Slot(repeats="FREQ=WEEKLY", time=time(20, 30), zone="UTC"),))
SESSION = Session(chat="lrnchat", starts_at=START, ends_at=START + timedelta(minutes=60))
EVEN = timedelta(minutes=60) / 7
MINUTE = timedelta(minutes=1)


def at(minute: float) -> datetime:
    return START + minute * MINUTE


def asked(number: int, minute: float) -> Asked:
    return Asked(number=number, text=f"question {number}", post_id=str(number), url="u", at=at(minute))


def test_before_the_first_question_all_are_to_come_and_the_first_is_expected() -> None:
    now = progress(CHAT, SESSION, [], at(3))
    assert (now.number, now.to_come, now.next_in) == (0, 6, EVEN - 3 * MINUTE)
    assert now.left_for == timedelta(minutes=57)
    assert progress(CHAT, SESSION, [], at(30)).next_in == timedelta()
    assert progress(CHAT, SESSION, [], at(61)).next_in is None


def test_the_latest_question_by_number_is_on_even_if_an_older_one_is_repeated() -> None:
    so_far = [asked(1, 4), asked(3, 22), asked(2, 25), asked(4, 50)]
    now = progress(CHAT, SESSION, so_far, at(30))
    assert (now.number, now.text, now.to_come) == (3, "question 3", 3)
    assert now.on_for == timedelta(minutes=8)


def test_the_pace_is_even_until_questions_show_another() -> None:
    pace = pace_of(CHAT, SESSION)
    assert pace == Pace(first_after=EVEN, gap=EVEN)
    assert gap_between(pace, [asked(1, 4)]) == EVEN
    assert gap_between(pace, [asked(1, 4), asked(2, 14)]) == (2 * EVEN + 10 * MINUTE) / 3
    assert gap_between(pace, [asked(1, 4), asked(3, 24)]) == (2 * EVEN + 10 * MINUTE) / 3
    assert gap_between(pace, [asked(n, 4 + 10 * n) for n in (1, 2, 3, 4, 5)]) == (2 * EVEN + 40 * MINUTE) / 6
    assert gap_between(pace, [asked(3, 22), asked(2, 25)]) == EVEN


def test_the_chats_own_past_is_the_prior() -> None:
    before = Session(chat="lrnchat", starts_at=at(-7 * 24 * 60), ends_at=at(-7 * 24 * 60 + 60))
    past = [(before, [asked(n, -7 * 24 * 60 + 2 + 6 * (n - 1)) for n in range(1, 7)])]
    pace = pace_of(CHAT, SESSION, past)
    assert pace.first_after == (2 * EVEN + 2 * MINUTE) / 3
    assert pace.gap == (2 * EVEN + 5 * 6 * MINUTE) / 7
    early = [(before, [asked(1, -7 * 24 * 60 - 5)])]
    assert pace_of(CHAT, SESSION, early) == Pace(first_after=EVEN, gap=EVEN)
    fast = progress(CHAT, SESSION, [asked(1, 2)], at(2), pace).next_in
    slow = progress(CHAT, SESSION, [asked(1, 2)], at(2)).next_in
    assert fast is not None
    assert slow is not None
    assert fast < slow


def test_the_next_question_is_due_a_gap_after_the_latest_and_never_in_the_past() -> None:
    now = progress(CHAT, SESSION, [asked(1, 4)], at(5))
    assert now.next_in == EVEN - timedelta(minutes=1)
    assert progress(CHAT, SESSION, [asked(1, 4)], at(40)).next_in == timedelta()


def test_after_the_last_question_and_after_the_end_nothing_is_to_come() -> None:
    late = progress(CHAT, SESSION, [asked(6, 50)], at(70))
    assert (late.to_come, late.next_in, late.left_for) == (0, None, timedelta())
    more = progress(CHAT, SESSION, [asked(7, 55)], at(56))
    assert (more.number, more.of, more.to_come) == (7, 7, 0)


@pytest.mark.parametrize(
    ("so_far", "now", "minutes"),
    [
        ([], 0, 55),
        ([], 30, 55),
        ([asked(6, 40)], 41, 40 + 30 / 7),
        ([asked(6, 53)], 54, 55),
        ([asked(4, 20)], 21, 20 + 2.5 * 60 / 7),
        ([asked(4, 20)], 40, 40 + 1.5 * 60 / 7),
    ],
)
def test_it_is_useful_while_a_question_comes_or_the_last_is_fresh(
    so_far: list[Asked], now: float, minutes: float
) -> None:
    found = useful_until(CHAT, SESSION, so_far, at(now))
    assert (found - START) / MINUTE == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("minute", "left"), [(0, 6), (8, 6), (9, 5), (20, 4), (30, 3), (42, 2), (43, 1), (55, 0), (99, 0)]
)
def test_without_having_seen_any_question_the_pace_tells_how_many_are_to_come(minute: float, left: int) -> None:
    assert questions_left_at(CHAT, SESSION, at(minute)) == left
