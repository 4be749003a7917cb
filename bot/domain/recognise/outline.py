"""A text as its folded words only, before it is cut into tokens: enough to say what it cannot match."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.domain.recognise.normalise import fold
from bot.domain.recognise.words import Lexicon

Ends = Mapping[int, Sequence[int]]
"""Words from which on a slot can be filled, and where that may end."""

LONGEST_NAME = 5
"""A display name is no longer than so many words."""


class Glance(NamedTuple):
    """What one look at a text shows.

    `text` has no addresses, and its mentions are marked words; `words` are its folded words. `mentions` are the places
    of mentions, `names` of words with which a name may begin; `has_order` says whether words that stand beside each
    other here also do as tokens. `tag` is the chat's.
    """

    text: str
    words: Sequence[str]
    mentions: Collection[int]
    names: Collection[int]
    has_order: bool
    tag: str


class Outline:
    """A text whose words are known in order, in the spelling of one phrase file."""

    def __init__(self, seen: Glance, words: Sequence[str], people: Ends, lexicon: Lexicon) -> None:
        """`people` is what the function of that name returns."""
        self._seen = seen
        self.words = words
        self.people = people
        self.chat = lexicon.chat if seen.tag in lexicon.chat else lexicon.chat | {seen.tag}
        """The words that may stand for the chat."""

    @cached_property
    def edges(self) -> Collection[int]:
        """Return the words before which a clause may begin or end: where anything but spaces and words stands."""
        found, at = {0, len(self.words), len(self.words) - self.words.count("?")}, 0
        for piece in self._seen.text.split(" "):
            if piece.isalnum() and piece.isascii():
                at += 1
                continue
            count = len(fold(piece).split())
            if count != 1 or not piece[0].isalnum():
                found.update(range(at, at + count + 1))
            elif not piece[-1].isalnum():
                found.add(at + 1)
            at += count
        for name in (*self._seen.mentions, *self._seen.names):
            found.update(range(name, self.people[name][-1] + 1))
        return found


def people(seen: Glance, words: Sequence[str], lexicon: Lexicon) -> Ends:
    """Return from which words on somebody may be named, and where that may end."""
    persons, goes_on, names = lexicon.persons, lexicon.goes_on, seen.names
    starts = {*seen.mentions, *names}
    if not persons.isdisjoint(words):
        starts.update([at for at, word in enumerate(words) if word in persons])
    ends: dict[int, Sequence[int]] = {}
    for at in starts:
        end = min(at + (LONGEST_NAME if at in names else 1), len(words))
        while end < len(words) and (words[end] in goes_on or end in starts):
            end += 1
        ends[at] = range(at + 1, end + 1)
    return ends
