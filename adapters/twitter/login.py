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

from adapters.twitter.handout import REFUSALS, SCOPES
from adapters.twitter.session import OAuth1Session, bend, hush
from adapters.twitter.tokens import TokenFile
from bot.app.errors import Misconfigured, Transient

AUTHORIZE: Final = "https://x.com/i/oauth2/authorize"


@dataclass(frozen=True)
class Keyring:
    """What signing in by PIN ends with."""

    handle: str
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)


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
        self._request = self._asked(
            lambda: session.fetch_request_token("https://api.twitter.com/oauth/request_token"),
            "X does not know the app: look at its key and secret (MISSED_X_CONSUMER_KEY, "
            "MISSED_X_CONSUMER_SECRET), and whether “User authentication” is set up in X's developer console",
        )
        return f"https://api.x.com/oauth/authorize?{urlencode({'oauth_token': self._request['oauth_token']})}"

    def finish(self, pin: str) -> Keyring:
        """Trade the PIN. Raises Misconfigured or Transient."""
        session = self._session(
            resource_owner_key=self._request["oauth_token"],
            resource_owner_secret=self._request["oauth_token_secret"],
            verifier=pin.strip(),
        )
        found = self._asked(
            lambda: session.fetch_access_token("https://api.twitter.com/oauth/access_token"),
            "X refuses the PIN: it is the number that X showed after the yes, and good for one use. Begin again with "
            "missed login",
        )
        return Keyring(found.get("screen_name", ""), found["oauth_token"], found["oauth_token_secret"])

    def _session(self, **more: Any) -> OAuth1Session:
        session = OAuth1Session(self.consumer_key, client_secret=self.consumer_secret, **more)
        bend(session, self.base_url)
        hush()
        return session

    def _asked(self, ask: Callable[[], Mapping[str, str]], refused: str) -> dict[str, str]:
        try:
            return dict(ask())
        except TokenRequestDenied as error:
            if error.status_code in REFUSALS:
                raise Misconfigured(refused) from None
            raise Transient(f"sign in to X: X answered {error.status_code}; try again later") from None
        except ValueError:
            raise Transient("sign in to X: the answer is not what X's interface promises") from None
        except requests.RequestException as error:
            raise Transient(f"sign in to X: no answer from {self.base_url} ({type(error).__name__})") from None


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
            "scope": " ".join(SCOPES),
            "state": self._state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }

    def begin(self) -> str:
        """Return the address at which the bot's account says yes."""
        return f"{AUTHORIZE}?{urlencode(self.asked())}"

    def finish(self, address: str, now: datetime) -> None:
        """Trade the code in the address for a token, which is kept. Raises Misconfigured or Transient."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(address.strip()).query).items()}
        if "error" in said:
            raise Misconfigured(
                f"nobody was signed in: X says {said['error'][:80]!r}. The bot's account has to say yes: missed login"
            )
        if "state" not in said or "code" not in said:
            raise Misconfigured(
                f"that is not the address the browser ended at: it begins with {self.redirect_uri}, and holds a code"
            )
        if said["state"] != self._state:
            raise Misconfigured("that address belongs to an earlier attempt: open the one printed last. missed login")
        form = {"code": said["code"], "redirect_uri": self.redirect_uri, "code_verifier": self._verifier}
        self.tokens.sign_in(form, now)
