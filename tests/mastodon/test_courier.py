from datetime import timedelta
from typing import Any

import pytest

from adapters.mastodon import MastodonAccount, connect
from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from bot.app.ports import Courier
from sandbox import Account, Fault
from tests.mastodon.world import Rude, World

TEXT = "Ben and Lee call you in #lrnchat.\nQ3 of 6: <why> & how?\n\nhttps://learn.example/@ben/117 — STOP ends this"


def own_messages(world: World) -> list[str]:
    """What the bot has on the server, wherever this dialect shows it."""
    path = "/api/v1/timelines/home" if world.dialect == "takahe" else f"/api/v1/accounts/{world.missed.id}/statuses"
    return list(dict.fromkeys(one["id"] for one in world.ask(world.missed, "GET", path)))


def deliver(world: World, to: Account | None = None) -> str:
    message = world.message(to or world.ana, text="an earlier message")
    return world.courier.send(message, "an earlier message").id


def strike(world: World, kind: Any, **more: Any) -> Fault:
    return world.sandbox.faults.add(Fault(kind, method="POST", path="/api/v1/statuses", times=1, **more))


def test_a_message_reaches_one_person_in_the_thread_of_their_own(world: World) -> None:
    courier: Courier = world.courier
    start = world.say(world.ana, "@missed START", visibility="direct")
    message = world.message(world.ana, text=TEXT, in_reply_to_id=start["id"])
    receipt = courier.send(message, TEXT)
    assert world.told(world.ana) == [receipt.id]
    assert world.told(world.ben) == []
    seen = world.ask(world.ana, "GET", f"/api/v1/statuses/{receipt.id}")
    assert (seen["visibility"], seen["in_reply_to_id"]) == ("direct", start["id"])
    assert [person["id"] for person in seen["mentions"]] == [world.ana.id]
    assert receipt.url == seen["url"]
    assert receipt.at == world.clock.now()


def test_a_person_on_another_server_is_reached(world: World) -> None:
    pat = world.sandbox.add_account("pat", domain="far.example")
    receipt = world.courier.send(world.message(pat), TEXT)
    assert world.told(pat) == [receipt.id]


def test_nobody_cannot_be_reached_and_nothing_is_left_behind(world: World) -> None:
    with pytest.raises(Permanent, match="delivered to nobody"):
        world.courier.send(world.message(None), TEXT)
    assert own_messages(world) == []


def test_who_blocks_the_bot_cannot_be_reached(world: World) -> None:
    world.ask(world.ana, "POST", f"/api/v1/accounts/{world.missed.id}/block")
    with pytest.raises(Permanent, match="delivered to nobody"):
        world.courier.send(world.message(world.ana), TEXT)
    assert own_messages(world) == []


def test_somebody_else_under_the_same_handle_is_not_the_one(world: World) -> None:
    message = world.message(world.ana).model_copy(update={"account_id": "another"})
    with pytest.raises(Permanent, match="delivered to nobody"):
        world.courier.send(message, TEXT)
    assert own_messages(world) == []


@pytest.mark.parametrize(
    "text", ["@ben calls you", "(@ben) calls", "with @ben@far.example", "hey,@ben", "-@ä", "x\n@ben"]
)
def test_a_text_that_would_reach_somebody_else_is_refused(mastodon: World, text: str) -> None:
    with pytest.raises(Permanent, match="@name"):
        mastodon.courier.send(mastodon.message(mastodon.ana), text)
    assert mastodon.sandbox.stats.total == 0


@pytest.mark.parametrize("text", ["https://a.example/@ben/117", "mail ben@far.example", "3 @ 4", "a @ b", "?x=@ben"])
def test_an_address_is_no_mention(world: World, text: str) -> None:
    receipt = world.courier.send(world.message(world.ana), text)
    assert world.told(world.ana) == [receipt.id]
    assert world.told(world.ben) == []


def test_a_gone_thread_does_not_stop_a_message(world: World) -> None:
    start = world.say(world.ana, "@missed START", visibility="direct")
    world.ask(world.ana, "DELETE", f"/api/v1/statuses/{start['id']}")
    receipt = world.courier.send(world.message(world.ana, in_reply_to_id=start["id"]), TEXT)
    assert world.told(world.ana) == [receipt.id]


def test_a_gone_thread_that_is_refused_in_other_words_does_neither(world: World) -> None:
    start = world.say(world.ana, "@missed START", visibility="direct")
    world.ask(world.ana, "DELETE", f"/api/v1/statuses/{start['id']}")
    strike(world, "status", status=400)
    message = world.message(world.ana, in_reply_to_id=start["id"])
    if world.dialect == "takahe":
        # It answers 500 to an id that it does not know, so the refusal may be of something else.
        with pytest.raises(Permanent, match="400"):
            world.courier.send(message, TEXT)
    else:
        receipt = world.courier.send(message, TEXT)
        assert world.told(world.ana) == [receipt.id]


