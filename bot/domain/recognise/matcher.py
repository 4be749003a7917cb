"""Patterns over a list of tokens: a small automaton each, walked from every token where it can begin.

Only patterns whose words all occur are walked at all. Nothing is tried twice: a state at a position is visited once
from each beginning, so the work per token is bounded by the phrase file, and the whole is linear in the text.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Protocol

from bot.domain.model import Person
from bot.domain.recognise.automaton import Automaton, Node
from bot.domain.recognise.normalise import COMMA, NO_GAP
from bot.domain.recognise.outline import Outline
from bot.domain.recognise.patterns import EDGES, Pieces
from bot.domain.recognise.sieve import Sieve

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


_State = tuple[Node, int, Who | None]


class Matcher:
    """Finds every entry of a list of (entry number, pattern); `you` and `common` are words that are so."""

    def __init__(
        self,
        entries: Sequence[tuple[int, Pieces]],
        you: frozenset[str] = frozenset(),
        common: frozenset[str] = frozenset(),
    ) -> None:
        self._patterns = [Automaton(entry, pieces) for entry, pieces in entries]
        self.sieve = Sieve([pieces for _, pieces in entries], {"you": you}, common)

    def possible(self, numbers: Sequence[int], text: Outline) -> list[int]:
        """Return those of some patterns that may match a text, in order; the others cannot."""
        return [number for number in numbers if self._patterns[number].may_match(text)]

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


def _matches(text: Legible, pattern: Automaton, start: int) -> tuple[list[Match], int]:
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


def _next(text: Legible, node: Node, at: int, who: Who | None, *, is_first: bool) -> Iterable[_State]:
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
