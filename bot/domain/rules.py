"""Is a reminder due? Rules are data; every answer says why, rule by rule and condition by condition.

First the guards, which no rules file can lift: they are what we promised. Then the rules, in the file's order; the
first whose conditions all hold decides, also where its cap then says no. No clock, no I/O: facts and `now` come in.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field, model_validator

from bot.domain.chat import CALLED_UNTIL, Session
from bot.domain.conditions import Check, Conditions
from bot.domain.facts import Facts, Kind
from bot.domain.model import Consent, Moment, Value
from bot.domain.presence import Standing

SILENT_AFTER: Final = 3
"""Reminders in a row without any sign of life, after which we are silent."""

CAP: Final = "at_most_once_in_sessions"


class Reason(StrEnum):
    """Why there is no reminder. The names appear in `missed explain` and in the decision's row."""

    NOT_CONFIRMED = "not confirmed"
    OPTED_OUT = "opted out"
    NOT_ENROLLED = "not enrolled in this chat"
    IS_BOT = "is a bot"
    HAS_MOVED = "account has moved"
    EXCUSED = "excused"
    ALREADY_REMINDED = "already reminded in this session"
    PRESENT = "present"
    NOT_OBSERVED = "session not observed"
    NOT_HELD = "session not held"
    REMINDED_BEFORE = "reminded in the session before"
    UNANSWERED = "silent after three reminders in a row"
    CAPPED = "reminded too few sessions ago"
    NO_RULE = "no rule applies"


GUARDS: Final[tuple[tuple[Reason, Callable[[Facts], bool]], ...]] = (
    (Reason.NOT_CONFIRMED, lambda facts: facts.consent is Consent.ASKED),
    (Reason.OPTED_OUT, lambda facts: facts.consent in {Consent.STOPPED, Consent.PAUSED}),
    (Reason.NOT_ENROLLED, lambda facts: not facts.is_enrolled),
    (Reason.IS_BOT, lambda facts: facts.is_bot),
    (Reason.HAS_MOVED, lambda facts: facts.has_moved),
    (Reason.EXCUSED, lambda facts: facts.standing is Standing.EXCUSED),
    (Reason.ALREADY_REMINDED, lambda facts: facts.is_reminded),
    (Reason.PRESENT, lambda facts: facts.is_present),
    (Reason.NOT_OBSERVED, lambda facts: not facts.is_observed),
    (Reason.NOT_HELD, lambda facts: not facts.is_held),
    (Reason.REMINDED_BEFORE, lambda facts: facts.reminded_sessions_ago == 1),
    (Reason.UNANSWERED, lambda facts: facts.unanswered >= SILENT_AFTER),
)
"""What we promised, in the order in which it is said. A guard that is true forbids a reminder."""

GUARD_NAMES: Final = tuple(str(reason) for reason, _ in GUARDS)


class Rule(Value):
    """A name, conditions, what follows, and how often at most.

    `wait_for_more_minutes` gathers further calls into the one message; `useful_until_minutes_left` is when a live
    reminder stops being of use, counted back from the session's end. `at_most_once_in_sessions` counts held sessions:
    1 is once a session, with 4 the earliest next one is in the fourth session after a reminder of any kind, unless
    they were there in between.
    """

    name: str = Field(min_length=1)
    kind: Kind
    when: Conditions
    at_most_once_in_sessions: int = Field(default=1, ge=1)
    wait_for_more_minutes: float = Field(default=0, ge=0, le=30)
    useful_until_minutes_left: float = Field(default=5, ge=0)


class Trial(Value):
    """One rule as it was tried: its conditions, and, where they all held, its cap."""

    rule: str
    checks: tuple[Check, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the conditions that did not hold."""
        return tuple(check.name for check in self.checks if not check.is_met)


class _Decided(Value):
    """How it was decided: the guards that were asked, in their order, and the rules that were tried.

    Rows outlive names: what is not known any more is passed over, and what an older version kept still reads.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    guards: tuple[str, ...] = ()
    trials: tuple[Trial, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _older(cls, given: Any) -> Any:  # whatever was kept
        """Read a row from before rules were kept one by one: it has the conditions of one rule."""
        if isinstance(given, dict) and given.get("checks") and "trials" not in given:
            return {**given, "trials": ({"rule": given.get("rule", ""), "checks": given["checks"]},)}
        return given

    @property
    def checks(self) -> tuple[Check, ...]:
        """The conditions of the rule that decided, or that came nearest."""
        nearest = min(self.trials, key=lambda trial: len(trial.missing), default=None)
        return nearest.checks if nearest else ()


class Remind(_Decided):
    """A reminder is due: of which kind, from when on and until when it is useful. The last trial is its rule's."""

    rule: str
    kind: str
    not_before: Moment
    expires_at: Moment

    @property
    def shape(self) -> str:
        """What tells it from other reminders for the same member and session."""
        return self.rule


class Skip(_Decided):
    """No reminder, and the one reason that settled it: a `Reason`, or the name of one that there is no more."""

    reason: Annotated[Reason | str, Field(union_mode="left_to_right")]

    @property
    def shape(self) -> str:
        """What tells it from other answers for the same member and session: the reason, and what was wanting."""
        lacks = "; ".join(f"{trial.rule}: {', '.join(trial.missing)}" for trial in self.trials)
        return f"{self.reason} ({lacks})" if lacks else self.reason


Decision = Remind | Skip


def decide(facts: Facts, rules: Sequence[Rule], session: Session, now: Moment) -> Decision:
    """Decide for one member and one session at `now` (UTC)."""
    for place, (reason, forbids) in enumerate(GUARDS, start=1):
        if forbids(facts):
            return Skip(reason=reason, guards=GUARD_NAMES[:place])
    trials: list[Trial] = []
    for rule in rules:
        checks = rule.when.checks(facts)
        if not all(check.is_met for check in checks):
            trials.append(Trial(rule=rule.name, checks=checks))
            continue
        cap = _cap(rule, facts)
        trials.append(Trial(rule=rule.name, checks=(*checks, *cap)))
        if not all(check.is_met for check in cap):
            return Skip(reason=Reason.CAPPED, guards=GUARD_NAMES, trials=tuple(trials))
        return _remind(rule, tuple(trials), session, now)
    return Skip(reason=Reason.NO_RULE, guards=GUARD_NAMES, trials=tuple(trials))


def _cap(rule: Rule, facts: Facts) -> tuple[Check, ...]:
    """Hold a rule's cap against the facts; once a session is a guard's business."""
    ago, pause = facts.reminded_sessions_ago, rule.at_most_once_in_sessions
    if pause == 1:
        return ()
    return (Check(name=CAP, wanted=pause, actual=ago, is_met=ago is None or ago >= pause),)


def _remind(rule: Rule, trials: tuple[Trial, ...], session: Session, now: Moment) -> Remind:
    last = session.ends_at - timedelta(minutes=rule.useful_until_minutes_left)
    expires_at = last if session.is_live(now) else session.ends_at + CALLED_UNTIL
    not_before = min(now + timedelta(minutes=rule.wait_for_more_minutes), max(now, expires_at - timedelta(minutes=2)))
    return Remind(
        rule=rule.name,
        kind=rule.kind,
        not_before=not_before,
        expires_at=expires_at,
        guards=GUARD_NAMES,
        trials=trials,
    )
