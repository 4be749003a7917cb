"""A rehearsal as one page that opens anywhere: no script, nothing loaded, no word of anybody's posts."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.app.comparison import changes
from bot.app.rehearsal import Rehearsal
from bot.cli.rehearsed import figures
from bot.domain.chat import Chat


def page(chat: Chat, results: Mapping[str, Rehearsal]) -> str:
    """Return the page; of two rehearsals the first is what there is, the second what is tried."""
    *others, (name, result) = results.items()
    values: dict[str, Any] = {
        "chat": chat,
        "rules": name,
        "result": result,
        "figures": list(figures(result.totals)),
        "baseline": None,
        "changes": (),
    }
    for before, baseline in others:
        values["baseline"] = {"rules": before, "figures": dict(figures(baseline.totals))}
        values["changes"] = changes(baseline, result)
    environment = Environment(
        loader=PackageLoader("bot.cli"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("rehearsal.html").render(values)
