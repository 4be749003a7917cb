"""The two ways to write a row twice without harm, and the one place that knows whose SQL says "on conflict"."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

INSERT: Final[Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def add_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row; False, and nothing changed, if one of the table's unique keys is taken."""
    insert = INSERT[connection.dialect.name](table).values(values).on_conflict_do_nothing()
    kept = connection.execute(insert, execution_options={"preserve_rowcount": True})  # psycopg's is dropped otherwise
    return kept.rowcount == 1


def put(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Insert a row, or replace the one with its primary key."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    insert = INSERT[connection.dialect.name](table).values(values)
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest))


def read(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    """Return the rows as dicts by column name."""
    return [dict(row) for row in connection.execute(query).mappings()]


def first(connection: Connection, query: Select[Any]) -> dict[str, Any] | None:
    """Return the first row as a dict by column name, if there is one."""
    return next(iter(read(connection, query.limit(1))), None)
