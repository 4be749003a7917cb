"""From the outbox to the platform: claim, look twice, ask the policy, word it, send, record.

Every step is a row before it is an act, so that a process killed between any two of them neither loses a message nor
sends it twice: what was being sent becomes uncertain when its lease ends, and uncertain is read back, never resent.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from bot.app.compose import Compose
from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from bot.app.grant import fulfil
from bot.app.ingest import was_here
from bot.app.journal import Journal, Moved
from bot.app.manners import pause, unanswered
from bot.app.pacing import pace
from bot.app.ports import Clock, Courier, Receipt, Witness
from bot.app.shelves import Storage, UnitOfWork
from bot.domain.chat import WATCHED_BEFORE, Chat, Session
from bot.domain.facts import Kind
from bot.domain.model import Identity, Moment, Platform, Post
from bot.domain.outbox import ANSWER, LAST_WORD, STATES, OutboxMessage, State, retry_at
from bot.domain.pace import useful_until
from bot.domain.policy import EXPIRES, Drop, Hold, QuietHours, judge

LAPSED: Final[Kind] = "lapsed"

LEASE_FOR: Final = timedelta(minutes=3)
"""Longer than a message's requests with all their time-outs; afterwards nobody is sending it any more."""

IN_HAND_FOR: Final = timedelta(minutes=1)
"""How long a message that is looked at is kept from others; who takes longer may find that it was taken over."""

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
        *,
        me: str = "alone",
        at_once: int = BATCH,
    ) -> None:
        """Take `at_once` messages in hand at a time, under the name of this process: with others about, only a few."""
        self._storage = storage
        self._clock = clock
        self._couriers = couriers
        self._witnesses = witnesses
        self._compose = compose
        self._chats = chats
        self._quiet = quiet
        self._journal = journal
        self._me = me
        self._at_once = at_once

    def tick(self, now: Moment, *, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Bring every message one step further; return how many were sent. A stopping bot begins no new one."""
        self._expire(now)
        self._reclaim(now)
        sent = sum(self._look_back(message, now) for message in self._claim(State.UNCERTAIN, now, BATCH))
        done = 0
        while done < BATCH and not is_stopping():
            mine = self._claim(State.PENDING, now, self._at_once)
            with self._storage.work() as work:
                mine = sorted(mine, key=lambda message: _usefulness(work, message))
            sent += sum(self._deliver(message) for message in mine if not is_stopping())
            done += len(mine)
            if len(mine) < self._at_once:
                break
        return sent

    def _claim(self, state: State, now: Moment, limit: int) -> list[OutboxMessage]:
        """Take messages in hand, so that of several processes one looks and sends."""
        with self._storage.aside() as work:
            return work.outbox.claim(state, tuple(self._couriers), self._me, now, now + IN_HAND_FOR, limit)

    def recover(self, now: Moment) -> None:
        """Take up at once what an earlier process left, not after its lease: before the first tick, and only where
        this process has the storage to itself, so that nobody else can be sending.
        """
        for message in self._in(State.SENDING):
            self._interrupted(message, now)
        with self._storage.work() as work:
            work.outbox.free(())

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
            self._refused(claimed, str(error))
        except Uncertain as error:
            not_before = self._clock.now()
            self._move(
                claimed, state=State.UNCERTAIN, not_before=not_before, reason=str(error), receipt_id=error.post_id
            )
        else:
            return self._sent(claimed, receipt)
        return False

    def _refused(self, message: OutboxMessage, why: str) -> None:
        """Remember that an account takes nothing from us; a reminder goes to the member's other account instead."""
        now = self._clock.now()
        other = self._noted(message, refused_at=now)
        if other is None or message.kind == ANSWER:
            self._move(message, state=State.FAILED, reason=why, done_at=now)
            return
        self._move(
            message,
            state=State.PENDING,
            platform=other.platform,
            account_id=other.account_id,
            handle=other.handle,
            in_reply_to_id=other.thread_post_id,
            not_before=now,
            reason=f"{why}; going to @{other.handle} instead",
        )

    def _noted(self, message: OutboxMessage, refused_at: Moment | None) -> Identity | None:
        """Note whether the account of a message takes what we send; return another one of the member's that does."""
        with self._storage.work() as work:
            member = work.members.get(message.member_id)
            if member is None:
                return None
            its = (message.platform, message.account_id)
            identities = tuple(
                one.model_copy(update={"refused_at": refused_at}) if (one.platform, one.account_id) == its else one
                for one in member.identities
            )
            if identities != member.identities:
                work.members.put(member.model_copy(update={"identities": identities}))
        open_ones = (one for one in identities if one.refused_at is None and one.platform in self._couriers)
        return next(open_ones, None)

    def _sent(self, message: OutboxMessage, receipt: Receipt) -> bool:
        self._noted(message, refused_at=None)
        moved = self._move(
            message,
            state=State.SENT,
            receipt_id=receipt.id,
            receipt_url=receipt.url,
            done_at=receipt.at,
            reason="",
        )
        return moved is not None

    def _move(self, message: OutboxMessage, **changes: object) -> OutboxMessage | None:
        """Change a message that nobody else has changed; None where somebody has."""
        if changes.get("state", message.state) is not State.SENDING:
            changes |= {"owner": None, "lease_until": None}
        then = message.model_copy(update=changes)
        with self._storage.work() as work:
            is_moved = work.outbox.move(message, then)
            if is_moved and then.note == LAST_WORD and not STATES[then.state]:
                work.outbox.drop(then.id)
            if is_moved and then.state is State.SENT:
                fulfil(work, then)
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
        if self._clock.now() < since:
            return False  # nobody has gathered yet
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


def _usefulness(work: UnitOfWork, message: OutboxMessage) -> tuple[bool, Moment, int]:
    """Order what is due, for a platform that lets few through: answers, then what ends soonest, then most called."""
    calls = work.calls.of(message.member_id, message.session_id) if message.session_id is not None else []
    return message.kind != ANSWER, message.expires_at, -len({(call.platform, call.caller_id) for call in calls})
