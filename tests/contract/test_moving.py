"""Copies and backups: nothing is lost, and what cannot be right is refused."""

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, make_url

from adapters.storage import backup, copy, counted, open_storage
from adapters.storage.schema import VERSION_TABLE
from bot.app.errors import Misconfigured
from bot.app.shelves import Reading, Storage
from bot.domain.attendance import Gap
from bot.domain.ties import Tie
from tests.contract.samples import (
    NOW,
    SESSION,
    THURSDAY,
    a_call,
    a_decision,
    a_member,
    a_message,
    a_post,
    a_question,
    an_attendance,
    at,
)
from tests.postgres import empty_database, server

SAMPLES = sorted((Path(__file__).parents[1] / "data/schemas").glob("r*.sql"))


def fill(storage: Storage) -> None:
    """Put something on every shelf."""
    with storage.work() as work:
        work.members.put(a_member())
        work.members.put(a_member("ana", identities=(), chats=()))
        for number in range(50):
            author = a_post().author.model_copy(update={"name": f"Ana \0 {number} 💬"})
            work.posts.add(a_post(str(number), uri=f"https://a.example/{number}", author=author), THURSDAY)
        work.sessions.ensure(SESSION)
        work.sessions.ask(THURSDAY, a_question())
        work.sessions.miss(Gap(session_id=THURSDAY, begins_at=at(0), ends_at=at(9)))
        work.sessions.note(Reading(session_id=THURSDAY, source="mastodon", until=at(1)))
        work.attendances.add(an_attendance())
        work.calls.add(a_call())
        work.ties.put("sam", "ana", Tie(weight=1 / 3, at=NOW))
        work.decisions.add(a_decision())
        work.outbox.add(a_message(words={"who": "Zoë"}))
        work.ledger.spend("x", "send", NOW)
        work.ledger.close("x", "send", at(5), "too many")
        work.ledger.bill("x", NOW.date(), "post_read", "tea", ("1", "2"), 5000)
        work.cursors.set("home", "7")
        work.tallies.add("forgotten")
        work.leases.take("process/one", "one", NOW, at(9))


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'missed.db'}"
    with closing(open_storage(url)) as storage:
        fill(storage)
    return url


@pytest.fixture
def postgres() -> Iterator[str]:
    with empty_database() as url:
        yield url


def test_from_sqlite_to_postgresql_and_back_nothing_is_lost(sqlite: str, postgres: str, tmp_path: Path) -> None:
    before = counted(sqlite)
    assert copy(sqlite, postgres) == before[1] == counted(postgres)[1]
    assert sum(one.rows > 0 for one in before[1]) >= 15
    with closing(open_storage(postgres)) as storage, storage.work() as work:
        work.ledger.spend("x", "send", at(1))  # numbering goes on behind what was copied
        assert work.members.get("sam") == a_member()
        assert work.outbox.latest(1)[0].words == {"who": "Zoë"}
        assert work.ledger.spent("x", "send", NOW - timedelta(days=1)) == [NOW, at(1)]
    assert copy(postgres, f"sqlite:///{tmp_path / 'back.db'}") == counted(postgres)[1]


def test_a_copy_that_differs_is_not_kept(sqlite: str, postgres: str) -> None:
    open_storage(postgres).close()
    database = str(make_url(postgres).database)
    changes = "BEGIN NEW.value := 'changed'; RETURN NEW; END"
    server().ask(database, f"CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $${changes}$$")
    server().ask(database, "CREATE TRIGGER m BEFORE INSERT ON cursor FOR EACH ROW EXECUTE FUNCTION meddle()")
    with pytest.raises(Misconfigured, match="differs in cursor, so that nothing was written"):
        copy(sqlite, postgres)
    assert {one.rows for one in counted(postgres)[1]} == {0}


