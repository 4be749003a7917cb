"""What a fault makes of an answer."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.clock import Now, iso
from sandbox.faults import Fault, Mangling

Cut = Callable[[Any], None]
"""Closes the connection of a client, named by the ASGI scope's ``client``."""

HUGE_CHARACTERS = 1_000_000


class CutResponse(Response):
    """No answer at all: the connection is closed after some seconds."""

    def __init__(self, cut: Cut, after: float = 0.0) -> None:
        super().__init__()
        self._cut = cut
        self._after = after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - Starlette's
        """Close the connection."""
        await asyncio.sleep(self._after)
        self._cut(scope["client"])
        # The server has to notice the closed connection first, or it would report an application without an answer.
        while (await receive())["type"] != "http.disconnect":
            pass


def replacement(fault: Fault, *, now: Now, cut: Cut) -> Response:
    """Return what the client gets in place of the true answer."""
    if fault.kind in {"cut_before", "cut_after"}:
        return CutResponse(cut)
    if fault.kind == "stuck":
        return CutResponse(cut, after=fault.seconds)
    if fault.kind == "empty":
        return Response(status_code=200)
    if fault.kind == "html":
        title = f"{fault.status} error"
        page = f"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center></body></html>"
        return HTMLResponse(page, fault.status)
    return _refused(fault, now)


def mangled(answer: Response, how: Mangling) -> Response:
    """Return a successful JSON answer with its newest item, or itself where it is no list, spoiled."""
    if answer.status_code != 200 or not answer.body:
        return answer
    body = json.loads(bytes(answer.body))
    spoiled = [*(_spoil(item, how) for item in body[:1]), *body[1:]] if isinstance(body, list) else _spoil(body, how)
    headers = {name: value for name, value in answer.headers.items() if name not in {"content-length", "content-type"}}
    return JSONResponse(spoiled, headers=headers)


def _spoil(item: dict[str, Any], how: Mangling) -> dict[str, Any] | None:
    if how == "null":
        return None
    if how == "fields":
        return {"id": item.get("id")}
    huge = {"content": f"<p>{'x' * HUGE_CHARACTERS}</p>"}
    return item | ({"status": item["status"] | huge} if "status" in item else huge)


def _refused(fault: Fault, now: Now) -> Response:
    headers = {}
    if fault.status == 429:
        reset = iso(now() + timedelta(seconds=fault.reset_after))
        headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    texts = {429: "Too many requests", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
    return JSONResponse({"error": texts.get(fault.status, "Error")}, fault.status, headers)
