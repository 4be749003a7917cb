"""Rate limits: fixed windows that begin at multiples of their length since 1970, on the injected clock.

Mastodon documents 300 requests in 5 minutes (https://docs.joinmastodon.org/api/rate-limits/); its server also counts
1,500 in 5 minutes an account, 300 in 15 minutes for *any* request with a paging cursor, 300 statuses created or edited
in 3 hours, 30 deletions in 30 minutes and 5 registered applications in 10 minutes. Headers give the tightest bucket.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from sandbox.clock import EPOCH, Now, iso, seconds
from sandbox.model import Account
from sandbox.paging import CURSORS
from sandbox.params import Params
from sandbox.refusal import error


@dataclass(frozen=True)
class Bucket:
    """At most ``limit`` within each window of ``period`` seconds."""

    name: str
    limit: int
    period: int


PER_TOKEN = Bucket("token", 300, 5 * 60)
PER_ACCOUNT = Bucket("account", 1500, 5 * 60)
PER_ADDRESS = Bucket("address", 300, 5 * 60)
PAGING = Bucket("paging", 300, 15 * 60)
DELETING = Bucket("deleting", 30, 30 * 60)
REGISTERING = Bucket("registering", 5, 10 * 60)
POSTING = Bucket("posting", 300, 3 * 60 * 60)

_DELETE = re.compile(r"/api/v1/statuses/\w+")


@dataclass(frozen=True)
class Caller:
    """Who sent a request, and what it was, as far as limits care."""

    method: str
    path: str
    query: Params
    address: str
    token: str | None = None
    account: Account | None = None

    @property
    def key(self) -> str:
        """What the account's limits count by: the account, or the address of somebody without one."""
        return self.account.id if self.account else self.address


@dataclass
class Allowance:
    """The tightest bucket so far, as the headers give it."""

    limit: int
    remaining: int
    reset: str

    def headers(self) -> dict[str, str]:
        """Return the X-RateLimit headers; the reset is ISO 8601."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": self.reset,
        }


@dataclass
class Limiter:
    """Counts requests. ``style`` None counts nothing; ``is_lifted`` counts nothing but still sends headers."""

    now: Now
    style: Literal["mastodon", "gotosocial"] | None
    is_lifted: bool = False
    _counts: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def charge(self, caller: Caller) -> tuple[Allowance | None, bool]:
        """Count a request; return the tightest allowance and whether the request may go on."""
        if self.style is None or not caller.path.startswith("/api/"):
            return None, True
        if self._is_exempt(caller.account):
            return self._allowance(PER_TOKEN, 0), True
        tightest: Allowance | None = None
        for bucket, key in self._buckets(caller):
            count = self._count(bucket, key)
            allowance = self._allowance(bucket, count)
            if count > bucket.limit:
                return allowance, False
            if tightest is None or allowance.remaining < tightest.remaining:
                tightest = allowance
        return tightest, True

    def charge_post(self, account: Account) -> None:
        """Count a status created or edited. Raises Refusal (429) where there were too many."""
        if self.style != "mastodon" or self._is_exempt(account):
            return
        if self._used(POSTING, account.id) >= POSTING.limit:
            raise error(429, "Too many requests")
        self._count(POSTING, account.id)

    def posting_allowance(self, account: Account) -> Allowance | None:
        """Return what is left of the limit on posting."""
        if self.style != "mastodon" or self._is_exempt(account):
            return None
        return self._allowance(POSTING, self._used(POSTING, account.id))

    def _is_exempt(self, account: Account | None) -> bool:
        return self.is_lifted or (account is not None and account.is_unlimited)

    def _buckets(self, caller: Caller) -> Iterator[tuple[Bucket, str]]:
        if self.style == "gotosocial":
            yield PER_ADDRESS, caller.address
            return
        if caller.account is not None:
            yield PER_ACCOUNT, caller.key
        yield (PER_TOKEN, caller.token) if caller.token else (PER_ADDRESS, caller.address)
        if any(caller.query.text(cursor) for cursor in CURSORS):
            yield PAGING, caller.key
        if caller.method == "DELETE" and _DELETE.fullmatch(caller.path):
            yield DELETING, caller.key
        if (caller.method, caller.path) == ("POST", "/api/v1/apps"):
            yield REGISTERING, caller.address

    def _count(self, bucket: Bucket, key: str) -> int:
        count = self._used(bucket, key) + 1
        self._counts[bucket.name, key] = (self._window(bucket), count)
        return count

    def _used(self, bucket: Bucket, key: str) -> int:
        window, count = self._counts.get((bucket.name, key), (-1, 0))
        return count if window == self._window(bucket) else 0

    def _window(self, bucket: Bucket) -> int:
        return seconds(self.now()) // bucket.period

    def _allowance(self, bucket: Bucket, count: int) -> Allowance:
        reset = EPOCH + timedelta(seconds=(self._window(bucket) + 1) * bucket.period)
        return Allowance(bucket.limit, max(0, bucket.limit - count), iso(reset))
