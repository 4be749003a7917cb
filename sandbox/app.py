"""The web application: every endpoint behind the gate, and the control paths beside it."""

import json
import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox import routes
from sandbox.gate import Gate

_ANY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def application(gate: Gate) -> ASGIApp:
    """Return the application."""
    routed = Starlette(
        routes=[
            *_control(gate),
            *(Route(one.path, gate.guard(one), methods=[one.method]) for one in routes.ALL),
            Route(routes.UNKNOWN.path, gate.guard(routes.UNKNOWN), methods=_ANY_METHOD),
        ]
    )

    async def trimmed(scope: Scope, receive: Receive, send: Send) -> None:
        # Rails takes a trailing slash, and Mastodon.py sends one to /api/v1/conversations/.
        await routed({**scope, "path": scope["path"].rstrip("/") or "/"}, receive, send)

    return trimmed


def _control(gate: Gate) -> list[Route]:
    # The control paths need no token and are neither counted nor limited. POST /sandbox/faults takes a Fault's fields
    # as JSON, or a list of such, and answers the last one's id; GET lists, DELETE clears.

    async def add_faults(request: Request) -> Response:
        try:
            given = json.loads(await request.body())
            added = [gate.faults.add_json(item) for item in (given if isinstance(given, list) else [given])]
        except (ValueError, re.error) as wrong:
            return JSONResponse({"error": str(wrong)}, 422)
        return JSONResponse({"id": added[-1].id if added else None})

    async def list_faults(request: Request) -> Response:  # noqa: ARG001 - the signature is Starlette's
        return JSONResponse([{"id": item.id, "kind": item.kind, "fired": item.fired} for item in gate.faults])

    async def clear_faults(request: Request) -> Response:  # noqa: ARG001 - the signature is Starlette's
        gate.faults.clear()
        return JSONResponse({})

    async def stats(request: Request) -> Response:  # noqa: ARG001 - the signature is Starlette's
        return JSONResponse(gate.stats.as_json())

    return [
        Route("/sandbox/faults", add_faults, methods=["POST"]),
        Route("/sandbox/faults", list_faults, methods=["GET"]),
        Route("/sandbox/faults", clear_faults, methods=["DELETE"]),
        Route("/sandbox/stats", stats, methods=["GET"]),
    ]
