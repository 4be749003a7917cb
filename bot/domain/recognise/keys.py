"""By which words, or which two words in a row, a pattern is best known.

Nearly every post has some word of nearly every pattern, but hardly one has two of them in a row. So a pattern is looked
for under its rarest keys: every text that it matches has one of them.
"""

from collections.abc import Iterable, Iterator

from bot.domain.recognise.patterns import PEOPLE, Choice, Piece, Pieces, Word

PERSON = "@"
"""Stands for whoever may be named, in a pair of words."""

Key = str | tuple[str, str]
Symbols = frozenset[str] | None
"""With which words something begins or ends; nothing where that cannot be told. "" is the end of the pattern."""

MOST_PAIRS = 2_000
COMMON = 16
"""So many times as often as others of their length do common words occur."""
OFTEN = 0.5
"""No word is in more of all texts; somebody is named in about so many."""
IN_A_ROW = 0.1
"""Of two words that a text has, how often one stands directly before the other."""


class Keys:
    """Finds the keys of patterns.

    `common` are words that nearly every text has, so that they tell little; `in_order` says whether two words in a row
    may be a key.
    """

    def __init__(self, common: frozenset[str] = frozenset(), *, in_order: bool = True) -> None:
        self._common = common
        self._in_order = in_order
        self._known: dict[int, tuple[Choice, frozenset[Key]]] = {}

    def of(self, pieces: Pieces) -> frozenset[Key]:
        """Return the rarest set of keys of which every match has one; none if there is no such set."""
        every = filter(None, (*map(self._of_piece, pieces), *(_pairs(pieces) if self._in_order else ())))
        return min(every, key=self._frequency, default=frozenset())

    def _of_piece(self, piece: Piece) -> frozenset[Key]:
        if isinstance(piece, Word):
            return frozenset({piece.word} if piece.word.isalnum() else ())  # an emoji is no word of a folded text
        if not isinstance(piece, Choice) or piece.may_skip:
            return frozenset()
        if id(piece) not in self._known:
            each = [self.of(option) for option in piece.options]
            self._known[id(piece)] = piece, frozenset().union(*each) if all(each) else frozenset()
        return self._known[id(piece)][1]

    def _frequency(self, keys: Iterable[Key]) -> float:
        """Guess how often one of some keys occurs: the shorter the words, the more often."""
        return sum(
            self._often(key) if isinstance(key, str) else IN_A_ROW * self._often(key[0]) * self._often(key[1])
            for key in keys
        )

    def _often(self, word: str) -> float:
        return OFTEN if word == PERSON else min(OFTEN, 4.0 ** -len(word) * (COMMON if word in self._common else 1))


def _pairs(pieces: Pieces) -> Iterator[frozenset[Key]]:
    """Yield what stands in a row wherever one piece that must be there meets the next."""
    for at, piece in enumerate(pieces[:-1]):
        last, first = _edge([piece], -1), _edge(pieces[at + 1 :], 0)
        if last and first and "" not in last | first and len(last) * len(first) <= MOST_PAIRS:
            yield frozenset((one, other) for one in last for other in first)


def _edge(pieces: Iterable[Piece], end: int) -> Symbols:
    """Return with which words some pieces begin (0) or end (-1)."""
    found: frozenset[str] = frozenset()
    for piece in pieces:
        if isinstance(piece, Word):
            return found | {piece.word} if piece.word.isalnum() else None
        if not isinstance(piece, Choice):
            return found | {PERSON} if piece.name in PEOPLE else None
        may_skip = piece.may_skip
        for option in piece.options:
            words = _edge(option[::-1] if end else option, end)
            if words is None:
                return None
            may_skip = may_skip or "" in words
            found |= words - {""}
        if not may_skip:
            return found
    return found | {""}
