"""Which patterns of a phrase file can match a text at all, told from the set of its words alone.

Every pattern is found by its keys, and demands some words. The words of a text set bits, one for each demand that they
meet, and a pattern is looked at only if all of its bits are set. That dismisses most posts before a single token is
cut.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.domain.recognise.keys import PERSON, Key, Keys
from bot.domain.recognise.patterns import ASKS, Choice, Pieces, Word

ALWAYS = ""
"""The key of patterns that no word tells of."""


class Demand(NamedTuple):
    """One of these words, or everything of one of `alls`."""

    words: frozenset[str]
    alls: tuple[tuple["Demand", ...], ...] = ()

    def any_words(self) -> frozenset[str]:
        """Return words of which one stands in every text that meets this."""
        each = (min((one.any_words() for one in way), key=_often) for way in self.alls)
        return self.words.union(*each)

    def is_met(self, words: Collection[str]) -> bool:
        """Say whether a text of these words has what is demanded."""
        return not self.words.isdisjoint(words) or any(all(one.is_met(words) for one in way) for way in self.alls)


def _often(words: Iterable[str]) -> float:
    """Guess how often one of some words occurs: the shorter, the more often."""
    return sum(4.0 ** -len(word) for word in words)


class Demands:
    """Tells what everything that a pattern matches contains.

    `fillers` are the words that a slot takes, for slots that take no others. Parts are shared by many patterns, and
    looked at once.
    """

    def __init__(self, fillers: Mapping[str, frozenset[str]]) -> None:
        self._fillers = {ASKS: frozenset("?"), **fillers}
        self._known: dict[int, tuple[Choice, tuple[Demand, ...]]] = {}

    def of(self, pieces: Pieces) -> tuple[Demand, ...]:
        """Return the demands of some pieces."""
        found: list[Demand] = []
        for piece in pieces:
            if isinstance(piece, Word):
                if piece.word.isalnum():  # an emoji is no word of a folded text
                    found.append(Demand(frozenset({piece.word})))
            elif isinstance(piece, Choice):
                found += () if piece.may_skip else self._of_choice(piece)
            elif piece.name in self._fillers:
                found.append(Demand(self._fillers[piece.name]))
        return tuple(dict.fromkeys(found))

    def _of_choice(self, choice: Choice) -> tuple[Demand, ...]:
        if id(choice) not in self._known:
            self._known[id(choice)] = choice, _joined([self.of(option) for option in choice.options])
        return self._known[id(choice)][1]


def _joined(each: Sequence[tuple[Demand, ...]]) -> tuple[Demand, ...]:
    """Return the demands of several ways of which one is taken."""
    if len(each) == 1:
        return each[0]
    if not all(each):
        return ()
    single = [one[0] for one in each if len(one) == 1]
    several = tuple(one for one in each if len(one) > 1)
    words = frozenset().union(*(one.words for one in single))
    return (Demand(words, several + tuple(way for one in single for way in one.alls)),)


class Sieve:
    """Knows the demands and keys of many patterns.

    `fillers` are the words that a slot takes, for slots that take no others; `common` are words that nearly every text
    has.
    """

    def __init__(
        self, patterns: Sequence[Pieces], fillers: Mapping[str, frozenset[str]], common: frozenset[str] = frozenset()
    ) -> None:
        demands = Demands(fillers)
        self._common = common
        self._patterns = patterns
        self._numbers: dict[frozenset[str], int] = {}
        self._bits: dict[str, int] = {}
        wanted = [demands.of(pieces) for pieces in patterns]
        self._needs = [sum({self._bit(demand.any_words()) for demand in each}) for each in wanted]
        self._others = [tuple(demand for demand in each if demand.alls) for each in wanted]

    @cached_property
    def by_key(self) -> Mapping[Key, Sequence[int]]:
        """Return the patterns that are best known by words, or by two words in a row; under ALWAYS those by nothing."""
        return self._index(in_order=True)

    @cached_property
    def by_word(self) -> Mapping[Key, Sequence[int]]:
        """Return the patterns that are best known by single words."""
        return self._index(in_order=False)

    def passed(self, words: Collection[str]) -> list[int]:
        """Return the numbers of the patterns that may match a text of these words, in any order; no other can."""
        index = self.by_word
        held, others = frozenset(words), self._others
        first = self._passed(words, [index[word] for word in words if word in index], index)
        return [number for number in first if all(demand.is_met(held) for demand in others[number])]

    def passed_in_order(self, words: Sequence[str], people: Mapping[int, Sequence[int]]) -> list[int]:
        """Return the numbers of the patterns that may match a text of these words in this order; no other can.

        `people` says from which words on somebody may be named, and where that may end.
        """
        index = self.by_key
        found = [*filter(None, map(index.get, words)), *filter(None, map(index.get, pairwise(words)))]
        before, after = self._beside_people
        for at, ends in people.items():
            if at and words[at - 1] in before:
                found.append(before[words[at - 1]])
            behind = [PERSON if end in people else words[end] for end in ends if end < len(words)]
            found += filter(None, map(after.get, behind))
        return self._passed(words, found, index)

    @cached_property
    def _beside_people(self) -> tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]]]:
        """Return the patterns that are best known by a word directly before or directly after somebody."""
        pairs = [(key, numbers) for key, numbers in self.by_key.items() if not isinstance(key, str)]
        before = {first: numbers for (first, second), numbers in pairs if second == PERSON}
        return before, {second: numbers for (first, second), numbers in pairs if first == PERSON}

    def _passed(
        self, words: Collection[str], found: Iterable[Sequence[int]], index: Mapping[Key, Sequence[int]]
    ) -> list[int]:
        always = index[ALWAYS]
        numbers: set[int] = set()
        numbers.update(*found)
        numbers.difference_update(always)
        if not numbers:
            return [*always]
        has, needs = 0, self._needs
        for bits in filter(None, map(self._bits.get, words)):
            has |= bits
        return [*always, *sorted([number for number in numbers if has & needs[number] == needs[number]])]

    def _index(self, *, in_order: bool) -> Mapping[Key, Sequence[int]]:
        keys = Keys(self._common, in_order=in_order)
        found: dict[Key, list[int]] = {ALWAYS: []}
        for number, pieces in enumerate(self._patterns):
            for key in keys.of(pieces) or {ALWAYS}:
                found.setdefault(key, []).append(number)
        return found

    def _bit(self, words: frozenset[str]) -> int:
        known = len(self._numbers)
        bit = 1 << self._numbers.setdefault(words, known)
        if len(self._numbers) > known:
            for word in words:
                self._bits[word] = self._bits.get(word, 0) | bit
        return bit
