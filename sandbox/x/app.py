"""The web application: every endpoint behind the gate, signing in, and the control paths beside it."""

import json
import re
import secrets
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.refusal import Refusal
from sandbox.x import people, posts
from sandbox.x.gate import Gate
from sandbox.x.model import Person
from sandbox.x.refusal import problem, unauthorized
from sandbox.x.signin import header_fields


def application(gate: Gate) -> ASGIApp:
    """Return the application."""
    endpoints = (*posts.ENDPOINTS, *people.ENDPOINTS)
    return Starlette(
        routes=[
            *_control(gate),
            *_signing_in(gate),
            *(Route(one.path, gate.guard(one), methods=[one.method]) for one in endpoints),
            Route("/{rest:path}", _unknown, methods=["GET", "POST", "PUT", "DELETE"]),
        ]
    )


async def _unknown(request: Request) -> Response:  # noqa: ARG001 - the signature is Starlette's
    refusal = problem(404, "Not Found", "There is nothing at this address.")
    return JSONResponse(refusal.body, refusal.status)


def _signing_in(gate: Gate) -> list[Route]:
    """OAuth 2.0's token address, and the three legs of OAuth 1.0a with a PIN."""
    signin = gate.signin

    async def token(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        fault = gate.faults.pick("POST", "/2/oauth2/token", None)
        if fault is not None and not fault.takes_effect:
            return gate.replaced(fault)
        try:
            answer: Response = JSONResponse(signin.exchange(form), headers={"Cache-Control": "no-store"})
        except Refusal as refusal:
            answer = JSONResponse(refusal.body, refusal.status)
        return gate.replaced(fault) if fault is not None else answer

    async def request_token(request: Request) -> Response:
        fields = dict(_fields(request))
        person = _app_person(gate, fields.get("oauth_consumer_key", ""))
        if person is None:
            return _refused()
        try:
            signin.check(request, fields, await request.body(), person.secrets["consumer_secret"], "")
        except Refusal:
            return _refused()
        key, secret = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        signin.pins[key] = (secret, person.secrets["consumer_secret"], None)
        return PlainTextResponse(
            urlencode({"oauth_token": key, "oauth_token_secret": secret, "oauth_callback_confirmed": "true"})
        )

    async def access_token(request: Request) -> Response:
        fields = dict(_fields(request))
        secret, consumer_secret, person = signin.pins.pop(fields.get("oauth_token", ""), ("", "", None))
        if person is None or fields.get("oauth_verifier") != f"pin-{person.id}":
            return _refused()
        try:
            signin.check(request, fields, await request.body(), consumer_secret, secret)
        except Refusal:
            return _refused()
        return PlainTextResponse(
            urlencode(
                {
                    "oauth_token": person.secrets["access_token"],
                    "oauth_token_secret": person.secrets["access_token_secret"],
                    "user_id": person.id,
                    "screen_name": person.username,
                }
            )
        )

    return [
        Route("/2/oauth2/token", token, methods=["POST"]),
        Route("/oauth/request_token", request_token, methods=["POST"]),
        Route("/oauth/access_token", access_token, methods=["POST"]),
    ]


def _fields(request: Request) -> list[tuple[str, str]]:
    try:
        return header_fields(request.headers.get("authorization", "").partition(" ")[2])
    except Refusal:
        return []


def _app_person(gate: Gate, consumer_key: str) -> Person | None:
    return next((one for one in gate.network.people.values() if one.secrets["consumer_key"] == consumer_key), None)


def _refused() -> Response:
    refusal = unauthorized()
    return JSONResponse(refusal.body, refusal.status)


def _control(gate: Gate) -> list[Route]:
    # The control paths need no token, are neither counted nor limited, and cost nothing.

    async def add_faults(request: Request) -> Response:
        try:
            given = json.loads(await request.body())
            added = [gate.faults.add_json(item) for item in (given if isinstance(given, list) else [given])]
        except (ValueError, re.error) as wrong:
            return JSONResponse({"error": str(wrong)}, 422)
        return JSONResponse({"id": added[-1].id if added else None})

    async def clear_faults(request: Request) -> Response:  # noqa: ARG001 - the signature is Starlette's
        gate.faults.clear()
        return JSONResponse({})

    async def costs(request: Request) -> Response:  # noqa: ARG001 - the signature is Starlette's
        return JSONResponse(gate.meter.as_json())

    async def stats(request: Request) -> Response:  # noqa: ARG001 - the signature is Starlette's
        return JSONResponse(gate.stats.as_json())

    return [
        Route("/sandbox/faults", add_faults, methods=["POST"]),
        Route("/sandbox/faults", clear_faults, methods=["DELETE"]),
        Route("/sandbox/costs", costs, methods=["GET"]),
        Route("/sandbox/stats", stats, methods=["GET"]),
    ]
