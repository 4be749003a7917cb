"""Rules that can never decide are found, and no other is."""

from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.conditions import Conditions
from bot.domain.facts import Facts, Phase
from bot.domain.model import Consent
from bot.domain.presence import Standing
from bot.domain.reach import refusals, regions
from bot.domain.rules import Rule


def rule(name: str, kind: str = "called", **when: Any) -> Rule:
    return Rule.model_validate({"name": name, "kind": kind, "when": when})


def said(*rules: Rule) -> list[tuple[int, tuple[str, ...], str]]:
    return [(one.at, one.key, one.says) for one in refusals(rules)]


LOUD = rule("loud", calls_at_least=1)


@pytest.mark.parametrize(
    ("when", "key"),
    [
        ({"phase": "after", "minutes_left_at_least": 1}, "minutes_left_at_least"),
        ({"phase": "after", "share_gone_at_most": 0.9}, "share_gone_at_most"),
        ({"phase": "live", "share_gone_at_least": 1}, "share_gone_at_least"),
        ({"phase": "live", "minutes_left_at_most": 0}, "minutes_left_at_most"),
        ({"minutes_left_at_least": 5, "minutes_left_at_most": 4.5}, "minutes_left_at_most"),
        ({"questions_left_at_least": 2, "questions_left_at_most": 1}, "questions_left_at_most"),
        ({"callers_at_least": 3, "calls_at_most": 2}, "callers_at_least"),
        ({"calls_at_most": 0, "tie_at_least": 0.5}, "tie_at_least"),
        ({"standing": "lapsed", "absent_run_at_most": 1}, "absent_run_at_most"),
        ({"standing": ["lapsed", "gone"], "absent_run_at_most": 0}, "absent_run_at_most"),
        ({"p_attend_at_least": 0.5, "p_attend_at_most": 0.4}, "p_attend_at_most"),
        ({"standing": "excused"}, "standing"),
    ],
)
def test_conditions_that_exclude_each_other_are_refused_by_name(when: dict[str, Any], key: str) -> None:
    ((at, where, says),) = said(rule("x", is_past_arrival=True, surprise_at_least=1, **when))
    assert (at, where) == (0, ("when", key))
    assert all(name in says for name in when), "only those that are at fault"
    assert "surprise" not in says
    assert says.endswith(
        ("can never hold together, so the rule never decides", "can never hold, so the rule never decides")
    )


@pytest.mark.parametrize(
    "when",
    [
        {"calls_at_least": 1, "calls_at_most": 1},
        {"callers_at_least": 2, "calls_at_most": 2},
        {"calls_at_least": 1, "minutes_left_at_least": 5, "minutes_left_at_most": 5},
        {"calls_at_least": 1, "standing": "lapsed", "absent_run_at_most": 2},
        {"calls_at_least": 1, "phase": "after", "minutes_left_at_most": 0, "share_gone_at_least": 1},
    ],
)
def test_what_is_just_possible_is_let_be(when: dict[str, Any]) -> None:
    assert said(rule("x", **when)) == []


def test_a_rule_that_another_always_precedes_is_refused_with_the_other_s_name() -> None:
    hidden = rule("hidden", phase="live", callers_at_least=2)
    ((at, key, says),) = said(LOUD, hidden)
    assert (at, key) == (1, ())
    assert says == "'hidden' never decides: 'loud', before it, always decides first; put it higher or ask for less"
    assert said(hidden, LOUD) == []


def test_several_may_hide_one_together_and_only_those_who_do_are_named() -> None:
    live, after = rule("live", phase="live", calls_at_least=1), rule("after", phase="after", calls_at_least=1)
    quiet = rule("quiet", kind="lapsed", phase="live", standing="lapsed", calls_at_most=0)
    ((at, _, says),) = said(quiet, live, after, LOUD)
    assert at == 3
    assert "'live' and 'after', before it, together always decide first" in says
    assert said(quiet, live, LOUD) == []


