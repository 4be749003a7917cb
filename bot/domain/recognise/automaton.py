"""A pattern as a small automaton: which word or slot may come next, and after which the pattern is complete."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from bot.domain.recognise.outline import Outline
from bot.domain.recognise.patterns import ANY, BEGIN, CHAT, EDGES, ELSEWHERE, PEOPLE, Choice, Piece, Pieces, Word

_NAMED = PEOPLE | {CHAT}

ANY_LENGTH = 3
"""How many words a * may stand for."""


class Node:
    """What may come next, and whether the pattern is complete here."""

    def __init__(self, *, is_end: bool = False) -> None:
        self.words: dict[str, list[Node]] = {}
        self.slots: dict[str, list[Node]] = {}
        self.is_end = is_end

    def take(self, other: "Node") -> None:
        """Also be the other node."""
        self.is_end = self.is_end or other.is_end
        for mine, theirs in ((self.words, other.words), (self.slots, other.slots)):
            for key, nodes in theirs.items():
                mine.setdefault(key, []).extend(nodes)


class Loosely:
    """Several nodes of which one may be reached, as far as words tell.

    What comes after them is worked out once for each word, and kept in `known` for the whole automaton.
    """

    def __init__(self, nodes: Iterable[Node], known: dict[frozenset[int], "Loosely"]) -> None:
        self._nodes = tuple(nodes)
        self._known = known
        self._words = frozenset().union(*(node.words for node in self._nodes))
        self._after: dict[tuple[str, bool], Loosely | None] = {}
        self.is_open = any(node.is_end or not all(map(str.isalnum, node.words)) for node in self._nodes)

    @cached_property
    def at_edge(self) -> "Loosely":
        """Return the same where a clause begins or ends."""
        return self._all(_past_edges(self._nodes)) or self

    @cached_property
    def after_people(self) -> "Loosely | None":
        """Return what comes after somebody's name."""
        return self._all(child for node in self._nodes for slot in PEOPLE for child in node.slots.get(slot, ()))

    def after(self, word: str, chat: Collection[str]) -> "Loosely | None":
        """Return what comes after a word, which may be one of those that stand for the chat; nothing if none can."""
        is_chat = word in chat
        key = (word if word in self._words else "", is_chat)
        if key not in self._after:
            slots = (ANY, ELSEWHERE, CHAT) if is_chat else (ANY, ELSEWHERE)
            literal = (child for node in self._nodes for child in node.words.get(word, ()))
            others = (child for node in self._nodes for slot in slots for child in node.slots.get(slot, ()))
            self._after[key] = self._all((*literal, *others))
        return self._after[key]

    def _all(self, nodes: Iterable[Node]) -> "Loosely | None":
        found = {id(node): node for node in nodes}
        if not found:
            return None
        key = frozenset(found)
        if key not in self._known:
            self._known[key] = Loosely(found.values(), self._known)
        return self._known[key]


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

    @cached_property
    def _loosely(self) -> Loosely:
        return Loosely((self.root,), {})

    def may_match(self, text: Outline) -> bool:
        """Say whether the pattern could match if nothing but edges of clauses stood between words."""
        return self._may_match(text, None) and self._may_match(text, text.edges)

    def _may_match(self, text: Outline, edges: Collection[int] | None) -> bool:
        """Do so with these edges; with None as if they were everywhere, since few texts are worth looking for them."""
        words, people, chat = text.words, text.people, text.chat
        first, slots = self.first
        begin = self._loosely
        states = [(begin, at) for at, word in enumerate(words) if word in first]
        if slots:
            states += [(begin, at) for at in (people if slots <= _NAMED else range(len(words)))]
            states += [(begin, at) for at, word in enumerate(words) if word in chat]
        seen = set()
        while states:
            state = states.pop()
            if states:  # else nobody comes here again: all ways that are left begin here, and lead on
                if state in seen:
                    continue
                seen.add(state)
            nodes, at = state
            if edges is None or at in edges:
                nodes = nodes.at_edge
            if nodes.is_open:
                return True
            if at == len(words):
                continue
            after = nodes.after(words[at], chat)
            if after is not None:
                states.append((after, at + 1))
            if at in people and nodes.after_people is not None:
                states += [(nodes.after_people, end) for end in people[at]]
        return False


def _past_edges(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes, and all behind edges of the clause."""
    for node in nodes:
        yield node
        for slot in EDGES & node.slots.keys():
            yield from _past_edges(node.slots[slot])


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
