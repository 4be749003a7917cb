import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app

ROWS: list[dict[str, object]] = [
    {"id": "1", "author": "ana", "text": "@nora you are missed! #tea", "mentions": ["nora"], "hashtags": ["tea"]},
    {"id": "2", "author": "ana", "text": "@ben you missed the point #tea", "mentions": ["ben"], "hashtags": ["tea"]},
    {"id": "3", "author": "ana", "text": "Sam P. is nowhere to be seen #tea", "hashtags": ["tea"]},
]
GOLD = [
    {"is_call": True, "targets": ["@Nora"], "kind": "missed", "lang": "en"},
    {"is_call": False, "targets": [], "kind": "object", "lang": "en"},
    {"is_call": False, "kind": "ordinary"},
]


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "posts.jsonl"
    lines = [json.dumps(row | gold) for row, gold in zip(ROWS, GOLD, strict=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["recognise", *map(str, args)])


def test_each_post_gives_one_json_line(posts: Path) -> None:
    result = run(posts, "--chat", "tea")
    assert result.exit_code == 0
    first, second, _ = (json.loads(line) for line in result.stdout.splitlines())
    assert set(first) == {"id", "is_call", "targets", "kind", "phrase", "lang", "why"}
    assert (first["is_call"], first["targets"], first["kind"]) == (True, ["nora"], "missed")
    assert (second["is_call"], second["targets"]) == (False, [])


def test_gold_prints_figures_for_people_and_for_programs(posts: Path) -> None:
    shown = run(posts, "--chat", "tea", "--gold")
    assert shown.exit_code == 0
    assert "by language" in shown.stdout
    assert "1.000" in shown.stdout
    figures = json.loads(run(posts, "--chat", "tea", "--gold", "--json").stdout)
    everything = figures["all"]["all posts"]
    assert everything["precision"] == {
        "hits": 1,
        "of": 1,
        "value": 1.0,
        "interval": everything["precision"]["interval"],
    }
    assert set(figures["by kind"]) == {"missed", "object", "ordinary"}
    assert set(figures["by language"]) == {"en", "und"}


def test_posts_without_labels_cannot_be_scored(tmp_path: Path) -> None:
    path = tmp_path / "bare.jsonl"
    path.write_text('{"id": "1", "author": "ana", "text": "hello"}\n', encoding="utf-8")
    result = run(path, "--chat", "tea", "--gold")
    assert result.exit_code == 2
    assert "no line says whether it is a call" in result.stderr


def test_a_broken_line_is_named_and_the_rest_goes_on(posts: Path) -> None:
    posts.write_text("{oops\n" + posts.read_text(encoding="utf-8"), encoding="utf-8")
    result = run(posts, "--chat", "tea")
    assert result.exit_code == 1
    assert "line 1: cannot be read: is not valid JSON" in result.stderr
    assert len(result.stdout.splitlines()) == 3


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path / "none.jsonl", "--chat", "tea").exit_code == 2


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ({"is_call": "no"}, "line 2: not counted: 'is_call': input should be a valid boolean"),
        ({"is_call": True, "targets": "ben"}, "line 2: not counted: 'targets': input should be a valid array"),
        ({}, "line 2: not counted: lacks 'is_call'"),
    ],
)
def test_a_label_that_cannot_be_read_is_told_and_not_counted(
    tmp_path: Path, label: dict[str, object], says: str
) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in (ROWS[0] | GOLD[0], ROWS[1] | label)), encoding="utf-8")
    result = run(path, "--chat", "tea", "--gold", "--json")
    assert result.exit_code == 1
    assert says in result.stderr
    assert json.loads(result.stdout)["all"]["all posts"]["posts"] == 1


def test_of_two_lines_with_one_id_the_first_counts(posts: Path) -> None:
    again = json.dumps(ROWS[0] | {"is_call": False})
    posts.write_text(posts.read_text(encoding="utf-8") + again, encoding="utf-8")
    result = run(posts, "--chat", "tea", "--gold", "--json")
    assert "1 with the id of an earlier line left out" in result.stderr
    assert json.loads(result.stdout)["all"]["all posts"]["recall"]["of"] == 1
