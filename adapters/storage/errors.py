"""What a database's error means for whoever meets it: try later, or change something.

SQLite's result codes: sqlite.org/rescode.html; PostgreSQL's SQLSTATEs: postgresql.org/docs/current/errcodes-appendix.
Whatever is not named here is a mistake of ours and stays what it is.
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
DAMAGED: Final = "the database {where} is damaged: stop the bot and restore the file from a backup"
NO_TABLE: Final = (
    "the database {where} lacks tables of ours: was it emptied, or made by another program? Restore a backup, or name "
    "another database"
)
_STAYS: Final = {
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: "the database {where} may not be opened: give this user the right to read and write it",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: "{where} is not a database: name another file, or move that one out of the way",
}
_SERVER_PASSES: Final = {
    "53100": "the disk of the database {where} is full: make room there",
    "53": "the database {where} has no room for more: {said}",
    "55P03": "the database {where} is busy: somebody else writes for too long",
    "40": "the database {where} let somebody else go first",
    "57P": "the database {where} is going down or coming up",
    "58": "the database {where} could not be read or written: look after its disk",
    "25P03": "the database {where} gave up on work that stood still",
    "08": "the database {where} does not answer: {said}",
}
_SERVER_STAYS: Final = {
    "28": "the database {where} refuses us: mend the name or the password in its address",
    "3D000": "the database {where} does not exist: create it, or mend the address",
    "25006": "the database {where} may only be read, as a standby is: name the primary server in the address",
    "42501": "the database {where} forbids what we need: let this user create tables in its schema and write them",
    "42P01": NO_TABLE,
    "XX001": "the database {where} is damaged: stop the bot and restore a backup",
    "XX002": "the database {where} has a damaged index: stop the bot, and REINDEX or restore a backup",
}
"""By SQLSTATE or its beginning."""


def place(url: URL) -> str:
    """Name a database without its password: the file's path, or the address of its server."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    return url.set(query={}, password=None).render_as_string(hide_password=True)


def at_work(error: SQLAlchemyError | sqlite3.Error, url: URL) -> Transient | Misconfigured | None:
    """Translate an error from the middle of the work; None where it is a mistake of ours."""
    where = place(url)
    if isinstance(error, NoConnection):
        return Transient(f"too many at once want the database ({where})")
    code = _code(error)
    if code in _STAYS:
        return Misconfigured(_STAYS[code].format(where=where))
    if code == sqlite3.SQLITE_ERROR and "no such table" in str(error):
        return Misconfigured(NO_TABLE.format(where=where))
    if code in _PASSES:
        return Transient(_PASSES[code].format(where=where))
    return _from_server(error, url) if isinstance(error, DBAPIError) else None


def _from_server(error: DBAPIError, url: URL) -> Transient | Misconfigured | None:
    """Translate what a database server said, or what was said of it; never its password."""
    if isinstance(error.orig, sqlite3.Error):
        return None
    state, said = getattr(error.orig, "sqlstate", None) or "", _plain(str(error.orig), url)
    for kind, sentences in ((Misconfigured, _SERVER_STAYS), (Transient, _SERVER_PASSES)):
        for code, sentence in sentences.items():
            if state.startswith(code):
                return kind(sentence.format(where=place(url), said=said))
    if state or not isinstance(error, OperationalError):
        return None
    # What is said before anybody is let in has no SQLSTATE in libpq, only the server's words.
    for words, code in (("authentication failed", "28"), ("no pg_hba.conf entry", "28"), ("does not exist", "3D000")):
        if words in said:
            return Misconfigured(_SERVER_STAYS[code].format(where=place(url)))
    return Transient(_SERVER_PASSES["08"].format(where=place(url), said=said))


def _plain(said: str, url: URL) -> str:
    """Return what was said in one line, without the password."""
    secrets = [str(url.password or ""), *(str(value) for name, value in url.query.items() if "pass" in name)]
    for secret in filter(None, secrets):
        said = said.replace(secret, "…")
    return " ".join(said.split())


def at_opening(error: SQLAlchemyError | sqlite3.Error, url: URL) -> Misconfigured | None:
    """Translate an error from opening the database: somebody is there to change something."""
    found = at_work(error, url)
    return Misconfigured(str(found)) if found is not None else None


def _code(error: SQLAlchemyError | sqlite3.Error) -> int:
    """Return SQLite's primary result code, 0 where there is none."""
    orig = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(orig, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0
