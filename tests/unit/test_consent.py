import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.consent import TRANSITIONS, Word, moved_by
from bot.domain.model import Consent

STATES = [None, *Consent]


def test_every_state_knows_every_word() -> None:
    assert set(TRANSITIONS) == set(itertools.product(STATES, Word))


def test_only_a_word_after_our_answer_opens_the_channel() -> None:
    opened = {pair for pair, after in TRANSITIONS.items() if after is Consent.LIVE and pair[0] is not Consent.LIVE}
    assert opened == {
        (Consent.ASKED, Word.ANY),
        (Consent.PAUSED, Word.START),
        (Consent.PAUSED, Word.ANY),
    }


@given(st.lists(st.sampled_from(Word)))
def test_after_a_stop_nobody_is_live_without_start_and_another_word(words: list[Word]) -> None:
    state: Consent | None = Consent.LIVE
    since_stop: list[Word] | None = None
    for word in words:
        state = moved_by(state, word)
        since_stop = [] if word is Word.STOP else None if since_stop is None else [*since_stop, word]
        if since_stop is not None and state is Consent.LIVE:
            start = since_stop.index(Word.START)
            assert Word.ANY in since_stop[start:]
