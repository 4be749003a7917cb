"""What a message means: a command with small talk around it, in seven languages, slips of the finger included.

A STOP word counts anywhere in a private message; every other command stands at the beginning, behind a greeting or a
"could you please". START is read narrowly and everything that closes widely. What is not understood is OTHER; what can
be read in two ways is UNCLEAR, and is asked back.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz.distance import OSA

from bot.domain.model import Value
from bot.domain.vocabulary import Command, Vocabulary, fold, folded, has, is_spaceless, words

READ_AT_MOST: Final = 2_000
"""Characters that are read of a message; a command is at its beginning."""

FEW: Final = 2
"""START is one only if no more words than these follow that are no courtesy: "start of the chat at nine" is none."""

SLIPS: Final = ((8, 2), (5, 1))
"""From how many letters on how many slips are forgiven."""

MENTION: Final = re.compile(r"@[\w.-]+(?:@[\w.-]+)?")
_LINK: Final = re.compile(r"https?://\S+")
_TAG: Final = re.compile(r"#(\w+)")
_RUN: Final = re.compile(r"([^\W\d_])\1{2,}")

SIGNS_OF_YES: Final = frozenset("👍👌✅✔🆗🙂😊😀🙏🙋💚❤🎉")
"""Signs that open where no word is said; any other says nothing certain."""

NARROW: Final = frozenset(
    {Command.START, Command.STOP, Command.HERE, Command.FORGET, Command.CANCEL, Command.THANKS, Command.DECLINE}
)
"""Commands that are meant only where hardly anything else is said; the words that stop anywhere are besides."""

PUBLIC: Final = frozenset({Command.START, Command.STOP, Command.HERE, Command.HELP, Command.CHATS})
"""The commands that count in public as well, where they stand alone: what is personal is not asked for there."""


class Intent(Value):
    """A message understood: one command, the chats it names, what follows it, and the language it was read in.

    `language` is None where nothing told; `rest` is the text behind (or around) the command, as it was written.
    `choices` are the commands among which nobody can choose, for an UNCLEAR one.
    """

    command: Command
    chats: tuple[str, ...] = ()
    rest: str = ""
    language: str | None = None
    choices: tuple[Command, ...] = ()


class Understanding:
    """Reads messages by the vocabularies of all languages. Immutable; safe to share between threads."""

    def __init__(self, vocabularies: Sequence[Vocabulary]) -> None:
        self._all = {one.language: one for one in vocabularies}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it reads."""
        return tuple(self._all)

    def in_order(self, *languages: str | None) -> list[Vocabulary]:
        """Return all vocabularies, those of these languages first, English next."""
        first = [self._all[one] for one in dict.fromkeys((*languages, "en")) if one in self._all]
        return [*first, *(one for one in self._all.values() if one not in first)]

    def read(self, text: str, *languages: str | None, is_private: bool = True) -> Intent:
        """Read a message (plain text, mentions included), the person's languages first. Never fails."""
        cut = text[:READ_AT_MOST]
        clean = _LINK.sub(" ", MENTION.sub(" ", cut)).strip()
        chats = tuple(dict.fromkeys(tag.casefold() for tag in _TAG.findall(clean)))
        plain = " ".join(_TAG.sub(" ", clean).split())
        ordered = self.in_order(*languages)
        found = self._private(plain, ordered) if is_private else self._public(plain, ordered)
        return found.model_copy(update={"chats": chats})

    def _private(self, plain: str, ordered: Sequence[Vocabulary]) -> Intent:
        said = " ".join(words(plain))
        for vocabulary in ordered:
            if any(has(said, phrase) for phrase in folded(vocabulary.not_stop)):
                return Intent(command=Command.UNCLEAR, language=vocabulary.language, choices=(Command.STOP,))
        for vocabulary in ordered:
            if any(has(said, word) for word in folded(vocabulary.stop_anywhere)):
                return Intent(command=Command.STOP, language=vocabulary.language, rest=plain)
        for vocabulary in ordered:
            intent = _at_head(plain, vocabulary)
            if intent is not None:
                return _or_else(intent, vocabulary, ordered)
        return next(_slipped(said, plain, ordered), Intent(command=Command.OTHER))

    def _public(self, plain: str, ordered: Sequence[Vocabulary]) -> Intent:
        """In public only a bare command counts, and STOP as the first word: people name the bot there in passing."""
        for vocabulary in ordered:
            intent = _at_head(plain, vocabulary)
            if intent is None or intent.command not in PUBLIC:
                continue
            is_bare = _without(words(intent.rest), vocabulary) == []
            stands_first = words(plain)[:1] == words(plain[: len(plain) - len(intent.rest)])[-1:]
            if is_bare or (intent.command is Command.STOP and stands_first):
                return intent
        return Intent(command=Command.OTHER)

    def is_yes(self, text: str, *languages: str | None, few: int) -> bool:
        """Say whether a text opens: a word or a few, or one with a yes, and neither a question nor with a no."""
        said = " ".join(words(MENTION.sub(" ", text[:READ_AT_MOST])))
        ordered = self.in_order(*languages)
        if "?" in fold(text) or any(has(said, word) for one in ordered for word in folded(one.no)):
            return False
        if not said:  # signs alone: a thumb may point down, too
            signs = {sign for sign in MENTION.sub("", text[:READ_AT_MOST]) if unicodedata.category(sign) == "So"}
            return bool(signs) and signs <= SIGNS_OF_YES
        is_short = len(said.split()) <= few and len(said) <= few * 8
        return is_short or any(has(said, word) for one in ordered for word in folded(one.yes))

    def tells(self, rest: str, what: str, *languages: str | None) -> bool:
        """Say whether a text holds a word of `on`, `off` or `but`, in any language."""
        said = " ".join(words(rest))
        return any(has(said, word) for one in self.in_order(*languages) for word in folded(getattr(one, what)))

    def before(self, command: Command, text: str, *languages: str | None) -> str:
        """Return what stands before a command at the end of a text; nothing where it ends otherwise."""
        said = " ".join(words(MENTION.sub(" ", text[:READ_AT_MOST])))
        for vocabulary in self.in_order(*languages):
            for phrase, meant in vocabulary.phrases:
                spelled = " ".join(phrase)
                if meant is command and said.endswith(spelled if is_spaceless(spelled) else f" {spelled}"):
                    return said.removesuffix(spelled).strip()
        return ""

    def named_language(self, rest: str) -> str | None:
        """Return the code of the language that a text names, by its code or by any of its names."""
        said = " ".join(words(rest))
        for code, one in self._all.items():
            if has(said, code) or any(has(said, name) for name in folded(one.names)):
                return code
        return None


