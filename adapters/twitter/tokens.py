"""An OAuth 2.0 token in a file: it lasts two hours, and what renews it is good for one use.

A renewed token is on the disk before it is used; one process at a time renews; a renewal that was interrupted is taken
up where the disk says it stopped.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from pydantic import ValidationError

from adapters import secretfile
from adapters.twitter.credentials import Bearer
from adapters.twitter.handout import Counter, Token
from bot.app.errors import Misconfigured, Transient

EARLY: Final = timedelta(minutes=10)
"""A token is renewed that long before it ends: time to sign in again, should that fail."""

WAIT: Final = 30.0

log = logging.getLogger(__name__)


class TokenFile:
    """The token of one bot account. Safe for many threads and processes."""

    def __init__(self, path: Path, base_url: str, client_id: str, client_secret: str = "") -> None:
        self._path = path
        self._counter = Counter(base_url, client_id, client_secret)
        self._lock = FileLock(f"{path}.lock", thread_local=False)
        self._seen: set[str] = set()

    def credentials(self) -> Bearer:
        """Return credentials that read the token here."""
        return Bearer(read=self.access, renewed=self.renewed, known=lambda: tuple(self._seen), granted=self._granted)

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

    def try_to_keep(self) -> None:
        """Find out whether a token could be kept. Raises Transient (the disk is full) or Misconfigured."""
        secretfile.try_to_keep(self._path)

    def sign_in(self, form: Mapping[str, str], now: datetime) -> None:
        """Trade the code of a sign-in for a token, and keep it.

        Raises:
            Transient: no answer, or none that can be used.
            Misconfigured: X refuses, or grants less than is needed.
        """
        self.try_to_keep()
        self._keep(self._counter.trade(form, now))

    def _renew(self, now: datetime, old: Token, *, is_refused: bool = False) -> Token:
        try:
            self.try_to_keep()  # what renews is spent by asking: its answer must find room
            with self._lock.acquire(timeout=WAIT):
                token = self._read()
                if token != old and token.expires_at - EARLY > now:
                    return token  # another thread or process was first
                token = self._counter.renew(token, now)
                self._keep(token)
                return token
        except Timeout:
            raise Transient(f"{self._path} is being renewed by another process for too long") from None
        except (Transient, Misconfigured) as error:
            if is_refused or old.expires_at <= now:
                raise
            log.warning("the token of X still holds until %s: %s", old.expires_at, error)
            return old

    def _keep(self, token: Token) -> None:
        secretfile.keep(self._path, token.as_json())

    def _granted(self) -> frozenset[str] | None:
        return frozenset(self._read().scope.split()) or None

    def _read(self) -> Token:
        kept = [token for path in (self._path, secretfile.newer(self._path)) if (token := _parsed(path)) is not None]
        if not kept:
            raise Misconfigured(f"there is no token of X in {self._path.absolute()}: sign in with missed login")
        # The later one is there only when a renewal was interrupted between the disk and the name.
        token = max(kept, key=lambda one: one.expires_at)
        self._seen |= {token.access_token.get_secret_value(), token.refresh_token.get_secret_value()}
        return token


def _parsed(path: Path) -> Token | None:
    with suppress(FileNotFoundError, NotADirectoryError, ValidationError, UnicodeDecodeError):
        try:
            return Token.model_validate_json(path.read_text(encoding="utf-8"))
        except (PermissionError, IsADirectoryError) as error:
            raise Misconfigured(f"{path.absolute()} cannot be read: {error.strerror}; it should be the bot's") from None
    return None
