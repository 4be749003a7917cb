"""The one door to Mastodon.py: a client, and our names for what goes wrong.

Mastodon.py hides causes (everything that a request raises becomes a MastodonNetworkError) and prints whole bodies in
its exceptions; 403, 410, 422 and 520 up are bare MastodonAPIErrors with the code in `args[1]`. `Api` names them all.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from mastodon import Mastodon
from mastodon.errors import MastodonError, MastodonNetworkError, MastodonRatelimitError
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from adapters.bounded import TooMuch
from adapters.mastodon.purse import Purse
from adapters.mastodon.session import BAD_TOKEN, BoundedSession
from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain

TIMEOUT: Final = 20.0
"""Seconds to connect, and to wait for each piece of an answer."""

USER_AGENT: Final = "you-were-missed"

log = logging.getLogger(__name__)


class Gone(Permanent):
    """What was asked for is not there: 404 or 410."""


class Broken(Transient):
    """The server's own code broke: 500. Takahe answers so also to an id that it does not know."""


class _Client(Mastodon):
    def timeline_is_available(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ARG002 - Mastodon.py's signature
        # Mastodon.py asks for the instance before every tag timeline where the server has no version 2 of it.
        return True

    def _Mastodon__try_cast_to_type(self, value: Any, override_type: Any = None) -> tuple[Any, None]:  # noqa: ARG002, N802
        # Its casting costs 4 ms a post and turns into None what it does not understand; ours is in translate.py, and
        # reads cast answers too, should a later release have no such hook.
        return value, None


class Api:
    """One client, for one thread at a time, that connects at its first use.

    Every use is a `with` block, so that what goes wrong inside has our names. `reading` and `asking` are for
    whatever may be repeated without harm, setting what is already set included; `sending` is for what may not.
    """

    def __init__(self, base_url: str, token: str, purse: Purse) -> None:
        self._base_url = (base_url if "://" in base_url else f"https://{base_url}").rstrip("/")
        self._token = token.strip()
        self._purse = purse
        self._client: Mastodon | None = None

    @property
    def host(self) -> str:
        """The server as it is addressed."""
        return urlsplit(self._base_url).netloc

    @property
    def purse(self) -> Purse:
        """The budget it pays from."""
        return self._purse

    @contextmanager
    def asking(self, what: str) -> Iterator[Mastodon]:
        """Lend the client. Raises Transient, Permanent or Misconfigured."""
        try:
            yield self._connected()
        except (MastodonError, requests.RequestException) as error:
            raise self._named(error, what, is_sending=False) from None

    @contextmanager
    def reading(self, what: str) -> Iterator[Mastodon]:
        """Lend the client for what every server has. Raises Transient, or Misconfigured where it refuses for good."""
        try:
            with self.asking(what) as client:
                yield client
        except Permanent as error:
            raise Misconfigured(f"{error}; is this the address of a Mastodon server?") from None

    @contextmanager
    def sending(self, what: str) -> Iterator[Mastodon]:
        """Lend the client. Raises Uncertain too: every answer that does not say whether it was done."""
        try:
            yield self._connected()
        except (MastodonError, requests.RequestException) as error:
            raise self._named(error, what, is_sending=True) from None

    def probe(self, path: str, *, method: str = "GET") -> tuple[int, Any]:
        """Ask for a path as it is; return the status and the JSON, None where it is none. Raises Transient."""
        with self.asking(f"{method} {path}") as client:
            headers = {"Authorization": f"Bearer {client.access_token}", "User-Agent": USER_AGENT}
            try:
                response = client.session.request(method, self._base_url + path, headers=headers, timeout=TIMEOUT)
                return response.status_code, _json(response)
            except TooMuch as error:
                raise Transient(f"{method} {path}: the answer is too large") from error

    def close(self) -> None:
        """Let go of the connection; the next use makes a new one."""
        if self._client is not None:
            self._client.session.close()
            self._client = None

    def _connected(self) -> Mastodon:
        if self._client is None:
            if not (self._token.isascii() and self._token.isprintable()) or not self._token or " " in self._token:
                raise Misconfigured("the access token is not one: copy it again, it is one word")
            self._client = _Client(
                api_base_url=self._base_url,
                session=BoundedSession(self._purse),
                ratelimit_method="throw",
                request_timeout=TIMEOUT,
                version_check_mode="none",
                user_agent=USER_AGENT,
            )
            # Handed over later: the constructor would look for a file of that name.
            self._client.access_token = self._token
        return self._client

    def _named(self, error: Exception, what: str, *, is_sending: bool) -> Exception:
        named = _translated(error, what, is_sending=is_sending)
        named.args = tuple(str(arg).replace(self._token, "…") for arg in named.args)
        log.debug("%s: %s", type(named).__name__, named)
        return named


def _json(response: requests.Response) -> Any:
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def _translated(error: Exception, what: str, *, is_sending: bool) -> Exception:
    """Return our name for what Mastodon.py or requests raised, with the cause's kind and never its text."""
    if isinstance(error, MastodonNetworkError | requests.RequestException):
        return _unanswered(error, what, is_sending=is_sending)
    if isinstance(error, MastodonRatelimitError):
        return Transient(f"{what}: the server's limit of requests is reached")
    code = error.args[1] if len(error.args) > 1 else None
    if isinstance(code, int):
        return _refused(code, error.args[-1], what, is_sending=is_sending)
    # 200 with an empty body, with HTML or with broken JSON; a proxy may have answered for the server.
    unknown = f"{what}: the answer is not what the server's interface promises"
    return Uncertain(unknown) if is_sending else Transient(unknown)


def _unanswered(error: Exception, what: str, *, is_sending: bool) -> Exception:
    cause = error.__context__ if isinstance(error, MastodonNetworkError) else error
    if isinstance(cause, Transient | Misconfigured):
        return cause
    text = f"{what}: no answer ({type(cause).__name__})"
    if not is_sending or _never_left(cause):
        return Transient(text)
    return Uncertain(text)


def _never_left(cause: BaseException | None) -> bool:
    """Say whether no connection was made at all: the only network error that proves that nothing was sent."""
    reason = getattr(cause.args[0], "reason", None) if cause is not None and cause.args else None
    return isinstance(cause, requests.ConnectionError) and isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _refused(code: int, said: object, what: str, *, is_sending: bool) -> Exception:
    because = f": {said[:200]}" if isinstance(said, str) else ""
    if code == 401:
        return Misconfigured(BAD_TOKEN)
    if code == 403:
        return Misconfigured(
            f"{what}: forbidden{because}; log in again with all scopes, or ask the server's moderators"
        )
    if code in {404, 410}:
        return Gone(f"{what}: not there{because}")
    if code >= 500 or code == 408:
        # Not one of them proves that nothing was done: a gateway loses patience with a server that goes on (502, 504),
        # caches answer 503 after they passed a request on, and Mastodon itself does for a race between two requests.
        text = f"{what}: the server answered {code}"
        if is_sending:
            return Uncertain(text)
        return Broken(text) if code == 500 else Transient(text)
    return Permanent(f"{what}: refused with {code}{because}")
