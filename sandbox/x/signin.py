"""Who a request comes from: OAuth 1.0a signatures are checked, OAuth 2.0 tokens are, and both can be had here.

docs.x.com/fundamentals/authentication. Access tokens last two hours; a refresh token is good for one use.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import unquote

from oauthlib.oauth1.rfc5849 import signature, utils
from starlette.requests import Request

from sandbox.clock import Now, seconds
from sandbox.refusal import Refusal
from sandbox.x.model import Network, Person
from sandbox.x.refusal import unauthorized

LASTS_FOR: Final = timedelta(hours=2)
SCOPES: Final = frozenset({"tweet.read", "tweet.write", "users.read", "dm.read", "dm.write", "offline.access"})
WITHOUT_MESSAGES: Final = SCOPES - {"dm.read", "dm.write"}
HOSTS: Final = ("https://api.twitter.com", "https://api.x.com")
"""A client that reaches us through a changed address signs what it believes to be the address."""


@dataclass(frozen=True)
class Sender:
    """Who asks: the user, or None for an app's own token; with which scopes (None: all, as OAuth 1.0a has)."""

    app: str
    person: Person | None = None
    scopes: frozenset[str] | None = None
    is_signed: bool = False

    @property
    def key(self) -> str:
        """What its limits are counted by."""
        return self.person.id if self.person else f"app {self.app}"

    def may(self, scope: str) -> bool:
        """Say whether the token allows it."""
        return self.scopes is None or scope in self.scopes


@dataclass
class _Token:
    person: Person
    scopes: frozenset[str]
    until: datetime | None


@dataclass
class _Code:
    person: Person
    scopes: frozenset[str]
    client_id: str
    redirect_uri: str
    challenge: str


