"""A short storm; `make chaos` plays one of 500 kills."""

from pathlib import Path
from typing import Final

from tests.chaos.__main__ import environment
from tests.chaos.plan import Plan, Scale
from tests.chaos.storm import Storm
from tests.e2e.together import at_once

SCALE: Final = Scale(members=7, sessions=2, kills=24, minutes=30, speed=40)


@at_once
def test_in_a_short_storm_nothing_is_lost_doubled_or_late(folder: Path) -> None:
    plan = Plan(7, SCALE)
    found = Storm(plan, folder).play(environment())
    assert found["is_well"], found
    assert (found["received"], found["undeliverable"]) == (len(plan.due), 0)
    assert found["kills"] >= SCALE.kills / 2
    assert len(found["troubles"]) > 8
