"""Members write to the bot: understand, change what they may change, answer once, in their thread."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import uuid4

from bot.app.journal import Event, Journal, Moved
from bot.app.shelves import Storage, UnitOfWork
from bot.app.why import why
from bot.domain.attendance import Attendance
from bot.domain.chat import Chat, sessions_between
from bot.domain.conversation import Reply, respond, understand
from bot.domain.model import Consent, Identity, Member, Moment, Post
from bot.domain.outbox import ANSWER, OutboxMessage, State, answer_key, daily_key

ANSWERED_WITHIN: Final = timedelta(days=1)
"""An answer to a message older than that would only puzzle."""

HERE_BEFORE: Final = timedelta(hours=1)
"""HERE counts for a session that is on, or begins so soon."""

SKEW: Final = timedelta(minutes=2)
"""How far two servers' clocks may differ."""

OPENING: Final = frozenset({"welcome", "welcome-explained", "started"})
"""Answers that would contradict a STOP if they came after it."""


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
            is_known = post.is_direct and not work.posts.add(post, None)
            if is_known or work.outbox.is_answered(answer_key(post.platform, post.id)):
                return None
            member = work.members.by_account(post.platform, post.author.id)
            reply = self._reply(work, member, post)
            if member is not None and reply.consent is not member.consent and _comes_late(post, member, reply):
                return None
            member = self._remember(work, member, reply, post, now)
            if member is not None and reply.is_here and not self._count_in(work, member, post):
                reply = reply.model_copy(update={"note": "here-nothing-on"})
            if member is not None and reply.is_why:
                note, words = why(work, member, self._chats)
                reply = reply.model_copy(update={"note": note, "words": words})
            if reply.note is not None:
                answer = _answer(post, member, reply, reply.note, now)
                if work.outbox.add(answer):
                    events.append(Moved(message=answer))
        for event in events:
            self._journal(event)
        return reply

    def _reply(self, work: UnitOfWork, member: Member | None, post: Post) -> Reply:
        is_private = _is_private(post)
        return respond(
            member,
            understand(post.text, is_private=is_private),
            text=post.text,
            is_private=is_private,
            is_welcomed=member is not None and _is_welcomed(work, member, post),
            chats=tuple(self._chats),
        )

    def _remember(
        self, work: UnitOfWork, member: Member | None, reply: Reply, post: Post, now: Moment
    ) -> Member | None:
        if reply.consent is None:
            return None
        heard_at = min(post.created_at, now)
        before = member.identity(post.platform) if member else None
        identity = Identity(
            platform=post.platform,
            account_id=post.author.id,
            handle=post.author.handle,
            name=post.author.name,
            is_bot=post.author.is_bot,
            # Only in the thread of a direct message of their own is an answer not filtered as a stranger's.
            thread_post_id=post.id if _is_private(post) else before.thread_post_id if before else None,
        )
        if member is None:
            member = self._newcomer(identity, reply, now, heard_at)
        others = tuple(one for one in member.identities if one.platform is not post.platform)
        member = member.model_copy(
            update={
                "consent": reply.consent,
                "chats": reply.chats,
                "identities": (*others, identity),
                "last_heard_at": max(member.last_heard_at, heard_at),
            }
        )
        work.members.put(member)
        if member.consent is Consent.STOPPED:
            _silence(work, member, now)
        return member

    def _newcomer(self, identity: Identity, reply: Reply, now: Moment, heard_at: Moment) -> Member:
        zone = next((self._chats[tag].zone for tag in reply.chats), "UTC")
        return Member(
            id=uuid4().hex,
            consent=Consent.ASKED,
            identities=(identity,),
            zone=zone,
            joined_at=now,
            last_heard_at=heard_at,
        )

    def _count_in(self, work: UnitOfWork, member: Member, post: Post) -> bool:
        at = post.created_at
        chats = [self._chats[tag] for tag in member.chats if tag in self._chats]
        sessions = [session for chat in chats for session in sessions_between(chat, at, at + HERE_BEFORE)]
        for session in sessions:
            work.sessions.ensure(session)
            here = Attendance(member_id=member.id, session_id=session.id, first_at=at, last_at=at, how="here")
            work.attendances.add(here)
        return bool(sessions)


def _is_private(post: Post) -> bool:
    """Say whether a post is to the bot alone: every source of ours brings only posts that mention the bot."""
    return post.is_direct and len({one.id for one in post.mentions} - {post.author.id}) <= 1


def _is_welcomed(work: UnitOfWork, member: Member, post: Post) -> bool:
    """Say whether they had our question before they wrote: they answer it, or it had been sent by then."""
    if post.in_reply_to_author_id in {one.id for one in post.mentions}:
        return True
    welcome = work.outbox.latest_answer(member.id, "welcome")
    return welcome is not None and welcome.done_at is not None and post.created_at >= welcome.done_at - SKEW


def _comes_late(post: Post, member: Member, reply: Reply) -> bool:
    """Say whether a word that would open is older than what we heard since; a STOP never comes too late."""
    return reply.consent is not Consent.STOPPED and post.created_at < member.last_heard_at


def _answer(post: Post, member: Member | None, reply: Reply, note: str, now: Moment) -> OutboxMessage:
    asked_at = min(post.created_at, now)
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
        expires_at=asked_at + ANSWERED_WITHIN,
        created_at=asked_at,
    )


def _silence(work: UnitOfWork, member: Member, now: Moment) -> None:
    """STOP wins over whatever waits in the outbox; other answers to their own words stay."""
    for message in work.outbox.of_member(member.id, State.PENDING):
        if message.kind != ANSWER or message.note in OPENING:
            gone = message.model_copy(update={"state": State.SUPPRESSED, "reason": "opted out", "done_at": now})
            work.outbox.move(message, gone)