def test_a_refusal_with_the_thread_in_place_is_final(world: World) -> None:
    start = world.say(world.ana, "@missed START", visibility="direct")
    strike(world, "status", status=422)
    with pytest.raises(Permanent, match="422"):
        world.courier.send(world.message(world.ana, in_reply_to_id=start["id"]), TEXT)
    assert own_messages(world) == []


def test_a_text_over_the_limit_is_refused_and_one_that_fills_the_room_is_not(world: World) -> None:
    message = world.message(world.ana)
    room = world.courier.room_for(message.handle)
    assert room == (5000 if world.dialect == "gotosocial" else 500) - len("@ana@learn.example ")
    with pytest.raises(Permanent):
        world.courier.send(message, "x" * (room + 100))
    receipt = world.courier.send(message, "x" * room)
    assert world.told(world.ana) == [receipt.id]


def test_room_is_the_least_known_while_the_server_is_down(mastodon: World) -> None:
    mastodon.sandbox.faults.add(Fault("status", status=503))
    assert mastodon.courier.room_for("ana@learn.example") == 500 - len("@ana@learn.example ")


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut_after"},
        {"kind": "status", "status": 500, "written": True},
        {"kind": "status", "status": 503, "written": True},
        {"kind": "html", "status": 502, "written": True},
        {"kind": "html", "status": 504, "written": True},
        {"kind": "empty", "written": True},
        {"kind": "html", "status": 200, "written": True},
        {"kind": "mangle", "mangling": "null"},
    ],
    ids=lambda fault: "-".join(str(part) for part in fault.values()),
)
def test_what_may_have_been_sent_is_uncertain_and_found(world: World, fault: dict[str, Any]) -> None:
    message = world.message(world.ana, text=TEXT)
    strike(world, **fault)
    with pytest.raises(Uncertain):
        world.courier.send(message, TEXT)
    receipt = world.courier.find(message)
    assert receipt is not None
    assert world.told(world.ana) == [receipt.id]


@pytest.mark.parametrize(
    "fault",
    [{"kind": "cut_before"}, {"kind": "status", "status": 500}, {"kind": "html", "status": 502}, {"kind": "empty"}],
    ids=lambda fault: "-".join(str(part) for part in fault.values()),
)
def test_what_was_not_sent_is_uncertain_and_found_absent(world: World, fault: dict[str, Any]) -> None:
    deliver(world)
    world.clock.pass_by(minutes=10)
    message = world.message(world.ana, text=TEXT)
    strike(world, **fault)
    with pytest.raises(Uncertain):
        world.courier.send(message, TEXT)
    with pytest.raises(Transient, match="on its way") as early:
        world.courier.find(message)
    assert message.attempted_at is not None
    assert early.value.retry_at == message.attempted_at + timedelta(minutes=1)
    world.clock.pass_by(minutes=1)
    assert world.courier.find(message) is None


def test_absence_where_nothing_was_ever_shown_proves_nothing(world: World) -> None:
    message = world.message(world.ana, text=TEXT)
    strike(world, "cut_before")
    with pytest.raises(Uncertain):
        world.courier.send(message, TEXT)
    world.clock.pass_by(minutes=5)
    with pytest.raises(Uncertain, match="never seen"):
        world.courier.find(message)


def test_a_place_that_once_showed_a_message_is_trusted_from_then_on(world: World) -> None:
    shown = deliver(world)
    first = world.message(world.ana, text=TEXT)
    world.clock.pass_by(minutes=5)
    assert world.courier.find(first) is None
    world.ask(world.missed, "DELETE", f"/api/v1/statuses/{shown}")
    assert world.courier.find(first) is None


def test_by_the_id_that_the_server_named_a_message_is_found_though_no_list_shows_it(
    mastodon: World,
) -> None:
    shown = deliver(mastodon)
    message = mastodon.message(mastodon.ana, text="in other words", receipt_id=shown)
    receipt = mastodon.courier.find(message)
    assert receipt is not None
    assert receipt.id == shown


@pytest.mark.parametrize("named", ["999999", "another's", "to somebody else"])
def test_an_id_of_something_else_proves_nothing(world: World, named: str) -> None:
    theirs = world.say(world.ben, "@ana hello", visibility="public")["id"]
    other = world.courier.send(world.message(world.ben, text=TEXT), TEXT).id
    post_id = {"another's": theirs, "to somebody else": other}.get(named, named)
    message = world.message(world.ana, text="in other words", receipt_id=post_id)
    world.clock.pass_by(minutes=1)
    assert world.courier.find(message) is None


