"""From an application to a token: https://docs.joinmastodon.org/client/token/."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from mastodon import Mastodon

from sandbox import Account, Sandbox

Http = Callable[..., httpx.Client]
OOB = "urn:ietf:wg:oauth:2.0:oob"
BACK = "https://bot.example/callback?a=1"


@pytest.fixture
def application(sandbox: Sandbox, http: Http) -> dict[str, str]:
    form = {"client_name": "missed", "redirect_uris": f"{OOB}\n{BACK}", "scopes": "read write:statuses"}
    registered: dict[str, str] = http(sandbox).post("/api/v1/apps", data=form).json()
    return registered


def code(client: httpx.Client, application: dict[str, str], **more: str) -> str:
    form = {"client_id": application["client_id"], "redirect_uri": BACK, "scope": "read", "account": "ana"}
    response = client.post("/oauth/authorize", data=form | more)
    assert response.status_code == 302, response.text
    return parse_qs(urlsplit(response.headers["location"]).query)["code"][0]


def exchange(client: httpx.Client, application: dict[str, str], **more: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "client_id": application["client_id"],
        "client_secret": application["client_secret"],
        "redirect_uri": BACK,
    }
    return client.post("/oauth/token", data=form | more)


def test_mastodon_py_logs_in_by_a_code(sandbox: Sandbox, ana: Account, http: Http) -> None:
    client_id, secret = Mastodon.create_app(
        "missed", scopes=["read", "write:statuses"], redirect_uris=OOB, api_base_url=sandbox.base_url
    )
    client = Mastodon(client_id, secret, api_base_url=sandbox.base_url, version_check_mode="none")
    address = client.auth_request_url(redirect_uris=OOB, scopes=["read"])
    page = http(sandbox).get(address)
    assert "missed" in page.text
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    shown = http(sandbox).post("/oauth/authorize", data=query | {"account": "ana"}).text
    token = client.log_in(code=shown.partition("<code>")[2].partition("<")[0], redirect_uri=OOB, scopes=["read"])
    assert client.account_verify_credentials().acct == "ana"
    assert client.app_verify_credentials().name == "missed"
    client.session.close()
    assert http(sandbox, token).post("/api/v1/statuses", data={"status": "x"}).status_code == 403


def test_a_code_works_once_within_ten_minutes_for_its_application(
    sandbox: Sandbox, ana: Account, http: Http, application: dict[str, str], advance: Callable[..., None]
) -> None:
    client = http(sandbox)
    granted = code(client, application)
    assert exchange(client, application, code=granted).json()["scope"] == "read"
    for fields in (
        {"code": granted},
        {"code": "made up"},
        {"code": code(client, application), "redirect_uri": OOB},
    ):
        refused = exchange(client, application, **fields)
        assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    late = code(client, application)
    advance(minutes=10)
    assert exchange(client, application, code=late).status_code == 400


def test_state_comes_back_and_only_known_addresses_are_redirected_to(
    sandbox: Sandbox, ana: Account, http: Http, application: dict[str, str]
) -> None:
    form = {"client_id": application["client_id"], "redirect_uri": BACK, "account": "ana", "state": "s t"}
    location = http(sandbox).post("/oauth/authorize", data=form).headers["location"]
    assert location.startswith(BACK + "&code=")
    assert location.endswith("&state=s+t")
    form["redirect_uri"] = "https://evil.example/"
    assert http(sandbox).post("/oauth/authorize", data=form).status_code == 400
    form |= {"redirect_uri": BACK, "scope": "write"}
    assert http(sandbox).post("/oauth/authorize", data=form).json()["error"] == "invalid_scope"
    form |= {"scope": "read", "account": "nobody"}
    assert http(sandbox).post("/oauth/authorize", data=form).status_code == 422


def test_a_challenge_has_to_be_met(sandbox: Sandbox, ana: Account, http: Http, application: dict[str, str]) -> None:
    verifier = "v" * 43
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    client = http(sandbox)
    fields = {"code_challenge": challenge, "code_challenge_method": "S256"}
    assert exchange(client, application, code=code(client, application, **fields)).status_code == 400
    granted = code(client, application, **fields)
    assert exchange(client, application, code=granted, code_verifier=verifier).status_code == 200


def test_an_applications_own_token_is_nobodys(sandbox: Sandbox, http: Http, application: dict[str, str]) -> None:
    basic = httpx.BasicAuth(application["client_id"], application["client_secret"])
    issued = http(sandbox).post("/oauth/token", data={"grant_type": "client_credentials"}, auth=basic).json()
    client = http(sandbox, issued["access_token"])
    assert client.get("/api/v1/apps/verify_credentials").json()["name"] == "missed"
    refused = client.get("/api/v1/timelines/home")
    assert (refused.status_code, refused.json()) == (422, {"error": "This method requires an authenticated user"})


def test_passwords_and_wrong_secrets_are_refused(sandbox: Sandbox, http: Http, application: dict[str, str]) -> None:
    client = http(sandbox)
    password = exchange(client, application, grant_type="password")
    assert (password.status_code, password.json()["error"]) == (400, "unsupported_grant_type")
    wrong = exchange(client, application, client_secret="guessed")
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")


def test_a_token_is_revoked_by_its_application_only(
    sandbox: Sandbox, ana: Account, http: Http, application: dict[str, str]
) -> None:
    client = http(sandbox)
    token = exchange(client, application, code=code(client, application)).json()["access_token"]
    form = {"client_id": application["client_id"], "client_secret": application["client_secret"]}
    assert client.post("/oauth/revoke", data=form | {"token": ana.token}).status_code == 403
    assert client.post("/oauth/revoke", data=form | {"token": token}).json() == {}
    assert http(sandbox, token).get("/api/v1/timelines/home").status_code == 401


@pytest.mark.parametrize(
    "form",
    [
        {"redirect_uris": OOB},
        {"client_name": "x"},
        {"client_name": "x", "redirect_uris": OOB, "scopes": "read:everything"},
    ],
)
def test_an_application_is_checked(sandbox: Sandbox, http: Http, form: dict[str, Any]) -> None:
    assert http(sandbox).post("/api/v1/apps", data=form).status_code == 422
