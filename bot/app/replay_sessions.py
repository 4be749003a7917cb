"""Which line of a transcript belongs to which session.

A label groups lines, and its session is the scheduled one in which most of it was written. Lines without a label are
grouped by silences of more than six hours; each is of the scheduled session in whose window it falls, and stragglers
go with their group. Where nothing falls into the schedule, or there is none, a group's session is guessed: chats begin
on the hour or half past, and people write most while the chat is on, so its start is the half-hour mark with most
posts in the 60 minutes after it.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.app.transcript import Line
from bot.domain.chat import CALLED_UNTIL, WATCHED_BEFORE, Chat, Session, sessions_between

SPLIT_AFTER: Final = timedelta(hours=6)
HALF_HOUR: Final = timedelta(minutes=30)
HOUR: Final = timedelta(hours=1)

_SINCE: Final = datetime(1970, 1, 1, tzinfo=UTC)


def place(lines: Sequence[Line], chat: Chat) -> list[tuple[Session, Line]]:
    """Return every line with its session. `lines` are in order of time, and so is the result."""
    sessions: dict[int, Session] = {}
    labelled: dict[str | None, list[Line]] = {}
    for line in lines:
        labelled.setdefault(line.label, []).append(line)
    free = labelled.pop(None, [])
    scheduled = _fallen_into([line for line in free if line.is_timed], chat)
    for group in _split(free):
        around = {line.number: found for line in group if (found := _of(line, scheduled)) is not None}
        other = next(iter(around.values()), None) or _session(group, chat)
        sessions |= {line.number: around.get(line.number, other) for line in group}
    for group in labelled.values():
        sessions |= dict.fromkeys((line.number for line in group), _session(group, chat))
    return [(sessions[line.number], line) for line in lines]


def begin(times: Sequence[datetime]) -> datetime:
    """Guess when a session began: the half-hour mark with most posts in the 60 minutes after it.

    Of several such marks it is the one that leaves fewest posts before the session's window, then the latest.
    `times` are in order and not empty.
    """
    bins = Counter((at - _SINCE) // HALF_HOUR for at in times)
    marks = {mark for full in bins for mark in (full - 1, full)}

    def worth(mark: int) -> tuple[int, int, int]:
        lost = bisect_left(times, _SINCE + mark * HALF_HOUR - WATCHED_BEFORE)
        return bins[mark] + bins[mark + 1], -lost, mark

    return _SINCE + max(marks, key=worth) * HALF_HOUR


def _session(group: Sequence[Line], chat: Chat) -> Session:
    """Return the one session of a group of lines."""
    timed = [line for line in group if line.is_timed]
    times = [line.post.created_at for line in timed or group]
    scheduled = _fallen_into(timed, chat)
    if scheduled:
        return max(scheduled, key=lambda session: _count(times, session.starts_at, session.ends_at))
    lasts_for = chat.slots[-1].lasts_for if chat.slots else HOUR
    starts_at = begin(times) if timed else times[0]
    ends_at = starts_at + lasts_for if timed else max(starts_at + lasts_for, times[-1] + timedelta(seconds=1))
    return Session(chat=chat.tag, starts_at=starts_at, ends_at=ends_at)


def _fallen_into(lines: Sequence[Line], chat: Chat) -> list[Session]:
    """Return the scheduled sessions during which at least one of the lines was written."""
    if not lines:
        return []
    times = [line.post.created_at for line in lines]
    near = sessions_between(chat, times[0], times[-1] + timedelta(seconds=1))
    return [session for session in near if _count(times, session.starts_at, session.ends_at)]


def _count(times: Sequence[datetime], start: datetime, end: datetime) -> int:
    return bisect_left(times, end) - bisect_left(times, start)


def _of(line: Line, sessions: Sequence[Session]) -> Session | None:
    """Return the latest session in whose window the line was written."""
    at = line.post.created_at
    begun = bisect_right(sessions, at, key=lambda session: session.starts_at - WATCHED_BEFORE)
    session = sessions[begun - 1] if begun else None
    return session if session is not None and at < session.ends_at + CALLED_UNTIL else None


def _split(lines: Iterable[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.post.created_at - groups[-1][-1].post.created_at <= SPLIT_AFTER:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
