import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from adapters.storage import open_storage
from bot.cli.main import app
from tests.cli.evening import fill

CONFIG = """\
database_url = "sqlite:///{database}"
catalogue = ["lrnchat"]

[mastodon]
base_url = "http://127.0.0.1:1"

[[chat]]
tag = "tea"
title = "Tea and learning"
zone = "Europe/Berlin"
day = "tuesday"
time = "20:00"
hosts = ["@olive@example.social"]
note = "Bring a cup."
"""
TOKEN = "sesame-4711"
Missed = Callable[..., Result]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to work in, and no variable of ours but the token."""
    for name in [name for name in os.environ if name.startswith("MISSED_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MISSED_MASTODON_TOKEN", TOKEN)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def configured(home: Path) -> Path:
    """A configuration, and no database yet."""
    (home / "missed.toml").write_text(CONFIG.format(database="missed.db"), encoding="utf-8")
    return home


@pytest.fixture
def empty(configured: Path) -> Path:
    """A database in which nothing has happened."""
    open_storage("sqlite:///missed.db").close()
    return configured


@pytest.fixture
def filled(configured: Path) -> Path:
    """A database of one evening."""
    storage = open_storage("sqlite:///missed.db")
    fill(storage)
    storage.close()
    return configured


@pytest.fixture
def missed() -> Missed:
    """Run a command line."""

    def run(*words: str, exits: int = 0) -> Result:
        result = CliRunner().invoke(app, words)
        assert result.exit_code == exits, result.output
        assert "Traceback" not in result.output
        return result

    return run


def document(result: Result) -> Any:
    """Return the one JSON document that was printed."""
    assert not result.stderr
    return json.loads(result.stdout)
