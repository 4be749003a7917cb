"""The way of one request: counted, struck by a fault, known, limited, paid, answered."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.clock import seconds
from sandbox.damage import Cut, replacement
from sandbox.faults import Fault, Faults
from sandbox.refusal import Refusal
from sandbox.stats import Stats
from sandbox.x.call import Call, Endpoint, Habits
from sandbox.x.limits import Limiter
from sandbox.x.meter import Meter
from sandbox.x.model import Network
from sandbox.x.refusal import invalid, no_credit, problem, wrong_context
from sandbox.x.signin import Sender, SignIn


@dataclass(frozen=True)
class Gate:
    """Stands before every endpoint of the API."""

    network: Network
    signin: SignIn
    faults: Faults
    limiter: Limiter
    meter: Meter
    stats: Stats
    habits: Habits
    cut: Cut

    def guard(self, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        """Return the endpoint as Starlette calls it."""

        async def guarded(request: Request) -> Response:
            body = await request.body()
            sender = self._sender(request, body)
            person = sender.person if isinstance(sender, Sender) else None
            self.stats.count(person.id if person else None, None, request.method, request.url.path)
            fault = self.faults.pick(request.method, request.url.path, person)
            if fault is not None and not fault.takes_effect:
                return self._dated(self.replaced(fault))
            if fault is not None and fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            response = self._answer(endpoint, request, body, sender)
            if fault is not None and fault.kind == "mangle":
                response = spoiled(response, fault)
            elif fault is not None and fault.kind != "slow":
                response = self.replaced(fault)
            return self._dated(response)

        return guarded

    def _sender(self, request: Request, body: bytes) -> Sender | Refusal:
        try:
            return self.signin.sender(request, body)
        except Refusal as refusal:
            return refusal

    def _answer(self, endpoint: Endpoint, request: Request, body: bytes, sender: Sender | Refusal) -> Response:
        if isinstance(sender, Refusal):
            return JSONResponse(sender.body, sender.status)
        headers, may_pass = self.limiter.charge(endpoint.limit, sender.key, is_app=sender.person is None)
        try:
            if not may_pass:
                raise problem(429, "Too Many Requests", "Too Many Requests")
            if endpoint.is_for_users and sender.person is None:
                raise wrong_context(endpoint.path)
            if not self.meter.has_credit(sender.app):
                raise no_credit()
            if sender.person is not None and sender.person.is_suspended:
                raise problem(
                    403, "Forbidden", "Your account is suspended and is not permitted to access this feature."
                )
            call = self._call(request, body, sender)
            call.needs(*endpoint.scopes)
            response = endpoint.handler(call)
        except Refusal as refusal:
            response = JSONResponse(refusal.body, refusal.status)
        response.headers.update(headers)
        if sender.is_signed and sender.person is not None:
            response.headers["x-access-level"] = sender.person.access_level
        return response

    def _call(self, request: Request, body: bytes, sender: Sender) -> Call:
        pairs = parse_qsl(request.url.query, keep_blank_values=True)
        if len({name for name, _ in pairs}) != len(pairs):
            raise invalid("A query parameter is given twice")
        return Call(
            network=self.network,
            meter=self.meter,
            habits=self.habits,
            sender=sender,
            path=request.path_params,
            query=dict(pairs),
            body=_json(body) if request.method == "POST" else {},
        )

    def replaced(self, fault: Fault) -> Response:
        """Return what the client gets in place of the true answer."""
        if fault.kind != "status":
            return replacement(fault, now=self.network.now, cut=self.cut)
        headers = {}
        if fault.status == 429:
            reset = seconds(self.network.now()) + int(fault.reset_after)
            headers = {"x-rate-limit-limit": "15", "x-rate-limit-remaining": "0", "x-rate-limit-reset": str(reset)}
        refusal = no_credit() if fault.status == 402 else problem(fault.status, "Error", "It went wrong on purpose.")
        return JSONResponse(refusal.body, fault.status, headers)

    def _dated(self, response: Response) -> Response:
        response.headers["Date"] = format_datetime(self.network.now(), usegmt=True)
        return response


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError as fault:
        raise invalid("The body is not JSON") from fault
    if not isinstance(found, dict):
        raise invalid("The body is not a JSON object")
    return found


def spoiled(response: Response, fault: Fault) -> Response:
    """Return a successful answer with its newest item spoiled, without `meta`, or with errors in place of data."""
    if response.status_code >= 300 or not response.body:
        return response
    body = json.loads(bytes(response.body))
    data = body.get("data")
    match fault.mangling:
        case "bare":
            body.pop("meta", None)
        case "errors":
            body.pop("data", None)
            body["errors"] = [{"title": "Forbidden", "detail": "Sorry, you are not authorized to see this."}]
        case "null" if isinstance(data, list):
            body["data"] = [None, *data[1:]]
        case "fields" if isinstance(data, list):
            body["data"] = [*({"id": one["id"]} for one in data[:1]), *data[1:]]
        case "huge" if isinstance(data, list):
            body["data"] = [*({**one, "text": "x" * 1_000_000} for one in data[:1]), *data[1:]]
        case "null" | "fields" | "huge":
            body["data"] = None
    return JSONResponse(body, response.status_code)
