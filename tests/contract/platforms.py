"""Every platform behind one face, so that no test of this suite knows which one it speaks to.

A house holds a bot, Ana, Ben and Cleo on one small network, over real HTTP, and their ways to write and read.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.app.ports import Courier, Page, Source, Watch, Witness
from bot.domain.model import Person, Platform
from bot.domain.outbox import OutboxMessage
from sandbox import Fault, Faults, Sandbox
from tests.mastodon.world import Hand
from tests.mastodon.world import World as MastodonWorld
from tests.x.world import World as XWorld


class House(Protocol):
    """One platform, as the suite needs it."""

    source: Source
    courier: Courier
    witness: Witness
    faults: Faults
    clock: Any
    sending: str
    """Where messages are sent to, as a regular expression of the path."""

    def person(self, name: str) -> Person: ...
    def say(self, name: str, text: str, reply_to: str | None = None) -> str: ...
    def write(self, name: str, text: str) -> None: ...
    def message(self, to: str, text: str) -> OutboxMessage: ...
    def told(self, name: str) -> int: ...
    def shut(self, name: str) -> None: ...
    def close(self) -> None: ...


class OnMastodon:
    """A small Mastodon."""

    sending = "^/api/v1/statuses$"

    def __init__(self) -> None:
        self.clock = Hand()
        sandbox = Sandbox(self.clock.now, domain="learn.example")
        sandbox.start()
        self._world = MastodonWorld(sandbox, self.clock, "mastodon")
        self._people = {name: getattr(self._world, name) for name in ("missed", "ana", "ben")}
        self._people["cleo"] = sandbox.add_account("cleo", display_name="Cleo")
        self.faults = sandbox.faults
        self.source: Source = self._world.source
        self.courier: Courier = self._world.courier
        self.witness: Witness = self._world.witness

    def person(self, name: str) -> Person:
        one = self._people[name]
        return Person(platform=Platform.MASTODON, id=one.id, handle=f"{name}@learn.example", name=one.display_name)

    def say(self, name: str, text: str, reply_to: str | None = None) -> str:
        more = {"in_reply_to_id": reply_to} if reply_to else {}
        return str(self._world.say(self._people[name], text, **more)["id"])

    def write(self, name: str, text: str) -> None:
        self._world.say(self._people[name], f"@missed {text}", visibility="direct")

    def message(self, to: str, text: str) -> OutboxMessage:
        return self._world.message(self._people[to], text=text)

    def told(self, name: str) -> int:
        return len(self._world.told(self._people[name]))

    def shut(self, name: str) -> None:
        self._world.ask(self._people[name], "POST", f"/api/v1/accounts/{self._people['missed'].id}/block")

    def close(self) -> None:
        self._world.close()
        self._world.sandbox.stop()


class OnX:
    """A small X."""

    sending = "^/2/dm_conversations/with/.*/messages"

    def __init__(self) -> None:
        self._world = XWorld(direct_every=timedelta())
        self.clock = self._world.clock
        self.faults = self._world.sandbox.faults
        self.source: Source = self._world.source
        self.courier: Courier = self._world.courier
        self.witness: Witness = self._world.witness

    def person(self, name: str) -> Person:
        return self._world.person(getattr(self._world, name))

    def say(self, name: str, text: str, reply_to: str | None = None) -> str:
        return self._world.say(getattr(self._world, name), text, reply_to)

    def write(self, name: str, text: str) -> None:
        self.clock.pass_by(seconds=1)
        self._world.web.write(getattr(self._world, name), self._world.missed, text).raise_for_status()

    def message(self, to: str, text: str) -> OutboxMessage:
        return self._world.message(getattr(self._world, to), text)

    def told(self, name: str) -> int:
        return len(self._world.told(getattr(self._world, name)))

    def shut(self, name: str) -> None:
        getattr(self._world, name).blocks.add(self._world.missed.id)

    def close(self) -> None:
        self._world.close()


HOUSES: dict[str, Callable[[], House]] = {"mastodon": OnMastodon, "x": OnX}


def watch(house: House, tag: str, *people: str) -> Watch:
    """Return what a tick tells the source."""
    now: datetime = house.clock.now()
    return Watch(
        tag=tag,
        since=now - timedelta(hours=1),
        until=now + timedelta(hours=1),
        people=tuple(house.person(name) for name in people),
    )


def drained(read: Callable[[str | None], Page], cursor: str | None = None) -> tuple[list[str], str | None]:
    """Read page after page; return the ids and where to go on."""
    found: list[str] = []
    while True:
        page = read(cursor)
        found += [one.id for one in page.posts]
        cursor = page.cursor or cursor
        if not page.has_more:
            return found, cursor


__all__ = ["HOUSES", "Fault", "House", "drained", "watch"]
