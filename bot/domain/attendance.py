"""Whether a session took place, whether we were watching, and who was there."""

from datetime import timedelta
from typing import Literal

from bot.domain.chat import Chat, Session
from bot.domain.model import Moment, Value

UNWATCHED_AFTER = timedelta(minutes=5)
"""A poll reads everything since the one before it; what happened in the last minutes is unknown without one."""


class Attendance(Value):
    """That a member was present in a session, first and last seen at, and by what."""

    member_id: str
    session_id: str
    first_at: Moment
    last_at: Moment
    how: Literal["post", "reply", "here"]


def is_held(chat: Chat, questions: int, people: int) -> bool:
    """Say whether the session takes place: a host's question, or enough distinct people."""
    return questions > 0 or people >= chat.held_by


def is_observed(session: Session, watched_until: Moment | None, now: Moment) -> bool:
    """Say whether we know what happened up to `now`: everything was read until (nearly) now, or to the end.

    `watched_until` is when the newest complete reading of the chat's posts, from before the session on, was made.
    """
    if watched_until is None:
        return False
    return watched_until >= min(now - UNWATCHED_AFTER, session.ends_at)
