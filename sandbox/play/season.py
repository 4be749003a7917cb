"""An earlier Thursday, written from short phrases: the same seed gives the same words."""

import random

from sandbox.play.lines import Character, Line, Season, Week

QUESTIONS_AT = (4.0, 22.0, 40.0)
"""Minutes from the session's start at which an earlier week's three questions come."""

CLOSES_AT = 59.0
LONGEST = 20
"""Posts in an earlier week, at most."""


def write_week(season: Season, cast: tuple[Character, ...], index: int, seed: int) -> tuple[Line, ...]:
    """Return the posts of week `index` (0 is the oldest), by time.

    A welcome, Q1 to Q3, one answer each, a few replies, a farewell. Labels begin with the week's own prefix,
    so that all weeks and the evening can share one stage.
    """
    week = season.weeks[index]
    chance = random.Random(f"{seed}:week:{index}")  # noqa: S311 - a play, not a secret
    lines = [_line(0.0, week.host, chance.choice(season.welcomes).format(topic=week.topic), kind="host")]
    for number, (at, words) in enumerate(zip(QUESTIONS_AT, week.questions, strict=True), start=1):
        label = _label(index, f"q{number}")
        lines.append(_line(at, week.host, f"Q{number}: {words}", kind="question", label=label))
    lines += _answers(season, week, index, chance)
    lines += _replies(season, week, cast, lines, chance)
    lines.append(_line(CLOSES_AT, week.host, chance.choice(season.closes), kind="host"))
    by_time = sorted(lines, key=lambda line: line.at)
    return tuple(line.model_copy(update={"number": number}) for number, line in enumerate(by_time, start=1))


def _answers(season: Season, week: Week, index: int, chance: random.Random) -> list[Line]:
    guests = [handle for handle in week.came if handle != week.host]
    chance.shuffle(guests)
    lines = []
    for place, (handle, words) in enumerate(zip(guests, chance.sample(season.answers, len(guests)), strict=True)):
        number = 1 + place % len(QUESTIONS_AT)
        at = QUESTIONS_AT[number - 1] + 1.0 + 1.5 * (place // len(QUESTIONS_AT)) + chance.uniform(0.0, 1.0)
        lines.append(
            _line(
                at,
                handle,
                words.format(n=number),
                kind="answer",
                label=_label(index, handle),
                reply_to=_label(index, f"q{number}"),
            )
        )
    return lines


def _replies(
    season: Season, week: Week, cast: tuple[Character, ...], lines: list[Line], chance: random.Random
) -> list[Line]:
    answers = {line.by: line for line in lines if line.kind == "answer"}
    pairs = [(by, to) for by, to in season.ties if by in week.came and to in answers]
    room = max(0, min(4, LONGEST - len(lines) - 1))
    accts = {one.handle: one.acct for one in cast}
    words = chance.sample(season.replies, k=room)
    return [
        _line(
            answers[to].at + chance.uniform(1.0, 4.0),
            by,
            words[place].format(to=f"@{accts[to]}"),
            reply_to=answers[to].label,
        )
        for place, (by, to) in enumerate(pairs[:room])
    ]


def _line(at: float, by: str, words: str, **more: str | None) -> Line:
    return Line.model_validate({"at": round(at, 2), "by": by, "says": words, **more})


def _label(index: int, name: str) -> str:
    return f"week-{index}:{name}"
