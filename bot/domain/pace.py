"""The session clock: which question is on, how many are to come, how long is left, and until when joining is of use.

The pace is estimated as it goes. What is known before the first question: a chat of n questions in m minutes asks one
about every m/(n+1) minutes, with a welcome before the first and a farewell after the last. The chat's own past sessions
outweigh that, and tonight's questions outweigh both: each is held near the one before it as if that were two gaps.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from bot.domain.chat import Chat, Session
from bot.domain.model import Moment, Value
from bot.domain.recognise.observations import Asked

PRIOR_GAPS: Final = 2
"""What was known before weighs as much as so many gaps between questions."""

LEAST: Final = timedelta(minutes=5)
"""Shorter before the end nobody can join any more."""


class Pace(Value):
    """How fast a chat asks: when its first question comes, from the start, and the time from one to the next."""

    first_after: timedelta
    gap: timedelta


class Progress(Value):
    """Where a session stands. `number` is 0 before the first question; `on_for` and `left_for` are never negative."""

    number: int
    of: int
    text: str
    url: str
    on_for: timedelta
    left_for: timedelta
    next_in: timedelta | None

    @property
    def to_come(self) -> int:
        """How many questions are still to be asked."""
        return max(0, self.of - self.number)


def pace_of(chat: Chat, session: Session, past: Sequence[tuple[Session, Sequence[Asked]]] = ()) -> Pace:
    """Return the pace to be expected before the first question. `past` are earlier sessions with their questions."""
    even = (session.ends_at - session.starts_at) / (chat.questions + 1)
    firsts = [
        (asked.at - one.starts_at).total_seconds()
        for one, questions in past
        for asked in questions
        if asked.number == 1 and asked.at >= one.starts_at
    ]
    gaps = [gap for _, questions in past for gap in _gaps(questions)]
    return Pace(first_after=_near(even, firsts), gap=_near(even, gaps))


def gap_between(pace: Pace, asked: Sequence[Asked]) -> timedelta:
    """Return the usual time from one question to the next: the expected pace, and tonight's as it shows."""
    return _near(pace.gap, _gaps(asked))


def progress(chat: Chat, session: Session, asked: Sequence[Asked], now: Moment, pace: Pace | None = None) -> Progress:
    """Say where the session stands at `now`. `asked` are its questions so far, in any order."""
    expected = pace or pace_of(chat, session)
    so_far = [one for one in asked if one.at <= now]
    latest = max(so_far, key=lambda one: (one.number, one.at), default=None)
    left_for = max(timedelta(), session.ends_at - now)
    if latest is None:
        due = session.starts_at + expected.first_after - now
        return Progress(
            number=0,
            of=chat.questions,
            text="",
            url="",
            on_for=timedelta(),
            left_for=left_for,
            next_in=max(timedelta(), due) if left_for else None,
        )
    due = latest.at + gap_between(expected, so_far) - now
    return Progress(
        number=latest.number,
        of=max(chat.questions, latest.number),
        text=latest.text,
        url=latest.url,
        on_for=now - latest.at,
        left_for=left_for,
        next_in=max(timedelta(), due) if latest.number < chat.questions else None,
    )


def useful_until(
    chat: Chat, session: Session, asked: Sequence[Asked], now: Moment, pace: Pace | None = None
) -> datetime:
    """Return the last useful moment to be told: while a question is still to come, or the last one is fresh.

    That is half a gap after the last question is expected, and never later than five minutes before the end.
    """
    expected = pace or pace_of(chat, session)
    so_far = [one for one in asked if one.at <= now]
    gap = gap_between(expected, so_far)
    latest = max(so_far, key=lambda one: (one.number, one.at), default=None)
    if latest is None:
        last_at = max(now, session.starts_at + expected.first_after) + (chat.questions - 1) * gap
    elif latest.number >= chat.questions:
        last_at = latest.at
    else:
        last_at = max(now, latest.at + gap) + (chat.questions - latest.number - 1) * gap
    return min(last_at + gap / 2, session.ends_at - LEAST)


def questions_left_at(chat: Chat, session: Session, now: Moment, pace: Pace | None = None) -> int:
    """Return how many questions should be to come at `now` by the expected pace, where none was seen."""
    expected = pace or pace_of(chat, session)
    since_first = now - session.starts_at - expected.first_after
    asked = 0 if since_first < timedelta() else 1 + since_first // expected.gap
    return max(0, chat.questions - asked)


def _gaps(asked: Sequence[Asked]) -> list[float]:
    """Return the seconds from question to question; where one was missed, its share of a longer gap."""
    ordered = sorted(asked, key=lambda one: one.at)
    return [
        (after.at - before.at).total_seconds() / (after.number - before.number)
        for before, after in pairwise(ordered)
        if after.number > before.number
    ]


def _near(prior: timedelta, seen: Sequence[float]) -> timedelta:
    """Hold the median of what was seen near what was known before, the less the more was seen."""
    if not seen:
        return prior
    return (prior * PRIOR_GAPS + timedelta(seconds=median(seen)) * len(seen)) / (PRIOR_GAPS + len(seen))
