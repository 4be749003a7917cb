"""What PostgreSQL adds to the promises of every storage: clear refusals, secrets kept, work that takes turns."""

import re
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from adapters.storage import SqlStorage, open_storage
from adapters.storage.errors import at_work
from adapters.storage.postgres import postgresql_engine
from adapters.storage.schema import VERSION_TABLE
from adapters.storage.tables import metadata
from bot.app.errors import Misconfigured, Transient
from tests.contract.samples import THURSDAY, a_post
from tests.postgres import PASSWORD, Server, empty_database, fresh_database, server


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_database() as fresh:
        yield fresh


@pytest.fixture
def storage(url: str) -> Iterator[SqlStorage]:
    with closing(open_storage(url)) as opened:
        yield opened


def asked(url: str, query: str) -> list[tuple[object, ...]]:
    return server().ask(str(make_url(url).database), query)


def refused(url: str) -> str:
    with pytest.raises(Misconfigured) as raised:
        open_storage(url)
    causes = [raised.value, raised.value.__cause__]
    assert not any(secret in repr(one) + str(one) for one in causes for secret in (PASSWORD, "sesame", "wr0ng"))
    return str(raised.value)


# --- The schema ------------------------------------------------------------------------------------------------------


def test_the_migrations_make_what_the_tables_say(storage: SqlStorage) -> None:
    options = {"version_table": VERSION_TABLE, "compare_type": True}  # defaults are SQLite's test: JSON has no = here
    with storage._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_several_that_start_at_once_make_one_schema() -> None:
    with empty_database() as url:
        failed: list[BaseException] = []

        def start() -> None:
            try:
                open_storage(url).close()
            except BaseException as error:  # noqa: BLE001 - the test says which
                failed.append(error)

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert asked(url, f"SELECT count(*) FROM {VERSION_TABLE}") == [(1,)]


# --- Refusals, in one clear sentence ---------------------------------------------------------------------------------


def test_a_wrong_password_is_told_without_showing_it(url: str) -> None:
    wrong = make_url(url).set(password="wr0ng").render_as_string(hide_password=False)
    assert "refuses us: mend the name or the password in its address" in refused(wrong)


def test_a_password_among_the_parameters_is_not_shown_either(url: str) -> None:
    parsed = make_url(url)
    wrong = parsed.set(password=None, query={"password": "wr0ng"}).render_as_string(hide_password=False)
    assert "refuses us" in refused(wrong)


def test_a_database_that_is_not_there_is_told() -> None:
    assert "/nowhere does not exist: create it, or mend the address" in refused(server().url("nowhere"))


def test_a_server_that_is_not_there_is_told() -> None:
    nobody = make_url(server().url("postgres")).set(port=9).render_as_string(hide_password=False)
    assert "127.0.0.1:9/postgres does not answer: " in refused(nobody)


def test_another_driver_is_told() -> None:
    assert "begin the database's address with postgresql+psycopg://" in refused("postgresql+asyncpg://a:sesame@h/b")


@pytest.mark.parametrize("table", ["album", "alembic_version", "member"])
def test_another_programs_database_is_refused_and_left_alone(table: str) -> None:
    with empty_database() as url:
        asked(url, f"CREATE TABLE {table} (id integer)")
        assert "belongs to another program: name another one in the settings" in refused(url)
        tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        assert asked(url, tables) == [(table,)]


def test_a_newer_schema_is_refused(url: str) -> None:
    asked(url, f"UPDATE {VERSION_TABLE} SET version_num = 'r99'")
    assert "was written by a newer version of this program (schema r99)" in refused(url)


def test_a_server_that_may_only_be_read_is_told(url: str) -> None:
    asked(url, f"ALTER DATABASE {make_url(url).database} SET default_transaction_read_only = on")
    storage = open_storage(url)
    with pytest.raises(Misconfigured, match="may only be read"), storage.work() as work:
        work.cursors.set("home", "7")
    storage.close()


class _Said(Exception):
    sqlstate: str | None = None


