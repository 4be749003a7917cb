"""On which line of a TOML file a key stands, so that whoever wrote it finds it."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

Path = tuple[int | str, ...]

READ_AT_MOST: Final = 2_000
"""Lines of a file that are looked through; every one costs as much as reading all before it."""


def lines_of(source: str) -> dict[Path, int]:
    """Return the line on which each key, table and list element of valid TOML begins, counted from 1.

    There is no library that tells; but a file's beginning is valid TOML itself wherever a statement ends, and what
    is new there was written since the last such end. So every spelling is found that the parser knows.
    """
    found: dict[Path, int] = {}
    begin: int | None = None
    rows = source.splitlines()
    for number, row in enumerate(rows[:READ_AT_MOST], start=1):
        if begin is None and row.strip() and not row.lstrip().startswith("#"):
            begin = number
        try:
            known = tomllib.loads("\n".join(rows[:number]))
        except tomllib.TOMLDecodeError:
            continue
        if begin is not None:
            for path in _paths(known):
                found.setdefault(path, begin)
            begin = None
    return found


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """Return the line of a key, or of the nearest table around it where it is missing itself."""
    around = (path[:length] for length in range(len(path), 0, -1))
    return next((lines[one] for one in around if one in lines), None)


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from _paths(one, (*path, key))
