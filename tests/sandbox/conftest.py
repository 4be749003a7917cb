"""A network of a few people on a clock that only moves when told to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from mastodon import Mastodon

from sandbox import Account, Sandbox

BEGUN_AT = datetime(2026, 11, 19, 20, 30, tzinfo=UTC)


class Clock:
    """Stands still; ``tick`` makes every reading a little later, as for statuses posted one after another."""

    def __init__(self) -> None:
        self.at = BEGUN_AT
        self.tick = timedelta(0)

    def now(self) -> datetime:
        self.at += self.tick
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def advance(clock: Clock) -> Callable[..., None]:
    def move(**by: float) -> None:
        clock.at += timedelta(**by)

    return move


@pytest.fixture
def now(clock: Clock) -> Callable[[], datetime]:
    return clock.now


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(clock.now) as network:
        yield network


@pytest.fixture
def bot(sandbox: Sandbox) -> Account:
    return sandbox.add_account("bot", bot=True)


@pytest.fixture
def ana(sandbox: Sandbox) -> Account:
    return sandbox.add_account("ana", display_name="Ana")


@pytest.fixture
def ben(sandbox: Sandbox) -> Account:
    return sandbox.add_account("ben")


@pytest.fixture
def pat(sandbox: Sandbox) -> Account:
    return sandbox.add_account("pat", domain="far.example")


@pytest.fixture
def connect() -> Iterator[Callable[[Sandbox, Account | str], Any]]:
    """Connect an account, or a bare token, by the real Mastodon.py."""
    with ExitStack() as stack:

        def client(network: Sandbox, who: Account | str) -> Any:
            token = who if isinstance(who, str) else who.token
            made = Mastodon(
                access_token=token,
                api_base_url=network.base_url,
                ratelimit_method="throw",
                version_check_mode="none",
            )
            stack.callback(made.session.close)
            return made

        yield client


@pytest.fixture
def http() -> Iterator[Callable[..., httpx.Client]]:
    """Connect an account, a bare token or nobody by plain HTTP."""
    with ExitStack() as stack:

        def client(network: Sandbox, who: Account | str | None = None) -> httpx.Client:
            token = who.token if isinstance(who, Account) else who
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            return stack.enter_context(
                httpx.Client(base_url=network.base_url, headers=headers, trust_env=False, timeout=20, verify=False)
            )

        yield client
