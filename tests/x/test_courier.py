"""One message to one person: proved, refused for good, or found again."""

from datetime import timedelta

import pytest

from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from bot.app.ports import Courier
from sandbox import Fault
from tests.x.world import World

MESSAGES = "^.*/messages"
EVENTS = "^.*/with/.*/dm_events"


def test_a_message_arrives_and_its_receipt_proves_it(world: World) -> None:
    courier: Courier = world.courier
    receipt = courier.send(world.message(world.ana), "Ana, you are missed!")
    assert world.told(world.ana) == ["Ana, you are missed!"]
    (event,) = world.sandbox.network.events
    assert receipt.id == event.id
    assert event.conversation_id in receipt.url
    assert world.owed() == pytest.approx(0.015)
    assert courier.room_for("ana@x.com") >= 500


@pytest.mark.parametrize("why", ["closed", "blocked", "suspended", "gone"])
def test_who_cannot_be_reached_is_refused_for_good(world: World, why: str) -> None:
    message = world.message(world.ana)
    if why == "closed":
        world.ana.accepts_messages = False
    elif why == "blocked":
        world.ana.blocks.add(world.missed.id)
    elif why == "suspended":
        world.ana.is_suspended = True
    else:
        message = message.model_copy(update={"account_id": "1"})
    with pytest.raises(Permanent):
        world.courier.send(message, "hello")
    assert world.sandbox.network.events == []


def test_a_refusal_with_the_message_delivered_is_a_success(world: World) -> None:
    world.sandbox.faults.add(Fault("status", status=403, written=True, path=MESSAGES, times=1))
    receipt = world.courier.send(world.message(world.ana, text="hello"), "hello")
    assert receipt.id == world.sandbox.network.events[0].id


