"""Patterns over a list of tokens: a small automaton each, walked from every token where it can begin.

Only patterns whose words all occur are walked at all. Nothing is tried twice: a state at a position is visited once
from each beginning, so the work per token is bounded by the phrase file, and the whole is linear in the text.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from bot.domain.model import Person
from bot.domain.recognise.normalise import COMMA, NO_GAP
from bot.domain.recognise.patterns import ANY, BEGIN, EDGES, Choice, Piece, Pieces, Word
from bot.domain.recognise.sieve import Demands, Sieve

ANY_LENGTH = 3
"""How many words a * may stand for."""

MOST_STEPS = 8_000
"""So much work is done for one text: many times what the longest conversation needs, and little for a machine."""


class Who(NamedTuple):
    """What filled a slot for people: those named, or "you" (to be found elsewhere), or "you all"."""

    people: tuple[Person, ...] = ()
    is_you: bool = False
    is_crowd: bool = False


class Match(NamedTuple):
    """Entry number `entry` matched tokens start to end (exclusive)."""

    entry: int
    start: int
    end: int
    who: Who | None


class Legible(Protocol):
    """A text as the matcher sees it."""

    @property
    def words(self) -> Sequence[str]:
        """The tokens' words, in the spelling of the phrase file."""
        ...

    @property
    def marks(self) -> Sequence[str]:
        """Return "?" where the text has one."""
        ...

    @property
    def gaps(self) -> Sequence[int]:
        """What stands before each token."""
        ...

    def starts(self, slot: str) -> Collection[int]:
        """Return the tokens at which a slot can begin."""
        ...

    def fill(self, slot: str, at: int) -> tuple[int, Who | None] | None:
        """Return where the slot ends if it can begin at this token, and whom it names."""
        ...


class _Node:
    """What may come next, and whether the pattern is complete here."""

    __slots__ = ("is_end", "slots", "words")

    def __init__(self, *, is_end: bool = False) -> None:
        self.words: dict[str, list[_Node]] = {}
        self.slots: dict[str, list[_Node]] = {}
        self.is_end = is_end

    def take(self, other: "_Node") -> None:
        """Also be the other node."""
        self.is_end = self.is_end or other.is_end
        for mine, theirs in ((self.words, other.words), (self.slots, other.slots)):
            for key, nodes in theirs.items():
                mine.setdefault(key, []).extend(nodes)


class _Pattern:
    """One pattern of entry number `entry`. Its automaton is built when a text first needs it; most are never."""

    def __init__(self, entry: int, pieces: Pieces) -> None:
        self.entry = entry
        self._pieces = pieces

    @cached_property
    def root(self) -> _Node:
        """Return where the automaton begins."""
        return _chain(self._pieces, _Node(is_end=True))

    @cached_property
    def first(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the words and the slots that may be taken first."""
        return _first(self.root)


_State = tuple[_Node, int, Who | None]


class Matcher:
    """Finds every entry of a list of (entry number, pattern); `you` and `common` are words that are so."""

    def __init__(
        self,
        entries: Sequence[tuple[int, Pieces]],
        you: frozenset[str] = frozenset(),
        common: frozenset[str] = frozenset(),
    ) -> None:
        demands = Demands({"you": you})
        self._patterns = [_Pattern(entry, pieces) for entry, pieces in entries]
        self.sieve = Sieve([demands.of(pieces) for _, pieces in entries], common)

    def find(self, text: Legible, numbers: Sequence[int] | None = None) -> list[Match] | None:
        """Return the matches in order of their beginning; of one entry from one token only the longest.

        `numbers` are the patterns that may match, where that is known. Nothing is returned for a text that is too
        much work; nobody talks like that.
        """
        found: dict[tuple[int, int], Match] = {}
        places: dict[str, list[int]] = {}
        for at, word in enumerate(text.words):
            places.setdefault(word, []).append(at)
        left = MOST_STEPS
        for number in self.sieve.passed({*places, *text.marks}) if numbers is None else numbers:
            pattern = self._patterns[number]
            words, slots = pattern.first
            starts = {at for word in words & places.keys() for at in places[word]}
            for start in sorted(starts.union(*(text.starts(slot) for slot in slots))):
                matches, steps = _matches(text, pattern, start)
                left -= steps
                if left < 0:
                    return None
                for match in matches:
                    known = found.setdefault((start, pattern.entry), match)
                    if match.end > known.end:
                        found[start, pattern.entry] = match
        return [found[key] for key in sorted(found)]


def _first(node: _Node) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words and the slots that may be taken first."""
    words, slots = frozenset(node.words), node.slots.keys() - {BEGIN}
    for child in node.slots.get(BEGIN, ()):
        more_words, more_slots = _first(child)
        words, slots = words | more_words, slots | more_slots
    return words, frozenset(slots)


def _matches(text: Legible, pattern: _Pattern, start: int) -> tuple[list[Match], int]:
    """Return the matches from this token, and how much work it was."""
    states: list[_State] = [(pattern.root, start, None)]
    seen: set[tuple[int, int]] = set()
    found = []
    while states:
        node, at, who = states.pop()
        if node.is_end:
            found.append(Match(pattern.entry, start, at, who))
        for state in _next(text, node, at, who, is_first=at == start):
            key = (id(state[0]), state[1])
            if key not in seen:
                seen.add(key)
                states.append(state)
    return found, len(seen) + 1


def _next(text: Legible, node: _Node, at: int, who: Who | None, *, is_first: bool) -> Iterable[_State]:
    """Yield the states after one more token. A phrase may run over a comma, but a slot begins where it stands."""
    gap = NO_GAP if is_first or at == len(text.gaps) else text.gaps[at]
    if at < len(text.words) and gap <= COMMA:
        for child in node.words.get(text.words[at], ()):
            yield child, at + 1, who
    for slot, children in node.slots.items():
        filled = text.fill(slot, at) if slot in EDGES or gap == NO_GAP else None
        if filled is not None:
            for child in children:
                yield child, filled[0], filled[1] or who


def _chain(pieces: Pieces, follow: _Node) -> _Node:
    for piece in reversed(pieces):
        follow = _link(piece, follow)
    return follow


def _link(piece: Piece, follow: _Node) -> _Node:
    node = _Node()
    if isinstance(piece, Word):
        node.words[piece.word] = [follow]
    elif isinstance(piece, Choice):
        for option in piece.options:
            node.take(_chain(option, follow))
        if piece.may_skip:
            node.take(follow)
    elif piece.name == ANY:
        node.take(follow)
        for _ in range(ANY_LENGTH):
            longer = _Node()
            longer.slots[ANY] = [node]
            longer.take(follow)
            node = longer
    else:
        node.slots[piece.name] = [follow]
    return node
