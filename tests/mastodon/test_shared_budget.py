"""The budget in rows: no restart and no other process passes a limit, and a refusal closes it for everybody."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.mastodon.budget import Use
from adapters.mastodon.purse import Purse, SharedPurse
from adapters.storage import open_storage
from bot.app.errors import Transient
from bot.app.shelves import Storage
from tests.contract.test_storage import storage  # noqa: F401 # the fixture of all implementations
from tests.fakes import FakeStorage
from tests.world import StillClock

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
READ, WRITE = frozenset({Use.ANY}), frozenset({Use.ANY, Use.WRITE})


def a_purse(kept: Storage, clock: StillClock | None = None) -> Purse:
    return SharedPurse(clock or StillClock(), kept, "mastodon")


def test_every_process_counts_what_all_have_asked(storage: Storage) -> None:  # noqa: F811 # a fixture
    purses = [a_purse(storage) for _ in range(3)]
    for number in range(270):
        purses[number % 3].spend(READ)
    for purse in [*purses, a_purse(storage)]:  # the last one is a restart
        with pytest.raises(Transient, match="our budget of requests to the server is spent") as told:
            purse.spend(READ)
        assert told.value.retry_at == StillClock().now() + timedelta(minutes=5)
        assert purse.left()[Use.ANY] == 30
    for number in range(30):
        purses[number % 3].spend(WRITE)
    with pytest.raises(Transient):
        purses[0].spend(WRITE)


def test_a_refusal_closes_it_for_every_process_until_the_server_said(storage: Storage) -> None:  # noqa: F811
    clock = StillClock()
    one, two = a_purse(storage, clock), a_purse(storage, clock)
    reset = clock.now() + timedelta(minutes=2)
    look = one.learn(WRITE, 429, {"X-RateLimit-Reset": reset.isoformat()})
    assert look.retry_at == reset
    with pytest.raises(Transient) as told:
        two.spend(WRITE)
    assert told.value.retry_at == reset
    two.spend(READ)
    clock.time = reset
    two.spend(WRITE)


def test_what_is_scarce_is_left_to_messages(storage: Storage) -> None:  # noqa: F811 # a fixture
    one, two = a_purse(storage), a_purse(storage)
    reset = (StillClock().now() + timedelta(minutes=2)).isoformat()
    one.learn(READ, 200, {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "9", "X-RateLimit-Reset": reset})
    with pytest.raises(Transient):
        two.spend(READ)
    two.spend(WRITE)


def test_an_ordinary_answer_costs_nothing() -> None:
    fake = FakeStorage()
    assert a_purse(fake).learn(READ, 200, {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "299"})
    assert fake.rows.closings == {}


def test_a_limit_that_cannot_be_noted_does_not_hide_the_answer(tmp_path: Path) -> None:
    with closing(open_storage(f"sqlite:///{tmp_path / 'a.db'}")) as kept:
        purse = a_purse(kept)
        kept._engine.dispose()
        (tmp_path / "a.db").unlink()
        (tmp_path / "a.db").mkdir()
        assert purse.learn(WRITE, 429, {}).retry_at is not None
        with pytest.raises(Transient):
            purse.spend(WRITE)
