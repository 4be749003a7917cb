"""Which patterns of a phrase file can match a text at all, told from the set of its words alone.

Every pattern demands some words. Each demand is a bit; the words of a text set bits, and a pattern is looked at only if
all of its bits are set. That dismisses nearly every post before a single token is cut.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from bot.domain.recognise.patterns import ASKS, PEOPLE, Choice, Piece, Pieces, Slot, Word

BEFORE, AFTER = "<", ">"
NOTHING = frozenset({""})
COMMON = 16
"""So many times as often as others of their length do common words occur."""


class Demand(NamedTuple):
    """One of these words, or everything of one of `alls`."""

    words: frozenset[str]
    alls: tuple[tuple["Demand", ...], ...] = ()


class _Rule(NamedTuple):
    """Where all bits of `need` are set, `gain` is set too. Rules are followed in `order`."""

    order: int
    need: int
    gain: int


Edge = frozenset[str] | None
"""Words of which one stands directly before or after something; nothing where any word may."""


class Demands:
    """Tells what everything that a pattern matches contains.

    `fillers` are the words that a slot takes, for slots that take no others. What stands beside a slot for people is
    demanded too, as "<word" and ">word". Parts without people are shared by many patterns, and looked at once.
    """

    def __init__(self, fillers: Mapping[str, frozenset[str]]) -> None:
        self._fillers = fillers
        self._known: dict[int, tuple[Choice, tuple[Demand, ...]]] = {}

    def of(self, pieces: Pieces, before: Edge = None, after: Edge = None) -> tuple[Demand, ...]:
        """Return the demands of some pieces; `before` and `after` are what stands around them."""
        found: list[Demand] = []
        for at, piece in enumerate(pieces):
            if isinstance(piece, Word):
                if piece.word.isalnum():  # an emoji is no word of a folded text
                    found.append(Demand(frozenset({piece.word})))
            elif isinstance(piece, Slot):
                found += self._of_slot(piece, pieces, at, before, after)
            elif not piece.may_skip:
                found += self._of_choice(piece, pieces, at, before, after)
        return tuple(dict.fromkeys(found))

    def _of_slot(self, slot: Slot, pieces: Pieces, at: int, before: Edge, after: Edge) -> Iterator[Demand]:
        words = frozenset("?") if slot.name == ASKS else self._fillers.get(slot.name)
        if words is not None:
            yield Demand(words)
        if slot.name in PEOPLE:
            for sign, beside in zip((BEFORE, AFTER), _sides(pieces, at, before, after), strict=True):
                if beside is not None:
                    yield Demand(frozenset(sign + word for word in beside))

    def _of_choice(self, choice: Choice, pieces: Pieces, at: int, before: Edge, after: Edge) -> tuple[Demand, ...]:
        if choice.has_people:
            return _joined([self.of(option, *_sides(pieces, at, before, after)) for option in choice.options])
        known = self._known.get(id(choice))
        if known is None:
            known = self._known[id(choice)] = choice, _joined([self.of(option) for option in choice.options])
        return known[1]


def _beside(pieces: Iterable[Piece], beyond: Edge, end: Literal[0, -1]) -> Edge:
    """Return which words the nearest of some pieces can end with (-1) or begin with (0); `beyond` is behind them."""
    found: frozenset[str] = frozenset()
    for piece in pieces:
        if isinstance(piece, Word) and piece.word.isalnum():
            return found | {piece.word}
        if not isinstance(piece, Choice):
            return None
        may_skip = piece.may_skip
        for option in piece.options:
            words = _beside(option[:: -1 if end else 1], NOTHING, end)
            if words is None:
                return None
            may_skip = may_skip or words >= NOTHING
            found |= words - NOTHING
        if not may_skip:
            return found
    return None if beyond is None else found | beyond


def _sides(pieces: Pieces, at: int, before: Edge, after: Edge) -> tuple[Edge, Edge]:
    """Return what stands directly before and after a piece."""
    return _beside(pieces[:at][::-1], before, -1), _beside(pieces[at + 1 :], after, 0)


def _joined(each: Sequence[tuple[Demand, ...]]) -> tuple[Demand, ...]:
    """Return the demands of several ways of which one is taken."""
    if len(each) == 1:
        return each[0]
    if not all(any(not _is_beside(one) for one in way) for way in each):
        return ()
    single = [one[0] for one in each if len(one) == 1]
    several = tuple(one for one in each if len(one) > 1)
    words = frozenset().union(*(one.words for one in single))
    return (Demand(words, several + tuple(way for one in single for way in one.alls)),)


def _is_beside(demand: Demand) -> bool:
    return any(word[0] in {BEFORE, AFTER} for word in demand.words)


class Sieve:
    """Knows the demands of many patterns. `common` are words that nearly every text has, so that they tell little."""

    def __init__(self, patterns: Iterable[Sequence[Demand]], common: frozenset[str] = frozenset()) -> None:
        self._common = common
        self._bits: dict[str, int] = {}
        self._rules: dict[str, list[_Rule]] = {}
        self._numbers: dict[Demand, int] = {}
        self._orders = 0
        self._needs: list[int] = []
        self._plain: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        self._always: list[int] = []
        self._beside = 0
        for number, wanted in enumerate(patterns):
            self._needs.append(self._all_of(wanted))
            self._plain.append(self._all_of(demand for demand in wanted if not demand.alls))
            known = self._rarest(wanted)
            if not known:
                self._always.append(number)
            for word in known:
                self._by_word.setdefault(word, []).append(number)

    @property
    def keys(self) -> frozenset[str]:
        """Words of which every text has one that can match anything with words of its own."""
        return frozenset(self._by_word)

    def passed(self, words: Collection[str], *, are_beside: bool = False) -> list[int]:
        """Return the numbers of the patterns that may match a text of these words; no other can.

        `are_beside` says that what stands beside people is among the words; without, it does not count.
        """
        has = 0 if are_beside else self._beside
        bits, by_word, plain = self._bits, self._by_word, self._plain
        for word in words:
            if word in bits:
                has |= bits[word]
        lists = [by_word[word] for word in words if word in by_word]
        numbers = {number for some in lists for number in some if has & plain[number] == plain[number]}
        if not numbers:
            return self._always
        for rule in sorted({rule for word in words if word in self._rules for rule in self._rules[word]}):
            if has & rule.need == rule.need:
                has |= rule.gain
        return self._always + sorted(n for n in numbers if has & self._needs[n] == self._needs[n])

    def _all_of(self, wanted: Iterable[Demand]) -> int:
        bits = 0
        for demand in wanted:
            bits |= self._bit(demand)
        return bits

    def _bit(self, demand: Demand) -> int:
        if demand in self._numbers:
            return 1 << self._numbers[demand]
        ways = [(self._all_of(way), self._rarest(way)) for way in demand.alls]  # what is inside has lower orders
        bit = 1 << self._numbers.setdefault(demand, len(self._numbers))
        if _is_beside(demand):
            self._beside |= bit
        for word in demand.words:
            self._bits[word] = self._bits.get(word, 0) | bit
        for need, keys in ways:
            self._orders += 1
            for word in keys:
                self._rules.setdefault(word, []).append(_Rule(self._orders, need, bit))
        return bit

    def _rarest(self, wanted: Iterable[Demand]) -> frozenset[str]:
        """Return the words by which several demands are best known."""
        own = [demand for demand in wanted if not _is_beside(demand)]
        every = (demand.words.union(*map(self._rarest, demand.alls)) for demand in own)
        return min(every, key=lambda words: sum(map(self._frequency, words)), default=frozenset())

    def _frequency(self, word: str) -> float:
        """Guess how often a word occurs: the shorter, the more often."""
        return 4.0 ** -len(word) * (COMMON if word in self._common else 1)
