"""What a file of SQLite's adds to the promises of every storage: durability, clear refusals, one bot at a time."""

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

from adapters.storage import SqlStorage, open_storage
from adapters.storage.engines import sqlite_engine
from adapters.storage.errors import at_work
from adapters.storage.schema import VERSION_TABLE
from adapters.storage.tables import metadata
from bot.app.errors import Misconfigured, Transient
from bot.domain.model import Platform
from bot.domain.outbox import State
from bot.domain.rules import Remind, Skip
from tests.contract.samples import NOW, THURSDAY, a_call, a_member, a_message, a_post


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "missed.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def storage(url: str) -> Iterator[SqlStorage]:
    opened = open_storage(url)
    yield opened
    opened.close()


def run(code: str, *arguments: str) -> "subprocess.Popen[str]":
    """Start another Python that speaks one line when it is ready."""
    started = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    assert process.wait(10) == -signal.SIGKILL
    assert process.stdout is not None
    process.stdout.close()


@contextmanager
def room_for(pages: int) -> Iterator[None]:
    """Let every new connection's database have so many pages and no more: a full disk, told by SQLite itself."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


# --- The file --------------------------------------------------------------------------------------------------------


def test_connections_are_durable_and_patient(storage: SqlStorage) -> None:
    with storage._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
    }


def test_the_file_is_its_owners(storage: SqlStorage, path: Path) -> None:
    with storage.work() as work:
        work.cursors.set("home", "7")
        for file in path.parent.iterdir():
            assert file.stat().st_mode & 0o777 == 0o600, file.name


def test_the_migrations_make_what_the_tables_say(storage: SqlStorage) -> None:
    options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
    with storage._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_opening_again_keeps_what_is_there(url: str) -> None:
    for expected in (None, "7"):
        storage = open_storage(url)
        with storage.work() as work:
            assert work.cursors.get("home") == expected
            work.cursors.set("home", "7")
        storage.close()


def test_an_empty_file_becomes_a_database(url: str, path: Path) -> None:
    path.touch()
    open_storage(url).close()


def test_what_was_erased_is_not_in_the_file(storage: SqlStorage, path: Path) -> None:
    words = [b"ana.secret", b"Ana Secret", b"words for sam"]
    author = a_post().author.model_copy(update={"handle": "ana.secret@example.social", "name": "Ana Secret"})
    with storage.work() as work:
        work.posts.add(a_post(author=author, text="paging everybody", uri="https://a.example/ana.secret/1"), THURSDAY)
        work.calls.add(a_call(caller_name="Ana Secret"))
        work.outbox.add(a_message(state=State.FAILED, text="words for sam"))
    storage.close()
    assert [word for word in words if word in path.read_bytes()] == words
    assert b"paging everybody" not in path.read_bytes(), "a post's text is never kept"
    with storage.work() as work:
        work.posts.erase(THURSDAY)
        work.outbox.erase(THURSDAY)
    storage.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name], "the write-ahead log is gone"
    assert [word for word in words if word in path.read_bytes()] == []


def test_naive_times_are_refused(storage: SqlStorage) -> None:
    with pytest.raises(StatementError, match="naive"), storage.work() as work:
        work.outbox.due(datetime(2025, 3, 14), 1)  # noqa: DTZ001 - the point of it


# --- Refusals, in one clear sentence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("nowhere/missed.db", "the directory .*/nowhere for the database does not exist: create it"),
        ("file/missed.db", "the directory .*/file for the database does not exist"),
        ("directory", ".*/directory is a directory: name a file in it"),
        ("/proc/missed.db", r"the database /proc/missed.db cannot be created \(.+\): make its directory writable"),
        ("file", ".*/file is not a database: name another file"),
    ],
)
def test_a_place_that_cannot_be_is_refused(tmp_path: Path, where: str, sentence: str) -> None:
    (tmp_path / "file").write_text("Dear diary, " * 1000)
    (tmp_path / "directory").mkdir()
    with pytest.raises(Misconfigured, match=f"^{sentence}"):
        open_storage(f"sqlite:///{tmp_path / where}")
    assert (tmp_path / "file").read_text() == "Dear diary, " * 1000


@pytest.mark.parametrize("table", ["album", "alembic_version", "member"])
def test_another_programs_database_is_refused_and_left_alone(url: str, path: Path, table: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"CREATE TABLE {table} (id)")
    before = path.read_bytes()
    with pytest.raises(Misconfigured, match=r"missed.db belongs to another program: name another one"):
        open_storage(url)
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused_and_left_alone(storage: SqlStorage, url: str, path: Path) -> None:
    with storage._engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = 'r99'")
    storage.close()
    before = path.read_bytes()
    with pytest.raises(Misconfigured, match=r"missed.db was written by a newer version of this program \(schema r99\)"):
        open_storage(url)
    assert path.read_bytes() == before


def test_a_full_disk_is_said_and_leaves_nothing_half_made(url: str) -> None:
    with room_for(pages=9), pytest.raises(Misconfigured, match=r"the disk that holds .*missed.db is full: make room"):
        open_storage(url)
    open_storage(url).close()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("missed.db", "not a URL: write it like sqlite:///missed.db"),
        ("", "not a URL"),
        ("oracle://scott:tiger@host/db", "no way to keep things in oracle yet"),
    ],
)
def test_an_address_that_is_none_is_refused(address: str, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence):
        open_storage(address)


def test_a_locked_database_is_not_waited_for_forever(storage: SqlStorage, path: Path) -> None:
    hasty = SqlStorage(sqlite_engine(make_url(f"sqlite:///{path}"), wait_for=timedelta(milliseconds=30)))
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Transient, match=r"missed.db is locked: another program") as raised, hasty.work():
            pytest.fail("the work began")
    assert isinstance(raised.value.__cause__, OperationalError)
    with hasty.work() as work:
        work.cursors.set("home", "7")
    hasty.close()


def test_work_inside_work_is_not_waited_for_forever() -> None:
    hasty = SqlStorage(sqlite_engine(make_url("sqlite://"), wait_for=timedelta(milliseconds=30)))
    with (
        hasty.work(),
        pytest.raises(Transient, match=r"too many at once want .* \(in memory\)"),
        hasty.work(),
    ):
        pytest.fail("the work began")
    hasty.close()


def _fill(storage: SqlStorage, *forgiven: type[Exception]) -> None:
    with storage.work() as work:
        work.cursors.set("home", "7")
        with suppress(*forgiven):
            work.posts.add(a_post(author=a_post().author.model_copy(update={"name": "word " * 100_000})), THURSDAY)


@pytest.mark.parametrize(
    ("forgiven", "sentence"),
    [((), "the disk that holds .*missed.db is full: make room"), ((OperationalError,), "was not let through")],
    ids=["let through", "swallowed"],
)
def test_a_disk_that_fills_up_is_said_and_nothing_is_written(
    storage: SqlStorage, forgiven: tuple[type[Exception], ...], sentence: str
) -> None:
    storage.close()
    with room_for(pages=1), pytest.raises(Transient, match=sentence):  # fewer than there are: not one more
        _fill(storage, *forgiven)
    storage.close()
    with storage.work() as work:
        assert work.cursors.get("home") is None


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        (sqlite3.SQLITE_BUSY, Transient, "a.db is locked"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Transient, "a.db is locked"),
        (sqlite3.SQLITE_FULL, Transient, "the disk that holds a.db is full"),
        (sqlite3.SQLITE_IOERR_WRITE, Transient, "a.db could not be read or written"),
        (sqlite3.SQLITE_READONLY, Misconfigured, "a.db may not be written"),
        (sqlite3.SQLITE_CORRUPT, Misconfigured, "a.db is damaged: stop the bot and restore"),
        (sqlite3.SQLITE_ERROR, type(None), ""),
    ],
)
def test_each_trouble_has_its_sentence(code: int, kind: type, sentence: str) -> None:
    error = sqlite3.OperationalError("as SQLite says")
    error.sqlite_errorcode = code
    clear = at_work(DBAPIError("SELECT 1", {}, error), make_url("sqlite:///a.db"))
    assert type(clear) is kind
    assert sentence in str(clear)


def test_a_database_without_our_tables_is_said(storage: SqlStorage, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE cost")
        other.commit()
    with pytest.raises(Misconfigured, match=r"lacks tables of ours.*Restore a backup"), storage.work() as work:
        work.ledger.owed("x", NOW)


def test_a_mistake_of_ours_is_not_called_the_databases(storage: SqlStorage) -> None:
    with storage._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE cursor RENAME COLUMN value TO worth")
    with pytest.raises(OperationalError, match="no such column"), storage.work() as work:
        work.cursors.get("home")


# --- Threads and processes -------------------------------------------------------------------------------------------


def test_threads_that_read_and_then_write_take_turns(storage: SqlStorage) -> None:
    def count() -> None:
        for _ in range(20):
            with storage.work() as work:
                work.cursors.set("count", str(int(work.cursors.get("count") or 0) + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with storage.work() as work:
        assert work.cursors.get("count") == "80"


DIES_AT_WORK = """
import sys, time
from adapters.storage import open_storage
from tests.contract.samples import THURSDAY, a_member, a_message, a_post
with open_storage(sys.argv[1]).work() as work:
    work.cursors.set("home", "8")
    work.members.put(a_member(chats=()))
    work.outbox.add(a_message("m2"))
    for number in range(2000):  # more than fits into the page cache, so that some of it is on the disk
        work.posts.add(a_post(str(number), text="word " * 1000), THURSDAY)
    print("ready", flush=True)
    time.sleep(60)
