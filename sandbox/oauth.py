"""Applications, authorization codes, tokens, and which scope covers which.

https://docs.joinmastodon.org/methods/oauth/ and https://docs.joinmastodon.org/api/oauth-scopes/
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
CODE_LIFETIME = timedelta(minutes=10)

_FOLLOW = frozenset(f"{verb}:{what}" for verb in ("read", "write") for what in ("blocks", "follows", "mutes"))
_AREAS = {
    "read": "accounts blocks bookmarks favourites filters follows lists mutes notifications search statuses",
    "write": "accounts blocks bookmarks conversations favourites filters follows lists media mutes "
    "notifications reports statuses",
}
KNOWN_SCOPES = frozenset(
    {"read", "write", "follow", "push", "profile"}
    | {f"{verb}:{area}" for verb, areas in _AREAS.items() for area in areas.split()}
)


def covers(granted: frozenset[str], needed: str) -> bool:
    """Return whether the granted scopes include a granular one: ``write`` holds ``write:statuses``,
    ``follow`` holds the relationships'.
    """
    return needed in granted or needed.partition(":")[0] in granted or ("follow" in granted and needed in _FOLLOW)


def parse_scopes(text: str) -> frozenset[str]:
    """Return the scopes of a space-separated list. Raises ValueError for one Mastodon does not know."""
    scopes = frozenset(text.split())
    if unknown := scopes - KNOWN_SCOPES:
        raise ValueError(f"unknown scopes: {' '.join(sorted(unknown))}")
    return scopes


@dataclass(frozen=True)
class Application:
    """A registered client (https://docs.joinmastodon.org/entities/CredentialApplication/)."""

    id: str
    name: str
    website: str | None
    redirect_uris: tuple[str, ...]
    scopes: frozenset[str]
    client_id: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))


@dataclass
class Token:
    """An access token; ``account_id`` is None for one that only identifies an application."""

    value: str
    account_id: str | None
    scopes: frozenset[str]
    created_at: datetime
    application: Application | None = None
    is_revoked: bool = False


@dataclass(frozen=True)
class Grant:
    """What a person allowed, waiting for its code to be exchanged once within ten minutes."""

    account_id: str
    application: Application
    redirect_uri: str
    scopes: frozenset[str]
    expires_at: datetime
    challenge: str | None

    def is_met_by(self, verifier: str | None) -> bool:
        """Return whether the PKCE verifier (RFC 7636, S256) fits; a grant without a challenge needs none."""
        if self.challenge is None:
            return True
        digest = hashlib.sha256((verifier or "").encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenge
