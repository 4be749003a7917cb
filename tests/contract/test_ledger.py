"""What every storage promises about requests and costs, held against each of them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from adapters.storage import open_storage
from bot.app.shelves import Closing, CostRow, Storage, UnitOfWork
from tests.contract.samples import NOW, a_member, an_identity, at
from tests.contract.test_storage import FACTORIES

TODAY = NOW.date()


@pytest.fixture(params=FACTORIES)
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    with FACTORIES[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
def work(storage: Storage) -> Iterator[UnitOfWork]:
    with storage.work() as opened:
        yield opened


def test_requests_are_counted_by_account_and_use(work: UnitOfWork) -> None:
    for minute in (2, 0, 1):
        work.ledger.spend("x:missed", "search", at(minute))
    work.ledger.spend("x:missed", "send", at(0))
    work.ledger.spend("x:other", "search", at(0))
    assert work.ledger.spent("x:missed", "search", at(0)) == [at(1), at(2)]
    assert work.ledger.spent("x:missed", "search", at(-1)) == [at(0), at(1), at(2)]
    assert work.ledger.spent("x:missed", "like", at(-1)) == []


def test_a_later_closing_replaces_an_earlier_one(work: UnitOfWork) -> None:
    work.ledger.close("x:missed", "send", at(5), "too many")
    work.ledger.close("x:missed", "search", at(5), "too many")
    work.ledger.close("x:other", "send", at(5), "too many")
    work.ledger.close("x:missed", "send", at(9), "no credit")
    assert work.ledger.closings("x:missed") == [
        Closing(use="search", until=at(5), why="too many"),
        Closing(use="send", until=at(9), why="no credit"),
    ]


def test_a_thing_is_billed_once_a_day_whatever_the_chat(work: UnitOfWork) -> None:
    assert work.ledger.bill("x:missed", TODAY, "post_read", "tea", ("1", "2"), 5000) == 2
    assert work.ledger.bill("x:missed", TODAY, "post_read", "tea", ("2", "3"), 5000) == 1
    assert work.ledger.bill("x:missed", TODAY, "post_read", "coffee", ("3",), 5000) == 0
    assert work.ledger.bill("x:missed", TODAY, "user_read", "tea", ("3",), 10_000) == 1
    assert work.ledger.bill("x:missed", TODAY + timedelta(days=1), "post_read", "tea", ("1",), 5000) == 1
    assert work.ledger.bill("x:other", TODAY, "post_read", "tea", ("1",), 7000) == 1
    assert work.ledger.owed("x:missed", NOW) == 4 * 5000 + 10_000
    assert work.ledger.owed("x:missed", NOW + timedelta(days=1)) == 5000
    assert work.ledger.owed("x:nobody", NOW) == 0
    first = CostRow(account="x:missed", day=TODAY, kind="post_read", chat="tea", items=3, micros=15_000)
    assert work.ledger.costs(date(2000, 1, 1))[0] == first
    assert [row.day for row in work.ledger.costs(TODAY + timedelta(days=1))] == [TODAY + timedelta(days=1)]


def test_old_requests_and_ids_are_forgotten_costs_stay(work: UnitOfWork) -> None:
    work.ledger.spend("x:missed", "search", at(0))
    work.ledger.spend("x:missed", "search", NOW + timedelta(days=2))
    work.ledger.bill("x:missed", TODAY, "post_read", "tea", ("1",), 5000)
    assert work.ledger.prune(NOW + timedelta(days=1)) == 2
    assert work.ledger.spent("x:missed", "search", at(-1)) == [NOW + timedelta(days=2)]
    assert work.ledger.owed("x:missed", NOW) == 5000
    assert work.ledger.bill("x:missed", TODAY, "post_read", "tea", ("1",), 5000) == 1


def test_an_account_that_refuses_is_remembered(work: UnitOfWork) -> None:
    member = a_member(identities=(an_identity(refused_at=at(3)),))
    work.members.put(member)
    assert work.members.get(member.id) == member


def test_the_ledger_survives_a_restart(tmp_path: Path) -> None:
    make: Callable[[], Storage] = lambda: open_storage(f"sqlite:///{tmp_path}/missed.db")  # noqa: E731
    with make().work() as work:
        work.ledger.spend("x:missed", "send", at(0))
    with make().work() as work:
        assert work.ledger.spent("x:missed", "send", at(-1)) == [at(0)]
