"""Turn what pydantic found into lines for the person who wrote it: the key, the problem, the remedy."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.app.errors import Misconfigured
from config.lines import line_of

Loc = tuple[int | str, ...]

SECRET: Final = "token"  # noqa: S105 # the name of a key, not a token
PUBLIC: Final = frozenset(
    {"api_url", "base_url", "direct_every_seconds", "monthly_limit", "names", "owns_app", "presence", "token_file"}
)
"""The keys beside a secret whose values may be shown."""

SAYS: Final = {
    "too_short": "is empty",
    "string_too_short": "is empty",
    "model_type": "should be a table of keys",
    "dict_type": "should be a table of keys",
    "tuple_type": "should be a list",
    "time_parsing": "is not a time; write it like '20:30'",
    "date_parsing": "is not a date; write it like '2026-12-29'",
    "date_from_datetime_parsing": "is not a date; write it like '2026-12-29'",
    "date_from_datetime_inexact": "is not a date; write it like '2026-12-29'",
}
"""Our words where pydantic's are a programmer's."""


def explain(
    error: ValidationError,
    model: type[BaseModel],
    where: str,
    *,
    prefix: str = "",
    lines: Mapping[Loc, int] | None = None,
) -> Misconfigured:
    """Say everything that is wrong at once, one line each.

    `prefix` is that of the environment variables that may set a key, empty where none may; `lines` say where in the
    file each key stands, where that is known.
    """
    said = (_line(found, model, place(where, found["loc"], lines or {}), prefix) for found in error.errors())
    return Misconfigured("\n".join(dict.fromkeys(said)))


def place(where: str, loc: Loc, lines: Mapping[Loc, int]) -> str:
    """Name the file and, where it is known, the line."""
    line = line_of(loc, lines)
    return where if line is None else f"{where}, line {line}"


def variables(model: type[BaseModel], prefix: str) -> tuple[str, ...]:
    """Name the environment variables that set a model's keys, those of its tables included."""
    names: list[str] = []
    for name, field in model.model_fields.items():
        table = model_in(field.annotation)
        is_list = "tuple" in str(field.annotation)
        inner = table.model_fields if table is not None and not is_list else ()
        names += [_variable((name, key), prefix) for key in inner] or [_variable((name,), prefix)]
    return tuple(names)


def nearest(word: str, known: list[str]) -> str:
    """Return a sentence that names the word that was probably meant, or nothing."""
    near = get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else ""


def model_in(annotation: object) -> type[BaseModel] | None:
    """Return the model that an annotation such as `tuple[Model, ...] | None` speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in getattr(annotation, "__args__", ()) if (found := model_in(arg))), None)


def _line(found: ErrorDetails, model: type[BaseModel], where: str, prefix: str) -> str:
    loc = found["loc"]
    variable = _variable(loc, prefix)
    problem = _problem(found, model, prefix)
    for name in (variable, f"{variable}_FILE"):
        if variable and name in os.environ:
            if found["type"] == "extra_forbidden":
                problem = f"sets nothing. {nearest(variable, list(variables(model, prefix))) or 'Remove it.'}"
            return f"{name} in the environment: {problem.replace('is missing', 'is empty')}"
    return f"{where}: {key(loc)}: {problem}"


def key(loc: Loc) -> str:
    """Write a key's place as people do: `rule[2].when.phase`."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".") or "the file"


def _problem(found: ErrorDetails, model: type[BaseModel], prefix: str) -> str:
    kind, loc = found["type"], found["loc"]
    if kind == "missing":
        return f"is missing. {_remedy(loc, prefix)}"
    if kind == "extra_forbidden":
        return f"is not a known key. {nearest(str(loc[-1]), _names(model, loc[:-1])) or 'Remove it.'}"
    text = SAYS.get(kind) or found["msg"].removeprefix("Value error, ").removeprefix("Input ")
    given = found.get("input")
    shown = "" if isinstance(given, dict | list | BaseModel) or _is_secret(loc, given) else f" (it is {given!r:.80})"
    return f"{text[:1].lower()}{text[1:]}{shown}."


def _remedy(loc: Loc, prefix: str) -> str:
    variable = _variable(loc, prefix)
    return f"Add it to the file, or set {variable}." if variable else "Add it."


def remedy_for_secret(variable: str) -> str:
    """Say how to hand over a secret."""
    return f"Set {variable}, or {variable}_FILE to the name of a file that holds it."


def _variable(loc: Loc, prefix: str) -> str:
    """Return the variable that sets a key: MISSED_TABLE_KEY. Keys in lists have none."""
    if not prefix or not loc or any(isinstance(part, int) for part in loc):
        return ""
    return prefix + "_".join(str(part).upper() for part in loc)


def _is_secret(loc: Loc, given: object) -> bool:
    """Say whether a value may be a secret, hold one, or have been meant as one."""
    return (
        SECRET in loc
        or (not {"api_url", "base_url", "database_url"}.isdisjoint(loc) and "@" in str(given))
        or (bool(loc) and loc[0] in {"mastodon", "x"} and loc[-1] not in PUBLIC)
    )


def _names(model: type[BaseModel], loc: Loc) -> list[str]:
    """Find the keys that are known at that place, as far as the models tell."""
    here: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or here is None:
            continue
        field = here.model_fields.get(part)
        here = model_in(field.annotation) if field else None
    return [] if here is None else list(here.model_fields)
