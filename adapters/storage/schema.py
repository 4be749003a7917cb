"""The schema's version: an older one is upgraded, a newer or foreign one refused."""

from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from adapters.storage.errors import DAMAGED, at_opening, place
from adapters.storage.postgres import UPGRADE
from bot.app.errors import Misconfigured

VERSION_TABLE: Final = "missed_version"
"""A name of our own, so that another program's database is never taken for ours."""


def upgrade(engine: Engine) -> None:
    """Bring the database to this version's schema, in one transaction.

    Raises:
        Misconfigured: the database is another program's, or a newer version's.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # of several processes that start at once, one does it
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE})")
        current = version(connection)
        config = _config(connection)
        script = ScriptDirectory.from_config(config)
        where = place(engine.url)
        if current is None and set(inspect(connection).get_table_names()) - {VERSION_TABLE}:
            raise Misconfigured(f"the database {where} belongs to another program: name another one in the settings")
        if current is not None and not _knows(script, current):
            raise Misconfigured(
                f"the database {where} was written by a newer version of this program (schema {current}): "
                "install that version again, or restore the backup made before the upgrade"
            )
        if current != script.get_current_head():
            _check(connection)
            command.upgrade(config, "head")


def check(engine: Engine) -> None:
    """Look through the whole file before anything is written to it. A server does so itself.

    Raises:
        Misconfigured: it is damaged.
    """
    try:
        with engine.connect() as connection:
            _check(connection)
    except SQLAlchemyError as error:
        if (clear := at_opening(error, engine.url)) is None:
            raise
        raise clear from error


def _check(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise Misconfigured(DAMAGED.format(where=place(connection.engine.url)))


def version(connection: Connection) -> str | None:
    """Return the schema's revision, None where there is no schema of ours."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def _knows(script: ScriptDirectory, revision: str) -> bool:
    try:
        return script.get_revision(revision) is not None
    except CommandError:
        return False


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "adapters.storage:migrations")
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    return config
