"""The sandbox's X as a test or a demo starts it: served over HTTP on loopback, in a thread of this process."""

import asyncio
import random
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Any, Self, TypeVar

from sandbox.clock import Now
from sandbox.faults import Faults
from sandbox.serving import Server
from sandbox.stats import Stats
from sandbox.x.app import application
from sandbox.x.call import Habits
from sandbox.x.gate import Gate
from sandbox.x.limits import Limiter
from sandbox.x.meter import Meter
from sandbox.x.model import Network, Person, Tweet
from sandbox.x.signin import SCOPES, SignIn

Result = TypeVar("Result")
PEOPLE = "people"
"""The app of everybody who is not a bot: its bill is nobody's concern."""


class XSandbox:
    """A small network that speaks X API v2. `now` returns aware UTC times and may run faster than the wall clock.

    `lag`: how long a post stays out of search. `limits=False` lifts rate limits. `habits`: see `sandbox.x.call`.
    """

    def __init__(
        self,
        now: Now,
        *,
        lag: timedelta = timedelta(seconds=30),
        limits: bool = True,
        habits: Habits | None = None,
        port: int = 0,
    ) -> None:
        self.faults = Faults()
        self.stats = Stats()
        self.meter = Meter(now)
        self.base_url = ""
        self.network = Network(now, lag)
        self.signin = SignIn(self.network, now)
        self._habits = habits or Habits()
        self._limiter = Limiter(now, is_lifted=not limits)
        self._port = port
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Serve on 127.0.0.1, on a free port unless one was given. Raises OSError where the port is taken."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", self._port))
        except OSError:
            listener.close()
            raise
        self.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        gate = Gate(
            self.network, self.signin, self.faults, self._limiter, self.meter, self.stats, self._habits, self._cut
        )
        self._server = Server(application(gate))
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="x-sandbox", daemon=True)
        self._thread.start()
        self._server.is_up.wait()

    def stop(self) -> None:
        """Stop serving. Stopping twice is harmless."""
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

    def add_person(self, username: str, name: str = "", *, app: str = PEOPLE, accepts_messages: bool = True) -> Person:
        """Return a new account with a token of every kind. Raises ValueError for a taken name."""

        def add() -> Person:
            if self.network.by_name(username) is not None:
                raise ValueError(f"not a free user name: {username}")
            key = str(random.SystemRandom().randrange(10**17, 10**18))
            names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
            person = Person(
                id=key,
                username=username,
                name=name or username,
                app=app,
                token="",
                secrets={kind: secrets.token_urlsafe(20) for kind in names},
                accepts_messages=accepts_messages,
            )
            self.network.people[key] = person
            person.token = self.signin.issue(person, SCOPES, lasts=True)
            return person

        return self.on_loop(add)

    def app_token(self, app: str) -> str:
        """Return an app's own token, which stands for no user."""

        def issue() -> str:
            token = secrets.token_urlsafe(24)
            self.signin.bearers[token] = app
            return token

        return self.on_loop(issue)

    def publish(self, author: Person, text: str, *, reply_to: str | None = None, lang: str = "en") -> Tweet:
        """Post without a request, for seasons of thousands."""
        return self.on_loop(lambda: self.network.publish(author, text, reply_to=reply_to, lang=lang))

    def on_loop(self, change: Callable[[], Result]) -> Result:
        """Change the state where it lives: on the server's event loop while that runs."""
        if self._server is None or self._server.loop is None:
            return change()

        async def changed() -> Result:
            return change()

        return asyncio.run_coroutine_threadsafe(changed(), self._server.loop).result()

    def _cut(self, client: Any) -> None:
        if self._server is not None:
            self._server.cut(tuple(client))