def test_two_rules_of_one_name_are_refused_for_decisions_name_their_rule() -> None:
    assert said(LOUD, rule("loud", kind="lapsed", phase="live", standing="lapsed", calls_at_most=0)) == [
        (1, ("name",), "'loud' is the name of an earlier rule; choose another")
    ]


def test_a_reminder_needs_what_its_words_speak_of() -> None:
    nobody = "'called' names who called, so it needs calls_at_least or callers_at_least"
    assert said(rule("x", phase="live")) == [(0, ("kind",), nobody)]
    assert said(rule("x", tie_at_least=0.5)) == [], "there is no tie to nobody"
    late = (
        "'lapsed' tells somebody who stays away what is on, "
        "so it needs phase = 'live' and standing = 'lapsed' (or 'gone')"
    )
    assert said(rule("x", kind="lapsed", standing="lapsed")) == [(0, ("kind",), late)]
    assert said(rule("x", kind="lapsed", phase="live")) == [(0, ("kind",), late)]
    assert said(rule("x", kind="lapsed", phase="live", standing=["lapsed", "regular"])) == [(0, ("kind",), late)]
    assert said(rule("x", kind="lapsed", phase="live", standing=["lapsed", "gone"])) == []


WHENS = st.fixed_dictionaries(
    {},
    optional={
        "phase": st.sampled_from(["live", "after"]),
        "standing": st.lists(st.sampled_from(["new", "lapsed", "regular"]), min_size=1, max_size=2, unique=True),
        "calls_at_least": st.integers(1, 3),
        "calls_at_most": st.integers(0, 3),
        "callers_at_least": st.integers(1, 3),
        "callers_at_most": st.integers(0, 3),
        "minutes_left_at_least": st.sampled_from([0, 5, 10]),
        "minutes_left_at_most": st.sampled_from([0, 5, 10]),
        "absent_run_at_least": st.integers(0, 3),
    },
)


def worlds() -> list[Facts]:
    """Every combination of facts that can be, as far as `WHENS` asks for them."""
    same: dict[str, Any] = {
        "consent": Consent.LIVE, "is_enrolled": True, "is_bot": False, "is_present": False, "is_held": True,
        "is_observed": True, "is_reminded": False, "questions_left": 3,
    }  # fmt: skip
    times: list[tuple[Phase, float]] = [("live", 1), ("live", 5), ("live", 7), ("live", 10), ("live", 20), ("after", 0)]
    heard = [(calls, callers) for calls in range(5) for callers in range(calls + 1) if (calls > 0) == (callers > 0)]
    been = [(standing, run) for standing in Standing for run in range(5) if standing != "lapsed" or run > 1]
    return [
        Facts(phase=phase, minutes_left=left, calls=calls, callers=callers, standing=standing, absent_run=run,
              share_gone=1 if phase == "after" else 0.5, **same)
        for (phase, left), (calls, callers), (standing, run) in product(times, heard, been)
        if standing in {"new", "lapsed", "regular"}
    ]  # fmt: skip


WORLDS = worlds()


def holds(when: Conditions, facts: Facts) -> bool:
    return all(check.is_met for check in when.checks(facts))


@settings(deadline=None, max_examples=50)
@given(st.lists(WHENS, min_size=1, max_size=4))
def test_no_rule_is_refused_that_decides_anywhere(whens: list[dict[str, Any]]) -> None:
    rules = [rule(f"r{place}", **when) for place, when in enumerate(whens)]
    refused = {one.at for one in refusals(rules) if one.key != ("kind",)}
    assume(refused)
    for facts in WORLDS:
        first = next((place for place, one in enumerate(rules) if holds(one.when, facts)), None)
        assert first not in refused


@settings(deadline=None, max_examples=50)
@given(WHENS)
def test_conditions_have_a_region_exactly_where_they_can_hold(when: dict[str, Any]) -> None:
    asked = Conditions.model_validate(when)
    if any(holds(asked, facts) for facts in WORLDS):
        assert regions(asked)
