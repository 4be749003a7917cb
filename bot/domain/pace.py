"""The session clock: which question is on, how many are to come, and how long is left.

Sources for the prior: a chat of n questions in m minutes asks about every m/(n+1) minutes, with a welcome before the
first and a farewell after the last; observed gaps between questions replace it as they come.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from statistics import median

from bot.domain.chat import Chat, Session
from bot.domain.model import Moment, Value
from bot.domain.recognise.observations import Asked


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


def gap_between(chat: Chat, session: Session, asked: Sequence[Asked]) -> timedelta:
    """Return the usual time from one question to the next: the prior, mixed with what was seen in equal parts."""
    prior = (session.ends_at - session.starts_at) / (chat.questions + 1)
    ordered = sorted(asked, key=lambda one: one.at)
    gaps = [(b.at - a.at).total_seconds() / max(1, b.number - a.number) for a, b in pairwise(ordered)]
    return (prior + timedelta(seconds=median(gaps))) / 2 if gaps else prior


def progress(chat: Chat, session: Session, asked: Sequence[Asked], now: Moment) -> Progress:
    """Say where the session stands at `now`. `asked` are its questions so far, in any order."""
    so_far = [one for one in asked if one.at <= now]
    latest = max(so_far, key=lambda one: (one.number, one.at), default=None)
    left_for = max(timedelta(), session.ends_at - now)
    if latest is None:
        return Progress(
            number=0, of=chat.questions, text="", url="", on_for=timedelta(), left_for=left_for, next_in=None
        )
    due = latest.at + gap_between(chat, session, so_far)
    return Progress(
        number=latest.number,
        of=max(chat.questions, latest.number),
        text=latest.text,
        url=latest.url,
        on_for=now - latest.at,
        left_for=left_for,
        next_in=max(timedelta(), due - now) if latest.number < chat.questions else None,
    )
