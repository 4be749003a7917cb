"""Ties grow from what members write to each other; they order names and weigh callers."""

import pytest

from bot.app.compose import callers
from bot.app.shelves import CallRow
from bot.domain.model import Consent, Member, Person, Platform, Post
from bot.domain.ties import MENTION, REPLY, Tie
from tests.world import ANA, BEN, HOST, NORA, SESSION, World, at, member, person, post

EVE = person("eve")


def world(*members: Person) -> World:
    some = World()
    some.join(*(member(one) for one in members))
    return some


def read(some: World, *posts: Post) -> None:
    some.source.timeline += [*posts]
    some.cycle(max(((one.created_at - at(0)).total_seconds() / 60 for one in posts), default=0))


def tie(some: World, one: Person, other: Person) -> float:
    with some.storage.work() as work:
        found: Tie | None = work.ties.get(member(one).id, member(other).id)
    return found.weight if found else 0.0


@pytest.mark.parametrize(
    ("said", "weight"),
    [
        (post(ANA, "@nora what do you think? #lrnchat", 2), MENTION),
        (post(ANA, "That is it #lrnchat", 2, in_reply_to_author_id=NORA.id), REPLY),
        (post(ANA, "@nora yes #lrnchat", 2, in_reply_to_author_id=NORA.id), REPLY),
        (post(ANA, "Hello all #lrnchat", 2), 0),
        (post(ANA, "@nora you are missed #lrnchat", 2), 0),
        (post(ANA, "@eve hello #lrnchat", 2), 0),
        (post(EVE, "@nora hello #lrnchat", 2), 0),
    ],
    ids=["a name", "an answer", "an answer with the name", "nobody", "a call", "another", "no member"],
)
def test_members_who_write_to_each_other_are_tied(said: Post, weight: float) -> None:
    some = world(NORA, ANA)
    read(some, said)
    assert tie(some, ANA, NORA) == tie(some, NORA, ANA) == weight


def test_an_answer_to_a_post_that_we_read_counts_without_its_author_s_name() -> None:
    some = world(NORA, ANA)
    first = post(NORA, "I think so #lrnchat", 1)
    read(some, first, post(ANA, "Me too #lrnchat", 2, in_reply_to_id=first.id))
    assert tie(some, ANA, NORA) == REPLY


def test_nobody_is_tied_to_themselves_nor_in_a_chat_that_is_not_theirs() -> None:
    some = world(NORA)
    with some.storage.work() as work:
        work.members.put(member(BEN).model_copy(update={"chats": ("tea",)}))
        work.members.put(member(ANA, Consent.ASKED))
    read(some, *(post(NORA, f"@{who} hello #lrnchat", n) for n, who in enumerate(("nora", "ben", "ana"))))
    with some.storage.work() as work:
        assert work.ties.of(member(NORA).id) == {}


def call(caller: Person, minute: float) -> CallRow:
    return CallRow(
        session_id=SESSION.id, platform=Platform.MASTODON, post_id=f"{caller.id}{minute}", url="", caller_id=caller.id,
        member_id=member(NORA).id, caller_name=caller.name, kind="missed", phrase="p", at=at(minute),
    )  # fmt: skip


def test_the_closest_is_named_first_then_the_most_insistent_then_the_first() -> None:
    calls = [call(ANA, 1), call(BEN, 2), call(BEN, 3), call(EVE, 4), call(HOST, 5)]
    close = {(Platform.MASTODON, EVE.id): 2.0, (Platform.MASTODON, HOST.id): 0.1}
    assert callers(calls, {}) == ("Ben", "Ana", "Eve", "Host")
    assert callers(calls, close) == ("Eve", "Ben", "Ana", "Host")


def test_an_old_friend_comes_first_in_the_message_and_weighs_in_the_facts() -> None:
    some = world(NORA, ANA, BEN)
    with some.storage.work() as work:
        work.ties.put(member(NORA).id, member(BEN).id, Tie(weight=3, at=at(0)))
    read(some, post(HOST, "Q1: Why? #lrnchat", 1))
    read(some, *(post(who, "@nora you are missed #lrnchat", 10 + n) for n, who in enumerate((EVE, ANA, BEN))))
    some.cycle(16)
    ((_, text, _),) = some.courier.sent
    assert text.startswith("Ben, Eve, and Ana miss you")
    with some.storage.work() as work:
        who: Member = member(NORA)
        last = work.decisions.of(who.id, SESSION.id)[-1]
    assert last.facts["tie"] == pytest.approx(3, abs=0.01)
    assert last.facts["callers"] == 3
