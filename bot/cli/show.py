"""How answers look: tables for people, one JSON document for programs, both on standard output."""

import io
import json
import sys
from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import Any

import typer
from pydantic import BaseModel
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

FLUID_AT_LEAST = 12
"""Characters that a column keeps which may break."""

GAP = 2
"""Characters between two columns."""

SHORT = 8
"""Characters of an id in a table; commands take the beginning of an id."""


def console() -> Console:
    """Return where answers go. Rich respects NO_COLOR and pipes; what an old terminal cannot write becomes '?'."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False, markup=False, emoji=False)


def document(value: Any) -> None:
    """Print one JSON document. Times are ISO 8601 in UTC and end in Z."""
    typer.echo(json.dumps(value, indent=2))


def plain(values: Iterable[BaseModel]) -> list[dict[str, Any]]:
    """Turn values into what JSON knows."""
    return [value.model_dump(mode="json") for value in values]


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, fluid: Container[str] = ()) -> None:
    """Print a table. Nothing is cut: `fluid` columns break where the terminal is narrow, the others stay whole."""
    cells = [list(row) for row in rows]
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    needed = 0
    for place, name in enumerate(columns):
        is_fluid = name in fluid
        widest = max(len(line) for row in cells for line in [name, *row[place].splitlines()])
        least = min(widest, FLUID_AT_LEAST) if is_fluid else widest
        made.add_column(name, overflow="fold", no_wrap=not is_fluid, min_width=least)
        needed += least + GAP
    for row in cells:
        made.add_row(*(Text(cell) for cell in row))
    out = console()
    out.width = max(out.width, needed)
    out.print(made, crop=False)


def say(text: str | Text) -> None:
    """Print a sentence."""
    console().print(text, soft_wrap=True)


def short(identifier: str) -> str:
    """Cut an id to what tells it from the others."""
    return identifier[:SHORT]


def at(moment: datetime | None) -> str:
    """Write a time of UTC as tables do."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment is not None else "–"


def known(answer: bool | None) -> str:
    """Write what may not be known."""
    return {True: "yes", False: "no", None: "–"}[answer]


def mark(is_good: bool | None) -> Text:
    """Return a tick, a cross, or a dot where it is neither; in ASCII where the terminal knows no more."""
    signs = {True: ("✓", "+", "green"), False: ("✗", "x", "red"), None: ("·", "-", "dim")}
    sign, plain_sign, style = signs[is_good]
    return Text(plain_sign if console().options.ascii_only else sign, style=style)
