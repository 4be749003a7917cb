"""Several processes, one bot: each message once, whoever ends is followed at once, whoever dies within its lease."""

import time

from bot.app.share import LEASE_FOR
from tests.e2e.evening import Evening
from tests.e2e.process import PATIENCE, eventually
from tests.e2e.replicas import owner_of, share
from tests.e2e.together import scenario
from tests.postgres import PASSWORD, fresh_database

SLACK = 2.0
"""Seconds beyond the lease within which somebody else has to read."""


@scenario()
def test_any_number_of_processes_is_one_bot(evening: Evening) -> None:
    with fresh_database() as url:
        house = share(evening, url)
        bots = {owner_of(bot): bot for bot in [evening.watching() for _ in range(3)]}
        eventually(lambda: house.living() == 3, "all are alive")
        eventually(lambda: house.holder("mastodon") in bots, "one of them reads")
        evening.join(evening.nora)
        evening.is_heard(evening.ask())
        evening.call(evening.nora)
        assert "misses you" in evening.arrives(3).text

        reader = bots.pop(house.holder("mastodon"))
        begun = time.monotonic()
        reader.kill()
        eventually(lambda: house.holder("mastodon") in bots, "another one reads", every=0.02)
        assert time.monotonic() - begun <= LEASE_FOR.total_seconds() + SLACK
        evening.is_all(3)

        reader = bots.pop(house.holder("mastodon"))
        begun = time.monotonic()
        assert reader.stop() == 0
        eventually(lambda: house.holder("mastodon") in bots, "the last one reads", every=0.02)
        assert time.monotonic() - begun <= PATIENCE / 10, "it is handed over, not waited for"
        evening.is_all(4)
        assert PASSWORD not in evening.logs()
