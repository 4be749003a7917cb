"""What the tests of this room stand on: people on the sandbox, over real HTTP, and a server that says anything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from adapters.mastodon import connect
from bot.domain.model import Platform
from bot.domain.outbox import OutboxMessage
from sandbox import Account, Sandbox

START = datetime(2026, 11, 19, 20, 30, tzinfo=UTC)


@dataclass
class Hand:
    """A clock that stands until it is moved."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)


class World:
    """The sandbox with the bot, Ana who is a member, Ben who hosts, and their ways to write and read."""

    def __init__(self, sandbox: Sandbox, clock: Hand, dialect: str) -> None:
        self.sandbox, self.clock, self.dialect = sandbox, clock, dialect
        self.missed = sandbox.add_account("missed", display_name="Missed", bot=True)
        self.ana = sandbox.add_account("ana", display_name="Ana")
        self.ben = sandbox.add_account("ben", display_name="Ben")
        self.account = connect(sandbox.base_url, self.missed.token, clock)
        self.source, self.courier, self.witness = self.account.source, self.account.courier, self.account.witness
        self._web = httpx.Client(base_url=sandbox.base_url)
        self._numbers = iter(range(1, 10_000))

    def close(self) -> None:
        self.account.close()
        self._web.close()

    @property
    def hour_ago(self) -> datetime:
        return self.clock.now() - timedelta(hours=1)

    def say(self, who: Account, text: str, **more: str) -> dict[str, Any]:
        self.clock.pass_by(seconds=1)
        said: dict[str, Any] = self.ask(who, "POST", "/api/v1/statuses", data={"status": text, **more})
        return said

    def ask(self, who: Account, method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {who.token}"}
        answer = self._web.request(method, path, headers=headers, **more)
        answer.raise_for_status()
        return answer.json()

    def told(self, who: Account) -> list[str]:
        """What reached somebody as a mention, also where a stranger's is filtered, read with their own token."""
        notices = self.ask(
            who, "GET", "/api/v1/notifications", params={"types[]": "mention", "include_filtered": "true"}
        )
        return [notice["status"]["id"] for notice in notices if notice["account"]["id"] == self.missed.id]

    def message(self, to: Account | None = None, text: str = "Ana, you are missed!", **more: Any) -> OutboxMessage:
        self.clock.pass_by(seconds=1)
        now, number = self.clock.now(), next(self._numbers)
        account_id, handle = (to.id, f"{to.username}@{to.domain or 'learn.example'}") if to else ("0", "no@one.example")
        return OutboxMessage(
            id=str(number),
            key=f"key-{number}",
            member_id="m",
            platform=Platform.MASTODON,
            account_id=account_id,
            handle=handle,
            kind="called",
            text=text,
            attempts=1,
            attempted_at=now,
            not_before=now,
            created_at=now,
            expires_at=now + timedelta(hours=1),
            **more,
        )


Answer = tuple[int, dict[str, str], Any]


@dataclass
class Rude:
    """A server on loopback that answers what `say` returns for method and path, and keeps what it was asked."""

    say: Callable[[str, str], Answer] = lambda method, path: (404, {}, None)
    asked: list[str] = field(default_factory=list)
    base_url: str = ""
