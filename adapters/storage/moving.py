"""Everything that is kept, from one database to another: copied in one transaction, and compared before it counts."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, Table, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from adapters.storage.engines import sqlite_file
from adapters.storage.errors import at_opening, place
from adapters.storage.opening import OWNER_ONLY, make_engine, open_storage
from adapters.storage.schema import version
from adapters.storage.tables import metadata
from bot.app.errors import Misconfigured
from bot.domain.model import Value

BATCH: Final = 1000


class Counted(Value):
    """How many rows a table has, and one sum over all of them, whatever their order and the database."""

    table: str
    rows: int
    digest: str


def counted(url: str) -> tuple[str, tuple[Counted, ...]]:
    """Return the schema's revision and what each table holds, after looking whether the database is sound.

    Raises:
        Misconfigured: it is not, or it cannot be opened.
    """
    open_storage(url).close()
    with _reading(url) as connection:
        broken = _broken(connection)
        if broken:
            raise Misconfigured(f"the database {place(connection.engine.url)} is damaged: {broken}; restore a backup")
        return str(version(connection)), tuple(_count(connection, table) for table in metadata.sorted_tables)


def copy(source: str, target: str) -> tuple[Counted, ...]:
    """Copy every row into a database that holds none of ours, and compare both; return what was copied.

    Both have this version's schema afterwards. The source is read as it is at one moment.

    Raises:
        Misconfigured: one cannot be opened, the target is not empty, or both differ: then nothing was written.
    """
    if make_engine(source).url == make_engine(target).url:
        raise Misconfigured("a database cannot be copied onto itself: name another one")
    for url in (source, target):
        open_storage(url).close()
    with _reading(source) as old, _writing(target) as new:
        where = place(new.engine.url)
        if any(_count(new, table).rows for table in metadata.sorted_tables):
            raise Misconfigured(f"the database {where} holds something already: name an empty one")
        for table in metadata.sorted_tables:
            for rows in old.execute(_rows(table)).mappings().partitions(BATCH):
                new.execute(insert(table), [dict(row) for row in rows])
            _go_on_counting(new, table)
        before = tuple(_count(old, table) for table in metadata.sorted_tables)
        after = tuple(_count(new, table) for table in metadata.sorted_tables)
        if before != after:
            differing = ", ".join(one.table for one, other in zip(before, after, strict=True) if one != other)
            raise Misconfigured(f"what came to {where} differs in {differing}, so that nothing was written there")
    return after


def backup(url: str, file: Path) -> tuple[Counted, ...]:
    """Write everything as it is at one moment into a new SQLite file, while the bot runs; return what it holds.

    Raises:
        Misconfigured: there is such a file, it cannot be written, or the database cannot be opened.
    """
    if file.exists():
        raise Misconfigured(f"{file} exists already: name another file for the backup")
    if not file.parent.is_dir():
        raise Misconfigured(f"the directory {file.parent} for the backup does not exist: create it")
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        part.touch(mode=OWNER_ONLY)
        engine = make_engine(url)
        path = sqlite_file(engine.url) if engine.dialect.name == "sqlite" else None
        if path is None:
            found = copy(url, f"sqlite:///{part}")
        else:
            _back_up(path, part)
            found = counted(f"sqlite:///{part}")[1]
        part.rename(file)
    except (OSError, sqlite3.Error) as error:
        raise Misconfigured(f"the backup {file} cannot be written ({error}): look after its disk") from error
    finally:
        for left in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            left.unlink(missing_ok=True)
    return found


def _back_up(path: Path, part: Path) -> None:
    """Copy page by page, as sqlite.org/backup.html has it: what is written meanwhile is in the copy, or none of it."""
    if not path.exists():
        raise Misconfigured(f"the database {path} does not exist yet, so that there is nothing to back up")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


@contextmanager
def _reading(url: str) -> Iterator[Connection]:
    """Open a transaction that sees one moment, and holds nobody up."""
    engine = make_engine(url)
    with _ended(engine):
        options: dict[str, Any] = {"is_aside": True}
        if engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with engine.execution_options(**options).begin() as connection:
            yield connection


@contextmanager
def _writing(url: str) -> Iterator[Connection]:
    engine = make_engine(url)
    with _ended(engine), engine.begin() as connection:
        yield connection


@contextmanager
def _ended(engine: Engine) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        if (clear := at_opening(error, engine.url)) is None:
            raise
        raise clear from error
    finally:
        engine.dispose()


def _broken(connection: Connection) -> str:
    """Return what an SQLite file says is wrong with it, nothing where all is well."""
    if connection.dialect.name != "sqlite":
        return ""
    said = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(3)"))]
    lost = [f"a row of {row[0]} without its member" for row in connection.execute(text("PRAGMA foreign_key_check"))]
    return "; ".join([one for one in said if one != "ok"] + lost[:3])


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let a table whose rows are numbered go on behind the last one."""
    column = table.autoincrement_column
    if column is not None and connection.dialect.name == "postgresql":
        last = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        connection.execute(select(func.setval(sequence, last, False)))


def _rows(table: Table) -> Select[Any]:
    return select(table).execution_options(yield_per=BATCH)


def _count(connection: Connection, table: Table) -> Counted:
    number, total = 0, 0
    for row in connection.execute(_rows(table)):
        plain = json.dumps([_plain(value) for value in row], sort_keys=True, default=str, ensure_ascii=False)
        total += int.from_bytes(hashlib.sha256(plain.encode("utf-8", "surrogatepass")).digest())
        number += 1
    return Counted(table=table.name, rows=number, digest=f"{total % (1 << 256):064x}")


def _plain(value: Any) -> Any:
    """Return a value as every database gives it back; NUL is left out, which PostgreSQL cannot keep."""
    if isinstance(value, str):
        return value.replace("\0", "")
    return value.isoformat() if isinstance(value, datetime | date) else value
