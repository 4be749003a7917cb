from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.chat import Session
from bot.domain.model import Consent
from bot.domain.rules import GUARDS, Conditions, Facts, Reason, Remind, Rule, Skip, decide, phase_of

START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
SESSION = Session(chat="lrnchat", starts_at=START, ends_at=START + timedelta(minutes=60))
LIVE = Rule(
    name="live",
    kind="called",
    when=Conditions(phase="live", calls_at_least=1, minutes_left_at_least=5),
    wait_for_more_minutes=3,
    useful_until_minutes_left=5,
)
AFTER = Rule(name="after", kind="called", when=Conditions(phase="after", calls_at_least=1), wait_for_more_minutes=10)


def facts(**changes: object) -> Facts:
    usual = {
        "consent": Consent.LIVE,
        "is_enrolled": True,
        "is_bot": False,
        "is_present": False,
        "is_held": True,
        "is_observed": True,
        "is_reminded": False,
        "phase": "live",
        "calls": 1,
        "callers": 1,
        "minutes_left": 30,
        "questions_left": 3,
    }
    return Facts.model_validate(usual | changes)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"consent": Consent.ASKED}, Reason.NOT_CONFIRMED),
        ({"consent": Consent.STOPPED}, Reason.OPTED_OUT),
        ({"consent": Consent.PAUSED}, Reason.OPTED_OUT),
        ({"is_enrolled": False}, Reason.NOT_ENROLLED),
        ({"is_bot": True}, Reason.IS_BOT),
        ({"is_reminded": True}, Reason.ALREADY_REMINDED),
        ({"is_present": True}, Reason.PRESENT),
        ({"is_observed": False}, Reason.NOT_OBSERVED),
        ({"is_held": False}, Reason.NOT_HELD),
    ],
)
def test_what_was_promised_forbids_a_reminder_whatever_the_rules_say(
    changes: dict[str, object], reason: Reason
) -> None:
    everything = Rule(name="everything", kind="called", when=Conditions())
    now = START + timedelta(minutes=30)
    assert isinstance(decide(facts(), [everything], SESSION, now), Remind)
    assert decide(facts(**changes), [everything], SESSION, now) == Skip(reason=reason)


def test_every_guard_has_a_reason_of_its_own() -> None:
    assert {reason for reason, _ in GUARDS} == set(Reason) - {Reason.NO_RULE}


def test_a_call_while_it_is_on_reminds_after_a_wait_for_more() -> None:
    now = START + timedelta(minutes=30)
    decision = decide(facts(), [LIVE, AFTER], SESSION, now)
    assert isinstance(decision, Remind)
    assert (decision.rule, decision.kind) == ("live", "called")
    assert decision.not_before == now + timedelta(minutes=3)
    assert decision.expires_at == SESSION.ends_at - timedelta(minutes=5)
    assert [(check.name, check.is_met) for check in decision.checks] == [
        ("phase", True),
        ("calls_at_least", True),
        ("minutes_left_at_least", True),
    ]


def test_near_the_last_useful_moment_the_wait_is_shorter() -> None:
    now = SESSION.ends_at - timedelta(minutes=8)
    decision = decide(facts(minutes_left=8), [LIVE], SESSION, now)
    assert isinstance(decision, Remind)
    assert decision.not_before == now + timedelta(minutes=1)
    assert decision.not_before < decision.expires_at


def test_at_the_last_minute_it_does_not_wait_at_all() -> None:
    now = SESSION.ends_at - timedelta(minutes=6)
    decision = decide(facts(minutes_left=6), [LIVE], SESSION, now)
    assert isinstance(decision, Remind)
    assert decision.not_before == now


def test_too_late_to_join_is_no_rule_and_shows_the_condition_that_failed() -> None:
    decision = decide(facts(minutes_left=4), [LIVE, AFTER], SESSION, SESSION.ends_at - timedelta(minutes=4))
    assert isinstance(decision, Skip)
    assert decision.reason is Reason.NO_RULE
    assert [check.name for check in decision.checks if not check.is_met] == ["minutes_left_at_least"]


def test_the_nearest_rule_is_shown_also_when_it_comes_second() -> None:
    decision = decide(facts(phase="after", calls=0, minutes_left=0), [LIVE, AFTER], SESSION, SESSION.ends_at)
    assert isinstance(decision, Skip)
    assert [check.name for check in decision.checks] == ["phase", "calls_at_least"]


def test_without_rules_nobody_is_reminded() -> None:
    assert decide(facts(), [], SESSION, START) == Skip(reason=Reason.NO_RULE)


def test_a_call_after_the_end_is_useful_for_a_day() -> None:
    now = SESSION.ends_at + timedelta(minutes=20)
    decision = decide(facts(phase="after", minutes_left=0), [LIVE, AFTER], SESSION, now)
    assert isinstance(decision, Remind)
    assert decision.not_before == now + timedelta(minutes=10)
    assert decision.expires_at == SESSION.ends_at + timedelta(days=1)


@pytest.mark.parametrize(
    ("minutes", "phase"),
    [(-1, "before"), (0, "live"), (59, "live"), (60, "after"), (60 + 24 * 60 - 1, "after"), (60 + 24 * 60, "over")],
)
def test_a_moment_lies_before_in_after_or_beyond(minutes: float, phase: str) -> None:
    assert phase_of(SESSION, START + timedelta(minutes=minutes)) == phase
