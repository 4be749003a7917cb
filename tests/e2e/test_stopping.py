"""Ends: what is being sent is finished and recorded, and the next start goes on from there."""

import signal

from sandbox import Fault
from tests.e2e.evening import Evening
from tests.e2e.process import STARTS_WITHIN, eventually
from tests.e2e.together import scenario


@scenario("gotosocial")  # which ignores idempotency keys: what is sent twice arrives twice
def test_the_message_in_flight_is_finished_and_a_restart_sends_nothing_again(evening: Evening) -> None:
    bot = evening.watching()
    evening.join(evening.nora)
    evening.ask()
    evening.sandbox.faults.add(Fault("slow", method="POST", path="/api/v1/statuses", account="missed", seconds=2))
    evening.call(evening.nora)
    eventually(lambda: evening.house.states() == ["sending"], "the message is being sent")
    assert bot.stop() == 0
    assert bot.log.endswith(" INFO stopped\n")
    assert evening.house.states() == ["sent"]
    assert len(evening.inbox()) == 3
    evening.sandbox.faults.clear()
    again = evening.watching()
    evening.is_all(3)
    assert again.told_to(signal.SIGINT) == 0
    assert again.log.endswith(" INFO stopped\n")


@scenario()
def test_a_bot_that_waits_for_its_server_ends_at_once(evening: Evening) -> None:
    evening.sandbox.stop()
    bot = evening.bot()
    bot.says("next try at", within=STARTS_WITHIN)
    assert bot.stop() == 0
    assert bot.log.endswith(" INFO stopped\n")
