"""The HTTP session below Mastodon.py: pays from the budget, learns limits, bounds answers.

Mastodon.py would fail a request that was carried out because of a limit header it cannot read, or a `Deprecation`
header where warnings are errors: both are taken off the answer before it sees it.
"""

import threading
import time
from collections.abc import Iterator
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter

from adapters.mastodon.budget import Budget, RateLimit, Use, told, uses_of
from bot.app.errors import Misconfigured, Transient
from bot.app.ports import Clock

PATIENCE: Final = 30.0
"""Seconds for a whole answer, however slowly its pieces drip."""

SIZE_LIMIT: Final = 8 * 1024 * 1024
"""Bytes of an answer, unpacked."""

BAD_TOKEN: Final = "the server refuses the access token: it was revoked or belongs to another server; log in again"  # noqa: S105 - no secret

_TRIPPING: Final = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Deprecation")
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class TooMuch(Exception):
    """An answer was larger or slower than any honest one."""


class Purse:
    """The budget of one token, shared by all clients that use it, in whatever thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._budget = Budget()

    def spend(self, uses: frozenset[Use]) -> None:
        """Pay for one request.

        Raises:
            Transient: it is spent; nothing was asked.
        """
        now = self._clock.now()
        with self._lock:
            look = self._budget.look(uses, now)
            if look:
                self._budget = self._budget.spend(uses, now)
        if not look:
            raise Transient("our budget of requests to the server is spent", look.retry_at)

    def learn(self, uses: frozenset[Use], response: requests.Response) -> RateLimit:
        """Take note of what an answer says of limits; return whether such a request may be made now."""
        now = self._clock.now()
        with self._lock:
            self._budget = self._budget.learn(uses, told(response.status_code, response.headers, now), now)
            return self._budget.look(uses, now)

    def left(self) -> dict[Use, int]:
        """Return how many requests of each kind still fit."""
        return self._budget.left(self._clock.now())


class _Bounded:
    """A urllib3 response that ends an answer beyond all measure."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def stream(self, amount: int, decode_content: bool | None = None) -> Iterator[bytes]:
        """Yield the answer's pieces. Raises TooMuch beyond the limits."""
        size, deadline = 0, time.monotonic() + PATIENCE
        for piece in self._raw.stream(amount, decode_content=decode_content):
            size += len(piece)
            if size > SIZE_LIMIT or time.monotonic() > deadline:
                self._raw.close()
                raise TooMuch
            yield piece


class _Adapter(HTTPAdapter):
    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        response = super().build_response(req, resp)
        response.raw = _Bounded(resp)
        return response


class BoundedSession(requests.Session):
    """Pays before it asks, learns from the answer, and follows no redirect of anything but a reading."""

    def __init__(self, purse: Purse) -> None:
        super().__init__()
        self._purse = purse
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Adapter(max_retries=0))

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send one request. Raises Transient where a limit forbids it, Misconfigured for a worthless token."""
        method, uses = request.method or "", uses_of(request.method or "", request.url or "")
        if method not in _SAFE:
            kwargs["allow_redirects"] = False
        self._purse.spend(uses)
        response = super().send(request, **kwargs)
        look = self._purse.learn(uses, response)
        for name in _TRIPPING:
            response.headers.pop(name, None)
        if response.status_code == 429:
            raise Transient("the server's limit of requests is reached", look.retry_at)
        if response.status_code in {400, 401} and b"bearer token" in response.content[:200].lower():
            raise Misconfigured(BAD_TOKEN)
        if response.is_redirect and method not in _SAFE:
            raise Misconfigured("the server sends us to another address: set its address to the one it goes by")
        return response
