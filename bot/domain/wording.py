"""What we say, per language: a note's name and its values in, plain text out.

The sentences are Fluent files (projectfluent.org) under `config/messages`; plural and list rules are CLDR's, and so are
days and times. Values come typed, as `bot.domain.values` writes them.
A name or a question is somebody else's text: it is made harmless before it goes into ours.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.domain.model import Moment, Value
from bot.domain.outbox import BEFORE, HEADS_UP
from bot.domain.pace import Progress

LIMIT: Final = 500
"""Characters of the shortest platform limit (Mastodon's default); links are counted in full, to be safe."""

NAME_LIMIT: Final = 40
HANDLE_LIMIT: Final = 80
LIST_LIMIT: Final = 120
NAMED_AT_MOST: Final = 2
FALLBACK: Final = "en"

PATTERNS: Final = {"day": "EEEE d MMMM y", "at": "EEEE d MMMM, HH:mm", "time": "HH:mm"}
"""How days and times are written where a language's file does not say (`pattern-day`, `pattern-at`, `pattern-time`)."""


class UnknownNote(KeyError):
    """No file of messages has a sentence of that name."""


class ReminderWords(Value):
    """What a reminder speaks of. `callers` are names, the strongest tie first; `link` is where to join.

    `next_at` is the session it is about, for one that comes before it, else the one that follows.
    """

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
        parsed = {language: _parsed(language, source) for language, source in files.items()}
        self._bundles = {language: _bundle(language, resource) for language, resource in parsed.items()}
        self._patterns = {code: {name: _pattern(one, name) for name in PATTERNS} for code, one in self._bundles.items()}
        self._sources = {
            language: {entry.id.name: entry for entry in resource.body if isinstance(entry, ast.Message)}
            for language, resource in parsed.items()
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are files for."""
        return tuple(sorted(self._bundles))

    def say(self, note: str, words: Mapping[str, object], language: str, zone: str = "UTC") -> str:
        """Say one note in that language, or in English where the language lacks it; times in `zone`.

        Raises:
            UnknownNote: English lacks it too.
        """
        for code in (language, FALLBACK):
            bundle = self._bundles.get(code)
            if bundle is not None and bundle.has_message(note):
                pattern = bundle.get_message(note).value
                if pattern is not None:
                    values = {name: worded(value, code, zone, self._patterns[code]) for name, value in words.items()}
                    text, _errors = bundle.format_pattern(pattern, values)
                    return "\n".join(" ".join(line.split()) for line in str(text).strip().splitlines())
        raise UnknownNote(note)

    def schedule(self, words: Mapping[str, str], language: str, zone: str, *, room: int = LIMIT) -> str:
        """Say when each chat is on; what has no room is left out.

        Words by hashtag: when it comes next, or nothing; under `until#tag` when the session that is on will end.
        """
        lines = [self.say("chats-zone", {"zone": zone}, language)]
        for tag, at in ((tag, at) for tag, at in words.items() if tag.startswith("#")):
            until = words.get(f"until{tag}", "")
            note = "chats-line-live" if until else "chats-line" if at else "chats-line-none"
            said = {"chat": tag.lstrip("#"), "at": at, "dated": "yes" if at else "no", "until": until}
            line = self.say(note, said, language, zone)
            if len("\n".join([*lines, line])) <= room:
                lines.insert(-1, line)
        return "\n".join(lines)

    def notes(self, language: str) -> frozenset[str]:
        """Name every note that a language has a sentence for."""
        return frozenset(self._sources[language])

    def values_in(self, note: str, language: str) -> frozenset[str]:
        """Name the values that a language's sentence uses."""
        return frozenset(_values(self._sources[language][note]))

    def remind(self, words: ReminderWords, language: str, *, room: int = LIMIT) -> str:
        """Word a reminder within `room` characters: the question is cut first, never the way out."""
        code = language if language in self._bundles else FALLBACK
        question = harmless(words.progress.text)
        values: dict[str, object] = {
            "names": f"text:{self.names(words.callers, code)}",
            "callers": len(words.callers),
            "chat": words.hashtag,
            "number": words.progress.number,
            "of": words.progress.of,
            "question": f"text:{question}",
            "minutes": int(words.progress.left_for.total_seconds() // 60),
            "link": f"text:{words.link}",
            "next": f"at:{words.next_at.isoformat()}" if words.next_at else "",
        }
        note = _note(words)
        text = self.say(note, values, code, words.zone)
        over = len(text) - room
        if over > 0:
            values["question"] = f"text:{shortened(question, max(0, len(question) - over))}"
            text = self.say(note, values, code, words.zone)
        return text

    def names(self, people: Sequence[str], language: str) -> str:
        """Name people in a language's list, harmless; of many the first, and how many more."""
        names = [shortened(harmless(name), NAME_LIMIT) or "?" for name in people]
        if len(names) > NAMED_AT_MOST + 1:
            rest = len(names) - NAMED_AT_MOST
            names = [*names[:NAMED_AT_MOST], self.say("others", {"count": rest}, language)]
        return format_list(names, style="standard", locale=language) if names else ""


def worded(value: object, language: str, zone: str, patterns: Mapping[str, str]) -> object:
    """Put a typed value (`bot.domain.values`) into words; what is not typed stays as it is.

    `patterns` say how the language writes `day`, `at` and `time` in the letters of unicode.org/reports/tr35.
    """
    kind, is_typed, said = value.partition(":") if isinstance(value, str) else ("", "", "")
    match kind if is_typed else None:
        case "day":
            return str(format_date(date.fromisoformat(said), patterns["day"], locale=language))
        case "at":
            local = datetime.fromisoformat(said).astimezone(ZoneInfo(zone))
            return str(format_datetime(local, patterns["at"], locale=language))
        case "clock" | "time":
            wall = datetime.fromisoformat(said).astimezone(ZoneInfo(zone)).time() if kind == "clock" else said
            clock = time.fromisoformat(wall) if isinstance(wall, str) else wall
            return str(format_time(clock, patterns["time"], locale=language))
        case "number":
            return int(said)
        case "list":
            return format_list(_items(said), locale=language) if said else ""
        case "choice":
            return format_list(said.split("\x1f"), style="or", locale=language)
        case "text":  # somebody else's words, which may look like any of these
            return said
        case "name":
            return shortened(harmless(said), HANDLE_LIMIT)
    return value


def _items(said: str) -> list[str]:
    """Return the items of a list, harmless; of a long one the first, and an ellipsis."""
    items = [_an_item(one) for one in said.split("\x1f") if one]
    kept = [one for at, one in enumerate(items) if len(", ".join(items[: at + 1])) <= LIST_LIMIT]
    return kept if len(kept) == len(items) else [*kept, "…"]


def _an_item(item: str) -> str:
    """Make an item of a list harmless; a hashtag of ours stays one."""
    return f"#{harmless(item[1:])}" if item.startswith("#") else harmless(item)


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
    if words.kind in BEFORE:
        return words.kind if words.kind == HEADS_UP else "reminder-next"
    if words.is_live:
        return f"{words.kind}-live"
    return f"{words.kind}-after" if words.next_at else f"{words.kind}-after-last"


def _parsed(language: str, source: str) -> ast.Resource:
    resource = FluentResource(source)
    junk = next((entry for entry in resource.body if isinstance(entry, ast.Junk)), None)
    if junk is not None:
        raise ValueError(f"messages/{language}.ftl: not Fluent near {(junk.content or '').strip()[:60]!r}")
    return resource


def _bundle(language: str, resource: ast.Resource) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)  # isolation marks would reach people as stray characters
    bundle.add_resource(resource)
    return bundle


def _pattern(bundle: FluentBundle, name: str) -> str:
    said = f"pattern-{name}"
    pattern = bundle.get_message(said).value if bundle.has_message(said) else None
    return str(bundle.format_pattern(pattern, {})[0]) if pattern is not None else PATTERNS[name]


def _values(node: object) -> Iterator[str]:
    if isinstance(node, ast.VariableReference):
        yield node.id.name
    elif isinstance(node, ast.BaseNode):
        for part in vars(node).values():
            yield from _values(part)
    elif isinstance(node, list):
        for part in node:
            yield from _values(part)
