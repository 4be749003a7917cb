import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.consent import TRANSITIONS, Word, diagram, moved_by
from bot.domain.model import Consent

STATES = [None, *Consent]
CLOSING = {Word.SILENCE, Word.WITHDRAWN}


def test_every_state_knows_every_word() -> None:
    assert set(TRANSITIONS) == set(itertools.product(STATES, Word))


def test_only_a_word_after_our_answer_opens_the_channel() -> None:
    opened = {pair for pair, after in TRANSITIONS.items() if after is Consent.LIVE and pair[0] is not Consent.LIVE}
    assert opened == {
        (Consent.ASKED, Word.ANY),
        (Consent.PAUSED, Word.START),
        (Consent.PAUSED, Word.ANY),
    }


def test_silence_and_a_start_taken_back_only_close() -> None:
    closed = {(before, after) for (before, word), after in TRANSITIONS.items() if word in CLOSING and after != before}
    assert closed == {
        (Consent.LIVE, Consent.PAUSED),
        (Consent.ASKED, Consent.FORGOTTEN),
        (Consent.FORGOTTEN, None),
    }


def test_who_is_forgotten_is_unknown_again() -> None:
    assert all(moved_by(Consent.FORGOTTEN, word) is moved_by(None, word) for word in Word)
    assert {moved_by(consent, Word.FORGET) for consent in Consent if consent is not Consent.FORGOTTEN} == {
        Consent.FORGOTTEN
    }


@given(st.lists(st.sampled_from(Word)))
def test_after_a_stop_nobody_is_live_without_start_and_another_word(words: list[Word]) -> None:
    state: Consent | None = Consent.LIVE
    since_stop: list[Word] | None = None
    for word in words:
        state = moved_by(state, word)
        since_stop = [] if word in {Word.STOP, Word.FORGET} else None if since_stop is None else [*since_stop, word]
        if since_stop is not None and state is Consent.LIVE:
            start = since_stop.index(Word.START)
            assert Word.ANY in since_stop[start:]


def test_the_drawing_shows_every_arrow_that_leads_elsewhere_once() -> None:
    lines = diagram().splitlines()
    assert len(set(lines)) == len(lines)
    assert "    asked --> live: any other word" in lines
    assert "    [*] --> asked: START" in lines
    arrows = [pair for pair, after in TRANSITIONS.items() if after is not pair[0] and pair[0] is not Consent.FORGOTTEN]
    assert sum("-->" in line for line in lines) == len(arrows) + 1
