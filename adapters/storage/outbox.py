"""Messages on their way, and the guarded change of one."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from adapters.storage.leases import wake
from adapters.storage.rows import add_once, first, read
from adapters.storage.tables import outbox
from bot.domain.model import Moment, Platform
from bot.domain.outbox import ANSWER, STATES, UNSAID, WAITING, WISHED, OutboxMessage, State, advance

OTHERS: Final = (ANSWER, *sorted(WISHED))
"""Kinds that are no reminders of ours: answers, and what members asked for."""

FINISHED: Final = tuple(state for state, after in STATES.items() if not after)


BY_USE: Final = (outbox.c.kind != ANSWER, outbox.c.expires_at, outbox.c.not_before, outbox.c.created_at, outbox.c.id)
"""Answers first, then what is useless soonest."""


class SqlOutbox:
    """Messages on their way. Every move is guarded by the state it starts from."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, message: OutboxMessage) -> bool:
        """Store a message; False if one with its key exists."""
        is_new = add_once(self._connection, outbox, _columns(message))
        if is_new:
            wake(self._connection, "message")
        return is_new

    def get(self, message_id: str) -> OutboxMessage | None:
        """Return the message of that id."""
        row = first(self._connection, select(outbox).where(outbox.c.id == message_id))
        return None if row is None else _message(row)

    def due(self, now: Moment, limit: int) -> list[OutboxMessage]:
        """Return pending messages whose `not_before` has come: answers first, then soonest useless first."""
        query = select(outbox).where(outbox.c.state == State.PENDING, outbox.c.not_before <= now)
        return [_message(row) for row in read(self._connection, query.order_by(*BY_USE).limit(limit))]

    def claim(
        self, state: State, platforms: Collection[Platform], owner: str, now: Moment, until: Moment, limit: int
    ) -> list[OutboxMessage]:
        """Take messages that wait and that nobody has in hand; of several who claim at once none waits."""
        free = or_(outbox.c.owner.is_(None), outbox.c.lease_until <= now)
        waiting = (outbox.c.state == state, outbox.c.not_before <= now, outbox.c.platform.in_(platforms), free)
        which = select(outbox.c.id).where(*waiting).order_by(*BY_USE).limit(limit).with_for_update(skip_locked=True)
        ids = list(self._connection.scalars(which))  # SQLite has one writer, and leaves FOR UPDATE out
        if not ids:
            return []
        self._connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(owner=owner, lease_until=until))
        query = select(outbox).where(outbox.c.id.in_(ids)).order_by(*BY_USE)
        return [_message(row) for row in read(self._connection, query)]

    def free(self, living: Collection[str]) -> int:
        """Let go of what is waiting in the hands of owners that are not among the living; return how many."""
        held = (outbox.c.state.in_(WAITING), outbox.c.owner.is_not(None), outbox.c.owner.not_in(living))
        nobody = update(outbox).where(*held).values(owner=None, lease_until=None)
        freed = self._connection.execute(nobody).rowcount
        if freed:
            wake(self._connection, "message")
        return freed

    def in_state(self, state: State) -> list[OutboxMessage]:
        """Return the messages in a state, oldest first."""
        return self._oldest_first(outbox.c.state == state)

    def latest(self, limit: int) -> list[OutboxMessage]:
        """Return the latest messages, newest first."""
        query = select(outbox).order_by(outbox.c.created_at.desc(), outbox.c.id.desc()).limit(limit)
        return [_message(row) for row in read(self._connection, query)]

    def has_reminder(self, member_id: str, session_id: str) -> bool:
        """Say whether a reminder for that session exists that nobody asked for, whatever became of it."""
        its = (outbox.c.member_id == member_id, outbox.c.session_id == session_id, outbox.c.kind.not_in(OTHERS))
        return first(self._connection, select(outbox.c.id).where(*its)) is not None

    def reminded(self, session_id: str) -> list[str]:
        """Return the ids of the members to whom such a reminder went out, or may still, sorted."""
        query = select(outbox.c.member_id).where(outbox.c.session_id == session_id, outbox.c.kind.not_in(OTHERS))
        query = query.where(outbox.c.state.not_in(UNSAID)).distinct().order_by(outbox.c.member_id)
        return list(self._connection.scalars(query))

    def of_member(self, member_id: str, state: State) -> list[OutboxMessage]:
        """Return a member's messages in a state, oldest first."""
        return self._oldest_first(outbox.c.member_id == member_id, outbox.c.state == state)

    def move(self, message: OutboxMessage, then: OutboxMessage) -> bool:
        """Replace a message if its state, attempts and owner are still those of `message`; True if it was.

        Raises:
            IllegalMove: the table of states refuses it.
            ValueError: `then` is another message.
        """
        advance(message.state, then.state)
        if (then.id, then.key) != (message.id, message.key):
            raise ValueError(f"message {message.id} cannot become {then.id}")
        unchanged = (
            outbox.c.id == message.id,
            outbox.c.state == message.state,
            outbox.c.attempts == message.attempts,
            outbox.c.owner.is_(None) if message.owner is None else outbox.c.owner == message.owner,
        )
        return self._connection.execute(update(outbox).where(*unchanged).values(_columns(then))).rowcount == 1

    def expire(self, now: Moment, reason: str) -> list[OutboxMessage]:
        """Let every pending message expire whose `expires_at` has come; return them as they are now, oldest first."""
        stale = (outbox.c.state == State.PENDING, outbox.c.expires_at <= now)
        end = {"state": State.EXPIRED, "reason": reason, "done_at": now}
        found = self._oldest_first(*stale)
        if found:
            self._connection.execute(update(outbox).where(*stale).values(end))
        return [one.model_copy(update=end) for one in found]

    def erase(self, session_id: str) -> int:
        """Forget the texts of the session's finished messages; return how many."""
        finished = (outbox.c.session_id == session_id, outbox.c.state.in_(FINISHED))
        wordy = outbox.c.text.is_not(None) | outbox.c.words.is_not(None)
        return self._connection.execute(update(outbox).where(*finished, wordy).values(text=None, words=None)).rowcount

    def is_answered(self, key: str) -> bool:
        """Say whether a message with that key exists."""
        return first(self._connection, select(outbox.c.id).where(outbox.c.key == key)) is not None

    def latest_answer(self, member_id: str, note: str) -> OutboxMessage | None:
        """Return the latest answer to a member that says that note."""
        theirs = (outbox.c.member_id == member_id, outbox.c.session_id.is_(None), outbox.c.note == note)
        query = select(outbox).where(*theirs).order_by(outbox.c.created_at.desc(), outbox.c.id.desc())
        row = first(self._connection, query)
        return None if row is None else _message(row)

    def answers_to(self, platform: Platform, account_id: str, since: Moment) -> list[OutboxMessage]:
        """Return the answers to that account that were made after then, oldest first."""
        theirs = (outbox.c.platform == platform, outbox.c.account_id == account_id, outbox.c.kind == ANSWER)
        return self._oldest_first(*theirs, outbox.c.created_at > since)

    def by_receipt(self, platform: Platform, receipt_id: str) -> OutboxMessage | None:
        """Return the message that the platform knows by that id."""
        row = first(
            self._connection,
            select(outbox).where(outbox.c.platform == platform, outbox.c.receipt_id == receipt_id),
        )
        return None if row is None else _message(row)

    def drop(self, message_id: str) -> None:
        """Delete a message."""
        self._connection.execute(delete(outbox).where(outbox.c.id == message_id))

    def has_unfinished(self, session_id: str) -> bool:
        """Say whether a message about the session is still on its way."""
        under_way = (outbox.c.session_id == session_id, outbox.c.state.not_in(FINISHED))
        return first(self._connection, select(outbox.c.id).where(*under_way)) is not None

    def prune(self, before: Moment) -> int:
        """Delete answers to people who are no members that were done with before then; return how many."""
        over = (outbox.c.member_id == "", outbox.c.state.in_(FINISHED), outbox.c.done_at < before)
        return self._connection.execute(delete(outbox).where(*over)).rowcount

    def _oldest_first(self, *which: ColumnElement[bool]) -> list[OutboxMessage]:
        query = select(outbox).where(*which).order_by(outbox.c.created_at, outbox.c.id)
        return [_message(row) for row in read(self._connection, query)]


def _columns(message: OutboxMessage) -> dict[str, Any]:
    return {**message.model_dump(), "words": message.words or None}


def _message(columns: dict[str, Any]) -> OutboxMessage:
    return OutboxMessage.model_validate({**columns, "words": columns["words"] or {}})