def _at_head(plain: str, vocabulary: Vocabulary) -> Intent | None:
    """Find the longest command at the beginning of a text, behind what may stand before it."""
    tokens = words(plain)
    for phrase, command in vocabulary.phrases:
        spelled = " ".join(phrase)
        if is_spaceless(spelled):
            found = fold(plain).find(spelled)
            if found >= 0 and len(fold(plain)) == len(plain):
                rest = f"{plain[:found]} {plain[found + len(spelled) :]}".strip()
                if _is_meant(command, rest, vocabulary):
                    return Intent(command=command, rest=rest, language=vocabulary.language)
            continue
        for begin in range(len(tokens)):
            if tuple(tokens[begin : begin + len(phrase)]) == phrase:
                rest = _behind(plain, begin + len(phrase))
                if _is_meant(command, rest, vocabulary):
                    return Intent(command=command, rest=rest, language=vocabulary.language)
            if tokens[begin] not in vocabulary.skipped:
                break
    return None


def _is_meant(command: Command, rest: str, vocabulary: Vocabulary) -> bool:
    """START and its like only where hardly anything else is said, and no question; every other command always."""
    if command not in NARROW:
        return True
    others = " ".join(_without(words(rest), vocabulary))
    few = 1 if command is Command.STOP else FEW
    is_short = len(others.split()) <= few and len(others) <= few * 10
    return "?" not in fold(rest) and is_short and not any(has(others, no) for no in folded(vocabulary.no))


def _behind(plain: str, count: int) -> str:
    """Return the text behind its first `count` words."""
    ends = [found.end() for found in re.finditer(r"\w+(?:['’]\w+)*", plain)]
    return plain[ends[count - 1] :].strip(" \t\n,;:.!-–") if count <= len(ends) else ""


def _without(tokens: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Return the words that are neither courtesy nor filler; of a script without spaces, what is left of them."""
    left = [token for token in tokens if token not in vocabulary.skipped]
    for filler in sorted(vocabulary.skipped, key=len, reverse=True):
        if is_spaceless(filler):
            left = [token.replace(filler, "") for token in left]
    return [token for token in left if token]


def _or_else(intent: Intent, vocabulary: Vocabulary, ordered: Sequence[Vocabulary]) -> Intent:
    """Ask back where another command follows behind an "or"."""
    said = " ".join(words(intent.rest))
    for either in folded(vocabulary.either):
        before, _, behind = f" {said} ".partition(either if is_spaceless(either) else f" {either} ")
        behind = behind.strip() or (before if is_spaceless(either) and either in said else "")
        other = next((found for one in ordered if behind and (found := _at_head(behind, one))), None)
        if other is not None and other.command is not intent.command:
            choices = (intent.command, other.command)
            return Intent(command=Command.UNCLEAR, language=intent.language, choices=choices)
    return intent


def _slipped(said: str, plain: str, ordered: Sequence[Vocabulary]) -> Iterator[Intent]:
    """Yield the command whose word the first word was probably meant to be. START must be all that is said."""
    for vocabulary in ordered:
        tokens = said.split()
        begin = next((at for at, token in enumerate(tokens) if token not in vocabulary.skipped), None)
        if begin is None or is_spaceless(tokens[begin]):
            continue
        word = _RUN.sub(r"\1", tokens[begin])
        rest = _behind(plain, begin + 1)
        is_alone = not _without(words(rest), vocabulary)
        for phrase, command in vocabulary.phrases:
            if command in NARROW and not (is_alone and "?" not in fold(plain)):
                continue
            if len(phrase) == 1 and _is_slip(word, phrase[0], is_alone=is_alone, is_narrow=command in NARROW):
                yield Intent(command=command, rest=rest, language=vocabulary.language)


def _is_slip(word: str, meant: str, *, is_alone: bool, is_narrow: bool) -> bool:
    if word == meant:
        return True  # a drawn-out one: "staaart"
    if word[:1] != meant[:1]:
        return False
    distance = OSA.distance(word, meant)
    if is_alone and distance == 1 and set(word) == set(meant):
        return True  # two letters swapped, or one doubled or lost that is there twice
    allowed = next((slips for letters, slips in SLIPS if len(meant) >= letters), 0)
    is_near = distance <= allowed and (len(meant) >= SLIPS[0][0] or set(word) <= set(meant))
    return is_near and not is_narrow
