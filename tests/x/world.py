"""What the tests of this room stand on: people on the sandbox's X, over real HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from adapters.twitter import COMMANDS, LIMITS, Keys, Options, XAccount, connect
from bot.app.ports import Page, Watch
from bot.app.till import Till
from bot.domain.model import Person as People
from bot.domain.model import Platform
from bot.domain.outbox import OutboxMessage
from sandbox.x import Person, XSandbox
from tests.fakes import FakeStorage

START = datetime(2026, 11, 19, 19, 30, tzinfo=UTC)


class Hand:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)


class Web:
    """Asks the sandbox as somebody, without the bot."""

    def __init__(self, sandbox: XSandbox) -> None:
        self._client = httpx.Client(base_url=sandbox.base_url)

    def close(self) -> None:
        self._client.close()

    def ask(self, token: str, method: str, path: str, **more: Any) -> httpx.Response:
        return self._client.request(method, path, headers={"Authorization": f"Bearer {token}"}, **more)

    def get(self, who: Person | str, path: str, **params: Any) -> httpx.Response:
        return self.ask(who if isinstance(who, str) else who.token, "GET", path, params=params)

    def write(self, sender: Person, to: Person, text: str) -> httpx.Response:
        path = f"/2/dm_conversations/with/{to.id}/messages"
        return self.ask(sender.token, "POST", path, json={"text": text})

    def post(self, author: Person, text: str, reply_to: str | None = None) -> str:
        body: dict[str, Any] = {"text": text}
        if reply_to:
            body["reply"] = {"in_reply_to_tweet_id": reply_to}
        answer = self.ask(author.token, "POST", "/2/tweets", json=body)
        answer.raise_for_status()
        return str(answer.json()["data"]["id"])


PRICES = {
    "post_read": 5000,
    "user_read": 10_000,
    "dm_read": 10_000,
    "owned_read": 1000,
    "dm_sent": 15_000,
    "count": 5000,
}


class World:
    """The sandbox with the bot, Ana who is a member, Ben who hosts, Cleo, and their ways to write and read."""

    def __init__(self, *, sandbox: XSandbox | None = None, **options: Any) -> None:
        self.clock = Hand()
        self.sandbox = sandbox or XSandbox(self.clock.now, **options.pop("sandbox_options", {}))
        self.sandbox.start()
        self.web = Web(self.sandbox)
        self.missed = self.sandbox.add_person("missed", "Missed", app="bot")
        self.ana = self.sandbox.add_person("ana", "Ana")
        self.ben = self.sandbox.add_person("Ben", "Ben Host")
        self.cleo = self.sandbox.add_person("cleo", "Cleo")
        self.storage = FakeStorage()
        self.options = Options(base_url=self.sandbox.base_url, **options)
        self.monthly: int | None = None
        self._numbers = iter(range(1, 10_000))
        self._accounts: list[XAccount] = []
        self.restart()

    def restart(self) -> None:
        """Begin with a new process on what is kept."""
        for one in self._accounts:
            one.close()
        self.till = Till("x:missed", self.storage, LIMITS, PRICES, self.monthly, COMMANDS)
        self.account = connect(Keys(**self.missed.secrets), self.till, self.clock, self.options)
        self._accounts.append(self.account)
        self.source, self.courier, self.witness = self.account.source, self.account.courier, self.account.witness

    def close(self) -> None:
        self.account.close()
        self.web.close()
        self.sandbox.stop()

    @property
    def hour_ago(self) -> datetime:
        return self.clock.now() - timedelta(hours=1)

    def say(self, who: Person, text: str, reply_to: str | None = None) -> str:
        """Post, and let the index take it up."""
        self.clock.pass_by(seconds=1)
        key = self.web.post(who, text, reply_to)
        self.clock.pass_by(seconds=31)
        return key

    def person(self, who: Person) -> People:
        return People(platform=Platform.X, id=who.id, handle=f"{who.username.lower()}@x.com", name=who.name)

    def watch(self, tag: str = "tea", *people: Person, hosts: tuple[str, ...] = ()) -> Watch:
        return Watch(
            tag=tag,
            since=self.hour_ago,
            until=self.clock.now() + timedelta(hours=1),
            hosts=hosts,
            people=tuple(map(self.person, people)),
            roll=tuple(map(self.person, people)),
        )

    def read(self, tag: str = "tea", cursor: str | None = None, since: datetime | None = None) -> Page:
        return self.source.chat(tag, cursor, since or self.hour_ago)

    def owed(self) -> float:
        return self.sandbox.meter.owed("bot") / 1_000_000

    def asked(self, path: str) -> int:
        return sum(many for where, many in self.sandbox.stats.as_json()["by_path"].items() if path in where)

    def message(self, to: Person, text: str = "Ana, you are missed!", **more: Any) -> OutboxMessage:
        self.clock.pass_by(seconds=1)
        now, number = self.clock.now(), next(self._numbers)
        return OutboxMessage(
            id=str(number),
            key=f"key-{number}",
            member_id="m",
            platform=Platform.X,
            account_id=to.id,
            handle=f"{to.username}@x.com",
            kind="called",
            text=text,
            attempts=1,
            attempted_at=now,
            not_before=now,
            created_at=now,
            expires_at=now + timedelta(hours=1),
            **more,
        )

    def told(self, who: Person) -> list[str]:
        """What the bot wrote to somebody, read with their own token."""
        answer = self.web.get(
            who, f"/2/dm_conversations/with/{self.missed.id}/dm_events", **{"dm_event.fields": "sender_id"}
        )
        events = answer.json().get("data", [])
        return [one["text"] for one in events if one["sender_id"] == self.missed.id][::-1]
