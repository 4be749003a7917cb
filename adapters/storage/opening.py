"""From a URL to a storage that is ready, or to one clear sentence why not."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from adapters.storage.engines import ENGINES, sqlite_file, use_wal
from adapters.storage.errors import at_opening
from adapters.storage.schema import upgrade
from adapters.storage.unit_of_work import SqlStorage
from bot.app.errors import Misconfigured

OWNER_ONLY = 0o600


def open_storage(url: str) -> SqlStorage:
    """Open the database, create it or upgrade it where needed.

    `url` is `sqlite:///missed.db` (relative), `sqlite:////var/lib/missed/missed.db` (absolute), `sqlite://` (in
    memory, gone with the process), or `postgresql+psycopg://user:password@host/database`.

    Raises:
        Misconfigured: it cannot be used; the text says what, where, and what to do.
    """
    engine = make_engine(url)
    try:
        path = sqlite_file(engine.url) if engine.dialect.name == "sqlite" else None
        if path is not None:
            _create(path)
        upgrade(engine)
        if path is not None:
            use_wal(engine)
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        if (clear := at_opening(error, engine.url)) is None:
            raise
        raise clear from error
    except BaseException:
        engine.dispose()
        raise
    return SqlStorage(engine)


def make_engine(url: str) -> Engine:
    """Return the engine for an address; nothing is connected to.

    Raises:
        Misconfigured: it is no address, or not one of a database that we know.
    """
    try:
        parsed: URL = make_url(url)
        name = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        # Without its cause, which may spell the address and so a password.
        raise Misconfigured("the database's address is not a URL: write it like sqlite:///missed.db") from None
    if name not in ENGINES:
        raise Misconfigured(f"there is no way to keep things in {name} yet: write sqlite:///missed.db, for instance")
    return ENGINES[name](parsed)


def _create(path: Path) -> None:
    """Create the file for its owner's eyes only: it knows who talks to whom."""
    if not path.parent.is_dir():
        raise Misconfigured(f"the directory {path.parent} for the database does not exist: create it")
    if path.is_dir():
        raise Misconfigured(f"{path} is a directory: name a file in it as the database")
    if path.exists():
        return
    try:
        path.touch(mode=OWNER_ONLY)
    except OSError as error:
        why = error.strerror or str(error)
        raise Misconfigured(
            f"the database {path} cannot be created ({why}): make its directory writable, or name another one"
        ) from error
