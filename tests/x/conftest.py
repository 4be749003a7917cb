"""The sandbox's X with the bot on it."""

from collections.abc import Iterator

import pytest

from tests.x.world import World


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()
