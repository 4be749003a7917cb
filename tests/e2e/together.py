"""Evenings mostly wait, so a few are played at once, each on a network and in a folder of its own."""

from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final, Self

import pytest

from sandbox.dialect import DialectName
from tests.e2e.evening import Evening, evening_on

AT_ONCE: Final = 4

Play = Callable[[Path], None]
Test = Callable[["Outcomes"], None]

_plays: dict[Test, Play] = {}


def at_once(play: Play) -> Test:
    """Make a test of something that is played in a folder, with others at its side."""

    def test(outcomes: Outcomes) -> None:
        outcomes.of(test)

    _plays[test] = play
    return test


def scenario(dialect: DialectName = "mastodon") -> Callable[[Callable[[Evening], None]], Test]:
    """Make a test of what happens on an evening, on a server of that dialect."""

    def of(story: Callable[[Evening], None]) -> Test:
        def play(folder: Path) -> None:
            with evening_on(dialect, folder) as evening:
                story(evening)

        return at_once(play)

    return of


class Outcomes:
    """What comes of the tests that were chosen; they are begun in their order."""

    def __init__(self, tests: Collection[object], folders: pytest.TempPathFactory) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._coming: dict[Test, Future[None]] = {
            test: self._pool.submit(play, folders.mktemp("evening")) for test, play in _plays.items() if test in tests
        }

    def of(self, test: Test) -> None:
        """Wait for a test's end; raises what it raised."""
        self._coming[test].result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
