"""`missed costs` and `missed login`."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.storage import open_storage
from bot.accounts import x_till
from bot.app.till import Till
from bot.bootstrap import storage_of
from config.settings import Settings
from config.x import XSection
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
    assert "A direct message that a member writes costs about $0.06" in " ".join(shown.split())
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


def test_the_bots_own_till_keeps_something_back_for_commands(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/a.db", x=XSection(monthly_limit=Decimal(1)))
    with storage_of(settings) as storage:
        till = x_till(settings, storage)
        assert till.admit("search", NOW, kind="post_read", want=1000) == 190
        assert till.admit("dm_read", NOW, kind="dm_read", want=1000) == 100


@pytest.mark.usefixtures("configured")
def test_signing_in_needs_an_account_and_a_key(missed: Missed, home: Path) -> None:
    assert "[x]" in missed("login", exits=2).stderr
    with (home / "missed.toml").open("a", encoding="utf-8") as file:
        file.write(ON_X)
    assert "MISSED_X_CONSUMER_KEY" in missed("login", exits=2).stderr