def test_what_was_sent_is_not_called_unsent_because_its_cost_cannot_be_noted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise Transient("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("bot.app.till.Till.bill", full)
        with pytest.raises(Uncertain, match="its cost could not be noted: the disk is full"):
            world.courier.send(world.message(world.ana, text="hello"), "hello")
    assert world.told(world.ana) == ["hello"]


def test_a_refusal_that_cannot_be_checked_is_uncertain(world: World) -> None:
    world.sandbox.faults.add(Fault("status", status=403, path=MESSAGES, times=1))
    world.sandbox.faults.add(Fault("status", status=503, path=EVENTS, times=1))
    with pytest.raises(Uncertain):
        world.courier.send(world.message(world.ana, text="hello"), "hello")


def test_a_suspended_bot_is_told_to_the_operator(world: World) -> None:
    world.source.me  # noqa: B018 - known before
    world.missed.is_suspended = True
    with pytest.raises(Misconfigured, match="suspended"):
        world.courier.send(world.message(world.ana), "hello")


@pytest.mark.parametrize("kind", ["cut_after", "empty", "html"])
def test_what_may_have_been_sent_is_found_again(world: World, kind: str) -> None:
    world.sandbox.faults.add(Fault(kind, status=502, written=True, path=MESSAGES, times=1))  # type: ignore[arg-type]
    message = world.message(world.ana, text="Come: https://x.com/i/status/1 now")
    with pytest.raises(Uncertain):
        world.courier.send(message, message.text or "")
    world.sandbox.network.events[0].text = "Come: https://t.co/abc now"
    receipt = world.courier.find(message)
    assert receipt is not None
    assert receipt.id == world.sandbox.network.events[0].id
    with world.storage.work() as work:
        assert work.ledger.owed("x:missed", world.clock.now()) == 15_000 + 10_000


def test_absence_is_proved_only_after_a_while(world: World) -> None:
    world.sandbox.faults.add(Fault("cut_before", path=MESSAGES, times=1))
    message = world.message(world.ana, text="hello")
    with pytest.raises(Uncertain):
        world.courier.send(message, "hello")
    with pytest.raises(Transient) as told:
        world.courier.find(message)
    assert told.value.retry_at == message.created_at + timedelta(seconds=60)
    world.clock.pass_by(minutes=2)
    assert world.courier.find(message) is None


def test_another_message_is_not_taken_for_it(world: World) -> None:
    old = world.message(world.ana, text="hello")
    world.courier.send(old, "hello")
    world.clock.pass_by(minutes=10)
    world.web.write(world.ana, world.missed, "hello")
    world.courier.send(world.message(world.ana, text="other"), "other")
    message = world.message(world.ana, text="hello")
    world.clock.pass_by(minutes=2)
    assert world.courier.find(message) is None


def test_a_long_conversation_is_read_back_to_the_attempt(world: World) -> None:
    message = world.message(world.ana, text="hello")
    world.sandbox.network.write(world.missed, world.ana, "hello")
    for number in range(60):
        world.clock.pass_by(seconds=1)
        world.sandbox.network.write(world.ana, world.missed, f"{number}")
    assert world.courier.find(message) is not None
    for number in range(60):
        world.sandbox.network.write(world.ana, world.missed, f"{number}")
    with pytest.raises(Uncertain):
        world.courier.find(message)


def test_what_was_never_attempted_is_not_there_and_without_a_text_nobody_knows(world: World) -> None:
    message = world.message(world.ana)
    assert world.courier.find(message.model_copy(update={"attempted_at": None})) is None
    with pytest.raises(Uncertain):
        world.courier.find(message.model_copy(update={"text": None}))


def test_an_answer_with_errors_is_no_proof_of_absence(world: World) -> None:
    message = world.message(world.ana, text="hello")
    world.courier.send(message, "hello")
    world.clock.pass_by(minutes=2)
    world.sandbox.faults.add(Fault("mangle", mangling="errors", path=EVENTS, times=1))
    with pytest.raises(Transient):
        world.courier.find(message)


def test_fifteen_messages_a_quarter_of_an_hour_and_no_more_over_a_restart(world: World) -> None:
    for _ in range(15):
        world.courier.send(world.message(world.ana), "hello")
    world.restart()
    before = len(world.sandbox.network.events)
    with pytest.raises(Transient) as told:
        world.courier.send(world.message(world.ana), "hello")
    assert told.value.retry_at is not None
    assert len(world.sandbox.network.events) == before
    world.clock.at = told.value.retry_at
    world.courier.send(world.message(world.ana), "hello")


def test_money_never_stops_sending_and_missing_credit_does(world: World) -> None:
    world.monthly = 0
    world.restart()
    world.courier.send(world.message(world.ana), "hello")
    world.sandbox.meter.credit["bot"] = 0
    with pytest.raises(Transient, match="402"):
        world.courier.send(world.message(world.ana), "hello")


def test_no_connection_proves_that_nothing_was_sent(world: World) -> None:
    world.sandbox.stop()
    with pytest.raises(Transient):
        world.courier.send(world.message(world.ana), "hello")


def test_the_witness_looks_at_what_a_member_wrote(world: World) -> None:
    world.say(world.ana, "earlier")
    since = world.clock.now()
    key = world.say(world.ana, "here #tea")
    assert [one.id for one in world.witness.latest_posts(world.ana.id, since)] == [key]
    assert world.witness.latest_posts(world.cleo.id, since) == ()
    assert world.witness.latest_posts("1", since) == ()
    world.sandbox.faults.add(Fault("status", status=503, path="^.*/tweets", times=1))
    with pytest.raises(Transient):
        world.witness.latest_posts(world.ana.id, since)
    world.sandbox.faults.add(Fault("mangle", mangling="null", path="^.*/tweets", times=1))
    with pytest.raises(Transient):
        world.witness.latest_posts(world.ana.id, since)


def test_the_checkup_says_what_is_and_costs_nothing(world: World) -> None:
    found = {one.name: one for one in world.account.examine()}
    assert found["account"].text == "@missed@x.com"
    assert found["search"].ok
    assert "dm_send 15" in found["limits"].text
    assert world.owed() == 0
    world.sandbox.faults.add(Fault("status", status=401, times=1))
    assert [one.ok for one in world.account.examine()] == [False]
    world.sandbox.faults.add(Fault("status", status=503, times=1))
    assert [one.name for one in world.account.examine()] == ["reachable"]
