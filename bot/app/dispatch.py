"""From the outbox to the platform: claim, look twice, ask the policy, word it, send, record.

Every step is a row before it is an act, so that a process killed between any two of them neither loses a message nor
sends it twice: what was being sent becomes uncertain when its lease ends, and uncertain is read back, never resent.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from bot.app.compose import Compose
from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from bot.app.ingest import was_here
from bot.app.journal import Journal, Moved
from bot.app.manners import pause, unanswered
from bot.app.pacing import pace
from bot.app.ports import Clock, Courier, Receipt, Witness
from bot.app.shelves import Storage, UnitOfWork
from bot.domain.chat import WATCHED_BEFORE, Chat, Session
from bot.domain.facts import Kind
from bot.domain.model import Moment, Platform, Post
from bot.domain.outbox import ANSWER, LAST_WORD, STATES, OutboxMessage, State, retry_at
from bot.domain.pace import useful_until
from bot.domain.policy import EXPIRES, Drop, Hold, QuietHours, judge

LAPSED: Final[Kind] = "lapsed"

LEASE_FOR: Final = timedelta(minutes=3)
"""Longer than a message's requests with all their time-outs; afterwards nobody is sending it any more."""

UNSURE_FOR: Final = timedelta(seconds=30)
"""When nobody can say whether the person has come: ask again after that."""

LOOK_AGAIN: Final = timedelta(seconds=30)
BATCH: Final = 50


