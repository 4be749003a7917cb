"""What is too old to be kept goes, a few rows at a time, by an index each: nobody waits for it."""

from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, delete, select, tuple_

from adapters.storage.outbox import FINISHED
from adapters.storage.tables import (
    attendances,
    calls,
    cursors,
    decisions,
    gaps,
    outbox,
    posts,
    questions,
    readings,
    sessions,
)
from bot.domain.model import Moment

OF_A_SESSION: Final = (posts, questions, gaps, readings, calls, decisions, outbox, attendances)
SESSIONS_AT_ONCE: Final = 50


class SqlAttic:
    """Old rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def prune(self, before: Moment, posts_before: Moment, limit: int) -> int:
        """Delete at most about `limit` rows of what is old; return how many."""
        left = limit
        for gone in (self._posts, self._messages):
            left -= gone(posts_before if gone == self._posts else before, left)
        query = select(sessions.c.id).where(sessions.c.erased_at < before).order_by(sessions.c.erased_at)
        for session_id in list(self._connection.scalars(query.limit(SESSIONS_AT_ONCE))):
            for table in OF_A_SESSION:
                left -= self._some(table, (table.c.session_id == session_id,), left)
            if left <= 0:
                break
            self._connection.execute(delete(cursors).where(cursors.c.name.endswith(f"/{session_id}", autoescape=True)))
            self._connection.execute(delete(sessions).where(sessions.c.id == session_id))
            left -= 1
        return limit - left

    def _posts(self, before: Moment, limit: int) -> int:
        # While a session is not erased its posts are needed, however long ago they were written.
        in_use = select(sessions.c.id).where(sessions.c.erased_at.is_(None))
        free = posts.c.session_id.is_(None) | posts.c.session_id.not_in(in_use)
        return self._some(posts, (posts.c.created_at < before, free), limit)

    def _messages(self, before: Moment, limit: int) -> int:
        over = (outbox.c.created_at < before, outbox.c.session_id.is_(None), outbox.c.state.in_(FINISHED))
        return self._some(outbox, over, limit)

    def _some(self, table: Table, which: tuple[ColumnElement[bool], ...], limit: int) -> int:
        if limit <= 0:
            return 0
        keys = tuple(table.primary_key)
        some = select(*keys).where(*which).limit(limit)
        return self._connection.execute(delete(table).where(tuple_(*keys).in_(some))).rowcount
