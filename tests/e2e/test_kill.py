"""Power cuts and broken connections: each message arrives once, whatever moment was hit.

The server is one that ignores idempotency keys, so that what is sent twice arrives twice.
"""

import random
import threading
from typing import Final, NamedTuple

from sandbox import Account, Fault
from tests.e2e.evening import Evening
from tests.e2e.process import eventually
from tests.e2e.together import scenario

WAY: Final = ("nowhere", "called", "pending", "sending", "uncertain", "sent")
"""The stations of a call, by its rows."""


class Strike(NamedTuple):
    """A kill, when a call has come to that station (None: by chance), with something wrong at the server.

    `is_lost`: the server never carries the request out, which the bot believes only after a minute.
    """

    station: str | None
    fault: Fault | None = None
    is_lost: bool = False


def slow(seconds: float) -> Fault:
    return Fault("slow", method="POST", path="/api/v1/statuses", account="missed", seconds=seconds)


def cut_before() -> Fault:
    return Fault("cut_before", method="POST", path="/api/v1/statuses", account="missed", times=1)


def cut_after() -> Fault:
    return Fault("cut_after", method="POST", path="/api/v1/statuses", account="missed", times=1)


def strikes() -> list[Strike]:
    """Every station of the way, and one by chance."""
    return [
        Strike("called"),
        Strike("pending"),
        Strike("sending", slow(0.3)),
        Strike("uncertain", cut_after()),
        Strike("sending", slow(60), is_lost=True),
        Strike("uncertain", cut_before(), is_lost=True),
        Strike(None),
    ]


@scenario("gotosocial")
def test_after_every_kill_each_message_arrives_once(evening: Evening) -> None:
    chance = random.Random(20_261_119)
    members = evening.add_people(*(f"member{n}of7" for n in range(len(strikes()))))
    bot = evening.watching()
    evening.join(*members)
    evening.is_heard(evening.ask())
    for number, (member, strike) in enumerate(zip(members, strikes(), strict=True)):
        evening.call(member)
        bot.watches()
        _is_sent(evening, *members[:number])
        if strike.fault:
            evening.sandbox.faults.add(strike.fault)
        _wait(evening, member, strike, chance)
        bot.kill()
        _come_back(evening, member, strike)
        bot = evening.bot()
    evening.write("START")
    bot.watches()
    _is_sent(evening, *members)
    threading.Event().wait(chance.uniform(0, 1))
    bot.kill()
    evening.watching()
    evening.is_all(1)
    evening.is_all(3, *members)
    for member in members:
        assert [_gist(one.text) for one in evening.inbox(member)[:3]] == ["welcome", "started", "reminder"], member.acct


def _is_sent(evening: Evening, *members: Account) -> None:
    for member in members:
        eventually(lambda who=member: _station(evening, who) == WAY.index("sent"), "it is sent")  # type: ignore[misc]


def _wait(evening: Evening, member: Account, strike: Strike, chance: random.Random) -> None:
    if strike.station is None:
        threading.Event().wait(chance.uniform(0, 1.5))
        return
    at = WAY.index(strike.station)
    eventually(lambda: _station(evening, member) >= at, f"the call comes to {strike.station}", every=0.004)
    if strike.fault:
        eventually(lambda: strike.fault and strike.fault.fired, "the request has arrived", every=0.004)


def _station(evening: Evening, member: Account) -> int:
    """Where the member's reminder is; a station may be passed between two looks."""
    states = evening.house.rows("SELECT state FROM outbox WHERE kind = 'called' AND account_id = ?", member.id)
    if states:
        return WAY.index(states[0][0])
    query = "SELECT 1 FROM call JOIN identity USING (member_id) WHERE account_id = ?"
    return WAY.index("called" if evening.house.rows(query, member.id) else "nowhere")


def _come_back(evening: Evening, member: Account, strike: Strike) -> None:
    """Let the server finish what it was asked; or, if it does not or dies as well, two minutes pass."""
    evening.sandbox.faults.clear()
    if strike.is_lost:
        evening.sandbox.stop()
        evening.sandbox.start()
        evening.house.let_pass(minutes=2)
    elif strike.fault and not _is_finished(evening, member):
        evening.house.let_pass(minutes=2)


def _is_finished(evening: Evening, member: Account) -> bool:
    """Say whether the server carried the request out; it may let go of one whose line was cut."""
    never = threading.Event()
    return any(len(evening.inbox(member)) >= 3 or never.wait(0.1) for _ in range(20))


def _gist(text: str) -> str:
    marks = {"Hello!": "welcome", "You are in": "started", "misses you": "reminder"}
    return next((name for mark, name in marks.items() if mark in text), text)


@scenario("gotosocial")
def test_what_may_have_arrived_is_looked_for_and_never_sent_blindly(evening: Evening) -> None:
    bot = evening.watching()
    evening.join(evening.nora, evening.ben)
    evening.ask()
    evening.sandbox.faults.add(cut_after())
    evening.call(evening.nora)
    eventually(lambda: evening.house.states() == ["sent"], "it is found on the server")
    evening.sandbox.faults.add(cut_before())
    evening.call(evening.ben)
    bot.says("may still be on its way")
    evening.is_all(3)
    assert len(evening.inbox(evening.ben)) == 2, "it is not sent again while the first may still arrive"
    assert bot.stop() == 0
    evening.house.let_pass(minutes=2)
    evening.watching()
    assert _gist(evening.arrives(3, evening.ben).text) == "reminder"
    evening.is_all(3, evening.ben)
