from datetime import UTC, datetime, time, timedelta

from bot.domain.chat import Chat, Session, Slot
from bot.domain.pace import gap_between, progress
from bot.domain.recognise.observations import Asked

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
CHAT = Chat(tag="lrnchat", title="t", slots=(Slot(repeats="FREQ=WEEKLY", time=time(20, 30), zone="UTC"),))
SESSION = Session(chat="lrnchat", starts_at=START, ends_at=START + timedelta(minutes=60))


def asked(number: int, minute: float) -> Asked:
    return Asked(
        number=number, text=f"question {number}", post_id=str(number), url="u", at=START + timedelta(minutes=minute)
    )


def test_before_the_first_question_all_are_to_come() -> None:
    now = progress(CHAT, SESSION, [], START + timedelta(minutes=3))
    assert (now.number, now.to_come, now.next_in) == (0, 6, None)
    assert now.left_for == timedelta(minutes=57)


def test_the_latest_question_by_number_is_on_even_if_an_older_one_is_repeated() -> None:
    so_far = [asked(1, 4), asked(3, 22), asked(2, 25), asked(4, 50)]
    now = progress(CHAT, SESSION, so_far, START + timedelta(minutes=30))
    assert (now.number, now.text, now.to_come) == (3, "question 3", 3)
    assert now.on_for == timedelta(minutes=8)


def test_the_gap_is_the_prior_until_questions_show_another_pace() -> None:
    prior = timedelta(minutes=60) / 7
    assert gap_between(CHAT, SESSION, [asked(1, 4)]) == prior
    assert gap_between(CHAT, SESSION, [asked(1, 4), asked(2, 14)]) == (prior + timedelta(minutes=10)) / 2
    assert gap_between(CHAT, SESSION, [asked(1, 4), asked(3, 24)]) == (prior + timedelta(minutes=10)) / 2


def test_the_next_question_is_due_a_gap_after_the_latest_and_never_in_the_past() -> None:
    now = progress(CHAT, SESSION, [asked(1, 4)], START + timedelta(minutes=5))
    assert now.next_in == timedelta(minutes=60) / 7 - timedelta(minutes=1)
    assert progress(CHAT, SESSION, [asked(1, 4)], START + timedelta(minutes=40)).next_in == timedelta()


def test_after_the_last_question_and_after_the_end_nothing_is_to_come() -> None:
    late = progress(CHAT, SESSION, [asked(6, 50)], START + timedelta(minutes=70))
    assert (late.to_come, late.next_in, late.left_for) == (0, None, timedelta())
    more = progress(CHAT, SESSION, [asked(7, 55)], START + timedelta(minutes=56))
    assert (more.number, more.of, more.to_come) == (7, 7, 0)
