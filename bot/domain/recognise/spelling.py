"""One spelling for every way a phrase's word is written: other forms, slips of the finger, drawn-out letters.

The variants of a word are spelled out once, when the phrase file is loaded; afterwards a word is one look-up.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

SHORTEST = 6
"""Shorter words have too many neighbours that are words of their own (heard, heart; chair, choir)."""

_DRAWN_LATIN = re.compile(r"([a-z])\1\1")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1")
_RUN = re.compile(r"(.)\1{2,}")


MOST_KEPT = 16_384
"""Of so many words it is remembered how they are spelled."""


class Spelling:
    """Maps folded words to the words of a phrase file."""

    def __init__(
        self,
        words: Iterable[str],
        *,
        forms: Mapping[str, Iterable[str]],
        typos_of: Iterable[str],
        real: Iterable[str],
    ) -> None:
        known = {word: word for word in words}
        known |= {form: word for word, others in forms.items() for form in others}
        self.known = frozenset(known)
        self._known = known
        self._cues = sorted({word for word in typos_of if len(word) >= SHORTEST and word.isalpha()})
        self._real = frozenset(real)
        self.canonical = lru_cache(maxsize=MOST_KEPT)(self._canonical)

    @cached_property
    def _words(self) -> dict[str, str]:
        """Spell out the slips, when a text is first read."""
        taken = self._real | self.known
        typos: dict[str, str] = {}
        for word in self._cues:
            for typo in _slips(word):
                if typo not in taken:  # between two words nobody can choose: then it is neither
                    typos[typo] = word if typos.get(typo, word) == word else typo
        return {typo: word for typo, word in typos.items() if typo != word} | self._known

    def _canonical(self, word: str) -> str:
        """Return the phrase file's word for a folded word, or the word itself. People use the same few thousand."""
        known = self._words.get(word)
        if known is not None or not is_drawn_out(word):
            return word if known is None else known
        twice, once = _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)
        return self._words.get(twice) or self._words.get(once) or word


def is_drawn_out(folded: str) -> bool:
    """Say whether a folded text has a letter three times in a row; the narrow pattern is three times as fast."""
    return (_DRAWN_LATIN if folded.isascii() else _DRAWN_OUT).search(folded) is not None


def _slips(word: str) -> Iterator[str]:
    """Yield what one slip makes of a word: a letter lost, doubled or added, swapped with the next, or wrong.

    The first letter is kept, because people get it right and because most neighbours that are words change it.
    """
    letters = set(word) | (set("abcdefghijklmnopqrstuvwxyz015") if word.isascii() else set())
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
