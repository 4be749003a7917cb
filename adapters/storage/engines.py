"""Engines: how each kind of database is connected to. Nothing connects before it is asked."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event

from adapters.storage.postgres import postgresql_engine
from bot.app.errors import Transient

WAIT_FOR: Final = timedelta(seconds=5)
"""How long a writer waits for another one before it is told that the database is locked."""


def sqlite_file(url: URL) -> Path | None:
    """Return the file of an SQLite URL, None for a database in memory."""
    return None if url.database in {None, "", ":memory:"} else Path(str(url.database)).resolve()


def sqlite_engine(url: URL, wait_for: timedelta = WAIT_FOR) -> Engine:
    """Return an engine whose transactions begin as writers.

    A transaction that begins as a reader and then writes can meet another one doing the same, and neither can go on;
    BEGIN IMMEDIATE lets the second wait at the door instead. A database in memory is one connection: threads take
    turns.
    """
    alone: dict[str, Any] = {"pool_size": 1, "max_overflow": 0, "connect_args": {"check_same_thread": False}}
    options = alone if sqlite_file(url) is None else {}
    engine = create_engine(
        url, hide_parameters=True, poolclass=QueuePool, pool_timeout=wait_for.total_seconds(), **options
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins and ends transactions, not the driver
        connection.execute(f"PRAGMA busy_timeout = {wait_for // timedelta(milliseconds=1)}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten, not only unlinked
        # WAL with NORMAL may lose the last commits in a power cut. A message marked as being sent must still be marked
        # after it, or it would be sent again; so each commit waits for the disk.
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "commit")
    def _ending(connection: Connection) -> None:
        driver: sqlite3.Connection | None = connection.connection.driver_connection
        if driver is not None and not driver.in_transaction:  # on a full disk SQLite rolls back by itself
            raise Transient("the database rolled the work back: an error inside it was not let through")

    return engine


def use_wal(engine: Engine) -> None:
    """Let readers and the writer not wait for each other. The file remembers it."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


ENGINES: Final[Mapping[str, Callable[[URL], Engine]]] = {
    "sqlite": sqlite_engine,
    "postgresql": postgresql_engine,
}
