"""One transaction over all shelves, and the storage that opens them."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Final, Self

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from adapters.storage.arrangements import SqlChanges, SqlLinks, SqlTallies
from adapters.storage.attic import SqlAttic
from adapters.storage.decisions import SqlCalls, SqlDecisions
from adapters.storage.engines import sqlite_file
from adapters.storage.errors import READ_ONLY, at_work, place
from adapters.storage.leases import SqlLeases
from adapters.storage.ledger import SqlLedger
from adapters.storage.outbox import SqlOutbox
from adapters.storage.people import SqlMembers
from adapters.storage.postgres import ASIDE
from adapters.storage.posts import SqlCursors, SqlPosts
from adapters.storage.schema import check
from adapters.storage.sessions import SqlAttendances, SqlSessions
from adapters.storage.ties import SqlTies
from adapters.storage.wakeups import wakeups
from bot.app.errors import Misconfigured
from bot.app.shelves import (
    Attendances,
    Attic,
    Calls,
    Changes,
    Cursors,
    Decisions,
    Leases,
    Ledger,
    Links,
    Members,
    Outbox,
    Posts,
    Sessions,
    Tallies,
    Ties,
)


class SqlUnitOfWork:
    """All or nothing. For one thread and one `with`; its shelves exist inside that only.

    Raises, at the beginning or the end of the block:
        Transient: the database is locked, its disk is full, or it does not answer; nothing was written.
        Misconfigured: it is damaged, or may not be written.
    """

    posts: Posts
    cursors: Cursors
    members: Members
    sessions: Sessions
    attendances: Attendances
    calls: Calls
    ties: Ties
    decisions: Decisions
    outbox: Outbox
    ledger: Ledger
    links: Links
    changes: Changes
    tallies: Tallies
    attic: Attic
    leases: Leases

    def __init__(self, transaction: AbstractContextManager[Connection]) -> None:
        self._transaction = transaction

    def __enter__(self) -> Self:
        connection = self._transaction.__enter__()
        self.posts = SqlPosts(connection)
        self.cursors = SqlCursors(connection)
        self.members = SqlMembers(connection)
        self.sessions = SqlSessions(connection)
        self.attendances = SqlAttendances(connection)
        self.calls = SqlCalls(connection)
        self.ties = SqlTies(connection)
        self.decisions = SqlDecisions(connection)
        self.outbox = SqlOutbox(connection)
        self.ledger = SqlLedger(connection)
        self.links, self.changes, self.tallies = SqlLinks(connection), SqlChanges(connection), SqlTallies(connection)
        self.attic = SqlAttic(connection)
        self.leases = SqlLeases(connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transaction.__exit__(kind, error, trace)


class SqlStorage:
    """Opens units of work on one database, and claims it for one bot.

    Use `open_storage`: it brings the schema up to date first.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._aside = engine.execution_options(**ASIDE)
        self._lock: Final = _lock(engine)

    def work(self) -> SqlUnitOfWork:
        """Open a transaction that may write; any thread may, and each has a connection of its own."""
        return SqlUnitOfWork(_transaction(self._engine))

    def aside(self) -> SqlUnitOfWork:
        """Open a transaction that waits for no turn: for guarded changes of single rows."""
        return SqlUnitOfWork(_transaction(self._aside))

    @property
    def place(self) -> str:
        """Name the database for people: its file, or its address without a password."""
        return place(self._engine.url)

    @property
    def is_shared(self) -> bool:
        """Say whether several bots may work on this database at once."""
        return self._engine.dialect.name == "postgresql"

    def wakeups(self, on: Callable[[str], None], stop: threading.Event) -> None:
        """Call `on` with "message", "call" or "lease" whenever a process leaves such a thing to do, until `stop`.

        For a thread of its own, on a database that is shared.
        """
        wakeups(self._engine, on, stop)

    def claim(self) -> None:
        """Become the one bot on this database, until `release` or the end of the process, however it ends.

        The kernel holds the lock on `<database>.lock`; a database in memory needs none, and one that is shared is
        claimed piece by piece (see `Leases`).

        Raises:
            Misconfigured: another process has it, it is damaged, or it may not be written, or the lock beside it.
        """
        if self._lock is None:
            return
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise Misconfigured(
                f"the database {self._engine.url.database} is already used by another process: stop that bot first, "
                "or give this one a database of its own"
            ) from error
        except OSError as error:
            why = error.strerror or str(error)
            raise Misconfigured(f"{self._lock.lock_file} cannot be locked ({why}): make it writable") from error
        where = place(self._engine.url)
        if not os.access(where, os.W_OK):  # SQLite itself would open it, and say so at the first row
            self.release()
            raise Misconfigured(READ_ONLY.format(where=where))
        try:
            check(self._engine)
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Let another bot have the database. Without a claim it does nothing."""
        if self._lock is not None:
            self._lock.release(force=True)

    def close(self) -> None:
        """Release the claim and close every connection."""
        self.release()
        self._engine.dispose()


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        if (clear := at_work(error, engine.url)) is None:
            raise
        raise clear from error


def _lock(engine: Engine) -> FileLock | None:
    """Return the lock beside the database; it belongs to the process, not to the thread that took it."""
    path = sqlite_file(engine.url) if engine.dialect.name == "sqlite" else None
    return None if path is None else FileLock(f"{path}.lock", thread_local=False)
