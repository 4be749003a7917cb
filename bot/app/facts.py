"""Gathers what is true of one member and one session, for the rules to decide from."""

from collections.abc import Sequence
from datetime import timedelta

from bot.app.past import Past
from bot.app.shelves import CallRow, SessionRow, UnitOfWork
from bot.domain.attendance import held_until, is_held, is_observed
from bot.domain.chat import Chat
from bot.domain.facts import Facts, phase_of
from bot.domain.model import Member, Moment, Value
from bot.domain.pace import progress
from bot.domain.presence import Presence, Standing


class Scene(Value):
    """What is true of a session at a moment, the same for every member."""

    is_held: bool
    is_observed: bool
    minutes_left: float
    questions_left: int
    share_gone: float


def scene_of(work: UnitOfWork, chat: Chat, row: SessionRow, now: Moment) -> Scene:
    """Look at a session at `now`."""
    session = row.session
    asked = work.sessions.questions(session.id)
    clock = progress(chat, session, asked, now)
    gone = (now - session.starts_at) / (session.ends_at - session.starts_at)
    return Scene(
        is_held=is_held(chat, len(asked), work.posts.people(session.id, held_until(session))),
        is_observed=is_observed(session, row.watched_until, now),
        minutes_left=clock.left_for.total_seconds() / 60,
        questions_left=clock.to_come,
        share_gone=min(1.0, max(0.0, gone)),
    )


def facts_of(
    scene: Scene,
    member: Member,
    row: SessionRow,
    now: Moment,
    *,
    past: Past,
    calls: Sequence[CallRow] = (),
    tie: float = 0.0,
    is_present: bool,
    is_reminded: bool,
) -> Facts:
    """Put together the facts of one member. `tie` is the weight of the strongest tie to a caller."""
    seen, nudges = past.presence(member), past.nudges(member)
    return Facts(
        consent=member.consent,
        is_enrolled=row.session.chat in member.chats,
        is_bot=all(one.is_bot for one in member.identities),
        is_present=is_present,
        is_reminded=is_reminded,
        phase=phase_of(row.session, now),
        calls=len(calls),
        callers=len({(call.platform, call.caller_id) for call in calls}),
        tie=tie,
        is_past_arrival=_is_past_arrival(seen, now - row.session.starts_at),
        standing=Standing.EXCUSED if member.is_away(now) else seen.standing,
        absent_run=seen.absent_run,
        surprise=seen.surprise,
        p_attend=seen.p_attend,
        reminded_sessions_ago=nudges.sessions_ago,
        unanswered=nudges.unanswered,
        **scene.model_dump(),
    )


def _is_past_arrival(seen: Presence, since_start: timedelta) -> bool:
    return seen.usual_arrival is None or since_start >= seen.usual_arrival
