"""`missed costs` and `missed login`."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.storage import open_storage
from bot.app.till import Till
from tests.cli.conftest import Missed

NOW = datetime.now(UTC)  # noqa: TID251 - the command looks at this month
ON_X = """
[x]
monthly_limit = 20
"""


@pytest.mark.usefixtures("configured")
def test_a_plan_needs_no_database(missed: Missed, home: Path) -> None:
    found = json.loads(missed("costs", "--plan", "--json").stdout)["plan"]
    assert 20 < found["merged"] < 35  # two weekly chats
    assert found["configured"] == found["merged"]
    assert found["minimum"] < found["counts"] < found["merged"] < found["naive"]
    shown = missed("costs", "--plan", "--posts", "100").stdout
    assert "one merged search" in shown
    assert "#lrnchat" in shown
    assert not (home / "missed.db").exists()


@pytest.mark.usefixtures("filled")
def test_this_month_is_shown_by_chat_and_kind(missed: Missed, home: Path) -> None:
    assert "Nothing was billed" in missed("costs").stdout
    storage = open_storage(f"sqlite:///{home}/missed.db")
    Till("x", storage, (), {"post_read": 5000}).bill("post_read", ["1", "2"], NOW, "tea")
    storage.close()
    with (home / "missed.toml").open("a", encoding="utf-8") as file:
        file.write(ON_X)
    shown = missed("costs").stdout
    for part in ("#tea", "post read", "So far $0.01", "Reading stops at $20.00 a month"):
        assert part in shown
    found = json.loads(missed("costs", "--json").stdout)
    assert found["costs"]["items"] == {"post_read": 2}
    assert found["monthly_limit"] == 20


@pytest.mark.usefixtures("configured")
def test_signing_in_needs_an_account_and_a_key(missed: Missed, home: Path) -> None:
    assert "[x]" in missed("login", exits=2).stderr
    with (home / "missed.toml").open("a", encoding="utf-8") as file:
        file.write(ON_X)
    assert "MISSED_X_CONSUMER_KEY" in missed("login", exits=2).stderr
