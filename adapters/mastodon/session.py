"""The HTTP session below Mastodon.py: pays from the budget, learns limits, bounds answers.

Mastodon.py would fail a request that was carried out because of a limit header it cannot read, or a `Deprecation`
header where warnings are errors: both are taken off the answer before it sees it.
"""

from typing import Any, Final

import requests

from adapters.bounded import BoundedAdapter
from adapters.mastodon.budget import uses_of
from adapters.mastodon.purse import Purse
from bot.app.errors import Misconfigured, Transient

BAD_TOKEN: Final = "the server refuses the access token: it was revoked or belongs to another server; log in again"  # noqa: S105 - no secret

_TRIPPING: Final = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Deprecation")
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class BoundedSession(requests.Session):
    """Pays before it asks, learns from the answer, and follows no redirect of anything but a reading."""

    def __init__(self, purse: Purse) -> None:
        super().__init__()
        self._purse = purse
        for scheme in ("https://", "http://"):
            self.mount(scheme, BoundedAdapter())

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send one request. Raises Transient where a limit forbids it, Misconfigured for a worthless token."""
        method, uses = request.method or "", uses_of(request.method or "", request.url or "")
        if method not in _SAFE:
            kwargs["allow_redirects"] = False
        self._purse.spend(uses)
        response = super().send(request, **kwargs)
        look = self._purse.learn(uses, response.status_code, response.headers)
        for name in _TRIPPING:
            response.headers.pop(name, None)
        if response.status_code == 429:
            raise Transient("the server's limit of requests is reached", look.retry_at)
        if response.status_code in {400, 401} and b"bearer token" in response.content[:200].lower():
            raise Misconfigured(BAD_TOKEN)
        if response.is_redirect and method not in _SAFE:
            raise Misconfigured("the server sends us to another address: set its address to the one it goes by")
        return response
