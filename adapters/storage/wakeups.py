"""Hearing at once that another process left something to do. Who does not hear it looks by the clock all the same."""

import threading
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from adapters.storage.leases import CHANNEL

LISTEN_AGAIN: Final = 5.0
"""Seconds until a line that broke is opened anew."""

LOOK_UP: Final = 1.0
"""Seconds after which it looks whether it should stop."""


def wakeups(engine: Engine, on: Callable[[str], None], stop: threading.Event) -> None:
    """Call `on` with what there is to do, each time a process says so, until `stop` is set. Only for PostgreSQL."""
    from psycopg import Error  # noqa: PLC0415 - an extra: only who has PostgreSQL has it

    while not stop.is_set():
        try:
            _hear(engine, on, stop)
        except (Error, SQLAlchemyError):
            stop.wait(LISTEN_AGAIN)


def _hear(engine: Engine, on: Callable[[str], None], stop: threading.Event) -> None:
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    connection.detach()
    try:
        driver.autocommit = True
        driver.execute(f"LISTEN {CHANNEL}")
        while not stop.is_set():
            for said in driver.notifies(timeout=LOOK_UP):
                on(said.payload)
    finally:
        connection.close()
