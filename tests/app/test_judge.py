"""Bare histories: labelled by hand, a file a kind, in tests/data/histories; `expected.json` holds what a careful
person would decide by PRODUCT's rules, as the kind of the reminder or null."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.app.histories import History, read
from bot.app.judge import judge
from config import catalogue

HISTORIES = Path(__file__).parents[1] / "data/histories"
KINDS = sorted(path.stem for path in HISTORIES.glob("*.jsonl"))
EXPECTED = json.loads((HISTORIES / "expected.json").read_bytes())
NEVER = ("present", "opted_out", "excused", "new", "gone")


def history(text: str, **more: Any) -> History:
    row = {"id": "some", "history": [int(char) for char in text], "live": 1, **more}
    return History.model_validate_json(json.dumps(row))


def decided(text: str, **more: Any) -> tuple[str, str]:
    made = judge(history(text, **more), catalogue.rules())
    return made.decision, made.reason


@pytest.mark.parametrize("kind", KINDS)
def test_it_decides_as_a_careful_person_would(kind: str) -> None:
    found = read((HISTORIES / f"{kind}.jsonl").read_bytes().splitlines())
    assert not found.refused
    made = {str(one.id): judge(one, catalogue.rules()).kind for one in found.histories}
    assert made == {name: wanted for name, wanted in EXPECTED.items() if name.rpartition("-")[0] == kind}


def test_there_are_enough_of_them_and_they_remind_and_skip() -> None:
    assert len(EXPECTED) >= 150
    assert len(KINDS) >= 15
    assert sum(wanted is not None for wanted in EXPECTED.values()) > 50
    assert not any(EXPECTED[name] for name in EXPECTED if name.rpartition("-")[0] in NEVER)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"opted_out": 1}, "opted out"),
        ({"role": "guest"}, "not enrolled in this chat"),
        ({"role": "bot"}, "is a bot"),
        ({"account_moved": True}, "account has moved"),
        ({"declared_absence": 1}, "excused"),
        ({"last_reminded_sessions_ago": 0}, "already reminded in this session"),
        ({"seen_now": 1}, "present"),
        ({"last_reminded_sessions_ago": 1}, "reminded in the session before"),
        ({"reminders_unanswered": 3}, "silent after three reminders in a row"),
        ({"last_reminded_sessions_ago": 3}, "reminded too few sessions ago"),
        ({"live_minutes": 10}, "no rule applies"),
        ({"live_minutes": 100}, "no rule applies"),
        ({"live_minutes": 53, "questions_left": 2}, "no longer useful"),
    ],
)
def test_nobody_is_reminded_against_what_was_promised(more: dict[str, Any], reason: str) -> None:
    assert decided("1111111111000")[0] == "remind"
    assert decided("1111111111000", **more) == ("skip", reason)


def test_a_call_after_the_end_is_heard_for_a_day() -> None:
    assert decided("1111", live_minutes=75, calls=1) == ("remind", "called after it ended")
    assert decided("1111", live_minutes=99999, calls=1)[0] == "skip"


def test_what_it_says_of_somebody() -> None:
    made = judge(history("11111111"), catalogue.rules())
    assert (made.id, made.standing, made.decision, made.kind) == ("some", "regular", "skip", None)
    assert made.p_attend > 0.7


def test_only_what_was_held_counts_towards_the_pause_between_two_reminders() -> None:
    text, held = "1111111111" + "00000", [1] * 12 + [0, 1, 1]
    assert decided(text, last_reminded_sessions_ago=4)[0] == "remind"
    assert decided(text, last_reminded_sessions_ago=4, held=held) == ("skip", "reminded too few sessions ago")
    assert history(text, last_reminded_sessions_ago=99).reminded_held_sessions_ago == 16


def test_who_was_seen_though_nobody_watched_is_not_absent() -> None:
    assert decided("1111111111" + "0010", observed=[1] * 12 + [0, 1])[0] == "skip"
    assert history("1001", observed=[1, 1, 0, 0]).record == bytes([1, 0, 2])


@pytest.mark.parametrize("cadence", ["two-weekly", "Biweekly", "every two weeks", "fortnightly"])
def test_a_rhythm_may_be_spelled_in_several_ways(cadence: str) -> None:
    assert decided("1" * 8 + "0" * 15, cadence=cadence)[0] == "skip"
    assert decided("1" * 8 + "0" * 12, cadence=cadence)[0] == "remind"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "is not valid JSON; write one object a line"),
        ("[1]", "is not a JSON object; write one a line"),
        ('{"history": [], "live": 1}', "lacks 'id'; add it"),
        ('{"id": 1, "history": [], "live": 1, "hold": []}', "'hold' is not a known key; did you mean 'held'?"),
        ('{"id": 1, "history": [], "live": 1, "xyz": 0}', "'xyz' is not a known key; remove it"),
        ('{"id": 1, "history": [0, 2], "live": 1}', "'history'[2]: should be 0 or 1"),
        ('{"id": 1, "history": [0, "1"], "live": 1}', "'history'[2]: should be 0 or 1"),
        ('{"id": 1, "history": [], "live": 7}', "'live': should be 0 or 1"),
        ('{"id": 1, "history": [], "live": 1, "calls": -1}', "'calls': should be greater than or equal to 0"),
        (
            '{"id": 1, "history": [0, 1], "live": 1, "held": [1]}',
            "'held' has 1 sessions and 'history' 2; give as many",
        ),
        (
            '{"id": 1, "history": [0, 1], "live": 1, "observed": []}',
            "'observed' has 0 sessions and 'history' 2; give as many",
        ),
        (
            '{"id": 1, "history": [0, 1], "live": 1, "held": [1, 0]}',
            "session 2 was attended and not held; one of both is wrong",
        ),
        ('{"id": 1, "history": [], "live": 1, "cadence": "hourly"}', "'cadence': should be one of daily, "),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_the_rest_goes_on(line: str, says: str) -> None:
    good = '{"id": 2, "history": [1], "live": 0, "calls": null, "held": null}'
    found = read([b"\xef\xbb\xbf" + good.encode(), b"  ", line.encode()])
    assert [one.id for one in found.histories] == [2]
    (refused,) = found.refused
    assert refused.number == 3
    assert refused.says.startswith(says)
