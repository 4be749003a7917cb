"""Proof-reading: what must hold across the lines of a play, each fault told with the line it is in."""

import re
from collections.abc import Iterator, Sequence

from sandbox.play.lines import Line, Script

OPENS_AT, ENDS_AT = -8.0, 60.0
"""Minutes from the session's start within which the evening's posts lie."""

QUESTION = re.compile(r"Q(\d): (.+)")
"""A host's numbered question."""

_MENTION = re.compile(r"(?<![\w/@])@(\w+(?:@[\w-]+(?:\.[\w-]+)+)?)")


def mentioned(text: str) -> tuple[str, ...]:
    """The addresses in a text, in order and without the @: `ana`, `pat@far.example`."""
    return tuple(_MENTION.findall(text))


def name_of(line: Line) -> str:
    """How a fault report names a line: `line 92 (ana at 22.6, "first-call")`."""
    label = f', "{line.label}"' if line.label else ""
    return f"line {line.number} ({line.by} at {line.at:g}{label})"


def faults(script: Script) -> Iterator[str]:
    """Everything that is wrong across lines; nothing when the play can be performed."""
    handles = [one.handle for one in script.cast]
    yield from (f'cast: two people are "{one}"' for one in sorted(set(handles)) if handles.count(one) > 1)
    if script.absentee not in handles:
        yield f'absentee: "{script.absentee}" is not in the cast'
    evening, entrance = script.evening, script.entrance
    yield from (f"{name_of(a)}: {fault}" for a, fault in _words(script, (*evening, *entrance)))
    yield from (f"{name_of(a)}: {fault}" for a, fault in _references((*evening, *entrance)))
    yield from (f"{name_of(a)}: {fault}" for a, fault in _times(evening, OPENS_AT, ENDS_AT))
    yield from (f"joins, {name_of(a)}: {fault}" for a, fault in _times(entrance, 0.0, ENDS_AT))
    yield from _questions(script)
    yield from _season(script)


def _words(script: Script, lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    handles, accts = {one.handle for one in script.cast}, {one.acct for one in script.cast}
    tag = re.compile(rf"#{re.escape(script.hashtag)}\b", re.IGNORECASE)
    for line in lines:
        if line.by not in handles:
            yield line, f'"{line.by}" is not in the cast'
        for says in line.says:
            for acct in mentioned(says):
                if acct not in accts:
                    yield line, f"@{acct} is nobody in the cast (remote people are written with their domain)"
            if line.untagged and tag.search(says):
                yield line, "is untagged, yet holds the hashtag"


def _references(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    seen: set[str] = set()
    for line in lines:
        for label in (line.reply_to, line.repost_of):
            if label is not None and label not in seen:
                yield line, f'refers to "{label}", which no earlier line is called'
        if line.label in seen:
            yield line, f'another line is already called "{line.label}"'
        if line.label is not None:
            seen.add(line.label)


def _times(lines: Sequence[Line], first: float, last: float) -> Iterator[tuple[Line, str]]:
    previous = first
    for line in lines:
        if not first <= line.at <= last:
            yield line, f"lies outside {first:g} to {last:g} minutes"
        elif line.at < previous:
            yield line, f"comes after a line at {previous:g}"
        previous = max(previous, line.at)


def _questions(script: Script) -> Iterator[str]:
    hosts = {one.handle for one in script.cast if one.role == "host"}
    expected = 1
    for line in script.evening:
        if line.kind != "question":
            continue
        found = QUESTION.match(line.text)
        if line.by not in hosts or found is None or int(found[1]) != expected:
            yield f'{name_of(line)}: a question is a host\'s, and this one begins with "Q{expected}: "'
        expected += 1


def _season(script: Script) -> Iterator[str]:
    handles = {one.handle for one in script.cast}
    for number, week in enumerate(script.season.weeks, start=1):
        yield from (f'season, week {number}: "{one}" is not in the cast' for one in week.came if one not in handles)
        if len(set(week.came)) != len(week.came):
            yield f"season, week {number}: somebody came twice"
        if week.host not in week.came:
            yield f"season, week {number}: the host did not come"
        if len(week.came) > len(script.season.answers):
            yield f"season, week {number}: more people than answers"
    for pair in script.season.ties:
        if not set(pair) <= handles:
            yield f"season, ties: {' and '.join(pair)} are not both in the cast"
