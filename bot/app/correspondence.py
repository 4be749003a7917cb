"""One letter to the bot and the answer to it: whom it is for, what it proves, and the outbox message that goes back."""

from datetime import timedelta
from typing import Final
from uuid import uuid4

from bot.app.manners import CLOSING
from bot.app.shelves import UnitOfWork
from bot.domain.conversation import Reply
from bot.domain.model import Consent, Identity, Member, Moment, Post
from bot.domain.outbox import ANSWER, OutboxMessage, State, answer_key, daily_key

ANSWERED_WITHIN: Final = timedelta(days=1)
"""An answer to a message older than that would only puzzle."""

SKEW: Final = timedelta(minutes=2)
"""How far two servers' clocks may differ."""

OPENING: Final = frozenset({"welcome", "welcome-explained", "started", "started-again"})
"""Answers that would contradict a STOP if they came after it."""


def is_private(post: Post) -> bool:
    """Say whether a post is to the bot alone: every source of ours brings only posts that mention the bot."""
    return post.is_direct and len({one.id for one in post.mentions} - {post.author.id}) <= 1


def thread(post: Post, before: Identity | None, reply: Reply) -> str | None:
    """Name the message in whose thread reminders go: only there are they not filtered as a stranger's.

    Until they are live that stays their START, which they may take back by deleting it.
    """
    old = before.thread_post_id if before is not None else None
    waits = reply.consent is Consent.ASKED and reply.note != "welcome" and old is not None
    return post.id if is_private(post) and not waits else old


def is_welcomed(work: UnitOfWork, member: Member, post: Post) -> bool:
    """Say whether they had our question before they wrote: they answer it, or it had been sent by then."""
    if post.in_reply_to_author_id in {one.id for one in post.mentions}:
        return True
    welcome = work.outbox.latest_answer(member.id, "welcome")
    return welcome is not None and welcome.done_at is not None and post.created_at >= welcome.done_at - SKEW


def is_sure(work: UnitOfWork, member: Member, post: Post) -> bool:
    """Say whether we asked them, within a day before, whether everything shall be forgotten."""
    asked = work.outbox.latest_answer(member.id, "forget-sure")
    return asked is not None and asked.created_at < post.created_at <= asked.created_at + ANSWERED_WITHIN


def comes_late(post: Post, member: Member, reply: Reply) -> bool:
    """Say whether a word that would open is older than what we heard since; a STOP never comes too late."""
    return reply.consent not in CLOSING and post.created_at < member.last_heard_at


def answer(post: Post, member: Member | None, reply: Reply, note: str, language: str, now: Moment) -> OutboxMessage:
    """Make the outbox message that answers a post, in its thread; useful for a day from when it was asked."""
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
        language=language,
        in_reply_to_id=post.id,
        not_before=now,
        expires_at=asked_at + ANSWERED_WITHIN,
        created_at=asked_at,
    )


def silence(work: UnitOfWork, member: Member, now: Moment) -> None:
    """STOP wins over whatever waits in the outbox; other answers to their own words stay."""
    for message in work.outbox.of_member(member.id, State.PENDING):
        if message.kind != ANSWER or message.note in OPENING:
            gone = message.model_copy(update={"state": State.SUPPRESSED, "reason": "opted out", "done_at": now})
            work.outbox.move(message, gone)
