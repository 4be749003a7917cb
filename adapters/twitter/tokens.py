"""An OAuth 2.0 token in a file: it lasts two hours, and what renews it is good for one use.

docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token. A renewed token is on the disk before it is used;
one process at a time renews; a renewal that was interrupted is taken up where the disk says it stopped.
"""

import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
from filelock import FileLock, Timeout
from pydantic import SecretStr, ValidationError

from adapters.twitter.credentials import Bearer
from bot.app.errors import Misconfigured, Transient
from bot.domain.model import Moment, Value

ROUTE: Final = "/2/oauth2/token"
EARLY: Final = timedelta(minutes=10)
"""A token is renewed that long before it ends: time to sign in again, should that fail."""

OWNER_ONLY: Final = 0o600
WAIT: Final = 30.0
TIMEOUT: Final = 20.0

log = logging.getLogger(__name__)


class Token(Value):
    """What X hands out. Nothing of it shows in a repr."""

    access_token: SecretStr
    refresh_token: SecretStr
    expires_at: Moment

    def as_json(self) -> str:
        """Return it as it is kept."""
        return json.dumps(
            {
                "access_token": self.access_token.get_secret_value(),
                "refresh_token": self.refresh_token.get_secret_value(),
                "expires_at": self.expires_at.isoformat(),
            }
        )


class TokenFile:
    """The token of one bot account. Safe for many threads and processes."""

    def __init__(self, path: Path, base_url: str, client_id: str, client_secret: str = "") -> None:
        self._path = path
        self._new = path.with_name(f"{path.name}.new")
        self._base_url = base_url.rstrip("/")
        self._client_id = client_id
        self._client_secret = client_secret
        self._lock = FileLock(f"{path}.lock", thread_local=False)
        self._seen: set[str] = set()

    def credentials(self) -> Bearer:
        """Return credentials that read the token here."""
        return Bearer(read=self.access, renewed=self.renewed, known=lambda: tuple(self._seen))

    def access(self, now: datetime) -> str:
        """Return a token that is good now, renewed where it ends soon.

        Raises:
            Transient: it has ended, and X cannot be asked for another one just now.
            Misconfigured: somebody has to sign in.
        """
        token = self._read()
        if token.expires_at - EARLY <= now:
            token = self._renew(now, token)
        return token.access_token.get_secret_value()

    def renewed(self, now: datetime) -> str | None:
        """Get another token although this one has not ended: X refuses it. None where that did not help."""
        token = self._read()
        fresh = self._renew(now, token, is_refused=True)
        return None if fresh == token else fresh.access_token.get_secret_value()

    def exchange(self, form: Mapping[str, str], now: datetime) -> Token:
        """Ask X for a token and keep it.

        Raises:
            Transient: no answer, or none that can be used.
            Misconfigured: X refuses.
        """
        token = self._asked(form, now)
        self._keep(token)
        return token

    def _renew(self, now: datetime, old: Token, *, is_refused: bool = False) -> Token:
        try:
            with self._lock.acquire(timeout=WAIT):
                token = self._read()
                if token != old and token.expires_at - EARLY > now:
                    return token  # another thread or process was first
                form = {"grant_type": "refresh_token", "refresh_token": token.refresh_token.get_secret_value()}
                return self.exchange(form, now)
        except Timeout:
            raise Transient(f"{self._path} is being renewed by another process for too long") from None
        except (Transient, Misconfigured) as error:
            if is_refused or old.expires_at <= now:
                raise
            log.warning("the token of X still holds until %s: %s", old.expires_at, error)
            return old

    def _asked(self, form: Mapping[str, str], now: datetime) -> Token:
        auth = (self._client_id, self._client_secret) if self._client_secret else None
        try:
            with httpx.Client(timeout=TIMEOUT, trust_env=self._base_url.startswith("https://")) as client:
                data = {**form, "client_id": self._client_id}
                answer = client.post(self._base_url + ROUTE, data=data, auth=auth or httpx.USE_CLIENT_DEFAULT)
        except httpx.HTTPError as error:
            raise Transient(f"renew the token of X: no answer ({type(error).__name__})") from None
        if answer.status_code in {400, 401, 403}:
            raise Misconfigured(
                "X refuses to renew the bot's token: it was used already (a renewal may have been interrupted) or "
                "revoked; sign in again: missed login"
            )
        try:
            said: Any = answer.json() if answer.is_success else {}
            lasts = timedelta(seconds=int(said["expires_in"]))
            token = Token(
                access_token=said["access_token"], refresh_token=said["refresh_token"], expires_at=now + lasts
            )
        except (ValueError, KeyError, TypeError, OverflowError):  # a ValidationError is a ValueError
            raise Transient(f"renew the token of X: the answer ({answer.status_code}) is none") from None
        return token

    def _keep(self, token: Token) -> None:
        """Write it whole beside the old one, wait for the disk, then put it in its place."""
        descriptor = os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(token.as_json())
            file.flush()
            os.fsync(file.fileno())
        self._new.replace(self._path)

    def _read(self) -> Token:
        kept = [token for path in (self._path, self._new) if (token := self._parsed(path)) is not None]
        if not kept:
            raise Misconfigured(f"there is no token of X in {self._path}: sign in with missed login")
        # The later one is there only when a renewal was interrupted between the disk and the name.
        token = max(kept, key=lambda one: one.expires_at)
        self._seen |= {token.access_token.get_secret_value(), token.refresh_token.get_secret_value()}
        return token

    @staticmethod
    def _parsed(path: Path) -> Token | None:
        with suppress(OSError, ValidationError, UnicodeDecodeError):
            return Token.model_validate_json(path.read_text(encoding="utf-8"))
        return None
