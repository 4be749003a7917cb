"""Tokens and scopes: what a client without the right one is told."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sandbox import Account, Sandbox

Http = Callable[..., httpx.Client]
MINIMAL = "read:statuses read:notifications read:accounts read:search write:statuses write:notifications write:follows"
INVALID = {"error": "The access token is invalid"}
OUTSIDE = {"error": "This action is outside the authorized scopes"}


def test_no_token_and_a_wrong_one_are_refused_alike(sandbox: Sandbox, http: Http) -> None:
    for client in (http(sandbox), http(sandbox, "no-such-token")):
        response = client.get("/api/v1/accounts/verify_credentials")
        assert (response.status_code, response.json()) == (401, INVALID)


def test_a_revoked_token_is_refused_also_where_none_is_needed(sandbox: Sandbox, bot: Account, http: Http) -> None:
    sandbox.revoke_token(bot.token)
    for path in ("/api/v1/timelines/home", "/api/v1/timelines/tag/lrnchat"):
        response = http(sandbox, bot).get(path)
        assert (response.status_code, response.json()) == (401, {"error": "The access token was revoked"})


def test_an_unknown_token_reads_what_is_public(sandbox: Sandbox, http: Http) -> None:
    assert http(sandbox, "no-such-token").get("/api/v1/timelines/tag/lrnchat").status_code == 200


REQUESTS: list[tuple[str, str, str]] = [
    ("GET", "/api/v1/accounts/verify_credentials", "read:accounts"),
    ("PATCH", "/api/v1/accounts/update_credentials", "write:accounts"),
    ("GET", "/api/v1/accounts/relationships", "read:follows"),
    ("GET", "/api/v1/accounts/{id}", "read:accounts"),
    ("GET", "/api/v1/accounts/{id}/statuses", "read:statuses"),
    ("POST", "/api/v1/accounts/{id}/follow", "write:follows"),
    ("POST", "/api/v1/accounts/{id}/block", "write:blocks"),
    ("POST", "/api/v1/statuses", "write:statuses"),
    ("GET", "/api/v1/timelines/tag/lrnchat", "read:statuses"),
    ("GET", "/api/v1/timelines/home", "read:statuses"),
    ("GET", "/api/v1/conversations", "read:statuses"),
    ("GET", "/api/v1/notifications", "read:notifications"),
    ("GET", "/api/v2/notifications/policy", "read:notifications"),
    ("PATCH", "/api/v2/notifications/policy", "write:notifications"),
    ("GET", "/api/v1/notifications/requests", "read:notifications"),
    ("GET", "/api/v2/search?q=ana", "read:search"),
    ("POST", "/api/v1/tags/lrnchat/follow", "write:follows"),
]


@pytest.mark.parametrize(("method", "path", "scope"), REQUESTS)
def test_each_request_needs_its_own_scope(
    sandbox: Sandbox, ana: Account, ben: Account, http: Http, method: str, path: str, scope: str
) -> None:
    path = path.format(id=ben.id)
    form = {"status": "hello"} if path == "/api/v1/statuses" else None
    others = " ".join({asked for _, _, asked in REQUESTS} - {scope})
    refused = http(sandbox, sandbox.new_token(ana, others)).request(method, path, data=form)
    assert (refused.status_code, refused.json()) == (403, OUTSIDE)
    for granted in (scope, scope.split(":", maxsplit=1)[0]):
        allowed = http(sandbox, sandbox.new_token(ana, granted)).request(method, path, data=form)
        assert allowed.status_code == 200, allowed.text


def test_follow_covers_relationships_and_nothing_else(sandbox: Sandbox, ana: Account, ben: Account, http: Http) -> None:
    client = http(sandbox, sandbox.new_token(ana, "follow"))
    assert client.post(f"/api/v1/accounts/{ben.id}/follow").status_code == 200
    assert client.get("/api/v1/accounts/relationships", params={"id[]": ben.id}).status_code == 200
    assert client.get("/api/v1/timelines/home").status_code == 403


def test_the_minimal_scopes_of_a_bot_do_not_reach_further(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Callable[..., Any], http: Http
) -> None:
    token = sandbox.new_token(bot, MINIMAL)
    connect(sandbox, token).status_post("@ana hello", visibility="direct")
    assert http(sandbox, token).post(f"/api/v1/accounts/{ana.id}/block").status_code == 403


def test_unknown_scopes_are_no_scopes(sandbox: Sandbox, ana: Account) -> None:
    with pytest.raises(ValueError, match="read:everything"):
        sandbox.new_token(ana, "read:everything")


def test_an_unknown_address_and_a_wrong_method_are_404_in_json(sandbox: Sandbox, ana: Account, http: Http) -> None:
    client = http(sandbox, ana)
    for response in (client.get("/api/v1/streaming/health"), client.delete("/api/v1/timelines/home")):
        assert (response.status_code, response.json()) == (404, {"error": "Not Found"})
        assert response.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"status": '),
        ("application/json", b'{"status": "\\ud800"}'),
        ("multipart/form-data", b"no boundary"),
    ],
)
def test_a_body_that_cannot_be_read_is_400(sandbox: Sandbox, ana: Account, http: Http, kind: str, body: bytes) -> None:
    response = http(sandbox, ana).post("/api/v1/statuses", content=body, headers={"Content-Type": kind})
    assert (response.status_code, response.json()["error"]) == (400, "Bad Request")
