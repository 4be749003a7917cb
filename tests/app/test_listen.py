"""Several accounts at once: all of them are read, and a session is known only as far as all of them told."""

from bot.app.listen import PAGES_AT_MOST, Listen
from bot.app.ports import Page, Seen
from bot.domain.model import Consent, Person, Platform
from tests.world import ANA, DOWN, NORA, SESSION, FakeSource, World, at, member, post


class Other(FakeSource):
    """An account on another platform that brings nothing late."""

    name = "x:missed@x.com"
    me = Person(platform=Platform.X, id="7", handle="missed@x.com", is_bot=True)
    brings_late = False


class Mute(Other):
    """One that was never reached."""

    @property
    def name(self) -> str:  # type: ignore[override]
        raise DOWN


def two(world: World, other: FakeSource) -> None:
    world.listen = Listen(
        [world.source, other], world.storage, world.ingest, world.converse, world.chats, world.events.append
    )


def watched_until(world: World) -> object:
    with world.storage.work() as work:
        row = work.sessions.get(SESSION.id)
    return row.watched_until if row else None


def test_a_session_is_known_only_as_far_as_every_account_told() -> None:
    world = World()
    other = Other(world.clock)
    two(world, other)
    other.trouble = DOWN
    world.cycle(1)
    assert watched_until(world) is None
    other.trouble = None
    world.cycle(3)
    assert watched_until(world) == at(3)


def test_an_account_that_was_never_reached_is_told_of_by_its_place() -> None:
    world = World()
    other = Mute(world.clock)
    two(world, other)
    assert not world.listen.tick(at(1))
    troubles = [one for one in world.events if type(one).__name__ == "SourceChanged"]
    assert "account 2" in str(troubles[0])


def test_the_sweep_begins_anew_only_where_posts_come_late() -> None:
    world = World()
    other = Other(world.clock)
    two(world, other)
    other.timeline = [post(ANA, "hello", 1, platform=Platform.X)]
    world.cycle(2)
    other.asked.clear()
    world.source.asked.clear()
    world.cycle(71)
    assert ("chat", "1") in other.asked
    assert ("chat", None) in world.source.asked
    assert ("chat", None) not in other.asked


def test_sources_hear_beforehand_what_is_read_and_members_only_while_it_is_on() -> None:
    world = World()
    world.join(member(), member(ANA, Consent.ASKED))
    world.cycle(1)
    (watch,) = world.source.watched
    assert (watch.tag, watch.since) == (SESSION.chat, at(-10))
    assert [one.id for one in watch.people] == [NORA.id]
    assert [world.source.member(NORA.platform, key) for key in (NORA.id, ANA.id, "x")] == [NORA, ANA, None]
    assert world.source.member(Platform.X, NORA.id) is None
    world.cycle(130)
    (watch,) = world.source.watched
    assert watch.people == ()
    assert [one.id for one in watch.roll] == [NORA.id], "who was there may still be asked"


def test_sources_hear_which_members_asked_to_be_left_alone() -> None:
    world = World()
    shy = member().identities[0].model_copy(update={"wants_no_bots": True})
    world.join(member().model_copy(update={"identities": (shy,)}))
    world.cycle(1)
    known = world.source.member(NORA.platform, NORA.id)
    assert known is not None
    assert known.wants_no_bots


def test_a_post_without_the_tag_that_speaks_to_a_member_is_a_call() -> None:
    world = World()
    world.join(member())
    one = post(ANA, "you are missed, @nora!", 5, tags=())
    world.source.chat = lambda tag, cursor, since: Page(posts=(one,), cursor="1")  # type: ignore[method-assign]
    world.listen.tick(at(6))
    with world.storage.work() as work:
        assert len(work.calls.of(member().id, SESSION.id)) == 1


def test_pages_without_an_end_are_left_at_some_point() -> None:
    world = World()
    asked: list[str | None] = []

    def chat(tag: str, cursor: str | None, since: object) -> Page:
        asked.append(cursor)
        return Page(cursor="1", has_more=True)

    world.source.chat = chat  # type: ignore[method-assign]
    assert not world.listen.tick(at(1))
    assert len(asked) == PAGES_AT_MOST
    assert watched_until(world) is None


def test_who_was_counted_attended() -> None:
    world = World()
    world.join(member())
    page = Page(seen=(Seen(person=NORA, at=at(12)), Seen(person=ANA, at=at(12))))
    world.source.chat = lambda tag, cursor, since: page  # type: ignore[method-assign]
    world.listen.tick(at(61))
    with world.storage.work() as work:
        (row,) = work.attendances.of_session(SESSION.id)
    assert (row.member_id, row.first_at) == (member().id, at(12))