@pytest.mark.parametrize(
    ("state", "said", "kind", "sentence"),
    [
        ("53100", "no space", Transient, "the disk of the database .* is full: make room there"),
        ("53300", "too many clients", Transient, "has no room for more: too many clients"),
        ("55P03", "lock timeout", Transient, "is busy"),
        ("40P01", "deadlock", Transient, "let somebody else go first"),
        ("57P01", "terminating", Transient, "is going down or coming up"),
        ("25P03", "idle", Transient, "gave up on work that stood still"),
        ("42P01", 'relation "cost" does not exist', Misconfigured, "lacks tables of ours"),
        ("42501", "permission denied", Misconfigured, "forbids what we need"),
        ("XX001", "bad page", Misconfigured, "is damaged: stop the bot and restore a backup"),
        (None, "lost wr0ng synchronisation", Transient, "does not answer: lost … synchronisation"),
        ("42703", "no such column", type(None), ""),
    ],
)
def test_each_trouble_has_its_sentence(state: str | None, said: str, kind: type, sentence: str) -> None:
    error = _Said(said)
    error.sqlstate = state
    clear = at_work(OperationalError("SELECT 1", {}, error), make_url("postgresql+psycopg://me:wr0ng@host/db"))
    assert type(clear) is kind
    assert "wr0ng" not in str(clear)
    if clear is not None:
        assert re.search(sentence, str(clear))


def test_a_mistake_of_ours_is_not_called_the_databases(storage: SqlStorage, url: str) -> None:
    asked(url, "ALTER TABLE cursor RENAME COLUMN value TO worth")
    with pytest.raises(DBAPIError, match="does not exist"), storage.work() as work:
        work.cursors.get("home")


# --- At work ---------------------------------------------------------------------------------------------------------


def test_what_postgresql_cannot_keep_is_left_out_of_other_peoples_names(storage: SqlStorage) -> None:
    author = a_post().author.model_copy(update={"name": "A\0na"})
    with storage.work() as work:
        assert work.posts.add(a_post(author=author), THURSDAY)
        kept = work.posts.author(author.platform, a_post().id)
    assert kept is not None
    assert kept.name == "Ana"


def test_a_server_that_was_restarted_is_found_again() -> None:
    own = Server()
    try:
        with closing(open_storage(own.url("postgres"))) as storage:
            with storage.work() as work:
                work.cursors.set("home", "7")
            own.stop()
            with pytest.raises(Transient, match=r"does not answer|going down"), storage.work():
                pytest.fail("the work began")
            own.start()
            with storage.work() as work:
                assert work.cursors.get("home") == "7"
    finally:
        own.remove()


def test_a_connection_that_is_cut_in_the_middle_writes_nothing(storage: SqlStorage, url: str) -> None:
    def write_twice() -> None:
        with storage.work() as work:
            work.cursors.set("home", "7")
            asked(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'missed'")
            work.cursors.set("home", "8")

    with pytest.raises(Transient, match=r"going down|does not answer"):
        write_twice()
    with storage.work() as work:
        assert work.cursors.get("home") is None


def test_units_of_work_take_turns_also_with_other_processes(url: str) -> None:
    def count() -> None:
        with closing(open_storage(url)) as own:
            for _ in range(20):
                with own.work() as work:
                    work.cursors.set("count", str(int(work.cursors.get("count") or 0) + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(open_storage(url)) as storage, storage.work() as work:
        assert work.cursors.get("count") == "80"


def test_a_turn_is_not_waited_for_forever_and_aside_waits_for_none(storage: SqlStorage, url: str) -> None:
    hasty = SqlStorage(postgresql_engine(make_url(url), wait_for=timedelta(milliseconds=50)))
    with storage.work() as work:
        work.cursors.set("home", "7")
        with pytest.raises(Transient, match="is busy: somebody else writes for too long"), hasty.work():
            pytest.fail("the work began")
        with hasty.aside() as aside:
            aside.cursors.set("other", "8")
    with hasty.work() as again:
        assert (again.cursors.get("home"), again.cursors.get("other")) == ("7", "8")
    hasty.close()
