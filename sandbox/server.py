"""The sandbox as a test or a demo starts it: a network served over HTTP on loopback, in a thread of this process."""

import asyncio
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from sandbox import posting
from sandbox.app import application
from sandbox.clock import Now
from sandbox.dialect import DIALECTS, DialectName
from sandbox.drafts import Draft
from sandbox.faults import Faults
from sandbox.gate import Gate
from sandbox.limits import Limiter
from sandbox.model import Account, Status
from sandbox.network import Network
from sandbox.serving import Server
from sandbox.stats import Stats

Result = TypeVar("Result")
DEFAULT_SCOPES = "read write follow"


class Sandbox:
    """A small social network.

    ``now`` returns aware UTC times and may run faster than the wall clock: creation times, ids, limits' windows and
    the hour of an idempotency key follow it. ``domain`` is the local accounts' domain; the server itself is at
    ``base_url``. ``limits=False`` lifts every rate limit. ``dialect``: see ``sandbox.dialect``.

    ``shows_blocked_mentions``: whether a mention of somebody who blocks the author stands in ``mentions`` all the
    same; either way nothing is delivered. ``keeps_keys=False`` forgets idempotency keys at once, as a server does that
    lost its cache: what is sent twice arrives twice.
    """

    def __init__(
        self,
        now: Now,
        domain: str = "learn.example",
        *,
        dialect: DialectName = "mastodon",
        limits: bool = True,
        port: int = 0,
        shows_blocked_mentions: bool = False,
        keeps_keys: bool = True,
    ) -> None:
        habits = DIALECTS[dialect] if keeps_keys else replace(DIALECTS[dialect], keeps_idempotency_keys=False)
        self.faults = Faults()
        self.stats = Stats()
        self.base_url = ""
        self._port = port
        self._network = Network(now, domain, habits, shows_blocked_mentions=shows_blocked_mentions)
        self._limiter = Limiter(now, habits.throttle, is_lifted=not limits)
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Serve on 127.0.0.1, on a free port unless one was given; return once requests are answered.

        Raises OSError where the port is taken.
        """
        # Naming TCP lets asyncio switch off Nagle's algorithm, which would cost 40 ms an answer.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", self._port))
        except OSError:
            listener.close()
            raise
        self.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        gate = Gate(self._network, self.faults, self._limiter, self.stats, self._cut)
        self._server = Server(application(gate))
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="sandbox", daemon=True)
        self._thread.start()
        self._server.is_up.wait()

    def stop(self) -> None:
        """Stop serving; open connections are closed. Stopping twice is harmless."""
        if self._server is not None and self._thread is not None:
            self._server.stop()
            self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def add_account(
        self,
        username: str,
        *,
        display_name: str = "",
        bot: bool = False,
        note: str = "",
        scopes: str = DEFAULT_SCOPES,
        locked: bool = False,
        domain: str | None = None,
        unlimited: bool = False,
    ) -> Account:
        """Return a new account with a token.

        With a foreign ``domain`` it is remote: ``acct`` is ``pat@far.example`` and its posts have addresses there.
        Its token works here all the same; a bare @name in its posts means somebody on its own server where there is
        one, else a local account. ``unlimited`` exempts from rate limits.

        Raises ValueError for a taken or impossible name and for an unknown scope.
        """

        def add() -> Account:
            account = self._network.add_account(username, domain)
            account.display_name = display_name
            account.note = note
            account.is_bot = bot
            account.is_locked = locked
            account.is_unlimited = unlimited
            account.token = self._network.new_token(account, scopes)
            return account

        return self._on_loop(add)

    def new_token(self, account: Account, scopes: str = "read") -> str:
        """Return another token of the account. Raises ValueError for an unknown scope."""
        return self._on_loop(lambda: self._network.new_token(account, scopes))

    def revoke_token(self, token: str) -> None:
        """Make a token worthless, as its owner may do at any time. Raises KeyError for an unknown one."""

        def revoke() -> None:
            self._network.tokens[token].is_revoked = True

        self._on_loop(revoke)

    def publish_late(self, account: Account, text: str, *, created_at: datetime) -> Status:
        """Let a remote account's public status arrive now that was written at ``created_at`` (aware UTC).

        Its id lies in the past too, behind a ``min_id`` cursor. When it is more than six hours old it reaches the
        hashtag timeline, but neither home feeds nor notifications. Raises ValueError for a local account or a time
        still to come.
        """
        if account.domain is None or created_at > self._network.now():
            raise ValueError("only a remote status, written in the past, can arrive late")
        return self._on_loop(lambda: posting.publish(self._network, account, Draft(text), created_at))

    def _on_loop(self, change: Callable[[], Result]) -> Result:
        # The state belongs to the server's event loop while that runs.
        if self._server is None or self._server.loop is None:
            return change()

        async def changed() -> Result:
            return change()

        return asyncio.run_coroutine_threadsafe(changed(), self._server.loop).result()

    def _cut(self, client: Any) -> None:
        if self._server is not None:
            self._server.cut(tuple(client))
