"""Mastodon, and the servers that speak like it (docs.joinmastodon.org/api)."""

from adapters.mastodon.account import MastodonAccount
from adapters.mastodon.checkup import Finding
from bot.app.ports import Clock
from bot.app.shelves import Storage

__all__ = ["Finding", "MastodonAccount", "connect"]


def connect(base_url: str, token: str, clock: Clock, storage: Storage | None = None) -> MastodonAccount:
    """Return the account that the token belongs to. Nothing is asked before `open()` or the first use.

    With a storage its budget is kept there, for every process that uses it; without one, in memory.
    """
    return MastodonAccount(base_url, token, clock, storage)
