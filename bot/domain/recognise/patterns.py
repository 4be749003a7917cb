"""The small language of phrase files, read into pieces. Its grammar is in `bot.domain.recognise.phrasebook`.

words        the words themselves, in any spelling that folds to the same
(a|b)        one of them                    [a|b]   one of them, or nothing
*            up to three words              .       an edge of the clause
{who}        a slot                         {part}  a named part of the same file
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.domain.recognise.normalise import cut, tokens

SLOTS = ("who", "you", "whose", "chat", "elsewhere")
ANY, BEGIN, END = "*", "begin", "end"
DEEPEST = 12
"""Brackets and parts inside each other; more is a file that means itself."""

_LEX = re.compile(r"\{[^{}]*\}|[\[\]()|*.{}]|[^\s\[\]()|*.{}]+")


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
        elif lexeme == ANY:
            yield Slot(ANY)
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


def demands(pieces: Pieces, fillers: Mapping[str, frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return sets of words, of each of which everything that the pattern matches contains at least one.

    `fillers` are the words that a slot takes, for slots that take no others.
    """
    found: list[frozenset[str]] = []
    for piece in pieces:
        if isinstance(piece, Word):
            if piece.word.isalnum():  # an emoji is no word of a folded text
                found.append(frozenset({piece.word}))
        elif isinstance(piece, Slot):
            found += [fillers[piece.name]] if piece.name in fillers else []
        elif not piece.may_skip:
            each = [demands(option, fillers) for option in piece.options]
            if len(each) == 1:
                found += each[0]
            elif all(each):
                found.append(frozenset().union(*(min(sets, key=rarity) for sets in each)))
    return tuple(found)


def rarity(words: frozenset[str]) -> tuple[bool, int]:
    """Order sets of words by how rarely one of them occurs, as far as that can be guessed: no short ones, and few."""
    return min(map(len, words)) < 4, len(words)


def always_has(pieces: Pieces, words: frozenset[str]) -> bool:
    """Say whether everything that the pattern matches contains one of these words."""
    return any(
        (isinstance(piece, Word) and piece.word in words)
        or (isinstance(piece, Choice) and not piece.may_skip and all(always_has(o, words) for o in piece.options))
        for piece in pieces
    )


def _may_be_nothing(pieces: Pieces) -> bool:
    return all(
        piece.may_skip or any(map(_may_be_nothing, piece.options))
        if isinstance(piece, Choice)
        else piece in {Slot(ANY), Slot(BEGIN), Slot(END)}
        for piece in pieces
    )


def _is_open(pieces: Pieces, at: int) -> bool:
    piece = pieces[at]
    return piece == Slot(ANY) or (isinstance(piece, Choice) and any(_is_open(o, at) for o in piece.options))
