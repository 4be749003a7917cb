"""Consent as a table of states: who may hear from us, and what changes it.

`None` is somebody we do not know. Only the person's own words move the state; nothing ambiguous ever opts in.
"""

from enum import StrEnum
from typing import Final

from bot.domain.model import Consent


class Word(StrEnum):
    """What a person's message means for their consent."""

    START = "start"
    STOP = "stop"
    ANY = "any"


TRANSITIONS: Final[dict[tuple[Consent | None, Word], Consent | None]] = {
    (None, Word.START): Consent.ASKED,
    (None, Word.STOP): None,
    (None, Word.ANY): None,
    (
        Consent.ASKED,
        Word.START,
    ): Consent.ASKED,  # only a word of their own after our answer proves they see it
    (Consent.ASKED, Word.STOP): Consent.STOPPED,
    (Consent.ASKED, Word.ANY): Consent.LIVE,
    (Consent.LIVE, Word.START): Consent.LIVE,
    (Consent.LIVE, Word.STOP): Consent.STOPPED,
    (Consent.LIVE, Word.ANY): Consent.LIVE,
    (Consent.PAUSED, Word.START): Consent.LIVE,
    (Consent.PAUSED, Word.STOP): Consent.STOPPED,
    (Consent.PAUSED, Word.ANY): Consent.LIVE,
    (Consent.STOPPED, Word.START): Consent.ASKED,
    (Consent.STOPPED, Word.STOP): Consent.STOPPED,
    (Consent.STOPPED, Word.ANY): Consent.STOPPED,
}


def moved_by(consent: Consent | None, word: Word) -> Consent | None:
    """Return the state after that word. Total: every state knows every word."""
    return TRANSITIONS[consent, word]
