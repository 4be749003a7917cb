"""What every platform promises by `bot/app/ports.py`, held against each of them; no test here knows which it is."""

from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest

from bot.app.errors import Permanent, Transient, Uncertain
from tests.contract.platforms import HOUSES, Fault, House, drained, watch
from tests.world import knowing


@pytest.fixture(params=HOUSES)
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    made = HOUSES[request.param]()
    yield made
    made.close()


def read(house: House, cursor: str | None = None) -> tuple[list[str], str | None]:
    since = house.clock.now() - timedelta(hours=1)
    house.source.watching([watch(house, "tea")], knowing())
    return drained(lambda at: house.source.chat("tea", at, since), cursor)


def test_the_source_says_who_the_bot_is(house: House) -> None:
    assert house.source.me.id == house.person("missed").id
    assert house.source.name.endswith(house.source.me.handle)
    assert "@" in house.source.me.handle


def test_a_tag_is_read_whole_oldest_first_without_our_own(house: House) -> None:
    first = house.say("ana", "one #tea")
    house.say("missed", "ours #tea")
    house.say("ana", "another #coffee")
    second = house.say("ben", "two #Tea", reply_to=first)
    assert read(house)[0] == [first, second]


def test_a_cursor_loses_nothing(house: House) -> None:
    keys = [house.say("ana", f"number {number} #tea") for number in range(3)]
    seen, cursor = read(house)
    for number in range(45):
        keys.append(house.say("ben", f"more {number} #tea"))
        if number % 9 == 0:
            more, cursor = read(house, cursor)
            seen += more
    more, cursor = read(house, cursor)
    assert list(dict.fromkeys(seen + more)) == keys
    assert cursor is not None


def test_a_post_has_what_the_domain_needs(house: House) -> None:
    parent = house.say("ben", "Q1: what? #tea")
    key = house.say("ana", "@ben I say <this> & that #Tea", reply_to=parent)
    house.source.watching([watch(house, "tea")], knowing(house.person("ana"), house.person("ben")))
    posts = {one.id: one for one in house.source.chat("tea", None, house.clock.now() - timedelta(hours=1)).posts}
    one = posts[key]
    assert one.author.id == house.person("ana").id
    assert one.author.handle == house.person("ana").handle
    assert "I say <this> & that" in one.text
    assert one.tags == ("tea",)
    assert [who.id for who in one.mentions] == [house.person("ben").id]
    assert (one.in_reply_to_id, one.in_reply_to_author_id) == (parent, house.person("ben").id)
    assert one.created_at.tzinfo is UTC
    assert one.url.startswith("http")
    assert not one.is_direct


def test_answers_without_the_tag_are_found_in_threads(house: House) -> None:
    question = house.say("ben", "Q1: what? #tea")
    answer = house.say("ana", "an answer without it", reply_to=question)
    house.say("cleo", "something else")
    read(house)
    assert answer in [one.id for one in house.source.threads([question]).posts]


def test_the_inbox_brings_messages_and_mentions_once(house: House) -> None:
    since = house.clock.now() - timedelta(hours=1)
    house.source.me  # noqa: B018 - the bot has introduced itself
    house.write("ana", "START")
    mention = house.say("ben", "@missed HERE")
    page = house.source.inbox(None, since)
    assert [(one.author.id, one.is_direct) for one in page.posts] == [
        (house.person("ana").id, True),
        (house.person("ben").id, False),
    ]
    assert all(house.source.me.id in {who.id for who in one.mentions} for one in page.posts)
    house.clock.pass_by(minutes=3)
    assert mention not in [one.id for one in house.source.inbox(page.cursor, since).posts[1:]]
    house.write("ana", "STOP")
    assert "STOP" in house.source.inbox(page.cursor, since).posts[-1].text


def test_a_message_reaches_one_person_and_its_receipt_finds_it(house: House) -> None:
    house.write("ana", "START")
    message = house.message("ana", "Ana, you are missed!")
    assert house.courier.room_for(message.handle) >= 400
    receipt = house.courier.send(message, message.text or "")
    assert house.told("ana") == 1
    assert house.told("ben") == 0
    found = house.courier.find(message)
    assert found is not None
    assert found.id == receipt.id


def test_who_has_blocked_the_bot_is_refused_for_good(house: House) -> None:
    house.write("ana", "START")
    house.shut("ana")
    message = house.message("ana", "hello")
    with pytest.raises(Permanent):
        house.courier.send(message, "hello")
    assert house.told("ana") == 0


def test_an_answer_that_was_lost_is_uncertain_and_read_back(house: House) -> None:
    house.write("ana", "START")
    house.faults.add(Fault("cut_after", path=house.sending, method="POST", times=1))
    message = house.message("ana", "you are missed")
    with pytest.raises(Uncertain):
        house.courier.send(message, "you are missed")
    assert house.courier.find(message) is not None
    assert house.told("ana") == 1


def test_what_never_arrived_is_proved_absent_in_time(house: House) -> None:
    house.write("ana", "START")
    house.courier.send(house.message("ana", "an earlier one"), "an earlier one")
    house.faults.add(Fault("cut_before", path=house.sending, method="POST", times=1))
    message = house.message("ana", "you are missed")
    with pytest.raises(Uncertain):
        house.courier.send(message, "you are missed")
    with pytest.raises(Transient) as told:
        house.courier.find(message)
    assert told.value.retry_at is not None
    house.clock.at = told.value.retry_at + timedelta(seconds=1)
    assert house.courier.find(message) is None


def test_a_limit_says_when_to_try_again(house: House) -> None:
    house.source.me  # noqa: B018 - known before
    house.write("ana", "START")
    house.faults.add(Fault("status", status=429, reset_after=120, path=house.sending, method="POST", times=1))
    message = house.message("ana", "hello")
    before = house.clock.now()
    with pytest.raises(Transient) as told:
        house.courier.send(message, "hello")
    assert told.value.retry_at is not None
    assert before < told.value.retry_at <= before + timedelta(minutes=20)


def test_a_server_that_is_down_is_transient_for_reading_and_looking(house: House) -> None:
    house.source.me  # noqa: B018 - known before
    house.faults.add(Fault("status", status=503))
    since = house.clock.now() - timedelta(hours=1)
    for ask in (
        lambda: house.source.inbox(None, since),
        lambda: house.source.chat("tea", None, since),
        lambda: house.witness.latest_posts(house.person("ana").id, since),
    ):
        with pytest.raises(Transient):
            ask()


def test_the_witness_sees_whoever_has_come(house: House) -> None:
    since = house.clock.now()
    key = house.say("ana", "here I am #tea")
    assert [one.id for one in house.witness.latest_posts(house.person("ana").id, since)] == [key]
    assert house.witness.latest_posts(house.person("cleo").id, since) == ()
