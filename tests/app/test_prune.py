"""The running service prunes what is too old, and judges from what is left as before."""

from datetime import timedelta

from bot.app.prune import BATCH, BATCHES_AT_MOST, Prune
from bot.domain.outbox import State
from tests.world import ANA, HOST, World, at, member, post

YEARS = timedelta(days=760)
MONTH = timedelta(days=30)


def test_old_posts_go_and_what_is_young_stays() -> None:
    world = World()
    world.join(member())
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    for minute in (10.5, 14, 30, 75, 130, 500, 1600):
        world.cycle(minute)
    prune = Prune(world.storage, YEARS, MONTH)
    assert prune.tick(at(0) + timedelta(days=29)) == 0
    assert prune.tick(at(0) + timedelta(days=31)) == 2
    assert [one.state for one in world.outbox()] == [State.SENT]
    assert prune.tick(at(0) + timedelta(days=764)) > 3
    assert world.outbox() == []


def test_much_goes_in_many_ticks() -> None:
    world = World()
    with world.storage.work() as work:
        for number in range(BATCH * BATCHES_AT_MOST + 1):
            work.posts.add(post(HOST, "hello", 1, id=f"p{number}", uri=f"p{number}"), None)
    prune = Prune(world.storage, YEARS, MONTH)
    assert prune.tick(at(0) + timedelta(days=31)) == BATCH * BATCHES_AT_MOST
    assert prune.tick(at(0) + timedelta(days=31)) == 1
