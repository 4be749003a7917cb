"""Whole evenings on real databases: what is promised on the fake storage holds on each of them."""

import inspect
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.app.shelves import Storage
from tests.app import test_evening, test_two_accounts
from tests.contract.test_storage import FACTORIES

LOOKS_INSIDE = {"test_running_every_hop_twice_changes_nothing"}
"""Compares the fake's rows as a whole."""

EVENINGS: list[Callable[[], None]] = [
    test
    for module in (test_evening, test_two_accounts)
    for name, test in vars(module).items()
    if name.startswith("test_") and name not in LOOKS_INSIDE and not inspect.signature(test).parameters
]


def test_there_are_evenings() -> None:
    assert len(EVENINGS) > 25


@pytest.mark.parametrize("evening", EVENINGS, ids=lambda evening: evening.__name__)
@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_an_evening(evening: Callable[[], None], where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as opened:

        def another() -> Storage:
            folder = tmp_path / secrets.token_hex(4)
            folder.mkdir()
            return opened.enter_context(FACTORIES[where](folder))

        monkeypatch.setattr("tests.world.FakeStorage", another)
        evening()
