"""Signing in: OAuth 1.0a by a PIN, OAuth 2.0 by a code with PKCE. Both end with something to keep, never to show.

docs.x.com/fundamentals/authentication
"""

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from requests_oauthlib.oauth1_session import TokenRequestDenied

from adapters.twitter.session import OAuth1Session, bend, hush
from adapters.twitter.tokens import TokenFile
from bot.app.errors import Misconfigured, Transient

SCOPES: Final = "tweet.read users.read dm.read dm.write offline.access"
"""What the bot needs, and no more."""

AUTHORIZE: Final = "https://x.com/i/oauth2/authorize"


@dataclass
class ByPin:
    """OAuth 1.0a: show `begin()`, then hand the PIN to `finish()`."""

    base_url: str
    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    _request: dict[str, str] = field(default_factory=dict, repr=False)

    def begin(self) -> str:
        """Return the address at which the bot's account says yes. Raises Misconfigured or Transient."""
        session = self._session(callback_uri="oob")
        self._request = self._asked(lambda: session.fetch_request_token("https://api.twitter.com/oauth/request_token"))
        return f"https://api.x.com/oauth/authorize?{urlencode({'oauth_token': self._request['oauth_token']})}"

    def finish(self, pin: str) -> tuple[str, str]:
        """Return access token and secret. Raises Misconfigured or Transient."""
        session = self._session(
            resource_owner_key=self._request["oauth_token"],
            resource_owner_secret=self._request["oauth_token_secret"],
            verifier=pin.strip(),
        )
        found = self._asked(lambda: session.fetch_access_token("https://api.twitter.com/oauth/access_token"))
        return found["oauth_token"], found["oauth_token_secret"]

    def _session(self, **more: Any) -> OAuth1Session:
        session = OAuth1Session(self.consumer_key, client_secret=self.consumer_secret, **more)
        bend(session, self.base_url)
        hush()
        return session

    @staticmethod
    def _asked(ask: Callable[[], Mapping[str, str]]) -> dict[str, str]:
        try:
            return dict(ask())
        except (TokenRequestDenied, ValueError):
            raise Misconfigured("X refuses to sign in: look at the app's key and secret, and at the PIN") from None
        except requests.RequestException as error:
            raise Transient(f"sign in: no answer ({type(error).__name__})") from None


@dataclass
class ByCode:
    """OAuth 2.0 with PKCE: show `begin()`, then hand the address the browser ends at to `finish()`."""

    tokens: TokenFile
    client_id: str
    redirect_uri: str
    _verifier: str = field(default_factory=lambda: secrets.token_urlsafe(64), repr=False)
    _state: str = field(default_factory=lambda: secrets.token_urlsafe(16), repr=False)

    def asked(self) -> Mapping[str, str]:
        """Return the parameters of the question."""
        digest = hashlib.sha256(self._verifier.encode()).digest()
        return {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": SCOPES,
            "state": self._state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }

    def begin(self) -> str:
        """Return the address at which the bot's account says yes."""
        return f"{AUTHORIZE}?{urlencode(self.asked())}"

    def finish(self, address: str, now: datetime) -> None:
        """Trade the code in the address for a token, which is kept. Raises Misconfigured or Transient."""
        said = parse_qs(urlsplit(address.strip()).query)
        if said.get("state") != [self._state] or not said.get("code"):
            raise Misconfigured("that is not the address the browser ended at: it begins with the redirect address")
        self.tokens.exchange(
            {
                "grant_type": "authorization_code",
                "code": said["code"][0],
                "redirect_uri": self.redirect_uri,
                "code_verifier": self._verifier,
            },
            now,
        )
