"""Who of several processes does what, and how they wake each other."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, func, or_, select

from adapters.storage.rows import INSERT, read
from adapters.storage.tables import leases
from bot.domain.model import Moment, as_utc

CHANNEL: Final = "missed"
"""The name by which PostgreSQL passes on that there is something to do."""


class SqlLeases:
    """Leases by name. Every change is one guarded statement."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, name: str, owner: str, now: Moment, until: Moment) -> bool:
        """Take or renew a lease; False if somebody else's lasts."""
        insert = INSERT[self._connection.dialect.name](leases).values(name=name, owner=owner, until=until)
        taken = insert.on_conflict_do_update(
            index_elements=["name"],
            set_={"owner": owner, "until": until},
            where=or_(leases.c.owner == owner, leases.c.until <= now),
        )
        return self._connection.execute(taken, execution_options={"preserve_rowcount": True}).rowcount == 1

    def all(self, now: Moment) -> dict[str, str]:
        """Return the owners of the leases that last, by name."""
        rows = read(self._connection, select(leases).where(leases.c.until > now).order_by(leases.c.name))
        return {row["name"]: row["owner"] for row in rows}

    def give(self, names: Collection[str], owner: str) -> None:
        """Give back those leases of an owner, and tell whoever waits for them."""
        its = (leases.c.owner == owner, leases.c.name.in_(names))
        if self._connection.execute(delete(leases).where(*its)).rowcount:
            wake(self._connection, "lease")

    def time(self) -> Moment | None:
        """Return the time of the server's clock; None where the database is a file."""
        if self._connection.dialect.name != "postgresql":
            return None
        found: datetime | None = self._connection.scalar(select(func.clock_timestamp()))
        return None if found is None else as_utc(found)


def wake(connection: Connection, what: str) -> None:
    """Tell all processes that there is something to do, once this transaction is committed."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, what)))