def test_what_holds_something_is_not_written_over(sqlite: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.db'}"
    copy(sqlite, other)
    with pytest.raises(Misconfigured, match=r"other.db holds something already: name an empty one"):
        copy(sqlite, other)
    with pytest.raises(Misconfigured, match="cannot be copied onto itself"):
        copy(sqlite, sqlite)


def test_a_row_that_is_changed_is_seen_by_the_sums(sqlite: str) -> None:
    before = {one.table: one.digest for one in counted(sqlite)[1]}
    with closing(open_storage(sqlite)) as storage, storage.work() as work:
        work.cursors.set("home", "8")
    after = {one.table: one.digest for one in counted(sqlite)[1]}
    assert [name for name in before if before[name] != after[name]] == ["cursor"]


def test_a_backup_is_made_while_the_bot_writes_and_is_one_moment(sqlite: str, tmp_path: Path) -> None:
    stop, files = threading.Event(), [tmp_path / f"backup-{number}.db" for number in range(5)]

    def write() -> None:
        with closing(open_storage(sqlite)) as storage:
            count = 0
            while not stop.is_set():
                count += 1
                with storage.work() as work:
                    work.cursors.set("one", str(count))
                    work.cursors.set("two", str(count))

    bot = threading.Thread(target=write)
    bot.start()
    try:
        for file in files:
            backup(sqlite, file)
    finally:
        stop.set()
        bot.join()
    for file in files:
        assert file.stat().st_mode & 0o777 == 0o600
        with closing(open_storage(f"sqlite:///{file}")) as storage, storage.work() as work:
            assert work.cursors.get("one") == work.cursors.get("two")
            assert work.members.get("sam") == a_member()


def test_a_backup_of_postgresql_is_restored_into_an_empty_database(sqlite: str, postgres: str, tmp_path: Path) -> None:
    copy(sqlite, postgres)
    held = backup(postgres, tmp_path / "backup.db")
    with empty_database() as another:
        assert copy(f"sqlite:///{tmp_path / 'backup.db'}", another) == held == counted(postgres)[1]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("missed.db", "exists already: name another file"), ("no/where.db", "the directory .*/no for the backup")],
)
def test_a_backup_that_cannot_be_is_refused(sqlite: str, tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence):
        backup(sqlite, tmp_path / name)
    with pytest.raises(Misconfigured, match="does not exist yet, so that there is nothing to back up"):
        backup(f"sqlite:///{tmp_path / 'nothing.db'}", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


# --- Damage ----------------------------------------------------------------------------------------------------------


def damage(url: str) -> Path:
    """Overwrite some pages in the middle, as a failing disk does."""
    path = Path(str(make_url(url).database))
    content = bytearray(path.read_bytes())
    begin = len(content) // 2 // 4096 * 4096
    content[begin : begin + 5 * 4096] = b"\xa5" * (5 * 4096)
    path.write_bytes(content)
    return path


def test_a_damaged_file_is_found_at_the_start_and_left_alone(sqlite: str) -> None:
    path = damage(sqlite)
    before = path.read_bytes()

    def begin() -> None:
        with closing(open_storage(sqlite)) as storage:
            storage.claim()

    for look in (begin, lambda: counted(sqlite)):
        with pytest.raises(Misconfigured, match=r"missed.db is damaged: .*restore"):
            look()
    assert path.read_bytes() == before


# --- Upgrades --------------------------------------------------------------------------------------------------------


def test_every_schema_so_far_has_a_sample() -> None:
    versions = Path(__file__).parents[2] / "adapters/storage/migrations/versions"
    revisions = {name.stem.split("_")[0] for name in versions.glob("r*.py")}
    assert {path.stem for path in SAMPLES} == revisions


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_of_each_schema_is_taken_along(sample: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        old.executescript(sample.read_text(encoding="utf-8"))
        names = [name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: old.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    _, tables = counted(f"sqlite:///{tmp_path / 'old.db'}")
    after = {one.table: one.rows for one in tables}
    assert {name: after[name] for name in counts if name != VERSION_TABLE} == {
        name: count for name, count in counts.items() if name != VERSION_TABLE
    }
    with closing(open_storage(f"sqlite:///{tmp_path / 'old.db'}")) as storage, storage.work() as work:
        (sam,) = work.members.everybody()
        assert (sam.id, sam.chats, sam.identities[0].handle) == ("sam", ("lrnchat",), "sam@x.example")
        (message,) = work.outbox.latest(9)
        assert (message.text, message.owner) == ("Ana misses you", None)
        assert len(work.decisions.of("sam")) == len(work.calls.of("sam", THURSDAY)) == 1
        assert [row.session.id for row in work.sessions.open()] == [THURSDAY]


def test_an_upgrade_of_a_damaged_file_is_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "adapters.storage:migrations")
        config.attributes.update(connection=connection, version_table=VERSION_TABLE)
        command.upgrade(config, "r1")
        words = "x" * 3000
        for number in range(200):
            connection.exec_driver_sql(f"INSERT INTO cursor VALUES ('{number}', '{words}')")
    engine.dispose()
    before = damage(f"sqlite:///{path}").read_bytes()
    with pytest.raises(Misconfigured, match="is damaged"):
        open_storage(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert re.search("r1", path.read_bytes().decode("latin-1"))
