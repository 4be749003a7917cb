"""What a database's error means for whoever meets it: try later, or change something.

SQLite's result codes: sqlite.org/rescode.html. Whatever is not named here is a mistake of ours and stays what it is.
"""

import sqlite3
from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.app.errors import Misconfigured, Transient

_PASSES: Final = {
    sqlite3.SQLITE_BUSY: "the database {where} is locked: another program, or part of this one, writes for too long",
    sqlite3.SQLITE_LOCKED: "the database {where} is locked by another part of this program",
    sqlite3.SQLITE_FULL: "the disk that holds {where} is full: make room there",
    sqlite3.SQLITE_IOERR: "the database {where} could not be read or written: look after its disk",
    sqlite3.SQLITE_CANTOPEN: "the database {where} could not be opened: is its directory still there?",
}
READ_ONLY: Final = "the database {where} may not be written: give this user the right to, directory included"
_STAYS: Final = {
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: "the database {where} may not be opened: give this user the right to read and write it",
    sqlite3.SQLITE_CORRUPT: "the database {where} is damaged: stop the bot and restore the file from a backup",
    sqlite3.SQLITE_NOTADB: "{where} is not a database: name another file, or move that one out of the way",
}


def place(url: URL) -> str:
    """Name a database without its password: the file's path, or the URL."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    return url.render_as_string(hide_password=True)


def at_work(error: SQLAlchemyError | sqlite3.Error, url: URL) -> Transient | Misconfigured | None:
    """Translate an error from the middle of the work; None where it is a mistake of ours."""
    where = place(url)
    if isinstance(error, NoConnection):
        return Transient(f"too many at once want the database ({where})")
    code = _code(error)
    if code in _STAYS:
        return Misconfigured(_STAYS[code].format(where=where))
    if code in _PASSES:
        return Transient(_PASSES[code].format(where=where))
    if isinstance(error, OperationalError) and not isinstance(error.orig, sqlite3.Error):
        return Transient(f"the database {where} does not answer: {error.orig}")
    return None


def at_opening(error: SQLAlchemyError | sqlite3.Error, url: URL) -> Misconfigured | None:
    """Translate an error from opening the database: somebody is there to change something."""
    found = at_work(error, url)
    return Misconfigured(str(found)) if found is not None else None


def _code(error: SQLAlchemyError | sqlite3.Error) -> int:
    """Return SQLite's primary result code, 0 where there is none."""
    orig = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(orig, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0
