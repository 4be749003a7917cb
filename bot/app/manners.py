"""Manners: how often we answer, whom we do not talk to, and when to fall silent by ourselves."""

from datetime import timedelta
from typing import Final

from bot.app.shelves import UnitOfWork
from bot.domain.consent import Word, moved_by
from bot.domain.conversation import Reply
from bot.domain.model import Consent, Member, Moment, Post
from bot.domain.outbox import ANSWER, RECAP, OutboxMessage, State
from bot.domain.understanding import MENTION

ANSWERS_AN_HOUR: Final = 20
"""So many commands of a person are obeyed and answered in an hour; what closes is obeyed all the same."""

SAME_AT_MOST: Final = 3
SAME_WITHIN: Final = timedelta(minutes=10)
"""The same answer is given so often in that time: whoever goes on hearing it is a program that answers us."""

ASKED_BACK_WITHIN: Final = timedelta(hours=1)
ASKS_BACK: Final = frozenset({"which-stop", "which-command", "which-day", "zone-which", "host-which"})
"""Questions that are asked once."""

CLOSING: Final = frozenset({Consent.STOPPED, Consent.FORGOTTEN})


def is_echo(work: UnitOfWork, post: Post, at: Moment) -> bool:
    """Say whether a message repeats what we have just said to its author: then a program answers us."""
    said = _plain(post.text)
    answers = work.outbox.answers_to(post.platform, post.author.id, at - timedelta(days=1))
    return any(one.text is not None and said == _plain(one.text) for one in answers if said)


def measured(work: UnitOfWork, post: Post, member: Member | None, reply: Reply, at: Moment) -> Reply | None:
    """Return a reply as good manners leave it; None where nothing is to be obeyed nor said."""
    answers = work.outbox.answers_to(post.platform, post.author.id, at - timedelta(hours=1))
    is_closing = reply.consent in CLOSING and member is not None and reply.consent is not member.consent
    is_closing = is_closing or reply.note == "forget-sure"
    if len(answers) >= ANSWERS_AN_HOUR and not is_closing:
        if any(one.note == "too-many" for one in answers):
            return None
        return Reply(consent=member.consent if member else None, chats=member.chats if member else (), note="too-many")
    if reply.note in ASKS_BACK and answers and answers[-1].note == reply.note:
        return reply.model_copy(update={"note": "help-line", "words": {}, "is_once_a_day": True})
    return reply


def is_loop(work: UnitOfWork, answer: OutboxMessage) -> bool:
    """Say whether the same was said to the same person a few times within minutes. Wrong codes are counted apart."""
    if answer.note == "link-wrong":
        return False
    lately = work.outbox.answers_to(answer.platform, answer.account_id, answer.created_at - SAME_WITHIN)
    same = [one for one in lately if (one.note, one.words) == (answer.note, answer.words)]
    return len(same) >= SAME_AT_MOST


def unanswered(work: UnitOfWork, member: Member) -> int:
    """Count the latest reminders in a row after which the member neither wrote to us nor came to the session.

    Two of one session are one; a recap asks for nothing, so that it can go unanswered as often as they like.
    """
    sessions: set[str] = set()
    for message in reversed(work.outbox.of_member(member.id, State.SENT)):
        if message.kind in {ANSWER, RECAP} or message.session_id is None:
            continue
        has_written = message.done_at is None or message.done_at <= member.last_heard_at
        if has_written or work.attendances.get(member.id, message.session_id) is not None:
            break
        sessions.add(message.session_id)
    return len(sessions)


def pause(work: UnitOfWork, member: Member) -> None:
    """Leave a member alone until they write."""
    work.members.put(member.model_copy(update={"consent": moved_by(member.consent, Word.SILENCE)}))


def _plain(text: str) -> str:
    return " ".join(MENTION.sub(" ", text).split()).casefold()
