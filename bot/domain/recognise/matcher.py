"""Patterns over a list of tokens: a small automaton each, walked from every token where it can begin.

Only patterns whose words all occur are walked at all. Nothing is tried twice: a state at a position is visited once
from each beginning, so the work per token is bounded by the phrase file, and the whole is linear in the text.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from bot.domain.model import Person
from bot.domain.recognise.normalise import COMMA, NO_GAP
from bot.domain.recognise.patterns import ANY, BEGIN, END, Choice, Piece, Pieces, Word, demands, rarity

ANY_LENGTH = 3
"""How many words a * may stand for."""


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
    def gaps(self) -> Sequence[int]:
        """What stands before each token."""
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


class _Pattern(NamedTuple):
    """One pattern of entry number `entry`: what it demands of a text, and where its automaton begins.

    `first` are the words that it can begin with; none are named where somebody's name may be the first.
    """

    entry: int
    first: frozenset[str] | None
    demands: tuple[frozenset[str], ...]
    root: _Node


_State = tuple[_Node, int, Who | None]


class Matcher:
    """Finds every entry of a list of (entry number, pattern). `you` are the words that {you} stands for."""

    def __init__(self, entries: Iterable[tuple[int, Pieces]], you: frozenset[str] = frozenset()) -> None:
        self._always: list[_Pattern] = []
        self._by_word: dict[str, list[_Pattern]] = {}
        for entry, pieces in entries:
            root = _chain(pieces, _Node(is_end=True))
            pattern = _Pattern(entry, _first(root, you), demands(pieces, {"you": you}), root)
            if not pattern.demands:
                self._always.append(pattern)
            for word in min(pattern.demands, key=rarity, default=()):
                self._by_word.setdefault(word, []).append(pattern)

    def viable(self, words: Collection[str]) -> list[_Pattern]:
        """Return the patterns whose words are all among these; no other can match."""
        found = [p for word in words if word in self._by_word for p in self._by_word[word]]
        return self._always + [p for p in found if not any(demand.isdisjoint(words) for demand in p.demands)]

    def find(self, text: Legible) -> list[Match]:
        """Return the matches in order of their beginning; of one entry from one token only the longest."""
        found: dict[tuple[int, int], Match] = {}
        for pattern in self.viable(set(text.words)):
            first = pattern.first
            for start, word in enumerate(text.words):
                if first is not None and word not in first:
                    continue
                for match in _matches(text, pattern, start):
                    known = found.setdefault((start, pattern.entry), match)
                    if match.end > known.end:
                        found[start, pattern.entry] = match
        return [found[key] for key in sorted(found)]


def _first(node: _Node, you: frozenset[str]) -> frozenset[str] | None:
    """Return the words that may be taken next, or nothing where that cannot be told from the pattern."""
    words = frozenset(node.words)
    for slot, children in node.slots.items():
        if slot not in {BEGIN, "you"}:
            return None
        beyond = [you] if slot == "you" else [_first(child, you) for child in children]
        for more in beyond:
            if more is None:
                return None
            words |= more
    return words


def _matches(text: Legible, pattern: _Pattern, start: int) -> Iterator[Match]:
    states: list[_State] = [(pattern.root, start, None)]
    seen: set[tuple[int, int]] = set()
    while states:
        node, at, who = states.pop()
        if node.is_end:
            yield Match(pattern.entry, start, at, who)
        for state in _next(text, node, at, who, is_first=at == start):
            key = (id(state[0]), state[1])
            if key not in seen:
                seen.add(key)
                states.append(state)


def _next(text: Legible, node: _Node, at: int, who: Who | None, *, is_first: bool) -> Iterable[_State]:
    """Yield the states after one more token. A phrase may run over a comma, but a slot begins where it stands."""
    gap = NO_GAP if is_first or at == len(text.gaps) else text.gaps[at]
    if at < len(text.words) and gap <= COMMA:
        for child in node.words.get(text.words[at], ()):
            yield child, at + 1, who
    for slot, children in node.slots.items():
        filled = text.fill(slot, at) if slot in {BEGIN, END} or gap == NO_GAP else None
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