def test_only_the_very_message_is_found(world: World) -> None:
    start = world.say(world.ana, "@missed START", visibility="direct")
    again = world.say(world.ana, "@missed START again", visibility="direct")
    world.courier.send(world.message(world.ana, text=TEXT, in_reply_to_id=start["id"]), TEXT)
    world.courier.send(world.message(world.ben, text=TEXT), TEXT)
    world.courier.send(world.message(world.ana, text="other words"), "other words")
    message = world.message(world.ana, text=TEXT, in_reply_to_id=again["id"])
    world.clock.pass_by(minutes=1)
    assert world.courier.find(message) is None
    receipt = world.courier.send(message, TEXT)
    assert world.courier.find(message) == receipt


def test_an_equal_message_from_before_the_attempt_is_not_it(world: World) -> None:
    world.courier.send(world.message(world.ana, text=TEXT), TEXT)
    world.clock.pass_by(minutes=3)
    message = world.message(world.ana, text=TEXT)
    world.clock.pass_by(minutes=1)
    assert world.courier.find(message) is None


def test_a_message_behind_a_hundred_later_ones_is_found(world: World) -> None:
    message = world.message(world.ana, text=TEXT)
    receipt = world.courier.send(message, TEXT)
    for number in range(100):
        world.say(world.missed, f"@ben {number}", visibility="direct")
    assert world.courier.find(message) == receipt


def test_what_was_never_attempted_is_not_there(mastodon: World) -> None:
    message = mastodon.message(mastodon.ana)
    assert mastodon.courier.find(message.model_copy(update={"attempted_at": None})) is None
    assert mastodon.sandbox.stats.total == 0
    with pytest.raises(Uncertain):
        mastodon.courier.find(message.model_copy(update={"text": None}))


@pytest.mark.parametrize("kind", ["cut_before", "status", "html", "empty"])
def test_looking_while_the_server_is_down_proves_nothing(world: World, kind: Any) -> None:
    deliver(world)
    message = world.message(world.ana)
    world.clock.pass_by(minutes=5)
    world.sandbox.faults.add(Fault(kind, status=200 if kind == "html" else 503))
    with pytest.raises(Transient):
        world.courier.find(message)


def test_a_limit_is_no_attempt(world: World) -> None:
    strike(world, "status", status=429, reset_after=90)
    world.account.open()
    with pytest.raises(Transient) as caught:
        world.courier.send(world.message(world.ana), TEXT)
    assert caught.value.retry_at == world.clock.now() + timedelta(seconds=90)
    assert own_messages(world) == []


def test_a_refused_connection_is_no_attempt(mastodon: World) -> None:
    mastodon.account.open()
    mastodon.sandbox.stop()
    with pytest.raises(Transient):
        mastodon.courier.send(mastodon.message(mastodon.ana), TEXT)


def test_anti_spam_that_stores_nothing_is_noticed(world: World) -> None:
    world.account.open()
    world.sandbox.faults.add(Fault("status", method="GET", path="/api/v1/statuses/", status=404))
    with pytest.raises(Uncertain, match="does not show it"):
        world.courier.send(world.message(world.ana), TEXT)


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 502}, {"kind": "cut_before"}, {"kind": "empty"}])
def test_a_second_look_that_fails_leaves_the_first_answer(world: World, fault: dict[str, Any]) -> None:
    world.account.open()
    world.sandbox.faults.add(Fault(method="GET", path="/api/v1/statuses/", **fault))
    receipt = world.courier.send(world.message(world.ana), TEXT)
    assert world.told(world.ana) == [receipt.id]


def test_an_answer_that_says_only_an_id_is_looked_up(world: World) -> None:
    strike(world, "mangle", mangling="fields")
    receipt = world.courier.send(world.message(world.ana), TEXT)
    assert world.told(world.ana) == [receipt.id]


def test_a_missing_scope_is_for_the_operator(world: World) -> None:
    weak = world.sandbox.new_token(world.missed, "read")
    with connect(world.sandbox.base_url, weak, world.clock) as account, pytest.raises(Misconfigured):
        account.courier.send(world.message(world.ana), TEXT)


def test_one_idempotency_key_is_one_message_where_the_server_keeps_it(mastodon: World) -> None:
    message = mastodon.message(mastodon.ana, text=TEXT)
    assert mastodon.courier.send(message, TEXT) == mastodon.courier.send(message, TEXT)
    assert len(mastodon.told(mastodon.ana)) == 1


