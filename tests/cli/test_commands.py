"""What every command keeps to, and the ones that need neither database nor account."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from adapters.storage import open_storage
from bot.cli.main import COMMANDS
from config import catalogue
from tests.cli.conftest import CONFIG, Missed, document
from tests.cli.evening import fill

NAMES = [command.__name__ for command in COMMANDS]
MISSED = Path(sys.executable).with_name("missed")


@pytest.mark.parametrize("name", NAMES)
def test_every_help_has_an_example(missed: Missed, name: str) -> None:
    assert f"Example: missed {name}" in missed(name, "--help").stdout


def test_the_commands_are_known_by_name(missed: Missed) -> None:
    shown = missed("--help").stdout
    assert {"init", "check", "run", "chats", "members", "sessions", "outbox", "explain", "schema"} <= set(NAMES)
    assert all(name in shown for name in NAMES)
    assert "--install-completion" in shown


def process(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MISSED_")}
    return subprocess.run(
        [MISSED, *words], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        env={**kept, **variables},
    )  # fmt: skip


def test_the_command_is_installed() -> None:
    done = process("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "When your network calls" in done.stdout


def test_a_pipe_gets_no_colours_and_an_old_terminal_no_fault(home: Path) -> None:
    (home / "missed.toml").write_text(CONFIG.format(database="missed.db"), encoding="utf-8")
    storage = open_storage("sqlite:///missed.db")
    fill(storage)
    storage.close()
    done = process("explain", "nora", PYTHONIOENCODING="ascii", MISSED_MASTODON_TOKEN="x", FORCE_COLOR="", NO_COLOR="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  + was not there" in done.stdout
    assert "  x calls: 1" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_mistake_is_a_sentence_on_standard_error(home: Path) -> None:
    (home / "missed.toml").write_text("databse_url = 1\n", encoding="utf-8")
    done = process("members")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "missed: missed.toml: databse_url: is not a known key. Did you mean 'database_url'?\n"


def test_init_writes_the_example_and_says_what_next(missed: Missed, home: Path) -> None:
    shown = missed("init").stdout
    assert (home / "missed.toml").read_text(encoding="utf-8") == catalogue.example()
    for part in ("Wrote missed.toml", "MISSED_MASTODON_TOKEN", "missed check\n"):
        assert part in shown
    assert "missed check --config other.toml" in missed("init", "other.toml").stdout


def test_init_overwrites_nothing(missed: Missed, home: Path) -> None:
    (home / "missed.toml").write_text("mine", encoding="utf-8")
    assert "missed.toml is there already and stays as it is." in missed("init", exits=2).stderr
    assert (home / "missed.toml").read_text(encoding="utf-8") == "mine"
    assert "is a directory; name a file in it." in missed("init", str(home), exits=2).stderr.replace("\n", " ")
    assert "cannot be written: No such file or directory." in missed("init", "no/missed.toml", exits=2).stderr


def test_what_init_writes_can_be_read(missed: Missed) -> None:
    missed("init")
    assert [one["tag"] for one in document(missed("chats", "--json"))["chats"]].count("tea") == 1


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ((), "database_url"),
        (("config",), "quiet_hours"),
        (("rules",), "rule"),
        (("chat",), "repeats"),
        (("phrases",), "phrases"),
        (("commands",), "commands"),
    ],
)
def test_schemas_are_json_schemas(missed: Missed, words: tuple[str, ...], key: str) -> None:
    found = document(missed("schema", *words))
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert key in found["properties"]


def test_the_example_keeps_to_the_keys_of_the_schema(missed: Missed) -> None:
    found = document(missed("schema"))
    assert set(tomllib.loads(catalogue.example())) <= set(found["properties"])
    assert "token" not in json.dumps(found["$defs"]["MastodonSection"]["properties"])


def test_a_schema_of_nothing_is_wrong_use(missed: Missed) -> None:
    assert "phrases" in missed("schema", "weather", exits=2).stderr
