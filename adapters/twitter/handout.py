"""X hands out OAuth 2.0 tokens: what is asked, what comes back, and what a refusal means.

docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token. A token lasts two hours, the code of a sign-in half
a minute; what renews a token is good for one use.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import httpx
from pydantic import SecretStr

from bot.app.errors import Misconfigured, Transient
from bot.domain.model import Moment, Value

ROUTE: Final = "/2/oauth2/token"
TIMEOUT: Final = 20.0
REFUSALS: Final = frozenset({400, 401, 403})
NOT_THIS_APP: Final = frozenset({"invalid_client", "unauthorized_client"})

SCOPES: Final = ("tweet.read", "users.read", "dm.read", "dm.write", "offline.access")
"""What the bot needs, and no more."""


class Token(Value):
    """What X hands out. `scope` is empty where X did not say. Nothing secret shows in a repr."""

    access_token: SecretStr
    refresh_token: SecretStr
    expires_at: Moment
    scope: str = ""

    def as_json(self) -> str:
        """Return it as it is kept."""
        return json.dumps(
            {
                "access_token": self.access_token.get_secret_value(),
                "refresh_token": self.refresh_token.get_secret_value(),
                "expires_at": self.expires_at.isoformat(),
                "scope": self.scope,
            }
        )


def lacking(scopes: frozenset[str]) -> str:
    """Say what is not among the granted scopes and how to get it; nothing where all is there."""
    missing = [scope for scope in SCOPES if scope not in scopes]
    return (
        f"X did not grant {', '.join(missing)}: give the app “Read and write and Direct message” in X's developer "
        "console, then sign in again: missed login"
        if missing
        else ""
    )


@dataclass(frozen=True)
class Counter:
    """Where tokens of one app are handed out."""

    base_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)

    def renew(self, token: Token, now: datetime) -> Token:
        """Return the token that follows. Raises as `_asked` does."""
        form = {"grant_type": "refresh_token", "refresh_token": token.refresh_token.get_secret_value()}
        refused = (
            "X refuses to renew the bot's token: it was used already (a renewal may have been interrupted) or revoked; "
            "sign in again: missed login"
        )
        said = self._asked(form, "renew the token of X", refused)
        # Scopes that stay the same need not be said again (RFC 6749, 5.1).
        return _token({"scope": token.scope, **said}, "renew the token of X", now)

    def trade(self, form: Mapping[str, str], now: datetime) -> Token:
        """Return the token for the code of a sign-in, if it allows what the bot does. Raises as `_asked` does."""
        refused = (
            "X refuses the code: it holds for half a minute and for one use. Begin again with missed login, and paste "
            "the address at once"
        )
        said = self._asked({**form, "grant_type": "authorization_code"}, "sign in to X", refused)
        scope = said.get("scope")
        granted = frozenset(scope.split()) if isinstance(scope, str) else frozenset(SCOPES)
        if "access_token" in said and "refresh_token" not in said:
            granted -= {"offline.access"}
        if lack := lacking(granted):
            raise Misconfigured(lack)
        return _token(said, "sign in to X", now)

    def _asked(self, form: Mapping[str, str], what: str, refused: str) -> dict[str, Any]:
        """Ask.

        Raises:
            Transient: no answer, or none that can be used.
            Misconfigured: X refuses.
        """
        base_url = self.base_url.rstrip("/")
        auth = (self.client_id, self.client_secret) if self.client_secret else httpx.USE_CLIENT_DEFAULT
        try:
            with httpx.Client(timeout=TIMEOUT, trust_env=base_url.startswith("https://")) as client:
                answer = client.post(base_url + ROUTE, data={**form, "client_id": self.client_id}, auth=auth)
        except httpx.HTTPError as error:
            raise Transient(f"{what}: no answer from {base_url} ({type(error).__name__})") from None
        try:
            found: Any = answer.json()
        except ValueError:
            found = None
        said: dict[str, Any] = found if isinstance(found, dict) else {}
        if answer.status_code == 401 or said.get("error") in NOT_THIS_APP:
            raise Misconfigured(
                "X does not know the app: look at client_id, and at MISSED_X_CLIENT_SECRET if it has one"
            )
        if answer.status_code in REFUSALS:
            raise Misconfigured(refused)
        if not answer.is_success:
            raise Transient(f"{what}: X answered {answer.status_code}; try again later")
        return said


def _token(said: Mapping[str, Any], what: str, now: datetime) -> Token:
    try:
        return Token(
            access_token=said["access_token"],
            refresh_token=said["refresh_token"],
            expires_at=now + timedelta(seconds=int(said["expires_in"])),
            scope=said.get("scope", ""),
        )
    except (ValueError, KeyError, TypeError, OverflowError):  # a ValidationError is a ValueError
        raise Transient(f"{what}: the answer is not what X's interface promises") from None