class Dispatch:
    """Delivers what is due. Not for two threads at once; any number of processes may."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        couriers: Mapping[Platform, Courier],
        witnesses: Mapping[Platform, Witness],
        compose: Compose,
        chats: Mapping[str, Chat],
        quiet: QuietHours,
        journal: Journal,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._couriers = couriers
        self._witnesses = witnesses
        self._compose = compose
        self._chats = chats
        self._quiet = quiet
        self._journal = journal

    def tick(self, now: Moment, *, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Bring every message one step further; return how many were sent. A stopping bot begins no new one."""
        self._expire(now)
        self._reclaim(now)
        sent = sum(self._look_back(message, now) for message in self._in(State.UNCERTAIN) if message.not_before <= now)
        with self._storage.work() as work:
            due = [m for m in work.outbox.due(now, BATCH) if m.platform in self._couriers]
        return sent + sum(self._deliver(message) for message in due if not is_stopping())

    def recover(self, now: Moment) -> None:
        """Take up at once what an earlier process left, not after its lease: before the first tick, and only where
        this process has the storage to itself, so that nobody else can be sending.
        """
        for message in self._in(State.SENDING):
            self._interrupted(message, now)

    def _in(self, state: State) -> list[OutboxMessage]:
        with self._storage.work() as work:
            return [m for m in work.outbox.in_state(state) if m.platform in self._couriers]

    def _expire(self, now: Moment) -> None:
        """Give up at once what nobody has any use for now: one transaction, no request, however much piled up."""
        with self._storage.work() as work:
            gone = work.outbox.expire(now, str(Drop.STALE))
            for message in gone:
                if message.note == LAST_WORD:
                    work.outbox.drop(message.id)
        for message in gone:
            self._journal(Moved(message=message))

    def _reclaim(self, now: Moment) -> None:
        for message in self._in(State.SENDING):
            if message.lease_until is None or message.lease_until <= now:
                self._interrupted(message, now)

    def _interrupted(self, message: OutboxMessage, now: Moment) -> None:
        self._move(message, state=State.UNCERTAIN, reason="interrupted while sending", not_before=now)

    def _look_back(self, message: OutboxMessage, now: Moment) -> bool:
        """Settle an uncertain message by what the platform holds."""
        try:
            receipt = self._couriers[message.platform].find(message)
        except (Transient, Uncertain, Misconfigured) as error:
            if now >= message.expires_at:
                self._move(message, state=State.FAILED, reason=f"unknown whether it arrived: {error}", done_at=now)
            else:
                self._move(message, not_before=now + LOOK_AGAIN, reason=str(error))
            return False
        if receipt is not None:
            return self._sent(message, receipt)
        if now >= message.expires_at:
            self._move(message, state=State.FAILED, reason="did not arrive in time", done_at=now)
        else:
            self._move(message, state=State.PENDING, not_before=now, reason="did not arrive", receipt_id=None)
        return False

    def _deliver(self, message: OutboxMessage) -> bool:
        try:
            is_stale = self._clock.now() >= message.expires_at
            has_come = message.kind != ANSWER and not is_stale and self._has_come(message)
        except (Transient, Misconfigured) as error:
            until = self._clock.now() + UNSURE_FOR
            self._move(message, not_before=until, reason=f"not sure whether they have come: {error}")
            return False
        now = self._clock.now()  # batches and second looks take a while, and nothing is sent late
        with self._storage.work() as work:
            member = work.members.get(message.member_id)
            session = _session(work, message)
            verdict = judge(
                self._while_useful(work, message, session, now),
                member,
                chat=session.chat if session and session.chat in self._chats else None,
                is_present=has_come,
                unanswered=unanswered(work, member) if member else 0,
                is_live=session is not None and session.is_live(now),
                quiet=self._quiet,
                now=now,
            )
            if verdict is Drop.UNANSWERED and member is not None:
                pause(work, member)
        if isinstance(verdict, Drop):
            state = State.EXPIRED if verdict in EXPIRES else State.SUPPRESSED
            self._move(message, state=state, reason=str(verdict), done_at=now)
            return False
        if isinstance(verdict, Hold):
            self._move(message, not_before=verdict.until, reason="quiet hours")
            return False
        return self._send(message, now)

    def _while_useful(
        self, work: UnitOfWork, message: OutboxMessage, session: Session | None, now: Moment
    ) -> OutboxMessage:
        """Let a reminder that asks to join now expire with the last question, as far as the pace tells by now."""
        chat = self._chats.get(session.chat) if session else None
        if session is None or chat is None or message.kind != LAPSED or not session.is_live(now):
            return message
        asked = work.sessions.questions(session.id)
        last = useful_until(chat, session, asked, now, pace(work, chat, session))
        return message.model_copy(update={"expires_at": min(message.expires_at, last)})

    def _send(self, message: OutboxMessage, now: Moment) -> bool:
        courier = self._couriers[message.platform]
        try:
            text = self._compose.text(message, now, room=courier.room_for(message.handle))
        except (Transient, Misconfigured) as error:
            self._move(message, not_before=now + UNSURE_FOR, reason=str(error))
            return False
        claimed = self._move(
            message,
            state=State.SENDING,
            text=text,
            attempts=message.attempts + 1,
            attempted_at=now,
            lease_until=now + LEASE_FOR,
            reason="",
        )
        if claimed is None:
            return False
        try:
            receipt = courier.send(claimed, text)
        except (Transient, Misconfigured) as error:
            not_before = getattr(error, "retry_at", None) or retry_at(claimed, self._clock.now())
            self._move(claimed, state=State.PENDING, not_before=not_before, reason=str(error))
        except Permanent as error:
            self._move(claimed, state=State.FAILED, reason=str(error), done_at=self._clock.now())
        except Uncertain as error:
            not_before = self._clock.now()
            self._move(
                claimed, state=State.UNCERTAIN, not_before=not_before, reason=str(error), receipt_id=error.post_id
            )
        else:
            return self._sent(claimed, receipt)
        return False

    def _sent(self, message: OutboxMessage, receipt: Receipt) -> bool:
        moved = self._move(
            message,
            state=State.SENT,
            receipt_id=receipt.id,
            receipt_url=receipt.url,
            done_at=receipt.at,
            lease_until=None,
            reason="",
        )
        return moved is not None

    def _move(self, message: OutboxMessage, **changes: object) -> OutboxMessage | None:
        """Change a message that nobody else has changed; None where somebody has."""
        then = message.model_copy(update=changes)
        with self._storage.work() as work:
            is_moved = work.outbox.move(message, then)
            if is_moved and then.note == LAST_WORD and not STATES[then.state]:
                work.outbox.drop(then.id)
        if not is_moved:
            return None
        self._journal(Moved(message=then))
        return then

    def _has_come(self, message: OutboxMessage) -> bool:
        """Look twice: what we have read, and the person's own latest posts."""
        with self._storage.work() as work:
            member = work.members.get(message.member_id)
            session = _session(work, message)
        if member is None or session is None:
            return False
        since = session.starts_at - WATCHED_BEFORE
        with self._storage.work() as work:
            if was_here(work, member, session, since):
                return True
        return any(
            self._is_there(post, session)
            for identity in member.identities
            if identity.platform in self._witnesses
            for post in self._witnesses[identity.platform].latest_posts(identity.account_id, since)
        )

    def _is_there(self, post: Post, session: Session) -> bool:
        if post.is_direct or post.is_repost:
            return False
        if session.chat in post.tags:
            return True
        if post.in_reply_to_id is None:
            return False
        with self._storage.work() as work:
            return work.posts.belongs_to(post.platform, post.in_reply_to_id, session.id)


def _session(work: UnitOfWork, message: OutboxMessage) -> Session | None:
    row = work.sessions.get(message.session_id) if message.session_id is not None else None
    return row.session if row is not None else None
