"""What is played at once, and what came of it."""

from collections.abc import Iterator

import pytest

from tests.e2e.together import Outcomes


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    chosen = [item.obj for item in request.session.items if isinstance(item, pytest.Function)]
    with Outcomes(chosen, tmp_path_factory) as some:
        yield some
