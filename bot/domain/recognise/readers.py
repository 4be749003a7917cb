"""Who reads a post: most are read by nobody, the others by the phrase files of the languages they may be written in."""

import re
from collections.abc import Sequence

from bot.domain.recognise.calls import Reader
from bot.domain.recognise.normalise import MARK, fold
from bot.domain.recognise.outline import Glance
from bot.domain.recognise.phrasebook import Phrasebook
from bot.domain.recognise.roster import Roster

ALIKE = 0.75
"""Of a text in no declared language, those files read that know nearly as many of its words as the best of them."""

HALF = 0.45
"""Of a text's words, one that may be a slip aside, a file knows at least so many if the text is in its language: of the
labelled posts, 95 in 100 have more than 0.5 in their own language and less than 0.45 in any other. So a text in no
declared language, or in one that has no file, is read only if it reads like one of ours."""

Able = Sequence[tuple[Reader, Sequence[int]]]
"""Readers, each with the patterns that may match."""

_UNDERSCORED = re.compile(r"[@#]\w++")
_GLUED = re.compile(r"@(?:\W|\w++(?:@|[.-]\w))")
_WHOLE = re.compile(r"(?<!\w)@(\w++)(?>(?:[.-]\w++)*)(?>(?:@\w++(?>(?:[.-]\w++)*))?)")
_ADDRESS = re.compile(r"(?<!\w)(?:\w++://|(?>(?:\w++\.){1,5})\w++/)[^ \n]*+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u9fff\uf900-\ufaff\uff66-\uff9f]")


class Readers:
    """One reader for each phrase file."""

    def __init__(self, books: Sequence[Phrasebook]) -> None:
        self.all = tuple(map(Reader, books))
        self._by_language = {reader.language: reader for reader in self.all}

    def of(self, text: str, tag: str, declared: str | None, roster: Roster, *, is_told: bool) -> Able:
        """Return who should read a text, the likeliest first.

        `tag` is the chat's, as `tag_word` returns it. `declared` is the language that its author's program names;
        people forget to change it. `is_told` says that somebody may be meant who is not named.
        """
        if not is_told and (not roster.forms or roster.forms.isdisjoint(fold(text).split())):
            return ()
        seen = glance(text, tag, roster)
        likely = self._likely(seen, (declared or "").partition("-")[0].casefold())
        return [(reader, may) for reader in likely if (may := reader.may_find(seen))]

    def _likely(self, seen: Glance, language: str) -> Sequence[Reader]:
        """Return who knows the words: the declared language, unless it knows too few of them and another more."""
        declared = self._by_language.get(language)
        if declared is not None and declared.knows(seen.words) >= HALF * (len(seen.words) - len(seen.mentions)):
            return (declared,)  # as nearly always; there are fewer words to know than we counted
        others = {MARK, "?", seen.tag}.union([seen.words[at] for at in seen.names])
        count = len({word for word in seen.words if word[0] != MARK} - others)
        known = {reader.language: reader.knows_at_best(seen.words) for reader in self.all}
        if declared is not None and known[declared.language] >= HALF * count:
            return (declared,)
        least = max(HALF * (count - 1), ALIKE * max(known.values(), default=0))
        likely = [reader for reader in self.all if reader is declared or known[reader.language] >= least]
        return sorted(likely, key=lambda one: (one is not declared, -known[one.language]))


def glance(text: str, tag: str, roster: Roster) -> Glance:
    """Look at a text's words only; `tag` is the chat's, as `tag_word` returns it."""
    if "/" in text:
        text = _ADDRESS.sub(" , ", text)  # a pause, as where it is read
    if "_" in text:
        text = _UNDERSCORED.sub(lambda name: name[0].replace("_", ""), text)  # a name is one word
    has_mentions = "@" in text
    if has_mentions:
        is_glued = _GLUED.search(text) is not None  # the server's name, or the next word: a mention is one word
        text = _WHOLE.sub(rf" {MARK}\1", text) if is_glued else text.replace("@", f" {MARK}")
    words = fold(text).split()
    mentions = [at for at, word in enumerate(words) if word[0] == MARK] if has_mentions else ()
    names = [] if roster.forms.isdisjoint(words) else [at for at, word in enumerate(words) if word in roster.forms]
    if "?" in text or "？" in text:
        words.append("?")
    has_order = "&" not in text and "+" not in text and (text.isascii() or _UNSPACED.search(text) is None)
    return Glance(text, words, mentions, names, has_order, tag.replace("_", ""))