def test_on_a_server_with_a_port_people_go_by_their_short_name(
    rude: Rude, rudely: MastodonAccount, world: World
) -> None:
    rude.say = lambda method, path: (
        (200, {}, {"id": "1", "acct": "missed"}) if path.startswith("/api/v1/accounts") else (404, {}, {})
    )
    rudely.open()
    host = rudely.source.me.handle.partition("@")[2]
    assert rudely.courier._address(f"ana@{host}") == "@ana"
    assert rudely.courier._address("ana@far.example") == "@ana@far.example"


def test_a_message_that_became_public_is_taken_back(rude: Rude, rudely: MastodonAccount, mastodon: World) -> None:
    message = mastodon.message(mastodon.ana)

    def say(method: str, path: str) -> tuple[int, dict[str, str], Any]:
        if method == "POST":
            return 200, {}, {"id": "7", "visibility": "public", "mentions": [{"id": message.account_id}]}
        return 200, {}, {"id": "1", "acct": "missed"}

    rude.say = say
    with pytest.raises(Permanent):
        rudely.courier.send(message, TEXT)
    assert rude.asked[-1] == "DELETE /api/v1/statuses/7"


OWN, HOME, THREAD = "/api/v1/accounts/1/statuses", "/api/v1/timelines/home", "/api/v1/statuses/s/context"


def held(world: World, **changes: Any) -> dict[str, Any]:
    """The message as a server holds it."""
    at = world.clock.now().isoformat()
    ana, us = {"id": world.ana.id, "acct": "ana"}, {"id": "1", "acct": "missed"}
    content = "<p>@ana come: <a href='https://e.example/x'>e.example/x</a> now</p>"
    status = {"id": "7", "created_at": at, "account": us, "mentions": [ana], "visibility": "direct", "content": content}
    return status | changes


def lay_out(rude: Rude, where: dict[str, list[dict[str, Any]]]) -> None:
    def say(method: str, path: str) -> tuple[int, dict[str, str], Any]:
        place, _, query = path.partition("?")
        if place.startswith("/api/v1/accounts/verify"):
            return 200, {}, {"id": "1", "acct": "missed"}
        found = [] if "max_id" in query else where.get(place, [])
        return 200, {}, {"descendants": found} if place == THREAD else found

    rude.say = say


@pytest.mark.parametrize("place", [OWN, HOME, THREAD])
def test_a_message_is_found_in_any_place(place: str, rude: Rude, rudely: MastodonAccount, mastodon: World) -> None:
    message = mastodon.message(mastodon.ana, text="come: https://e.example/x now", in_reply_to_id="s")
    lay_out(rude, {place: [held(mastodon)]})
    receipt = rudely.courier.find(message)
    assert receipt is not None
    assert receipt.id == "7"


def test_a_server_may_write_addresses_its_own_way(rude: Rude, rudely: MastodonAccount, mastodon: World) -> None:
    message = mastodon.message(mastodon.ana, text="come:   https://E.example/x?a#b now")
    lay_out(rude, {OWN: [held(mastodon)]})
    assert rudely.courier.find(message)


@pytest.mark.parametrize("place", [OWN, HOME])
def test_absence_counts_where_messages_are_shown(
    place: str, rude: Rude, rudely: MastodonAccount, mastodon: World
) -> None:
    lay_out(rude, {place: [held(mastodon, content="another")]})
    message = mastodon.message(mastodon.ana, text="come", in_reply_to_id="s")
    # The rude server's account has a clock that stands: the attempt was long ago for it.
    message = message.model_copy(update={"attempted_at": mastodon.clock.now() - timedelta(hours=1)})
    assert rudely.courier.find(message) is None


def test_absence_from_a_thread_proves_nothing(rude: Rude, rudely: MastodonAccount, mastodon: World) -> None:
    message = mastodon.message(mastodon.ana, text="come", in_reply_to_id="s")
    lay_out(rude, {THREAD: [held(mastodon, content="another")]})
    with pytest.raises(Uncertain):
        rudely.courier.find(message)


def test_absence_from_a_list_without_end_proves_nothing(rude: Rude, rudely: MastodonAccount, mastodon: World) -> None:
    message = mastodon.message(mastodon.ana, text="come")

    def say(method: str, path: str) -> tuple[int, dict[str, str], Any]:
        if "verify" in path:
            return 200, {}, {"id": "1", "acct": "missed"}
        return 200, {}, [held(mastodon, id=str(len(rude.asked)), content="another")]

    rude.say = say
    with pytest.raises(Uncertain):
        rudely.courier.find(message)
