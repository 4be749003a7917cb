"""`missed db`: what somebody who runs the bot sees, on a file and on a server, and never a password."""

from contextlib import closing
from pathlib import Path

import pytest

from adapters.storage import open_storage
from tests.cli.conftest import Missed, document
from tests.contract.test_moving import damage
from tests.postgres import PASSWORD, empty_database


@pytest.mark.usefixtures("filled")
def test_a_database_moves_to_a_server_and_everything_is_found_there(
    missed: Missed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = document(missed("db", "check", "--json"))
    assert sum(one["rows"] for one in before["tables"]) > 10
    with empty_database() as url:
        monkeypatch.setenv("MISSED_COPY_TO", url)
        copied = missed("db", "copy")
        assert "counts and sums are the same on both sides" in copied.output
        monkeypatch.setenv("MISSED_DATABASE_URL", url)
        assert document(missed("db", "check", "--json")) == before
        shown = missed("db", "check").stdout + missed("db", "upgrade").stdout + missed("outbox").stdout
        looked = missed("check", exits=1).output  # the server of the account is not there
        assert "/t" in looked
        assert "opens; members: " in looked
        refused = missed("db", "copy", "--from", "sqlite:///missed.db", exits=2).output
        assert "holds something already" in refused
    gone = missed("outbox", exits=2).output
    assert "does not exist" in gone
    for said in (copied.output, shown, looked, refused, gone):
        assert PASSWORD not in said
        assert "sesame%2F" not in said


@pytest.mark.usefixtures("filled")
def test_a_backup_is_restored_by_putting_it_in_its_place(missed: Missed, home: Path) -> None:
    before = document(missed("db", "check", "--json"))
    assert "backup.db holds " in missed("db", "backup", "backup.db").stdout
    assert "exists already" in missed("db", "backup", "backup.db", exits=2).output
    damage("sqlite:///missed.db")
    assert "missed.db is damaged" in missed("db", "check", exits=2).output
    for file in home.glob("missed.db*"):
        file.unlink()
    (home / "backup.db").rename(home / "missed.db")
    assert document(missed("db", "check", "--json")) == before


@pytest.mark.usefixtures("filled")
def test_a_bot_that_runs_is_not_copied_away(missed: Missed) -> None:
    with closing(open_storage("sqlite:///missed.db")) as storage:
        storage.claim()
        said = missed("db", "copy", "sqlite:///other.db", exits=2).output
    assert "already used by another process" in said


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("words", [("upgrade",), ("check",), ("copy", "sqlite:///other.db"), ("backup", "b.db")])
def test_looking_makes_no_database(missed: Missed, home: Path, words: tuple[str, ...]) -> None:
    assert "does not exist yet" in missed("db", *words, exits=2).output
    assert [file.name for file in home.iterdir()] == ["missed.toml"]