@dataclass
class SignIn:
    """Tokens, secrets, codes. `clients` are app names by OAuth 2.0 client id; `consumers` secrets by consumer key."""

    network: Network
    now: Now
    bearers: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, _Token] = field(default_factory=dict)
    refreshes: dict[str, tuple[Person, frozenset[str]]] = field(default_factory=dict)
    codes: dict[str, _Code] = field(default_factory=dict)
    pins: dict[str, tuple[str, str, Person | None]] = field(default_factory=dict)
    _nonces: set[tuple[str, str]] = field(default_factory=set)

    def issue(self, person: Person, scopes: frozenset[str], *, lasts: bool = False) -> str:
        """Return a new user token; `lasts` makes one without an end, for the people of tests."""
        token = secrets.token_urlsafe(24)
        self.tokens[token] = _Token(person, scopes, None if lasts else self.now() + LASTS_FOR)
        return token

    def refresh_token(self, person: Person, scopes: frozenset[str]) -> str:
        """Return a new refresh token, good for one use."""
        token = secrets.token_urlsafe(24)
        self.refreshes[token] = (person, scopes)
        return token

    def sender(self, request: Request, body: bytes) -> Sender:
        """Say who sent a request.

        Raises:
            Refusal: 401, nobody we know.
        """
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self._bearer(given.strip())
        if kind.lower() == "oauth":
            return self._signed(request, given, body)
        raise unauthorized()

    def _bearer(self, given: str) -> Sender:
        if given in self.bearers:
            return Sender(self.bearers[given])
        token = self.tokens.get(given)
        if token is None or (token.until is not None and token.until <= self.now()):
            raise unauthorized()
        return Sender(token.person.app, token.person, token.scopes)

    def _signed(self, request: Request, given: str, body: bytes) -> Sender:
        fields = dict(header_fields(given))
        key = fields.get("oauth_consumer_key", "")
        person = next(
            (
                one
                for one in self.network.people.values()
                if one.secrets.get("access_token") == fields.get("oauth_token")
                and one.secrets.get("consumer_key") == key
            ),
            None,
        )
        if person is None:
            raise unauthorized()
        self.check(request, fields, body, person.secrets["consumer_secret"], person.secrets["access_token_secret"])
        return Sender(
            person.app, person, None if "directmessages" in person.access_level else WITHOUT_MESSAGES, is_signed=True
        )

    def check(
        self, request: Request, fields: Mapping[str, str], body: bytes, consumer_secret: str, token_secret: str
    ) -> None:
        """Check an OAuth 1.0a signature, its nonce and its time (RFC 5849).

        Raises:
            Refusal: 401, it does not hold.
        """
        sent_at = fields.get("oauth_timestamp", "")
        nonce = (fields.get("oauth_consumer_key", ""), fields.get("oauth_nonce", ""))
        is_form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        params: Any = signature.collect_parameters(  # a list of pairs; its stub asks for a dict
            uri_query=request.url.query,
            body=body.decode("utf-8", "replace") if is_form else "",
            headers={"Authorization": request.headers["authorization"]},
        )
        normal = signature.normalize_parameters(params)
        method: Any = request.method
        own = f"{request.url.scheme}://{request.url.netloc}"
        bases = [signature.signature_base_string(method, host + request.url.path, normal) for host in (own, *HOSTS)]
        good = {signature.sign_hmac_sha1_with_client(base, _Secrets(consumer_secret, token_secret)) for base in bases}
        if fields.get("oauth_signature") not in good or not sent_at.isdigit() or nonce in self._nonces:
            raise unauthorized()
        self._nonces.add(nonce)

    def exchange(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Answer POST /2/oauth2/token (docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token).

        Raises:
            Refusal: 400, as OAuth 2.0 words it.
        """
        kind = form.get("grant_type")
        if kind == "refresh_token":
            found = self.refreshes.pop(form.get("refresh_token", ""), None)
            if found is None or not form.get("client_id"):
                raise _refused("invalid_request", "Value passed for the token was invalid.")
            return self._granted(*found)
        if kind != "authorization_code":
            raise _refused("unsupported_grant_type", "The grant type is not supported.")
        code = self.codes.pop(form.get("code", ""), None)
        verifier = form.get("code_verifier", "")
        if (
            code is None
            or code.client_id != form.get("client_id")
            or code.redirect_uri != form.get("redirect_uri")
            or code.challenge != _challenge(verifier)
        ):
            raise _refused("invalid_request", "Value passed for the authorization code was invalid.")
        return self._granted(code.person, code.scopes)

    def _granted(self, person: Person, scopes: frozenset[str]) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "token_type": "bearer",
            "expires_in": seconds(self.now() + LASTS_FOR) - seconds(self.now()),
            "access_token": self.issue(person, scopes),
            "scope": " ".join(sorted(scopes)),
        }
        if "offline.access" in scopes:
            answer["refresh_token"] = self.refresh_token(person, scopes)
        return answer

    def authorise(self, person: Person, asked: Mapping[str, str]) -> str:
        """Let a person say yes to what an app asks; return the code.

        Raises:
            Refusal: 400, the request is not complete.
        """
        scopes = frozenset(asked.get("scope", "").split())
        needed = ("client_id", "redirect_uri", "state", "code_challenge")
        if asked.get("code_challenge_method") != "S256" or not scopes <= SCOPES or not all(map(asked.get, needed)):
            raise _refused("invalid_request", "Something is missing or unknown.")
        code = secrets.token_urlsafe(16)
        self.codes[code] = _Code(person, scopes, asked["client_id"], asked["redirect_uri"], asked["code_challenge"])
        return code


@dataclass(frozen=True)
class _Secrets:
    client_secret: str
    resource_owner_secret: str


def header_fields(given: str) -> list[tuple[str, str]]:
    """Return what an OAuth 1.0a header says. Raises Refusal (401) for what is none."""
    try:
        return [(name, unquote(value)) for name, value in utils.parse_authorization_header(f"OAuth {given}")]
    except ValueError as fault:
        raise unauthorized() from fault


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _refused(name: str, text: str) -> Refusal:
    return Refusal(400, {"error": name, "error_description": text})
