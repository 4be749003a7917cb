"""What we say, per language: a note's name and its values in, plain text out.

The sentences are Fluent files (projectfluent.org) under `config/messages`; plural and list rules are CLDR's.
A name or a question is somebody else's text: it is made harmless before it goes into ours.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.domain.model import Moment, Value
from bot.domain.pace import Progress

LIMIT: Final = 500
"""Characters of the shortest platform limit (Mastodon's default); links are counted in full, to be safe."""

NAME_LIMIT: Final = 40
NAMED_AT_MOST: Final = 2
FALLBACK: Final = "en"


class UnknownNote(KeyError):
    """No file of messages has a sentence of that name."""


class ReminderWords(Value):
    """What a reminder speaks of. `callers` are names, the strongest tie first; `link` is where to join."""

    kind: str
    is_live: bool
    callers: tuple[str, ...]
    hashtag: str
    progress: Progress
    link: str
    zone: str
    next_at: Moment | None = None


class Wording:
    """The sentences of all languages. Immutable after construction; safe to share between threads."""

    def __init__(self, files: Mapping[str, str]) -> None:
        """Parse Fluent sources by language code. English must be among them.

        Raises:
            ValueError: a file holds something that is not Fluent.
        """
        self._bundles = {language: _bundle(language, source) for language, source in files.items()}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are files for."""
        return tuple(sorted(self._bundles))

    def say(self, note: str, words: Mapping[str, Any], language: str) -> str:
        """Say one note in that language, or in English where the language lacks it.

        Raises:
            UnknownNote: English lacks it too.
        """
        for code in (language, FALLBACK):
            bundle = self._bundles.get(code)
            if bundle is not None and bundle.has_message(note):
                pattern = bundle.get_message(note).value
                if pattern is not None:
                    text, _errors = bundle.format_pattern(pattern, dict(words))
                    return str(text).strip()
        raise UnknownNote(note)

    def remind(self, words: ReminderWords, language: str, *, room: int = LIMIT) -> str:
        """Word a reminder within `room` characters: the question is cut first, never the way out."""
        code = language if language in self._bundles else FALLBACK
        note = _note(words)
        question = harmless(words.progress.text)
        values = {
            "names": self._names(words.callers, code),
            "callers": len(words.callers),
            "chat": words.hashtag,
            "number": words.progress.number,
            "of": words.progress.of,
            "question": question,
            "minutes": int(words.progress.left_for.total_seconds() // 60),
            "link": words.link,
            "next": _when(words.next_at, words.zone, code),
        }
        text = self.say(note, values, code)
        over = len(text) - room
        if over > 0:
            values["question"] = shortened(question, max(0, len(question) - over))
            text = self.say(note, values, code)
        return text

    def _names(self, callers: Sequence[str], language: str) -> str:
        names = [shortened(harmless(name), NAME_LIMIT) or "?" for name in callers]
        if len(names) > NAMED_AT_MOST + 1:
            rest = len(names) - NAMED_AT_MOST
            names = [*names[:NAMED_AT_MOST], self.say("others", {"count": rest}, language)]
        return format_list(names, style="standard", locale=language)


def harmless(text: str) -> str:
    """Make somebody else's words safe inside ours: one line, nobody mentioned, no tag, no link, no tricks.

    A second @handle in a direct message would become a second recipient (docs.joinmastodon.org/methods/statuses).
    """
    text = re.sub(r"https?://\S+", "…", text)
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _UNSAFE)
    text = re.sub(r"(?<!\w)[@#＠＃]+", "", text).translate(_SIGNS)
    return " ".join(text.split())


def shortened(text: str, room: int) -> str:
    """Cut a text to `room` characters, at a word where one is near, with an ellipsis."""
    if len(text) <= room:
        return text
    cut = text[: max(0, room - 1)]
    word = cut.rsplit(" ", 1)[0]
    return (word if len(word) > len(cut) // 2 else cut).rstrip(" ,.;:–-") + "…" if room else ""


_UNSAFE: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_SIGNS: Final = str.maketrans({"@": "＠", "#": "＃", "<": "‹", ">": "›"})


def _note(words: ReminderWords) -> str:
    if words.is_live:
        return f"{words.kind}-live"
    return f"{words.kind}-after" if words.next_at else f"{words.kind}-after-last"


def day_of(moment: datetime, zone: str, language: str) -> str:
    """Write a day by the wall clock of a zone, as that language does."""
    return format_datetime(moment.astimezone(ZoneInfo(zone)), "EEEE d MMMM", locale=language)


def _when(moment: datetime | None, zone: str, language: str) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    return format_datetime(local, "EEEE d MMMM, HH:mm", locale=language)


def _bundle(language: str, source: str) -> FluentBundle:
    resource = FluentResource(source)
    junk = next((entry for entry in resource.body if isinstance(entry, ast.Junk)), None)
    if junk is not None:
        raise ValueError(f"messages/{language}.ftl: not Fluent near {(junk.content or '').strip()[:60]!r}")
    bundle = FluentBundle([language], use_isolating=False)  # isolation marks would reach people as stray characters
    bundle.add_resource(resource)
    return bundle
