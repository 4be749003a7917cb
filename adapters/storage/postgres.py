"""How PostgreSQL is connected to: by psycopg 3, for any number of processes at once."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from bot.app.errors import Misconfigured

DRIVER: Final = "postgresql+psycopg"
WAIT_FOR: Final = timedelta(seconds=10)
"""How long a unit of work waits for its turn before it is told that the database is busy."""

FROZEN_AFTER: Final = timedelta(seconds=30)
"""How long a unit of work may do nothing: afterwards the server takes its process for frozen and rolls it back."""

TURN: Final = 0x6D697373  # "miss"
UPGRADE: Final = TURN + 1
"""Names of advisory locks: of units of work, which take turns, and of bringing the schema up to date."""

ASIDE: Final = {"is_aside": True}
"""What a connection is told whose transaction waits for no turn."""

TAKE_TURN: Final = f"SELECT pg_advisory_xact_lock({TURN})"


def postgresql_engine(url: URL, wait_for: timedelta = WAIT_FOR) -> Engine:
    """Return an engine whose units of work take turns, also with those of other processes.

    So they keep the promise that SQLite gives by its one writer: what was read does not change before it is written.
    A process that dies, or whose machine does, loses its turn when the server notices: at once, or after 20 seconds.

    Raises:
        Misconfigured: the driver is not installed, or another one is named.
    """
    if url.drivername not in {"postgresql", DRIVER}:
        raise Misconfigured(f"PostgreSQL is spoken to by psycopg 3: begin the database's address with {DRIVER}://")
    try:
        engine = create_engine(
            url.set(drivername=DRIVER),
            hide_parameters=True,
            pool_pre_ping=True,  # a server that was restarted costs no failed tick
            pool_timeout=wait_for.total_seconds(),
            connect_args=_arguments(wait_for),
        )
    except ModuleNotFoundError as error:
        raise Misconfigured(
            "PostgreSQL needs a driver that is not installed: install you-were-missed[postgresql]"
        ) from error
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


def _arguments(wait_for: timedelta) -> dict[str, Any]:
    """Return what libpq and the server are told (postgresql.org/docs/current/libpq-connect.html)."""
    settings = {
        "lock_timeout": f"{wait_for // timedelta(milliseconds=1)}ms",
        "idle_in_transaction_session_timeout": f"{FROZEN_AFTER // timedelta(milliseconds=1)}ms",
        "tcp_keepalives_idle": "10",
        "tcp_keepalives_interval": "5",
        "tcp_keepalives_count": "2",
        "timezone": "UTC",
    }
    return {
        "application_name": "missed",
        "connect_timeout": 10,
        "tcp_user_timeout": 20_000,
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
    }


def _connected(connection: Any, _record: object) -> None:
    from psycopg.types.string import StrDumper  # noqa: PLC0415 - an extra: only who has PostgreSQL has it

    class WithoutNul(StrDumper):
        """Text without the one character that PostgreSQL cannot keep; other people's names may hold it."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", ""))

    connection.adapters.register_dumper(str, WithoutNul)


def _begun(connection: Connection) -> None:
    if not connection.get_execution_options().get("is_aside"):
        connection.exec_driver_sql(TAKE_TURN)
