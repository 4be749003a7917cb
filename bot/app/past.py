"""What the sessions before this one tell of every member of a chat: who came when, and who was reminded.

Read once a session, in one go for all members: it hardly changes while the session is on.
"""

from datetime import timedelta
from typing import Final

from bot.app.shelves import SessionRow, UnitOfWork
from bot.domain.chat import Chat, Session, sessions_between
from bot.domain.model import Member, Moment, Value
from bot.domain.presence import ABSENT, HALF_YEAR, LAPSE_AT_LEAST, PRESENT, SEEN, Presence, presence

LOOK_BACK: Final = 104
"""So many sessions are looked at: two years of a weekly chat."""

ARRIVALS: Final = 8


class Nudges(Value):
    """Reminders so far. `sessions_ago`: held sessions since the last one (1: the session before), None where there was
    none since they were last there. `unanswered`: how many in a row nothing was seen of them after.
    """

    sessions_ago: int | None = None
    unanswered: int = 0


class Past:
    """The past of one chat, as of one session."""

    def __init__(self, work: UnitOfWork, chat: Chat, session: Session) -> None:
        rows = [row for row in work.sessions.latest(chat.tag, LOOK_BACK) if row.session.starts_at < session.starts_at]
        self._rows = rows[::-1]
        self._half_year = _half_year(chat, session, self._rows)
        self._came: dict[str, bytearray] = {}
        self._arrivals: dict[str, list[float]] = {}
        self._reminded: dict[str, list[int]] = {}
        self._known: dict[tuple[str, Moment], Presence] = {}
        for place, row in enumerate(self._rows):
            self._read(work, place, row.session)

    def _read(self, work: UnitOfWork, place: int, session: Session) -> None:
        for member_id, first_at in work.attendances.arrivals(session.id):
            came = self._came.get(member_id)
            if came is None:
                came = self._came[member_id] = bytearray(len(self._rows))
                self._arrivals[member_id] = []
            came[place] = PRESENT
            arrivals = self._arrivals[member_id]
            arrivals.append((first_at - session.starts_at).total_seconds() / 60)
            del arrivals[:-ARRIVALS]
        for member_id in work.outbox.reminded(session.id):
            self._reminded.setdefault(member_id, []).append(place)

    def presence(self, member: Member) -> Presence:
        """Return the member's past, from when they joined. It is read once: everybody is weighed every minute."""
        key = (member.id, member.joined_at)
        if key not in self._known:
            self._known[key] = self._presence(member)
        return self._known[key]

    def _presence(self, member: Member) -> Presence:
        came = self._came.get(member.id) or bytes(len(self._rows))
        marks = (_mark(row, came[place]) for place, row in enumerate(self._rows) if _is_theirs(row, member))
        record = bytes(mark for mark in marks if mark is not None)
        return presence(record, self._half_year, arrivals=self._arrivals.get(member.id, ()))

    def nudges(self, member: Member) -> Nudges:
        """Return which reminders the member had, and what came of them."""
        came = self._came.get(member.id) or bytes(len(self._rows))
        reminded = self._reminded.get(member.id, ())
        silent = [place for place in reminded if not any(came[place:])]
        if not silent:
            return Nudges()
        held = sum(bool(row.held) for row in self._rows[silent[-1] + 1 :])
        unheard = [place for place in silent if member.last_heard_at < self._rows[place].session.starts_at]
        return Nudges(sessions_ago=held + 1, unanswered=len(unheard))


def _is_theirs(row: SessionRow, member: Member) -> bool:
    return row.session.ends_at > member.joined_at


def _mark(row: SessionRow, came: int) -> int | None:
    """Return what a session says of them: nothing where it was not held or not observed and they were not seen."""
    if row.held and row.observed:
        return PRESENT if came else ABSENT
    return SEEN if came else None


def _half_year(chat: Chat, session: Session, rows: list[SessionRow]) -> int:
    """Return how many sessions half a year has: by the chat's schedule, else by those there were."""
    begin = session.starts_at - HALF_YEAR
    planned = sessions_between(chat, begin, session.starts_at)
    if not planned and rows:
        every = (session.starts_at - rows[0].session.starts_at) / len(rows)
        return max(LAPSE_AT_LEAST, round(HALF_YEAR / max(every, timedelta(days=1))))
    return max(LAPSE_AT_LEAST, len(planned))
