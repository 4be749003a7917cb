"""The one door to tweepy: requests that are counted, paid, and named when they go wrong.

tweepy's methods lag behind X's names, so requests go through `Client.request`, which signs and raises; network
errors are requests' own, 402 is a bare HTTPException, a body that is no JSON breaks its exceptions, and 200 with
`errors` raises nothing (docs.x.com/x-api/fundamentals/response-codes-and-errors).
"""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from adapters.bounded import TooMuch
from adapters.twitter.credentials import Credentials
from adapters.twitter.session import tweepy
from adapters.wire import items, opaque
from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from bot.app.ports import Clock
from bot.app.till import EVERYTHING, Limit, Till

QUARTER: Final = timedelta(minutes=15)

LIMITS: Final = (
    Limit(use="search", most=300, per=QUARTER),
    Limit(use="counts", most=300, per=QUARTER),
    Limit(use="mentions", most=300, per=QUARTER),
    Limit(use="timeline", most=900, per=QUARTER),
    Limit(use="users", most=300, per=QUARTER),
    Limit(use="dm_read", most=15, per=QUARTER),
    Limit(use="dm_send", most=15, per=QUARTER),
    Limit(use="dm_send", most=1440, per=timedelta(days=1)),
)
"""A user's limits (docs.x.com/x-api/fundamentals/rate-limits)."""

COMMANDS: Final = frozenset({"mentions", "dm_read", "users"})
"""By what members are heard, and found again: a part of the monthly limit is kept for it."""

CREDIT_AGAIN: Final = timedelta(hours=1)
"""How long nothing is asked after 402: credit is bought by a person."""

LONGEST_LIMIT: Final = timedelta(days=1)

BAD_TOKEN: Final = "X refuses the credentials: they were revoked or belong to another app; sign in again: missed login"  # noqa: S105 - no secret
NO_CREDIT: Final = (
    "X answers 402: the app has no credit left. Buy some in X's developer console; asked again in an hour, "
    "at once by `missed check`"
)

log = logging.getLogger(__name__)

Json = Mapping[str, Any]
_BROKEN: Final = (TooMuch, ValueError, TypeError, AttributeError, LookupError, RecursionError)


class Gone(Permanent):
    """What was asked for is not there: 404."""


class Closed(Permanent):
    """X does not let us write to this person: 403."""


