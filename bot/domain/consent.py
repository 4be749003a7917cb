"""Consent as a table of states: who may hear from us, and what changes it.

`None` is somebody we do not know; who is forgotten is unknown again, and nothing shows that they were known. Only the
person's own words let us in, and nothing ambiguous ever does; silence and a START taken back only ever close.
"""

from enum import StrEnum
from typing import Final

from bot.domain.model import Consent


class Word(StrEnum):
    """What happened, as far as it concerns a person's consent."""

    START = "START"
    ANY = "any other word"
    STOP = "STOP"
    FORGET = "FORGET"
    WITHDRAWN = "START deleted"
    SILENCE = "three reminders unanswered"


_UNKNOWN: Final[dict[Word, Consent | None]] = dict.fromkeys(Word, None) | {Word.START: Consent.ASKED}
_AFTER: Final[dict[Consent, dict[Word, Consent]]] = {
    Consent.ASKED: {
        Word.START: Consent.ASKED,  # only a word of their own after our answer proves that they see it
        Word.ANY: Consent.LIVE,
        Word.STOP: Consent.STOPPED,
        Word.WITHDRAWN: Consent.FORGOTTEN,
        Word.SILENCE: Consent.ASKED,
    },
    Consent.LIVE: {
        Word.START: Consent.LIVE,
        Word.ANY: Consent.LIVE,
        Word.STOP: Consent.STOPPED,
        Word.WITHDRAWN: Consent.LIVE,
        Word.SILENCE: Consent.PAUSED,
    },
    Consent.PAUSED: {
        Word.START: Consent.LIVE,
        Word.ANY: Consent.LIVE,
        Word.STOP: Consent.STOPPED,
        Word.WITHDRAWN: Consent.PAUSED,
        Word.SILENCE: Consent.PAUSED,
    },
    Consent.STOPPED: {
        Word.START: Consent.ASKED,
        Word.ANY: Consent.STOPPED,
        Word.STOP: Consent.STOPPED,
        Word.WITHDRAWN: Consent.STOPPED,
        Word.SILENCE: Consent.STOPPED,
    },
}

TRANSITIONS: Final[dict[tuple[Consent | None, Word], Consent | None]] = {
    **{(nobody, word): after for nobody in (None, Consent.FORGOTTEN) for word, after in _UNKNOWN.items()},
    **{(state, word): after for state, moves in _AFTER.items() for word, after in moves.items()},
    **{(state, Word.FORGET): Consent.FORGOTTEN for state in _AFTER},
}


def moved_by(consent: Consent | None, word: Word) -> Consent | None:
    """Return the state after that word. Total: every state knows every word."""
    return TRANSITIONS[consent, word]


def diagram() -> str:
    """Draw the table as a Mermaid state diagram (ARCHITECTURE.md holds it; a test compares)."""
    lines = ["stateDiagram-v2"]
    for (before, word), after in TRANSITIONS.items():
        if before is not after and before is not Consent.FORGOTTEN:
            lines.append(f"    {before or '[*]'} --> {after}: {word}")
    return "\n".join([*lines, f"    {Consent.FORGOTTEN} --> [*]"])
