"""Manners towards people: when to fall silent by ourselves."""

from bot.app.shelves import UnitOfWork
from bot.domain.consent import Word, moved_by
from bot.domain.model import Member
from bot.domain.outbox import ANSWER, State


def unanswered(work: UnitOfWork, member: Member) -> int:
    """Count the latest reminders in a row after which the member neither wrote to us nor came to the session."""
    count = 0
    for message in reversed(work.outbox.of_member(member.id, State.SENT)):
        if message.kind == ANSWER or message.session_id is None:
            continue
        has_written = message.done_at is None or message.done_at <= member.last_heard_at
        if has_written or work.attendances.get(member.id, message.session_id) is not None:
            break
        count += 1
    return count


def pause(work: UnitOfWork, member: Member) -> None:
    """Leave a member alone until they write."""
    work.members.put(member.model_copy(update={"consent": moved_by(member.consent, Word.SILENCE)}))