class Api:
    """One client, for one thread at a time, that connects at its first use."""

    def __init__(self, base_url: str, credentials: Credentials, till: Till, clock: Clock) -> None:
        self._base_url = base_url
        self._credentials = credentials
        self._till = till
        self._clock = clock
        self._client: tweepy.Client | None = None
        self.access_level = ""
        """What X last said that the keys allow, such as `read-write-directmessages`; empty where it says nothing."""

    @property
    def scopes(self) -> frozenset[str] | None:
        """What an OAuth 2.0 token allows; None where that is not known."""
        return self._credentials.scopes()

    @property
    def till(self) -> Till:
        """What is counted and paid with."""
        return self._till

    def now(self) -> datetime:
        """Return the time."""
        return self._clock.now()

    def reopen(self) -> None:
        """Ask anew although X said that there is no credit: whoever starts us or looks may have bought some."""
        self._till.reopen(self.now())

    def get(
        self,
        what: str,
        route: str,
        params: Mapping[str, str],
        *,
        use: str,
        kind: str = "",
        most: int = 0,
        least: int = 0,
        chat_of: Callable[[Json], str] = lambda _item: "",
    ) -> Json:
        """Read. `kind` is what the things in `data` are billed as; at most `most` are asked for by `max_results`.

        Without `least` there is no such parameter, and all of them have to be affordable.

        Raises:
            Transient: not just now: no answer, a limit, no credit, the month's money.
            Permanent: it is not there (Gone), or refused.
            Misconfigured: the credentials are worth nothing, or not enough.
        """
        room = self._till.admit(use, self.now(), kind=kind, want=most, least=least or most)
        asked = {**params, "max_results": str(room)} if least else dict(params)
        answer = self._request("GET", what, route, use, params=asked)
        data = items(answer.get("data"))
        if kind == "count":
            self._till.bill(kind, [uuid4().hex], self.now(), chat_of({}))
        elif kind:
            self._bill(kind, data, chat_of)
        return answer

    def post(self, what: str, route: str, body: Mapping[str, str], *, use: str) -> Json:
        """Write. Raises Uncertain too: for every answer that does not say whether it was done."""
        self._till.admit(use, self.now())
        return self._request("POST", what, route, use, json=dict(body))

    def close(self) -> None:
        """Let go of the connection; the next use makes a new one."""
        if self._client is not None:
            self._client.session.close()
            self._client = None

    def _bill(self, kind: str, data: list[Json], chat_of: Callable[[Json], str]) -> None:
        by_chat: dict[str, list[str]] = {}
        for item in data:
            if (key := opaque(item.get("id"))) is not None:
                by_chat.setdefault(chat_of(item), []).append(key)
        for chat, keys in by_chat.items():
            self._till.bill(kind, keys, self.now(), chat)

    def _request(self, method: str, what: str, route: str, use: str, **more: Any) -> Json:
        try:
            return self._answer(method, what, route, use, **more)
        except Misconfigured as error:
            if str(error) != BAD_TOKEN or not self._credentials.renew(self.now()):
                raise
            return self._answer(method, what, route, use, **more)

    def _answer(self, method: str, what: str, route: str, use: str, **more: Any) -> Json:
        is_sending = method != "GET"
        if self._client is None:
            self._client = self._credentials.client(self._base_url)
        if not self._credentials.is_signed:
            self._client.bearer_token = self._credentials.bearer(self.now())
        try:
            response = self._client.request(method, route, user_auth=self._credentials.is_signed, **more)
            self._learn(use, response.headers)
            answer = response.json()
        except (tweepy.TweepyException, requests.RequestException, *_BROKEN) as error:
            raise self._named(error, what, use, is_sending=is_sending) from None
        if not isinstance(answer, Mapping):
            raise _broken(what, is_sending=is_sending)
        return answer

    def _learn(self, use: str, headers: Mapping[str, str]) -> None:
        self.access_level = headers.get("x-access-level", self.access_level)
        reset = self._reset(headers)
        if headers.get("x-rate-limit-remaining") == "0" and reset is not None:
            with suppress(Transient, Misconfigured):  # of the database: the request was carried out all the same
                self._till.close(use, reset, f"X's limit for {use} is reached")

    def _reset(self, headers: Mapping[str, str]) -> datetime | None:
        text = headers.get("x-rate-limit-reset", "")
        if not (text.isascii() and text.isdigit() and len(text) < 12):
            return None
        at, now = datetime.fromtimestamp(int(text), UTC), self.now()
        return min(at, now + LONGEST_LIMIT) if at > now else None

    def _named(self, error: Exception, what: str, use: str, *, is_sending: bool) -> Exception:
        named = self._translated(error, what, use, is_sending=is_sending)
        text = str(named)
        for secret in self._credentials.secrets():
            text = text.replace(secret, "…")
        named.args = (text,)
        log.debug("%s: %s", type(named).__name__, named)
        return named

    def _translated(self, error: Exception, what: str, use: str, *, is_sending: bool) -> Exception:
        if isinstance(error, tweepy.HTTPException):
            return self._refused(error.response, what, use, is_sending=is_sending)
        if isinstance(error, requests.RequestException) and not isinstance(error, ValueError):
            text = f"{what}: no answer from {self._base_url} ({type(error).__name__})"
            return Uncertain(text) if is_sending and not _never_left(error) else Transient(text)
        return _broken(what, is_sending=is_sending)

    def _refused(self, response: requests.Response, what: str, use: str, *, is_sending: bool) -> Exception:
        code, now = response.status_code, self.now()
        because = _detail(response)
        if code == 401:
            return Misconfigured(BAD_TOKEN)
        if code == 402:
            self._till.close(EVERYTHING, now + CREDIT_AGAIN, NO_CREDIT)
            return Transient(NO_CREDIT, now + CREDIT_AGAIN)
        if code == 429:
            return self._limited(response.headers, use)
        if code == 403:
            if is_sending and "suspended" not in because and "scopes" not in because:
                return Closed(f"{what}: X does not deliver to this person{because}")
            return Misconfigured(f"{what}: forbidden{because}; look at the app's access level, and sign in again")
        if code == 404:
            return Gone(f"{what}: not there{because}")
        if code >= 500 or code == 408:
            text = f"{what}: X answered {code}"
            return Uncertain(text) if is_sending else Transient(text)
        return Permanent(f"{what}: refused with {code}{because}")

    def _limited(self, headers: Mapping[str, str], use: str) -> Transient:
        left = headers.get("x-rate-limit-remaining", "0")
        reset = self._reset(headers) or self.now() + QUARTER
        why = f"X's limit for {use} is reached"
        if left.isdigit() and int(left) > 0:  # then it is not the quarter's limit but the month's
            why, reset = (
                "X's monthly cap of the app is reached: raise it in X's developer console",
                self.now() + CREDIT_AGAIN,
            )
        self._till.close(use, reset, why)
        return Transient(why, reset)


def _broken(what: str, *, is_sending: bool) -> Exception:
    text = f"{what}: the answer is not what X's interface promises"
    return Uncertain(text) if is_sending else Transient(text)


def _never_left(error: requests.RequestException) -> bool:
    """Say whether no connection was made at all: the only network error that proves that nothing was sent."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectionError) and isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _detail(response: requests.Response) -> str:
    """Return what X says of a refusal, for a person to read."""
    try:
        said = response.json()
    except (ValueError, RecursionError):
        return ""
    if not isinstance(said, Mapping):
        return ""
    errors = items(said.get("errors"))
    text = errors[0].get("message") if errors else said.get("detail")
    return f": {text[:200]}" if isinstance(text, str) else ""
