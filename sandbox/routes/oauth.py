"""Applications and tokens: https://docs.joinmastodon.org/methods/apps/ and https://docs.joinmastodon.org/methods/oauth/.

There are no passwords here: the authorization page asks which account gives its consent.
"""

import base64
import binascii
import secrets
from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox.call import Call, Endpoint, Needs, answer
from sandbox.clock import seconds
from sandbox.entities import JSON
from sandbox.oauth import CODE_LIFETIME, OUT_OF_BAND, Application, Grant, Token, parse_scopes
from sandbox.refusal import Refusal, error

_FORM_FIELDS = ("client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method")


def register(call: Call) -> Response:
    """Register an application. Raises Refusal (422) without a name or address, or for unknown scopes."""
    name = call.params.text("client_name")
    uris = call.params.texts("redirect_uris") or (call.params.text("redirect_uris") or "").split()
    if not name or not uris:
        raise error(422, f"Validation failed: {'Redirect URI' if name else 'Application name'} can't be blank")
    scopes = _scopes(call.params.text("scopes") or "read")
    number = call.network.ids.number(call.network.now())
    application = Application(number, name, call.params.text("website"), tuple(uris), scopes)
    call.network.applications[application.client_id] = application
    secret = {"client_id": application.client_id, "client_secret": application.client_secret}
    return answer(_public(application) | secret | {"client_secret_expires_at": 0})


def verify_application(call: Call) -> Response:
    """Return the application that a token belongs to."""
    application = call.token.application if call.token else None
    if application is None:
        raise call.network.dialect.refuse("bad_token")
    return answer(_public(application))


def authorization_page(call: Call) -> Response:
    """Return the page on which somebody consents."""
    application, redirect_uri, scopes = _request(call)
    fields = {name: call.params.text(name) for name in _FORM_FIELDS}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items() if value
    )
    return HTMLResponse(
        f"<!DOCTYPE html><title>Authorize</title><h1>{escape(application.name)}</h1>"
        f"<p>asks for: {escape(' '.join(sorted(scopes)))}, and returns to {escape(redirect_uri)}</p>"
        f'<form method="post" action="/oauth/authorize">{hidden}'
        '<label>Account <input name="account"></label> <button>Authorize</button></form>'
    )


def authorize(call: Call) -> Response:
    """Consent as the account named by ``account``: redirect with a code, or show it where there is no address."""
    application, redirect_uri, scopes = _request(call)
    person = call.network.find_handle(call.params.text("account") or "")
    if person is None:
        raise Refusal(422, "<!DOCTYPE html><title>Authorize</title><p>No such account.</p>")
    code = secrets.token_urlsafe(32)
    expires_at = call.network.now() + CODE_LIFETIME
    challenge = call.params.text("code_challenge") or None
    call.network.grants[code] = Grant(person.id, application, redirect_uri, scopes, expires_at, challenge)
    if redirect_uri == OUT_OF_BAND:
        return HTMLResponse(f"<!DOCTYPE html><title>Authorize</title><p>Your code:</p><code>{code}</code>")
    state = call.params.text("state")
    parameters = urlencode({"code": code} | ({"state": state} if state else {}))
    return RedirectResponse(f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{parameters}", 302)


def token(call: Call) -> Response:
    """Exchange a code, once, or an application's own secret, for a token.

    Raises Refusal: 401 invalid_client, 400 invalid_grant, invalid_scope or unsupported_grant_type (as for passwords,
    which Mastodon no longer takes).
    """
    application = _client(call)
    kind = call.params.text("grant_type")
    if kind == "authorization_code":
        grant = _redeem(call, application)
        return answer(_issued(call.network.issue(grant.account_id, grant.scopes, application)))
    if kind == "client_credentials":
        scopes = _requested(call, application)
        return answer(_issued(call.network.issue(None, scopes, application)))
    raise _oauth_error(400, "unsupported_grant_type")


def revoke(call: Call) -> Response:
    """Make a token of this application worthless; an unknown token is answered alike (RFC 7009)."""
    application = _client(call)
    found = call.network.tokens.get(call.params.text("token") or "")
    if found is not None:
        if found.application is not application:
            raise _oauth_error(403, "unauthorized_client")
        found.is_revoked = True
    return answer({})


def _request(call: Call) -> tuple[Application, str, frozenset[str]]:
    application = call.network.applications.get(call.params.text("client_id") or "")
    redirect_uri = call.params.text("redirect_uri") or ""
    if application is None or redirect_uri not in application.redirect_uris:
        raise Refusal(400, "<!DOCTYPE html><title>Error</title><p>Unknown client or redirect address.</p>")
    if (call.params.text("code_challenge_method") or "S256") != "S256":
        raise _oauth_error(400, "invalid_code_challenge_method")
    return application, redirect_uri, _requested(call, application)


def _requested(call: Call, application: Application) -> frozenset[str]:
    wanted = call.params.text("scope")
    scopes = frozenset(wanted.split()) if wanted else frozenset({"read"})
    if not scopes <= application.scopes:
        raise _oauth_error(400, "invalid_scope")
    return scopes


def _client(call: Call) -> Application:
    client_id, secret = call.params.text("client_id"), call.params.text("client_secret")
    scheme, _, encoded = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as fault:
            raise _oauth_error(401, "invalid_client") from fault
    application = call.network.applications.get(client_id or "")
    if application is None or not secrets.compare_digest(application.client_secret, secret or ""):
        raise _oauth_error(401, "invalid_client")
    return application


def _redeem(call: Call, application: Application) -> Grant:
    grant = call.network.grants.pop(call.params.text("code") or "", None)
    if (
        grant is None
        or grant.application is not application
        or grant.redirect_uri != call.params.text("redirect_uri")
        or grant.expires_at <= call.network.now()
        or not grant.is_met_by(call.params.text("code_verifier"))
    ):
        raise _oauth_error(400, "invalid_grant")
    return grant


def _scopes(text: str) -> frozenset[str]:
    try:
        return parse_scopes(text)
    except ValueError as fault:
        raise error(422, "Validation failed: Scopes doesn't match configured on the server.") from fault


def _public(application: Application) -> JSON:
    return {
        "id": application.id,
        "name": application.name,
        "website": application.website,
        "scopes": sorted(application.scopes),
        "redirect_uri": "\n".join(application.redirect_uris),
        "redirect_uris": list(application.redirect_uris),
        "vapid_key": "",
    }


def _issued(token: Token) -> JSON:
    return {
        "access_token": token.value,
        "token_type": "Bearer",
        "scope": " ".join(sorted(token.scopes)),
        "created_at": seconds(token.created_at),
    }


def _oauth_error(status: int, name: str) -> Refusal:
    description = name.replace("_", " ").capitalize()
    return Refusal(status, {"error": name, "error_description": f"{description}."})


ENDPOINTS = (
    Endpoint("POST", "/api/v1/apps", register, None, Needs.NOTHING),
    Endpoint("GET", "/api/v1/apps/verify_credentials", verify_application, None, Needs.TOKEN),
    Endpoint("GET", "/oauth/authorize", authorization_page, None, Needs.NOTHING),
    Endpoint("POST", "/oauth/authorize", authorize, None, Needs.NOTHING),
    Endpoint("POST", "/oauth/token", token, None, Needs.NOTHING),
    Endpoint("POST", "/oauth/revoke", revoke, None, Needs.NOTHING),
)
