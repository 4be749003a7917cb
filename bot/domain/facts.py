"""What is true of one member and one session at the moment of deciding. Counts, shares and minutes, no words."""

from typing import Literal

from bot.domain.chat import CALLED_UNTIL, Session
from bot.domain.model import Consent, Moment, Value
from bot.domain.presence import Standing

Phase = Literal["before", "live", "after", "over"]


Kind = Literal["called", "lapsed"]
"""What a reminder is about: somebody called, or nobody did and they are missed all the same."""


class Facts(Value):
    """Everything that guards and conditions may ask for; a condition's name begins with the fact's.

    `calls` and `callers` are of this session; `tie` is the weight of the strongest tie to a caller.
    `share_gone` is how much of the session's time is over, from 0 to 1; `is_past_arrival` says that the member would
    usually have come by now. `standing`, `absent_run`, `surprise` and `p_attend` are `bot.domain.presence`'s.
    `reminded_sessions_ago` counts held sessions since the last reminder (1: the one before), None where there was
    none since they were last there; `unanswered` counts reminders in a row after which nothing was seen of them.
    """

    consent: Consent
    is_enrolled: bool
    is_bot: bool
    has_moved: bool = False
    is_present: bool
    is_held: bool
    is_observed: bool
    is_reminded: bool
    phase: Phase
    calls: int
    callers: int
    tie: float = 0.0
    minutes_left: float
    questions_left: int
    share_gone: float = 0.0
    is_past_arrival: bool = False
    standing: Standing = Standing.NEW
    absent_run: int = 0
    surprise: float = 0.0
    p_attend: float = 0.5
    reminded_sessions_ago: int | None = None
    unanswered: int = 0


def phase_of(session: Session, now: Moment) -> Phase:
    """Say where `now` lies: before the session, in it, in the day after it, or later."""
    if now < session.starts_at:
        return "before"
    if now < session.ends_at:
        return "live"
    return "after" if now < session.ends_at + CALLED_UNTIL else "over"
