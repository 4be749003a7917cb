"""What the benchmarks say is what they measure."""

import json
from pathlib import Path
from random import Random

import pytest

from benchmarks import attendance, settle
from config import catalogue

STEADY = [1] * 10
LAPSES = [1] * 8 + [0] * 3 + [1] * 5
LEAVES = [1] * 8 + [0] * 12


def test_a_rate_and_the_last_time_are_predicted_from_the_past_alone() -> None:
    assert attendance.own_rate([1, 1, 0]) == 3 / 5
    assert attendance.as_last_time(0.1)([0, 1]) == 0.9
    assert attendance.pairs([[0, 1, 0]], attendance.own_rate, since_seen=False) == [(1 / 3, 1), (0.5, 0)]
    assert attendance.pairs([[0, 1, 0]], attendance.own_rate, since_seen=True) == [(0.5, 0)]
    assert attendance.scores([(0.5, 1), (0.5, 0)]) == {"predictions": 2, "log_loss": 0.6931, "brier": 0.25}


def test_people_who_have_a_rhythm_are_predicted_better_than_by_their_rate() -> None:
    random = Random(7)
    people = [[int(random.random() < (0.97 if at % 2 else 0.03)) for at in range(30)] for _ in range(10)]
    found = attendance.measured(people, catalogue.rules(), "weekly")["all"]
    assert found["p_attend"]["log_loss"] < found["own rate, add-one"]["log_loss"] - 0.1
    assert found["p_attend"]["brier"] < found["as last time"]["brier"]


def test_reminders_are_counted_once_a_lapse_and_again_after_four_sessions() -> None:
    counts = attendance.reminders([STEADY, LAPSES, LEAVES], catalogue.rules(), "weekly")
    assert counts == {"due": 4, "came to that very session": 0, "sent": 4, "people": 2, "back within 3": 1}


def test_what_is_no_history_is_told(tmp_path: Path) -> None:
    path = tmp_path / "histories.jsonl"
    path.write_text(json.dumps({"history": [1, 0]}) + "\nnothing\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="line 2: is not"):
        attendance.read(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(SystemExit, match="holds no history"):
        attendance.read(path)


def test_settling_decides_for_everybody() -> None:
    found = settle.measure(50)
    assert found["remind"] + found["skip"] == 50
    assert found["remind"] > 0
    everybody = settle.pasts(3, Random(1))
    settle.settle(everybody, {"member1"})
    assert [past[-1] for past in everybody.values()] == [0, 1, 0]
    assert all(len(past) == settle.SESSIONS + 1 for past in everybody.values())
