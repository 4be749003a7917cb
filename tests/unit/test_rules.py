from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.chat import Session
from bot.domain.conditions import Conditions
from bot.domain.facts import Facts, phase_of
from bot.domain.model import Consent
from bot.domain.presence import Standing
from bot.domain.rules import GUARD_NAMES, GUARDS, Reason, Remind, Rule, Skip, decide

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
        ({"has_moved": True}, Reason.HAS_MOVED),
        ({"standing": Standing.EXCUSED}, Reason.EXCUSED),
        ({"reminded_sessions_ago": 1}, Reason.REMINDED_BEFORE),
        ({"unanswered": 3}, Reason.UNANSWERED),
    ],
)
def test_what_was_promised_forbids_a_reminder_whatever_the_rules_say(
    changes: dict[str, object], reason: Reason
) -> None:
    everything = Rule(name="everything", kind="called", when=Conditions())
    now = START + timedelta(minutes=30)
    assert isinstance(decide(facts(), [everything], SESSION, now), Remind)
    decision = decide(facts(**changes), [everything], SESSION, now)
    assert isinstance(decision, Skip)
    assert decision.reason is reason
    assert decision.guards == GUARD_NAMES[: GUARD_NAMES.index(reason) + 1], "those behind it were not asked"
    assert decision.trials == ()


def test_every_guard_has_a_reason_of_its_own() -> None:
    assert {reason for reason, _ in GUARDS} == set(Reason) - {Reason.NO_RULE, Reason.CAPPED}


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
    assert [(one.rule, one.missing) for one in decision.trials] == [
        ("live", ("minutes_left_at_least",)),
        ("after", ("phase",)),
    ]
    assert decision.checks == decision.trials[0].checks, "as near as the other, and first"


def test_the_nearest_rule_is_shown_also_when_it_comes_second() -> None:
    decision = decide(facts(phase="after", calls=0, minutes_left=0), [LIVE, AFTER], SESSION, SESSION.ends_at)
    assert isinstance(decision, Skip)
    assert [check.name for check in decision.checks] == ["phase", "calls_at_least"]


def test_without_rules_nobody_is_reminded() -> None:
    assert decide(facts(), [], SESSION, START) == Skip(reason=Reason.NO_RULE, guards=GUARD_NAMES)


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


LAPSED = Rule(
    name="lapsed",
    kind="lapsed",
    when=Conditions(phase="live", standing=(Standing.LAPSED,), is_past_arrival=True, questions_left_at_least=2),
    at_most_once_in_sessions=4,
)


@pytest.mark.parametrize(("ago", "is_due"), [(None, True), (2, False), (3, False), (4, True), (9, True)])
def test_a_cap_makes_a_pause_that_is_told_like_a_condition(ago: int | None, is_due: bool) -> None:
    seen = facts(calls=0, callers=0, standing=Standing.LAPSED, is_past_arrival=True, reminded_sessions_ago=ago)
    decision = decide(seen, [LIVE, LAPSED], SESSION, START + timedelta(minutes=30))
    assert isinstance(decision, Remind) is is_due
    check = decision.trials[-1].checks[-1]
    assert (check.name, check.wanted, check.actual, check.is_met) == ("at_most_once_in_sessions", 4, ago, is_due)


def test_a_rule_that_holds_decides_also_when_its_cap_says_no() -> None:
    seen = facts(standing=Standing.LAPSED, is_past_arrival=True, reminded_sessions_ago=2)
    decision = decide(seen, [LAPSED, LIVE], SESSION, START + timedelta(minutes=30))
    assert isinstance(decision, Skip)
    assert (decision.reason, [one.rule for one in decision.trials]) == (Reason.CAPPED, ["lapsed"])
    assert decision.shape == "reminded too few sessions ago (lapsed: at_most_once_in_sessions)"


def test_rules_behind_the_one_that_decides_are_not_tried() -> None:
    decision = decide(facts(), [LIVE, AFTER], SESSION, START + timedelta(minutes=30))
    assert [one.rule for one in decision.trials] == ["live"]
    assert decision.shape == "live"


def test_answers_of_different_shape_lack_different_things() -> None:
    now = START + timedelta(minutes=30)
    early = decide(facts(calls=0, callers=0), [LIVE, LAPSED], SESSION, now)
    later = decide(facts(calls=0, callers=0, is_past_arrival=True), [LIVE, LAPSED], SESSION, now)
    assert early.shape == "no rule applies (live: calls_at_least; lapsed: standing, is_past_arrival)"
    assert later.shape == "no rule applies (live: calls_at_least; lapsed: standing)"
    assert Skip(reason=Reason.PRESENT).shape == "present"


def test_rows_outlive_the_names_of_their_time() -> None:
    check = {"name": "calls_at_least", "wanted": 2, "actual": 1, "is_met": False}
    first = Skip.model_validate({"reason": "asleep, as we used to say", "checks": [check]})
    assert first.reason == "asleep, as we used to say"
    assert [one.name for one in first.checks] == ["calls_at_least"]
    then = {"rule": "old", "kind": "poke", "not_before": START, "expires_at": START, "checks": [], "colour": "red"}
    assert Remind.model_validate(then).trials == ()
    assert Skip.model_validate(first) == first
