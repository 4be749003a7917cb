"""Whether a session took place, whether we were watching, and who was there."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final, Literal

from bot.domain.chat import Chat, Session
from bot.domain.model import Moment, Value

UNWATCHED_AFTER = timedelta(minutes=5)
"""A poll reads everything since the one before it; what happened in the last minutes is unknown without one."""


UNWATCHED_AT_MOST: Final = 0.25
"""A session that nobody watched for a larger share of its time counts as not observed, though its posts were read
later: by then some are deleted, and a server that was down itself may never list what it missed."""


class Gap(Value):
    """A time, inside a session, in which its chat was not read; what was written in it was read later, or never."""

    session_id: str
    begins_at: Moment
    ends_at: Moment


class Attendance(Value):
    """That a member was present in a session, first and last seen at, and by what."""

    member_id: str
    session_id: str
    first_at: Moment
    last_at: Moment
    how: Literal["post", "reply", "here"]


def held_until(session: Session) -> Moment:
    """Return until when people have to be there, so that a session without a question takes place: a third of it."""
    return session.starts_at + (session.ends_at - session.starts_at) / 3


def is_held(chat: Chat, questions: int, people: int) -> bool:
    """Say whether the session takes place: a host's question, or enough distinct people who wrote by `held_until`."""
    return questions > 0 or people >= chat.held_by


def gap_before(session: Session, watched_until: Moment | None, now: Moment) -> Gap | None:
    """Return the gap that a complete reading at `now` ends, if it was longer than a poll may be late.

    `watched_until` is the reading before. Only the session's own time counts.
    """
    begins_at = max(watched_until or session.starts_at, session.starts_at)
    ends_at = min(now, session.ends_at)
    if ends_at - begins_at <= UNWATCHED_AFTER:
        return None
    return Gap(session_id=session.id, begins_at=begins_at, ends_at=ends_at)


def is_watched(session: Session, gaps: Iterable[Gap]) -> bool:
    """Say whether somebody was watching for nearly all of a session's time. `gaps` do not overlap."""
    unwatched = sum((gap.ends_at - gap.begins_at for gap in gaps), timedelta())
    return unwatched <= UNWATCHED_AT_MOST * (session.ends_at - session.starts_at)


def is_observed(session: Session, watched_until: Moment | None, now: Moment) -> bool:
    """Say whether we know what happened up to `now`: everything was read until (nearly) now, or to the end.

    `watched_until` is when the newest complete reading of the chat's posts, from before the session on, was made.
    """
    if watched_until is None:
        return False
    return watched_until >= min(now - UNWATCHED_AFTER, session.ends_at)
