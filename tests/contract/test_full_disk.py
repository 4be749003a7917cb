"""A disk that is full in the middle of a session: nothing new is taken, nothing is lost, and it goes on by itself."""

from contextlib import closing
from pathlib import Path

from adapters.storage import open_storage
from tests.contract.test_sqlite import room_for
from tests.world import ANA, CHAT, HOST, World, at, member, person, post


def test_a_session_goes_on_from_where_it_stood_when_there_is_room_again(tmp_path: Path) -> None:
    with closing(open_storage(f"sqlite:///{tmp_path / 'a.db'}")) as storage:
        world = World()
        world.storage = storage  # type: ignore[assignment] # the real one in the fake one's place
        world.use(CHAT)
        world.join(member())
        world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "I am here", 5)]
        world.cycle(6)
        cursor = _cursor(world)

        world.source.timeline += [post(person(f"guest{n}"), "word " * 20, 7 + n / 1000) for n in range(300)]
        world.source.timeline.append(post(ANA, "@nora you are missed", 8))
        storage.close()
        with room_for(pages=1):  # fewer than there are: not one more
            world.clock.time = at(9)
            assert not world.listen.tick(at(9))
            assert not world.listen.tick(at(9.5))
            storage.close()
        assert _cursor(world) == cursor, "it stands where it stood"
        assert world.courier.sent == []

        for minute in (12, 15, 19):
            world.cycle(minute)
        with storage.work() as work:
            assert work.posts.people("lrnchat@2026-11-20T01:30Z", at(60)) == 302
        assert len(world.courier.sent) == 1


def _cursor(world: World) -> str | None:
    with world.storage.work() as work:
        return work.cursors.get(f"{world.source.name}/lrnchat@2026-11-20T01:30Z")
