"""What members asked to hear before and after a session: is it time for it, and may it be? Answered as rules answer.

Nobody called and nobody is missed here: the member asked. So nothing of it needs a rules file, it leaves the one
reminder of the session alone, and of the promises (`bot.domain.rules`) those hold that are about wishes, too.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.domain.chat import CALLED_UNTIL, Session
from bot.domain.conditions import Check
from bot.domain.facts import Facts
from bot.domain.model import Moment, Preferences, Value
from bot.domain.outbox import HEADS_UP, NEXT, RECAP
from bot.domain.rules import GUARDS, Decision, Reason, Remind, Skip, Trial
from bot.domain.wishes import HEADS_UP_USUALLY

RULES: Final = {
    HEADS_UP: "they asked for a heads-up",
    NEXT: "they asked to hear of the next session",
    RECAP: "they asked for a recap",
}
"""What stands in a decision where else the name of a rule stands."""

NO_MATTER: Final = frozenset({Reason.REMINDED_BEFORE})
NO_MATTER_BEFORE: Final = frozenset({*NO_MATTER, Reason.NOT_OBSERVED, Reason.NOT_HELD})
"""Promises that are not about wishes; and whether a session takes place nobody knows before it."""


class Due(Value):
    """A wish whose time has come; afterwards, at `expires_at`, it is of no use."""

    kind: str
    check: Check
    expires_at: Moment


def due_before(wants: Preferences, session: Session, now: Moment) -> Due | None:
    """Return what a member wants to hear before a session, if it is time: never once it has begun."""
    minutes, kind = wants.heads_up.get(session.chat), HEADS_UP
    if session.chat in wants.next_for and minutes is None:
        minutes, kind = HEADS_UP_USUALLY, NEXT
    if minutes is None or not session.starts_at - timedelta(minutes=minutes) <= now < session.starts_at:
        return None
    left = round((session.starts_at - now) / timedelta(minutes=1), 1)
    check = Check(name="minutes_to_start_at_most", wanted=minutes, actual=left, is_met=True)
    return Due(kind=kind, check=check, expires_at=session.starts_at)


def due_after(wants: Preferences, session: Session, now: Moment) -> Due | None:
    """Return what a member wants to hear after a session, if it is time: until a day later, when it is forgotten."""
    if session.chat not in wants.recap or not session.ends_at <= now < session.ends_at + CALLED_UNTIL:
        return None
    check = Check(name="is_over", wanted=True, actual=True, is_met=True)
    return Due(kind=RECAP, check=check, expires_at=session.ends_at + CALLED_UNTIL)


def grant(due: Due, facts: Facts, now: Moment) -> Decision:
    """Decide about a wish whose time has come: what we promised forbids it, or else it is granted."""
    asked: list[str] = []
    for reason, forbids in _guards(due.kind):
        asked.append(str(reason))
        if forbids(facts):
            return Skip(reason=reason, guards=tuple(asked))
    rule = RULES[due.kind]
    return Remind(
        rule=rule,
        kind=due.kind,
        not_before=now,
        expires_at=due.expires_at,
        guards=tuple(asked),
        trials=(Trial(rule=rule, checks=(due.check,)),),
    )


def _guards(kind: str) -> list[tuple[Reason, Callable[[Facts], bool]]]:
    left_out = NO_MATTER if kind == RECAP else NO_MATTER_BEFORE
    return [(reason, forbids) for reason, forbids in GUARDS if reason not in left_out]
