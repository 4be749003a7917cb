"""A pattern as a small automaton: which word or slot may come next, and after which the pattern is complete."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from bot.domain.recognise.patterns import ANY, BEGIN, CHAT, EDGES, PEOPLE, Choice, Piece, Pieces, Word

ANY_LENGTH = 3
"""How many words a * may stand for."""

Ends = Mapping[int, Sequence[int]]
"""Words from which on a slot can be filled, and where that may end."""


class Node:
    """What may come next, and whether the pattern is complete here."""

    def __init__(self, *, is_end: bool = False) -> None:
        self.words: dict[str, list[Node]] = {}
        self.slots: dict[str, list[Node]] = {}
        self.is_end = is_end

    @cached_property
    def is_open(self) -> bool:
        """Say whether a text may match that has come as far as this: here is the end, or an emoji may stand here."""
        return self.is_end or any(not word.isalnum() for word in self.words)

    def take(self, other: "Node") -> None:
        """Also be the other node."""
        self.is_end = self.is_end or other.is_end
        for mine, theirs in ((self.words, other.words), (self.slots, other.slots)):
            for key, nodes in theirs.items():
                mine.setdefault(key, []).extend(nodes)


class Automaton:
    """One pattern of entry number `entry`. Its nodes are made when a text first needs them; most are never."""

    def __init__(self, entry: int, pieces: Pieces) -> None:
        self.entry = entry
        self._pieces = pieces

    @cached_property
    def root(self) -> Node:
        """Return where the automaton begins."""
        return _chain(self._pieces, Node(is_end=True))

    @cached_property
    def first(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the words and the slots that may be taken first."""
        return _first(self.root)

    def may_match(self, words: Sequence[str], people: Ends, chat: Collection[str]) -> bool:
        """Say whether the pattern could match if nothing stood between words, and any edge were one.

        `people` says from which words on somebody may be named, and where that may end; `chat` are the words that may
        stand for the chat.
        """
        first, slots = self.first
        starts = {at for at, word in enumerate(words) if word in first}
        if slots:
            starts.update(people if slots <= PEOPLE else range(len(words)))
        states = [(self.root, at) for at in starts]
        seen: set[tuple[int, int]] = set()
        while states:
            node, at = states.pop()
            if node.is_open:
                return True
            after = [(child, at + 1) for child in node.words.get(words[at], ())] if at < len(words) else []
            for slot, children in node.slots.items():
                ends = (at,) if slot in EDGES else _ends(slot, people, chat, words, at)
                after += [(child, end) for end in ends for child in children]
            for state in after:
                key = (id(state[0]), state[1])
                if key not in seen:
                    seen.add(key)
                    states.append(state)
        return False


def _ends(slot: str, people: Ends, chat: Collection[str], words: Sequence[str], at: int) -> Sequence[int]:
    """Return where a slot may end that begins at a word."""
    if slot in PEOPLE:
        return people.get(at, ())
    return (at + 1,) if at < len(words) and (slot != CHAT or words[at] in chat) else ()


def _first(node: Node) -> tuple[frozenset[str], frozenset[str]]:
    words, slots = frozenset(node.words), node.slots.keys() - {BEGIN}
    for child in node.slots.get(BEGIN, ()):
        more_words, more_slots = _first(child)
        words, slots = words | more_words, slots | more_slots
    return words, frozenset(slots)


def _chain(pieces: Pieces, follow: Node) -> Node:
    for piece in reversed(pieces):
        follow = _link(piece, follow)
    return follow


def _link(piece: Piece, follow: Node) -> Node:
    node = Node()
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
            longer = Node()
            longer.slots[ANY] = [node]
            longer.take(follow)
            node = longer
    else:
        node.slots[piece.name] = [follow]
    return node
