"""Old rows go, in small batches, while everything else goes on."""

from datetime import timedelta
from typing import Final

from bot.app.shelves import Storage
from bot.domain.model import Moment

BATCH: Final = 500
"""Rows deleted in one transaction, so that nobody waits long for the database."""

BATCHES_AT_MOST: Final = 20
"""Transactions a tick; the next tick goes on."""


class Prune:
    """Deletes what is older than it shall be kept. Pruning twice changes nothing."""

    def __init__(self, storage: Storage, keep_for: timedelta, posts_for: timedelta) -> None:
        """`keep_for` counts from when a session was closed and other people were forgotten in it, `posts_for` from
        when a post was written: of posts only ids are left by then.
        """
        self._storage = storage
        self._keep_for = keep_for
        self._posts_for = posts_for

    def tick(self, now: Moment) -> int:
        """Delete what is too old at `now`; return how many rows that were."""
        total = 0
        for _ in range(BATCHES_AT_MOST):
            with self._storage.work() as work:
                gone = work.attic.prune(now - self._keep_for, now - self._posts_for, BATCH)
            total += gone
            if gone < BATCH:
                break
        return total
