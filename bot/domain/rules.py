"""Is a reminder due? Rules are data; every answer says why, condition by condition.

First the guards, which no rules file can lift: they are what we promised. Then the rules, in the file's order; the
first whose conditions all hold decides. No clock, no I/O: the facts and `now` come in.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from bot.domain.chat import CALLED_UNTIL, Session
from bot.domain.model import Consent, Moment, Value

Phase = Literal["before", "live", "after", "over"]


class Facts(Value):
    """What is true of one member and one session at the moment of deciding. Counts and minutes, no words."""

    consent: Consent
    is_enrolled: bool
    is_bot: bool
    is_present: bool
    is_held: bool
    is_observed: bool
    is_reminded: bool
    phase: Phase
    calls: int
    callers: int
    minutes_left: float
    questions_left: int


class Reason(StrEnum):
    """Why there is no reminder. The names appear in `missed explain` and in the decision's row."""

    NOT_CONFIRMED = "not confirmed"
    OPTED_OUT = "opted out"
    NOT_ENROLLED = "not enrolled in this chat"
    IS_BOT = "is a bot"
    ALREADY_REMINDED = "already reminded in this session"
    PRESENT = "present"
    NOT_OBSERVED = "session not observed"
    NOT_HELD = "session not held"
    NO_RULE = "no rule applies"


GUARDS: Final[tuple[tuple[Reason, Callable[[Facts], bool]], ...]] = (
    (Reason.NOT_CONFIRMED, lambda facts: facts.consent is Consent.ASKED),
    (Reason.OPTED_OUT, lambda facts: facts.consent in {Consent.STOPPED, Consent.PAUSED}),
    (Reason.NOT_ENROLLED, lambda facts: not facts.is_enrolled),
    (Reason.IS_BOT, lambda facts: facts.is_bot),
    (Reason.ALREADY_REMINDED, lambda facts: facts.is_reminded),
    (Reason.PRESENT, lambda facts: facts.is_present),
    (Reason.NOT_OBSERVED, lambda facts: not facts.is_observed),
    (Reason.NOT_HELD, lambda facts: not facts.is_held),
)
"""What we promised, in the order in which it is said. A guard that is true forbids a reminder."""


class Conditions(Value):
    """What a rule asks of the facts; the operator is in the name. A condition left out asks nothing."""

    phase: Literal["live", "after"] | None = None
    calls_at_least: int | None = Field(default=None, ge=1)
    callers_at_least: int | None = Field(default=None, ge=1)
    minutes_left_at_least: float | None = Field(default=None, ge=0)
    questions_left_at_least: int | None = Field(default=None, ge=0)

    def checks(self, facts: Facts) -> tuple["Check", ...]:
        """Hold every condition that is asked against its fact."""
        return tuple(
            Check(
                name=name,
                wanted=wanted,
                actual=(actual := getattr(facts, name.removesuffix("_at_least"))),
                is_met=actual >= wanted if name.endswith("_at_least") else actual == wanted,
            )
            for name, wanted in self.model_dump(exclude_none=True).items()
        )


class Check(Value):
    """One condition held against one fact."""

    name: str
    wanted: str | float
    actual: str | float
    is_met: bool


class Rule(Value):
    """A name, conditions, and what follows.

    `wait_for_more_minutes` gathers further calls into the one message; `useful_until_minutes_left` is when a live
    reminder stops being of use, counted back from the session's end.
    """

    name: str
    kind: Literal["called"]
    when: Conditions
    wait_for_more_minutes: float = Field(default=0, ge=0, le=30)
    useful_until_minutes_left: float = Field(default=5, ge=0)


class Remind(Value):
    """A reminder is due: of which kind, from when on and until when it is useful."""

    rule: str
    kind: str
    not_before: Moment
    expires_at: Moment
    checks: tuple[Check, ...]


class Skip(Value):
    """No reminder, and the one reason that settled it. `checks` are of the rule that came nearest."""

    reason: Reason
    checks: tuple[Check, ...] = ()


Decision = Remind | Skip


def phase_of(session: Session, now: Moment) -> Phase:
    """Say where `now` lies: before the session, in it, in the day after it, or later."""
    if now < session.starts_at:
        return "before"
    if now < session.ends_at:
        return "live"
    return "after" if now < session.ends_at + CALLED_UNTIL else "over"


def decide(facts: Facts, rules: Sequence[Rule], session: Session, now: Moment) -> Decision:
    """Decide for one member and one session at `now` (UTC)."""
    for reason, forbids in GUARDS:
        if forbids(facts):
            return Skip(reason=reason)
    nearest: tuple[Check, ...] = ()
    for rule in rules:
        checks = rule.when.checks(facts)
        if all(check.is_met for check in checks):
            return _remind(rule, checks, session, now)
        if not nearest or _missing(checks) < _missing(nearest):
            nearest = checks
    return Skip(reason=Reason.NO_RULE, checks=nearest)


def _missing(checks: Sequence[Check]) -> int:
    return sum(not check.is_met for check in checks)


def _remind(rule: Rule, checks: tuple[Check, ...], session: Session, now: Moment) -> Remind:
    is_live = session.is_live(now)
    last = session.ends_at - timedelta(minutes=rule.useful_until_minutes_left)
    expires_at = last if is_live else session.ends_at + CALLED_UNTIL
    not_before = min(now + timedelta(minutes=rule.wait_for_more_minutes), max(now, expires_at - timedelta(minutes=2)))
    return Remind(rule=rule.name, kind=rule.kind, not_before=not_before, expires_at=expires_at, checks=checks)
