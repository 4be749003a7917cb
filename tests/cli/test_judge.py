import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app

LAPSED = {"id": "a", "history": [1] * 10 + [0] * 3, "live": 1, "live_minutes": 20}
HERE = {"id": 2, "history": [1] * 10, "live": 0}
RULES = """\
[[rule]]
name = "only who is called"
kind = "called"

[rule.when]
calls_at_least = 1
"""


@pytest.fixture
def histories(tmp_path: Path) -> Path:
    path = tmp_path / "histories.jsonl"
    path.write_text(f"{json.dumps(LAPSED)}\n{json.dumps(HERE)}\n", encoding="utf-8")
    return path


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["judge", *map(str, args)])


def test_each_history_gives_one_json_line(histories: Path) -> None:
    result = run(histories)
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert list(first) == ["id", "standing", "decision", "kind", "reason", "p_attend"]
    assert (first["id"], first["standing"], first["decision"], first["kind"]) == ("a", "lapsed", "remind", "lapsed")
    assert (second["id"], second["standing"], second["decision"], second["kind"]) == (2, "regular", "skip", None)


def test_other_rules_can_be_tried(histories: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(RULES, encoding="utf-8")
    result = run(histories, "--rules", rules)
    assert [json.loads(line)["reason"] for line in result.stdout.splitlines()] == ["no rule applies"] * 2


def test_every_line_that_cannot_be_is_told_and_the_rest_goes_on(histories: Path) -> None:
    bad = [json.dumps({**LAPSED, "held": [1]}), json.dumps({**LAPSED, "cals": 1}), "{"] * 10
    histories.write_text("\n".join([*bad, json.dumps(HERE)]), encoding="utf-8")
    result = run(histories)
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [2]
    told = result.stderr.splitlines()
    assert len(told) == 30
    assert told[0] == "missed: line 1: cannot be judged: 'held' has 1 sessions and 'history' 13; give as many"
    assert told[1] == "missed: line 2: cannot be judged: 'cals' is not a known key; did you mean 'calls'?"


def test_a_file_without_histories_is_no_success(histories: Path) -> None:
    histories.write_text("\n\n", encoding="utf-8")
    result = run(histories)
    assert result.exit_code == 1
    assert "holds no histories" in result.stderr


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere.jsonl")
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr
