"""Sessions end: once late posts are in, attendance is final; a day later other people are forgotten."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.app.ingest import COUNTS_UNTIL
from bot.app.shelves import SessionRow, Storage, UnitOfWork
from bot.domain.attendance import Attendance, held_until, is_held, is_observed, is_watched
from bot.domain.chat import CALLED_UNTIL, SWEEPS, WATCHED_BEFORE, Chat
from bot.domain.model import Moment

ANSWERS_FOR: Final = timedelta(days=2)
"""Answers go to anybody who writes; after that nothing shows that somebody did who is no member."""


class Settle:
    """Closes sessions. Settling twice changes nothing."""

    def __init__(self, storage: Storage, chats: Mapping[str, Chat]) -> None:
        self._storage = storage
        self._chats = chats

    def tick(self, now: Moment) -> None:
        """Settle what is ready and erase what is no longer needed."""
        with self._storage.work() as work:
            work.outbox.prune(now - ANSWERS_FOR)
            for row in work.sessions.open():
                settled = self._settled(work, row, now)
                is_over = settled.settled_at is not None and now >= row.session.ends_at + CALLED_UNTIL
                if is_over and not work.outbox.has_unfinished(row.session.id):
                    work.posts.erase(row.session.id)
                    work.outbox.erase(row.session.id)
                    settled = settled.model_copy(update={"erased_at": now})
                if settled != row:
                    work.sessions.put(settled)

    def _settled(self, work: UnitOfWork, row: SessionRow, now: Moment) -> SessionRow:
        session = row.session
        chat = self._chats.get(session.chat)
        is_read = row.sweeps >= len(SWEEPS) or now >= session.ends_at + CALLED_UNTIL
        if row.settled_at is not None or not is_read:
            return row
        people = work.posts.people(session.id, session.ends_at + COUNTS_UNTIL)
        early = work.posts.people(session.id, held_until(session))
        questions = len(work.sessions.questions(session.id))
        is_known = row.sweeps >= len(SWEEPS) and is_observed(session, row.watched_until, now)
        self._attend(work, row)
        return row.model_copy(
            update={
                "settled_at": now,
                "held": is_held(chat, questions, early) if chat else questions > 0,
                "observed": is_known and is_watched(session, work.sessions.gaps(session.id)),
                "people": people,
            }
        )

    def _attend(self, work: UnitOfWork, row: SessionRow) -> None:
        """Count in members whose posts were read before they joined, or federated late."""
        session = row.session
        begin, end = session.starts_at - WATCHED_BEFORE, session.ends_at + COUNTS_UNTIL
        for member in work.members.of_chat(session.chat):
            accounts = [(one.platform, one.account_id) for one in member.identities]
            times = [at for _, at in work.posts.by_authors(session.id, accounts) if begin <= at < end]
            if times:
                row_of = Attendance(
                    member_id=member.id, session_id=session.id, first_at=times[0], last_at=times[-1], how="post"
                )
                work.attendances.add(row_of)
