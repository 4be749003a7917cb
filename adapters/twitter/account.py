"""One X account with everything the bot does by it."""

from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self

from adapters.twitter.checkup import Finding, examine
from adapters.twitter.client import Api
from adapters.twitter.courier import XCourier
from adapters.twitter.credentials import Credentials
from adapters.twitter.directory import Directory
from adapters.twitter.inbox import Inbox
from adapters.twitter.names import Nouns
from adapters.twitter.profile import Introduction
from adapters.twitter.source import XSource
from adapters.twitter.witness import XWitness
from bot.app.ports import Clock, Lookup
from bot.app.till import Till
from bot.domain.model import Person


@dataclass(frozen=True)
class Options:
    """What can be chosen. `direct_every` None: direct messages are not read, commands come by mention only."""

    base_url: str = "https://api.x.com"
    noun: Nouns = "tweet"
    direct_every: timedelta | None = timedelta(seconds=90)
    owns_app: bool = True
    is_counting: bool = False


class XAccount:
    """Source, courier and witness of one set of credentials: each with its own client, for its own thread."""

    def __init__(self, credentials: Credentials, till: Till, clock: Clock, options: Options) -> None:
        self._apis = tuple(Api(options.base_url, credentials, till, clock) for _ in range(5))
        first, reading, sending, looking, self._checking = self._apis
        self._introduction = Introduction(first)
        directory = Directory(reading)
        inbox = Inbox(
            reading,
            self._introduction,
            directory,
            options.noun,
            direct_every=options.direct_every,
            owns_app=options.owns_app,
        )
        self.source = XSource(
            reading, self._introduction, inbox, directory, options.noun, is_counting=options.is_counting
        )
        self.courier = XCourier(sending, self._introduction)
        self.witness = XWitness(looking, Directory(looking), options.noun)
        # A look at a message is billed, and takes one of fifteen a quarter of an hour that commands are read by.
        self.lookup: Lookup | None = None

    def open(self) -> Person:
        """Connect, and learn who the bot is. May be called again.

        Raises:
            Transient: X cannot be reached just now.
            Misconfigured: it refuses the credentials.
        """
        self._checking.reopen()
        return self._introduction.me()

    def examine(self) -> tuple[Finding, ...]:
        """Look at everything the bot needs, for a person to read."""
        return tuple(examine(self._checking))

    def close(self) -> None:
        """Let go of all connections."""
        for api in self._apis:
            api.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
