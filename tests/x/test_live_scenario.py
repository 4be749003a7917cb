"""What `tests/live/test_x.py` does with a real server, proved on the sandbox and on toys."""

import pytest

from sandbox.x.call import Habits
from tests.live.test_x import Server, look_around
from tests.x.world import World


@pytest.mark.parametrize("habits", [Habits(), Habits(is_shuffled=True, is_endless=True, is_deaf=True)])
@pytest.mark.parametrize("by", ["oauth1", "bearer"])
def test_it_holds_on_the_sandbox_and_on_toys(habits: Habits, by: str) -> None:
    world = World(sandbox_options={"habits": habits})
    for number in range(30):
        world.sandbox.publish(world.ben, f"number {number} #tea")
    world.say(world.cleo, "something else")
    world.web.write(world.ana, world.missed, "START")
    secrets = {"oauth1": world.missed.secrets, "bearer": world.missed.token}[by]
    text = {"api_url": world.sandbox.base_url, "bot_id": world.missed.id, "member_id": world.ana.id, by: secrets}
    look_around(Server.model_validate(text), world.clock)
    assert len(world.told(world.ana)) == 1
    world.close()
