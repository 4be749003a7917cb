"""One Mastodon account with everything the bot does by it."""

from types import TracebackType
from typing import Final, Self

from adapters.mastodon.checkup import Finding, examine
from adapters.mastodon.client import Api
from adapters.mastodon.courier import MastodonCourier
from adapters.mastodon.profile import Introduction
from adapters.mastodon.purse import Purse, SharedPurse
from adapters.mastodon.source import MastodonSource
from adapters.mastodon.witness import MastodonWitness
from bot.app.ports import Clock, Lookup
from bot.app.shelves import Storage
from bot.domain.model import Person

NAME: Final = "mastodon"
"""The account's name in the rows of its budget: there is one at most."""


class MastodonAccount:
    """Source, courier, witness and lookup of one token: each with its own client, for its own thread, on one budget."""

    def __init__(self, base_url: str, token: str, clock: Clock, storage: Storage | None = None) -> None:
        """Keep the budget in rows of `storage`, where there is one: shared with every process that uses it."""
        purse = Purse(clock) if storage is None else SharedPurse(clock, storage, NAME)
        self._apis = tuple(Api(base_url, token, purse) for _ in range(5))
        first, reading, sending, looking, self._checking = self._apis
        self._introduction = Introduction(first)
        self.source = MastodonSource(reading, self._introduction)
        self.courier = MastodonCourier(sending, self._introduction, clock)
        self.witness = MastodonWitness(looking, self._introduction)
        # Whoever reads a letter looks whether the one before it is still there: in the thread that reads.
        self.lookup: Lookup | None = MastodonWitness(reading, self._introduction)

    def open(self) -> Person:
        """Connect, learn who the bot is, and let nobody's message be filtered from it. May be called again.

        Raises:
            Transient: the server cannot be reached just now; everything else here says so too, and asks again.
            Misconfigured: it refuses the token.
        """
        return self._introduction.profile().me

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