"""


def test_a_process_killed_at_work_leaves_the_database_as_it_was(url: str) -> None:
    storage = open_storage(url)
    with storage.work() as work:
        work.cursors.set("home", "7")
        work.members.put(a_member())
        work.outbox.add(a_message())
    storage.close()
    kill(run(DIES_AT_WORK, url))
    storage = open_storage(url)
    with storage.work() as work:
        assert work.cursors.get("home") == "7"
        assert work.members.everybody() == [a_member()]
        assert work.outbox.latest(9) == [a_message()]
        assert work.posts.people(THURSDAY, NOW + timedelta(days=1)) == 0
        assert not work.posts.belongs_to(Platform.MASTODON, "1", THURSDAY)
        assert [one.id for one in work.outbox.due(NOW, 9)] == ["m1"]
    storage.close()


HOLDS_THE_CLAIM = """
import sys, time
from adapters.storage import open_storage
storage = open_storage(sys.argv[1])
storage.claim()
print("ready", flush=True)
time.sleep(60)
"""


def test_a_second_bot_is_refused_until_the_first_is_gone_however_it_went(storage: SqlStorage, url: str) -> None:
    first = run(HOLDS_THE_CLAIM, url)
    with pytest.raises(Misconfigured, match=r"missed.db is already used by another process: stop that bot first"):
        storage.claim()
    with storage.work() as work:
        assert work.cursors.get("home") is None, "looking needs no claim"
    kill(first)
    storage.claim()


def test_a_claim_ends_with_release_or_close(storage: SqlStorage, url: str) -> None:
    other = open_storage(url)
    storage.release()
    for free in (storage.release, storage.close):
        storage.claim()
        storage.claim()
        with pytest.raises(Misconfigured, match="already used"):
            other.claim()
        free()
        other.claim()
        other.release()
    other.close()


def test_a_claim_is_the_process_s_not_the_thread_s(storage: SqlStorage, url: str) -> None:
    thread = threading.Thread(target=storage.claim)
    thread.start()
    thread.join()
    other = open_storage(url)
    with pytest.raises(Misconfigured, match="already used"):
        other.claim()
    storage.release()
    other.claim()
    other.close()


def test_a_claim_that_cannot_be_written_is_said(storage: SqlStorage, path: Path) -> None:
    Path(f"{path}.lock").mkdir()
    with pytest.raises(Misconfigured, match=r"missed.db.lock cannot be locked"):
        storage.claim()


def test_a_database_in_memory_needs_no_claim() -> None:
    storages = [open_storage("sqlite://") for _ in range(2)]
    for storage in storages:
        storage.claim()
        storage.close()


def test_decisions_of_the_first_release_are_still_read(storage: SqlStorage, path: Path) -> None:
    check = '{"name": "calls_at_least", "wanted": 2.0, "actual": 1.0, "is_met": false}'
    times = '"not_before": "2025-03-14T01:30:00Z", "expires_at": "2025-03-14T02:30:00Z"'
    rows = [
        ("skip", "was dozing", f'{{"reason": "was dozing", "checks": [{check}]}}'),
        ("remind", "old", f'{{"rule": "old", "kind": "called", {times}, "checks": [{check}]}}'),
    ]
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(
            "INSERT INTO decision VALUES ('sam', 'lrnchat@x', ?, ?, ?, '{\"calls\": 1}', '2025-03-14T01:30:00+00:00')",
            rows,
        )
    with storage.work() as work:
        remind, skip = (row.decision for row in work.decisions.of("sam"))
    assert isinstance(remind, Remind)
    assert isinstance(skip, Skip)
    assert (remind.rule, skip.reason) == ("old", "was dozing")
    assert [one.name for one in (*remind.checks, *skip.checks)] == ["calls_at_least", "calls_at_least"]
