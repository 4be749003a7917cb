"""Sessions, their questions, and who of the members was there."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from adapters.storage.rows import add_once, first, put, read
from adapters.storage.tables import attendances, gaps, questions, readings, sessions
from bot.app.shelves import Reading, SessionRow
from bot.domain.attendance import Attendance, Gap
from bot.domain.chat import Session
from bot.domain.recognise.observations import Asked


class SqlSessions:
    """Sessions and their questions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ensure(self, session: Session) -> SessionRow:
        """Return the session's row as it is stored, after storing a fresh one where there was none."""
        fresh = SessionRow(session=session)
        return fresh if add_once(self._connection, sessions, _columns(fresh)) else self.get(session.id) or fresh

    def get(self, session_id: str) -> SessionRow | None:
        """Return the session's row."""
        row = first(self._connection, select(sessions).where(sessions.c.id == session_id))
        return None if row is None else _row(row)

    def put(self, row: SessionRow) -> None:
        """Insert or replace a session's row."""
        put(self._connection, sessions, _columns(row))

    def open(self) -> list[SessionRow]:
        """Return the sessions that are not erased yet, oldest first."""
        query = select(sessions).where(sessions.c.erased_at.is_(None)).order_by(sessions.c.starts_at, sessions.c.id)
        return [_row(row) for row in read(self._connection, query)]

    def latest(self, chat: str | None, limit: int) -> list[SessionRow]:
        """Return the latest sessions (of one chat), newest first."""
        query = select(sessions).order_by(sessions.c.starts_at.desc(), sessions.c.id.desc()).limit(limit)
        if chat is not None:
            query = query.where(sessions.c.chat == chat)
        return [_row(row) for row in read(self._connection, query)]

    def miss(self, gap: Gap) -> bool:
        """Record a gap in watching; False if one that begins then is recorded already."""
        return add_once(self._connection, gaps, gap.model_dump())

    def gaps(self, session_id: str) -> list[Gap]:
        """Return the session's gaps in order of time."""
        query = select(gaps).where(gaps.c.session_id == session_id).order_by(gaps.c.begins_at)
        return [Gap.model_validate(row) for row in read(self._connection, query)]

    def readings(self, session_id: str) -> list[Reading]:
        """Return how far each source has read the session, by source."""
        query = select(readings).where(readings.c.session_id == session_id).order_by(readings.c.source)
        return [Reading.model_validate(row) for row in read(self._connection, query)]

    def note(self, reading: Reading) -> None:
        """Keep how far a source has read; the latest counts."""
        put(self._connection, readings, reading.model_dump())

    def ask(self, session_id: str, question: Asked) -> bool:
        """Record a question; False if its number or its post is already recorded."""
        return add_once(self._connection, questions, {"session_id": session_id, **question.model_dump()})

    def questions(self, session_id: str) -> list[Asked]:
        """Return the session's questions by number."""
        columns = [questions.c[name] for name in Asked.model_fields]
        query = select(*columns).where(questions.c.session_id == session_id).order_by(questions.c.number)
        return [Asked.model_validate(row) for row in read(self._connection, query)]


class SqlAttendances:
    """Who of the members was there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, attendance: Attendance) -> bool:
        """Record presence; widens first and last where a row exists. `how` stays with the first. True if new."""
        if add_once(self._connection, attendances, attendance.model_dump()):
            return True
        its = (attendances.c.member_id == attendance.member_id, attendances.c.session_id == attendance.session_id)
        earlier = update(attendances).where(*its, attendances.c.first_at > attendance.first_at)
        self._connection.execute(earlier.values(first_at=attendance.first_at, how=attendance.how))
        later = update(attendances).where(*its, attendances.c.last_at < attendance.last_at)
        self._connection.execute(later.values(last_at=attendance.last_at))
        return False

    def get(self, member_id: str, session_id: str) -> Attendance | None:
        """Return the member's presence in the session, if there was any."""
        its = (attendances.c.member_id == member_id, attendances.c.session_id == session_id)
        row = first(self._connection, select(attendances).where(*its))
        return None if row is None else Attendance.model_validate(row)

    def of_session(self, session_id: str) -> list[Attendance]:
        """Return who was there, in order of coming."""
        query = select(attendances).where(attendances.c.session_id == session_id)
        query = query.order_by(attendances.c.first_at, attendances.c.member_id)
        return [Attendance.model_validate(row) for row in read(self._connection, query)]

    def arrivals(self, session_id: str) -> Iterator[tuple[str, datetime]]:
        """Return who was there and when they were first seen, in no order, without making values of them."""
        query = select(attendances.c.member_id, attendances.c.first_at).where(attendances.c.session_id == session_id)
        return ((member_id, at) for member_id, at in self._connection.execute(query))

    def count(self, member_id: str) -> int:
        """Return how many sessions a member came to."""
        query = select(func.count()).select_from(attendances).where(attendances.c.member_id == member_id)
        return self._connection.scalar(query) or 0


def _columns(row: SessionRow) -> dict[str, Any]:
    one = row.session
    return {"id": one.id, **one.model_dump(), **row.model_dump(exclude={"session"})}


def _row(columns: dict[str, Any]) -> SessionRow:
    one = Session.model_validate({name: columns[name] for name in Session.model_fields})
    rest = {name: columns[name] for name in SessionRow.model_fields if name != "session"}
    return SessionRow.model_validate({"session": one, **rest})
