"""The small language of phrase files, read into pieces. Its grammar is in `bot.domain.recognise.phrasebook`.

words        the words themselves, in any spelling that folds to the same
(a|b)        one of them                    [a|b]   one of them, or nothing
*            up to three words              .       an edge of the clause
?            its end, with a question mark
{who}        a slot                         {part}  a named part of the same file
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.domain.recognise.normalise import cut, tokens

SLOTS = ("who", "you", "whose", "chat", "elsewhere")
CHAT, ELSEWHERE = "chat", "elsewhere"
ANY, BEGIN, END, ASKS = "*", "begin", "end", "asks"
PEOPLE = frozenset({"who", "you", "whose"})
EDGES = frozenset({BEGIN, END, ASKS})
DEEPEST = 12
"""Brackets and parts inside each other; more is a file that means itself."""

_LEX = re.compile(r"\{[^{}]*\}|[\[\]()|*.?{}]|[^\s\[\]()|*.?{}]+")


class Word(NamedTuple):
    """One literal word, folded."""

    word: str


class Slot(NamedTuple):
    """A slot, an edge of the clause, or any word."""

    name: str


@dataclass(frozen=True)
class Choice:
    """One of several sequences; `may_skip` where it is optional."""

    options: tuple[tuple["Piece", ...], ...]
    may_skip: bool = False


Piece = Word | Slot | Choice
Pieces = tuple[Piece, ...]


class Grammar:
    """Reads patterns that share named parts; every part is read once. `forms` maps other spellings to words."""

    def __init__(self, parts: Mapping[str, str], forms: Mapping[str, str] | None = None) -> None:
        self.parts = parts
        self._forms = forms or {}
        self._read: dict[str, Choice] = {}

    def parse(self, says: str) -> Pieces:
        """Return a pattern's pieces.

        Raises:
            ValueError: it cannot be read; the message goes after the phrase's name.
        """
        pieces: Pieces = (Choice(_Parser(says, self).options("")),)
        if any(_is_open(pieces, at) for at in (0, -1)):
            raise ValueError("begins or ends with *, which could be any words")
        if _may_be_nothing(pieces):
            raise ValueError("could stand for no words at all")
        return pieces

    def spelled(self, word: str) -> str:
        """Return the word of which a word is another spelling; else the word itself."""
        return self._forms.get(word, word)

    def part(self, name: str, depth: int) -> "Choice":
        """Return a named part, which a pattern contains at this depth.

        Raises:
            ValueError: it is unknown, or cannot be read.
        """
        if name not in self.parts:
            raise ValueError(f"has an unknown slot or part {{{name}}}; known are {', '.join((*SLOTS, *self.parts))}")
        if name not in self._read:
            self._read[name] = Choice(_Parser(self.parts[name], self, depth + 1).options(""))
        return self._read[name]


class _Parser:
    def __init__(self, says: str, grammar: Grammar, depth: int = 0) -> None:
        if depth > DEEPEST:
            raise ValueError("is nested too deeply, or a part contains itself")
        self.lexemes = _LEX.findall(says)
        self.at = 0
        self.grammar = grammar
        self.depth = depth

    def options(self, closing: str) -> tuple[Pieces, ...]:
        """Read alternatives up to the closing bracket, or to the end where that is empty."""
        found: list[Pieces] = []
        pieces: list[Piece] = []
        while True:
            lexeme = self.lexemes[self.at] if self.at < len(self.lexemes) else ""
            self.at += 1
            if lexeme in {"", "|", "]", ")"}:
                if not pieces:
                    raise ValueError("has an empty place")
                found.append(tuple(pieces))
                pieces = []
            if lexeme == closing:
                return tuple(found)
            if lexeme in {"", "]", ")"}:
                raise ValueError(f"has brackets that do not pair: {lexeme or 'the end'!r}")
            if lexeme != "|":
                pieces += self._pieces(lexeme, is_first=not pieces)

    def _pieces(self, lexeme: str, *, is_first: bool) -> Iterator[Piece]:
        if lexeme in {"(", "["}:
            if self.depth + 1 > DEEPEST:
                raise ValueError("is nested too deeply, or a part contains itself")
            self.depth += 1
            yield Choice(self.options(")" if lexeme == "(" else "]"), may_skip=lexeme == "[")
            self.depth -= 1
        elif lexeme == ".":
            yield Slot(BEGIN if self.depth == 0 and is_first else END)
        elif lexeme in {ANY, "?"}:
            yield Slot(ANY if lexeme == ANY else ASKS)
        elif lexeme[0] in "{}":
            name = lexeme.strip("{} ")
            yield Slot(name) if name in SLOTS else self.grammar.part(name, self.depth)
        else:
            yield from (Word(self.grammar.spelled(word)) for word in _words(lexeme))


@lru_cache(maxsize=16_384)
def _words(lexeme: str) -> tuple[str, ...]:
    found = tokens(cut(lexeme))
    if not found:
        raise ValueError(f"has something that is no word: {lexeme!r}")
    return tuple(token.word for token in found)


def literals(patterns: Iterable[Pieces]) -> set[str]:
    """Return every word that some patterns can match."""
    found: set[str] = set()
    seen: set[int] = set()  # parts are shared, and looked through once
    left = list(patterns)
    while left:
        for piece in left.pop():
            if isinstance(piece, Word):
                found.add(piece.word)
            elif isinstance(piece, Choice) and id(piece) not in seen:
                seen.add(id(piece))
                left += piece.options
    return found


def has_words(pieces: Pieces) -> bool:
    """Say whether everything that a pattern matches contains some word of the pattern."""
    return any(
        (isinstance(piece, Word) and piece.word.isalnum())  # an emoji is no word of a folded text
        or (isinstance(piece, Choice) and not piece.may_skip and all(map(has_words, piece.options)))
        for piece in pieces
    )


def _may_be_nothing(pieces: Pieces) -> bool:
    return all(
        piece.may_skip or any(map(_may_be_nothing, piece.options))
        if isinstance(piece, Choice)
        else isinstance(piece, Slot) and (piece.name == ANY or piece.name in EDGES)
        for piece in pieces
    )


def _is_open(pieces: Pieces, at: int) -> bool:
    piece = pieces[at]
    return piece == Slot(ANY) or (isinstance(piece, Choice) and any(_is_open(o, at) for o in piece.options))
