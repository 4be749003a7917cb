"""What is done again and again goes by an index, however much is kept: SQLite itself says so."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from adapters.storage import SqlStorage, open_storage, tables
from benchmarks import growth

SMALL = frozenset({"change"})
"""Tables whose rows are few whatever happens: what a host has called off or moved."""

Asked = list[tuple[str, Any]]


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStorage]:
    path = tmp_path_factory.mktemp("growth") / "missed.db"
    growth.fill(path, 2_000)
    some = open_storage(f"sqlite:///{path}")
    yield some
    some.close()


def asked(storage: SqlStorage, name: str) -> Asked:
    """Do a kind of work twice and return the statements of the second time."""
    job, said = growth.work_of(storage)[name], list[tuple[str, Any]]()

    def note(_: Connection, __: object, statement: str, parameters: Any, *___: object) -> None:
        said.append((statement, parameters))

    job()
    event.listen(storage._engine, "before_cursor_execute", note)
    try:
        job()
    finally:
        event.remove(storage._engine, "before_cursor_execute", note)
    return [one for one in said if one[0].split()[0] in {"SELECT", "UPDATE", "DELETE"}]


def scanned(storage: SqlStorage, statements: Asked) -> set[str]:
    """Return the tables that SQLite would read from one end to the other."""
    found = set()
    with storage._engine.begin() as connection:
        for statement, parameters in statements:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            found |= {scan[1] for row in plan if (scan := re.match(r"SCAN (\w+)", str(row[3])))}
    return found & tables.metadata.tables.keys()


@pytest.mark.parametrize("name", list(growth.work_of(open_storage("sqlite://"))))
def test_new_work_reads_no_table_from_end_to_end(storage: SqlStorage, name: str) -> None:
    statements = asked(storage, name)
    assert statements or name == "floor"
    assert scanned(storage, statements) - SMALL == set()


def test_a_table_without_an_index_would_be_seen(storage: SqlStorage) -> None:
    assert scanned(storage, [("SELECT * FROM outbox WHERE handle = ?", ("sam",))]) == {"outbox"}
    assert scanned(storage, [('UPDATE "call" SET kind = ?', ("x",))]) == {"call"}


def test_what_is_measured_is_what_was_filled(tmp_path: Path) -> None:
    growth.fill(tmp_path / "small.db", 1_000)
    found = growth.measure(tmp_path / "small.db")
    assert found["decide"]["cpu_ms"] > found["floor"]["cpu_ms"] > 0
    assert growth.slow_down({"a": {"cpu_ms": 2}, "megabytes": 9}, {"a": {"cpu_ms": 3}, "megabytes": 9}) == {"a": 1.5}
    assert growth.crowd(tmp_path / "small.db", 50)["visits"] == 250
