"""The words of one language for what members say to the bot: data, one file a language (`config/commands`).

Nothing of it is code: a speaker edits the file. Capitals, accents and punctuation do not count; a phrase in a script
that has no spaces between words is found wherever it stands.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Final

from pydantic import Field

from bot.domain.model import Value

Words = tuple[str, ...]


class Command(StrEnum):
    """What members, and hosts, can say; the table is in the README."""

    START = "start"
    STOP = "stop"
    AWAY = "away"
    BACK = "back"
    HERE = "here"
    NEXT = "next"
    HEADS_UP = "heads-up"
    RECAP = "recap"
    QUIET = "quiet"
    ZONE = "zone"
    LANGUAGE = "language"
    CHATS = "chats"
    STATUS = "status"
    WHY = "why"
    LINK = "link"
    FORGET = "forget"
    HELP = "help"
    CANCEL = "cancel"
    MOVE = "move"
    WHO = "who"
    DECLINE = "decline"
    THANKS = "thanks"
    UNCLEAR = "unclear"
    OTHER = "other"


class Vocabulary(Value):
    """One file. `names` are what the language is called; `commands` how each command is said, the usual word first.

    `stop_anywhere` ends everything wherever it stands; `not_stop` are phrases with such a word that mean the
    opposite; `filler` may stand before and after a command; `yes` and `no` are what a word back is judged by;
    `times` are the names of months, days and spans by which a date is found, `numbers` the number words before
    them, and `dropped` the words around a date that say nothing.
    """

    language: str = Field(pattern=r"^[a-z]{2}$")
    names: Words = Field(min_length=1)
    commands: dict[Command, Words]
    stop_anywhere: Words
    not_stop: Words = ()
    filler: Words
    courtesies: Words
    yes: Words
    no: Words
    either: Words
    on: Words
    off: Words
    but: Words
    dropped: Words = ()
    times: Words
    numbers: dict[str, int]

    @cached_property
    def phrases(self) -> tuple[tuple[Words, Command], ...]:
        """Every phrase as folded words with its command, the longest first."""
        pairs = [(tuple(words(phrase)), command) for command, said in self.commands.items() for phrase in said]
        return tuple(sorted(pairs, key=lambda pair: -len(" ".join(pair[0]))))

    @cached_property
    def skipped(self) -> frozenset[str]:
        """The folded words that may stand around a command."""
        return folded((*self.filler, *self.courtesies))


_WORD: Final = re.compile(r"#?\w+(?:'\w+)*")
_SPACELESS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]")


def fold(text: str) -> str:
    """Return a text as it is compared: compatible forms, small letters, Latin letters without accents."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFD", plain)
    kept = [c for at, c in enumerate(parts) if not (unicodedata.combining(c) and parts[at - 1 : at].isascii())]
    return unicodedata.normalize("NFC", "".join(kept))


def words(text: str) -> list[str]:
    """Return a text's words, folded; a hashtag keeps its #."""
    return _WORD.findall(fold(text).replace("-", " "))


def folded(said: Iterable[str]) -> frozenset[str]:
    """Return words or phrases as they are compared, words between single spaces."""
    return frozenset(" ".join(words(one)) for one in said)


def is_spaceless(text: str) -> bool:
    """Say whether a text is in a script that has no spaces between words."""
    return _SPACELESS.search(text) is not None


def has(text: str, phrase: str) -> bool:
    """Say whether a folded phrase stands in a folded text (words between single spaces), as whole words."""
    return phrase in text if is_spaceless(phrase) else f" {phrase} " in f" {text} "
