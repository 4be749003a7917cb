"""The small language of phrase files, read into pieces. Its grammar is in `bot.domain.recognise.phrasebook`.

words        the words themselves, in any spelling that folds to the same
(a|b)        one of them                    [a|b]   one of them, or nothing
*            up to three words              .       an edge of the clause
?            its end, with a question mark
{who}        a slot                         {part}  a named part of the same file
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.domain.recognise.normalise import cut, tokens

SLOTS = ("who", "you", "whose", "chat", "elsewhere")
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


class Choice(NamedTuple):
    """One of several sequences; `may_skip` where it is optional."""

    options: tuple[tuple["Piece", ...], ...]
    may_skip: bool = False


Piece = Word | Slot | Choice
Pieces = tuple[Piece, ...]


class _Parser:
    def __init__(self, says: str, parts: Mapping[str, str], depth: int = 0) -> None:
        if depth > DEEPEST:
            raise ValueError("is nested too deeply, or a part contains itself")
        self.lexemes = _LEX.findall(says)
        self.at = 0
        self.parts = parts
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
            yield self._slot(lexeme.strip("{} "))
        else:
            found = tokens(cut(lexeme))
            if not found:
                raise ValueError(f"has something that is no word: {lexeme!r}")
            yield from (Word(token.word) for token in found)

    def _slot(self, name: str) -> Piece:
        if name in SLOTS:
            return Slot(name)
        if name not in self.parts:
            known = ", ".join((*SLOTS, *self.parts))
            raise ValueError(f"has an unknown slot or part {{{name}}}; known are {known}")
        return Choice(_Parser(self.parts[name], self.parts, self.depth + 1).options(""))


def parse(says: str, parts: Mapping[str, str]) -> Pieces:
    """Return a pattern's pieces.

    Raises:
        ValueError: it cannot be read; the message goes after the phrase's name.
    """
    pieces: Pieces = (Choice(_Parser(says, parts).options("")),)
    if any(_is_open(pieces, at) for at in (0, -1)):
        raise ValueError("begins or ends with *, which could be any words")
    if _may_be_nothing(pieces):
        raise ValueError("could stand for no words at all")
    return pieces


def literals(pieces: Pieces) -> Iterator[str]:
    """Yield every word that a pattern can match."""
    for piece in pieces:
        if isinstance(piece, Word):
            yield piece.word
        elif isinstance(piece, Choice):
            for option in piece.options:
                yield from literals(option)


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
