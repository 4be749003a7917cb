"""Members write to the bot: understand, change what they may change, answer once, in their thread."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from bot.app.journal import Event, Journal, Moved
from bot.app.shelves import Storage, UnitOfWork
from bot.domain.attendance import Attendance
from bot.domain.chat import WATCHED_BEFORE, Chat, sessions_between
from bot.domain.conversation import Reply, respond, understand
from bot.domain.model import Consent, Identity, Member, Moment, Post
from bot.domain.outbox import ANSWER, OutboxMessage, State, answer_key, daily_key

ANSWERED_WITHIN = timedelta(days=1)
"""An answer to a message older than that would only puzzle."""


class Converse:
    """Takes messages to the bot. The same message taken twice is answered once."""

    def __init__(self, storage: Storage, chats: Mapping[str, Chat], journal: Journal) -> None:
        self._storage = storage
        self._chats = chats
        self._journal = journal

    def take(self, post: Post, now: Moment) -> Reply | None:
        """Obey and answer one post that mentions the bot; None where it is not for us or was taken before."""
        if post.author.is_bot or post.is_repost:
            return None
        events: list[Event] = []
        with self._storage.work() as work:
            if post.is_direct and not work.posts.add(post, None):
                return None
            member = work.members.by_account(post.platform, post.author.id)
            intent = understand(post.text, is_direct=post.is_direct)
            chats = tuple(self._chats)
            reply = respond(member, intent, text=post.text, is_direct=post.is_direct, chats=chats)
            member = self._remember(work, member, reply, post, now)
            if member is not None and reply.is_here:
                self._count_in(work, member, post)
            if reply.note is not None:
                answer = _answer(post, member, reply, reply.note, now)
                if work.outbox.add(answer):
                    events.append(Moved(message=answer))
        for event in events:
            self._journal(event)
        return reply

    def _remember(
        self, work: UnitOfWork, member: Member | None, reply: Reply, post: Post, now: Moment
    ) -> Member | None:
        if reply.consent is None:
            return None
        identity = Identity(
            platform=post.platform,
            account_id=post.author.id,
            handle=post.author.handle,
            name=post.author.name,
            is_bot=post.author.is_bot,
            thread_post_id=post.id,
        )
        if member is None:
            member = self._newcomer(identity, reply, now)
        others = tuple(one for one in member.identities if one.platform is not post.platform)
        member = member.model_copy(
            update={
                "consent": reply.consent,
                "chats": reply.chats,
                "identities": (*others, identity),
                "last_heard_at": max(member.last_heard_at, post.created_at),
            }
        )
        work.members.put(member)
        if member.consent is not Consent.LIVE:
            _silence(work, member, now)
        return member

    def _newcomer(self, identity: Identity, reply: Reply, now: Moment) -> Member:
        zone = next((self._chats[tag].zone for tag in reply.chats), "UTC")
        return Member(
            id=uuid4().hex,
            consent=Consent.ASKED,
            identities=(identity,),
            zone=zone,
            joined_at=now,
            last_heard_at=now,
        )

    def _count_in(self, work: UnitOfWork, member: Member, post: Post) -> None:
        at = post.created_at
        for chat in (self._chats[tag] for tag in member.chats if tag in self._chats):
            for session in sessions_between(chat, at, at + WATCHED_BEFORE):
                work.sessions.ensure(session)
                here = Attendance(member_id=member.id, session_id=session.id, first_at=at, last_at=at, how="here")
                work.attendances.add(here)


def _answer(post: Post, member: Member | None, reply: Reply, note: str, now: Moment) -> OutboxMessage:
    day = f"{now:%Y-%m-%d}"
    key = (
        daily_key(post.platform, post.author.id, note, day)
        if reply.is_once_a_day
        else answer_key(post.platform, post.id)
    )
    return OutboxMessage(
        id=uuid4().hex,
        key=key,
        member_id=member.id if member else "",
        platform=post.platform,
        account_id=post.author.id,
        handle=post.author.handle,
        kind=ANSWER,
        note=note,
        words=reply.words,
        language=member.language if member else "en",
        in_reply_to_id=post.id,
        not_before=now,
        expires_at=max(now, post.created_at) + ANSWERED_WITHIN,
        created_at=now,
    )


def _silence(work: UnitOfWork, member: Member, now: Moment) -> None:
    """STOP wins over whatever waits in the outbox; answers to their own words stay."""
    for message in work.outbox.of_member(member.id, State.PENDING):
        if message.kind != ANSWER:
            gone = message.model_copy(update={"state": State.SUPPRESSED, "reason": "opted out", "done_at": now})
            work.outbox.move(message, gone)
