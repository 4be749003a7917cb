"""The parameters of a request, from its query and its form or JSON body, read as Ruby on Rails reads them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from sandbox.refusal import Refusal

_FALSE = {"0", "f", "F", "false", "FALSE", "off", "OFF", ""}


@dataclass(frozen=True)
class Params:
    """Names and values in the order sent. Keys nobody asks for are tolerated, as Mastodon does."""

    pairs: tuple[tuple[str, str], ...] = ()

    def text(self, name: str) -> str | None:
        """Return the last value of this name, or None where it was not sent."""
        return next((value for key, value in reversed(self.pairs) if key == name), None)

    def texts(self, name: str) -> list[str]:
        """Return a list parameter: every ``name[]``. A bare ``name`` is no list to Rails and is ignored."""
        return [value for key, value in self.pairs if key == f"{name}[]"]

    def flag(self, name: str) -> bool:
        """Return whether a boolean is set; what is not a known word for false is true."""
        return (self.text(name) or "") not in _FALSE


async def read_params(request: Request) -> tuple[Params, Params]:
    """Return the query's parameters and all parameters.

    Raises Refusal (400) for a body that its content type cannot be parsed as.
    """
    query = Params(tuple(request.query_params.multi_items()))
    params = Params((*query.pairs, *await _body_pairs(request)))
    try:
        "".join(name + value for name, value in params.pairs).encode()
    except UnicodeEncodeError as fault:
        raise _bad_request() from fault
    return query, params


async def _body_pairs(request: Request) -> Iterable[tuple[str, str]]:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    try:
        if kind == "application/json":
            body = await request.body()
            return list(_flatten(json.loads(body))) if body.strip() else []
        form = await request.form()
    except (ValueError, MultiPartException, HTTPException) as fault:
        raise _bad_request() from fault
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


def _bad_request() -> Refusal:
    return Refusal(400, {"status": 400, "error": "Bad Request"})


def _flatten(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flatten(inner, f"{name}[{key}]" if name else str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _flatten(inner, f"{name}[]")
    elif isinstance(value, bool):
        yield name, str(value).lower()
    elif value is not None:
        yield name, str(value)
