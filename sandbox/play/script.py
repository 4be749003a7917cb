"""Loads the play and says exactly where it is wrong. A seed makes each performance a little different."""

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from sandbox.play.lines import Character, Line, Script, Season, Week
from sandbox.play.proof import ENDS_AT, OPENS_AT, QUESTION, faults
from sandbox.play.season import write_week

JITTER = 0.2
"""Minutes by which a seed may move a line, at most; the order of all lines stays."""


class PlayError(ValueError):
    """The play cannot be performed as written. The message names act, line and label, one fault a line."""


class Question(NamedTuple):
    """A question of the evening, without its `Q3: ` and its hashtag."""

    number: int
    text: str


@dataclass(frozen=True)
class Play:
    """One performance. `evening` is by time; `joins` counts its minutes from the absentee's message."""

    title: str
    hashtag: str
    absentee: str
    cast: tuple[Character, ...]
    evening: tuple[Line, ...]
    joins: tuple[Line, ...]
    season: Season

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The Thursdays before, the oldest first: `weeks[-1]` is a week ago."""
        return self.season.weeks

    def character(self, handle: str) -> Character:
        """Return one of the cast by handle; KeyError for a stranger."""
        for one in self.cast:
            if one.handle == handle:
                return one
        raise KeyError(handle)

    def earlier_week(self, index: int, seed: int) -> tuple[Line, ...]:
        """Return the 12 to 20 posts of week `index` (0 is the oldest), by time; no two weeks share a label."""
        return write_week(self.season, self.cast, index, seed)

    def question_at(self, minute: float) -> Question | None:
        """Return the question that is on at a minute of the session; None before Q1."""
        asked = [line.text for line in self.evening if line.kind == "question" and line.at <= minute]
        if not asked or (found := QUESTION.match(asked[-1])) is None:
            return None
        return Question(int(found[1]), re.sub(r"\s*#\w+\s*$", "", found[2]))

    def words(self, line: Line, hashtag: str | None = None) -> str:
        """Return what is posted: the text and, unless it is there or was forgotten, the hashtag."""
        if not line.text:
            return ""
        ours = re.compile(rf"#{re.escape(self.hashtag)}\b", re.IGNORECASE)
        tag = hashtag or self.hashtag
        if tag.casefold() == self.hashtag.casefold():
            text, is_tagged = line.text, ours.search(line.text) is not None
        else:
            text, count = ours.subn(f"#{tag}", line.text)
            is_tagged = count > 0
        return text if is_tagged or line.untagged else f"{text} #{tag}"


def load_play(seed: int | None = None, path: Path | None = None) -> Play:
    """Load a play, by default the one beside this file. Without a seed it is performed exactly as written.

    Raises PlayError, naming every faulty line.
    """
    script = read_script(path or Path(__file__).with_name("lrnchat.toml"))
    return Play(
        title=script.title,
        hashtag=script.hashtag,
        absentee=script.absentee,
        cast=script.cast,
        evening=script.evening if seed is None else _performed(script.evening, seed),
        joins=script.entrance,
        season=script.season,
    )


def read_script(path: Path) -> Script:
    """Read and proof-read the file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PlayError(f"{path.name}: {error}") from error
    try:
        script = Script.model_validate(raw)
    except ValidationError as error:
        told = [f"{_place(raw, one['loc'])}: {one['msg']}" for one in error.errors()]
        raise PlayError(f"{path.name}:\n" + "\n".join(told)) from error
    if found := list(faults(script)):
        raise PlayError(f"{path.name}:\n" + "\n".join(found))
    return script


def _place(raw: object, path: tuple[int | str, ...]) -> str:
    """Turn a position such as acts.5.lines.2.at into `act 6 "Q3", line 3 (ana at 22.6), at`."""
    words: list[str] = []
    here = raw
    for key in path:
        if isinstance(here, dict) and isinstance(key, str):
            here = here.get(key)
            if not isinstance(here, list):
                words.append(key)
        elif isinstance(here, list) and isinstance(key, int) and key < len(here):
            here = here[key]
            words.append(_entry(here, key + 1))
    return ", ".join(words) or "the file"


def _entry(entry: object, number: int) -> str:
    match entry:
        case {"title": title}:
            return f'act {number} "{title}"'
        case {"by": by, "at": at, **more}:
            label = f', "{more["label"]}"' if "label" in more else ""
            return f"line {number} ({by} at {at}{label})"
        case {"handle": handle}:
            return f'cast, "{handle}"'
        case {"topic": topic}:
            return f'week {number} "{topic}"'
    return f"number {number}"


def _performed(lines: tuple[Line, ...], seed: int) -> tuple[Line, ...]:
    """Move the lines a little and choose their words.

    The times are jittered, sorted, and given back in the script's order: so no line passes another, every
    reply follows what it answers, and still no line moves further than JITTER.
    """
    chance = random.Random(f"{seed}:evening")  # noqa: S311 - a play, not a secret
    moved = (line.at + chance.uniform(-JITTER, JITTER) for line in lines)
    times = sorted(round(min(max(at, OPENS_AT), ENDS_AT), 3) for at in moved)
    return tuple(
        line.model_copy(update={"at": at, "says": (chance.choice(line.says),) if line.says else ()})
        for line, at in zip(lines, times, strict=True)
    )
