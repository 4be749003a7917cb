"""Links between accounts, hosts' changes of a date, and counts."""

from sqlalchemy import Connection, delete, select

from adapters.storage.rows import first, put, read
from adapters.storage.tables import changes, links, tallies
from bot.app.shelves import ChangeRow, LinkRow


class SqlLinks:
    """Codes on their way from one account of a person to another."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, row: LinkRow) -> None:
        """Keep a code, or what became of it."""
        put(self._connection, links, row.model_dump())

    def by_code(self, code_hash: str) -> LinkRow | None:
        """Return what is kept of a code."""
        row = first(self._connection, select(links).where(links.c.code_hash == code_hash))
        return None if row is None else LinkRow.model_validate(row)

    def of(self, member_id: str) -> list[LinkRow]:
        """Return a member's codes, the latest to expire first."""
        query = select(links).where(links.c.member_id == member_id).order_by(links.c.expires_at.desc())
        return [LinkRow.model_validate(row) for row in read(self._connection, query)]

    def drop(self, member_id: str) -> None:
        """Delete a member's codes."""
        self._connection.execute(delete(links).where(links.c.member_id == member_id))


class SqlChanges:
    """Sessions that a host has called off, or moved."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, row: ChangeRow) -> None:
        """Keep a change; the latest of a day counts."""
        put(self._connection, changes, row.model_dump())

    def all(self) -> list[ChangeRow]:
        """Return every change, by chat and day."""
        query = select(changes).order_by(changes.c.chat, changes.c.day)
        return [ChangeRow.model_validate(row) for row in read(self._connection, query)]


class SqlTallies:
    """Counts of what happened to nobody in particular."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str) -> None:
        """Count one more."""
        put(self._connection, tallies, {"name": name, "count": self.get(name) + 1})

    def get(self, name: str) -> int:
        """Return the count."""
        return self._connection.scalar(select(tallies.c.count).where(tallies.c.name == name)) or 0
