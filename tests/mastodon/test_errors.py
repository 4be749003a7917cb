import logging
from collections.abc import Callable
from datetime import timedelta
from traceback import format_exception
from typing import Any

import pytest

from adapters.bounded import SIZE_LIMIT
from adapters.mastodon import MastodonAccount, connect
from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from sandbox import Fault
from tests.mastodon.world import Hand, Rude, World

READINGS: dict[str, Callable[[World], object]] = {
    "open": lambda world: world.account.open(),
    "inbox": lambda world: world.source.inbox(None, world.hour_ago),
    "chat": lambda world: world.source.chat("lrnchat", None, world.hour_ago),
    "threads": lambda world: world.source.threads(["1"]),
    "witness": lambda world: world.witness.latest_posts("1", world.hour_ago),
    "find": lambda world: world.courier.find(world.message(world.ana)),
}
TROUBLES: list[dict[str, Any]] = [
    {"kind": "cut_before"},
    {"kind": "empty"},
    {"kind": "html", "status": 200},
    {"kind": "html", "status": 500},
    {"kind": "html", "status": 502},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 504},
    {"kind": "status", "status": 520},
    {"kind": "status", "status": 408},
]


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: "-".join(str(part) for part in one.values()))
def test_reading_in_trouble_is_transient(mastodon: World, reading: str, trouble: dict[str, Any]) -> None:
    mastodon.sandbox.faults.add(Fault(**trouble))
    with pytest.raises(Transient):
        READINGS[reading](mastodon)
    mastodon.sandbox.faults.clear()
    mastodon.account.open()


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_token_is_for_the_operator(mastodon: World, reading: str, status: int) -> None:
    mastodon.sandbox.faults.add(Fault("status", status=status))
    with pytest.raises(Misconfigured, match="log in again"):
        READINGS[reading](mastodon)


def test_a_revoked_token_is_for_the_operator(world: World) -> None:
    world.account.open()
    world.sandbox.revoke_token(world.missed.token)
    for reading in ("inbox", "chat", "threads", "witness", "find"):
        with pytest.raises(Misconfigured, match="log in again"):
            READINGS[reading](world)
    with pytest.raises(Misconfigured, match="log in again"):
        world.courier.send(world.message(world.ana), "hello")


@pytest.mark.parametrize("reading", READINGS)
def test_a_limit_says_until_when(world: World, reading: str) -> None:
    world.sandbox.faults.add(Fault("status", status=429, reset_after=120))
    with pytest.raises(Transient) as caught:
        READINGS[reading](world)
    assert caught.value.retry_at == world.clock.now() + timedelta(minutes=2)
    asked = world.sandbox.stats.total
    with pytest.raises(Transient):
        READINGS[reading](world)
    assert world.sandbox.stats.total == asked


def test_the_servers_own_limit_is_never_met(mastodon: World) -> None:
    mastodon.account.open()
    mastodon.source.chat("lrnchat", None, mastodon.hour_ago)
    with pytest.raises(Transient) as caught:
        [mastodon.witness.latest_posts(mastodon.ana.id, mastodon.hour_ago) for _ in range(1000)]
    assert "our budget" in str(caught.value)
    assert caught.value.retry_at is not None
    assert mastodon.clock.now() < caught.value.retry_at <= mastodon.clock.now() + timedelta(minutes=5)
    assert mastodon.sandbox.stats.requests_by(mastodon.missed.token) < 280
    receipt = mastodon.courier.send(mastodon.message(mastodon.ana), "hello")
    assert mastodon.told(mastodon.ana) == [receipt.id]
    mastodon.clock.at = caught.value.retry_at
    mastodon.witness.latest_posts(mastodon.ana.id, mastodon.hour_ago)


@pytest.mark.parametrize("kind", ["status", "cut_before", "empty", "html", "mangle"])
@pytest.mark.parametrize("reading", [*READINGS, "send", "examine"])
def test_the_token_is_in_no_error_and_no_log(
    world: World, reading: str, kind: Any, caplog: pytest.LogCaptureFixture
) -> None:
    doings = READINGS | {
        "send": lambda world: world.courier.send(world.message(world.ana), "hello"),
        "examine": lambda world: world.account.examine(),
    }
    world.sandbox.faults.add(Fault(kind, mangling="fields"))
    caught: list[Exception] = []
    with caplog.at_level(logging.DEBUG):
        try:
            doings[reading](world)
        except (Transient, Permanent, Misconfigured, Uncertain) as error:
            caught.append(error)
    shown = "".join(line for error in caught for line in [*format_exception(error), repr(error)])
    assert world.missed.token not in shown
    assert world.missed.token not in caplog.text
    seen = [repr(part) for part in (world.account, world.source, world.courier, world.witness)]
    assert world.missed.token not in "".join(seen)


@pytest.mark.parametrize("token", ["", "two words", "ünicode", "line\nbreak", "nul\0"])
def test_what_is_no_token_is_refused_without_being_shown(rude: Rude, token: str) -> None:
    with connect(rude.base_url, token, Hand()) as account, pytest.raises(Misconfigured) as caught:
        account.open()
    assert not token or token not in "".join(format_exception(caught.value))
    assert rude.asked == []


def test_a_token_echoed_by_the_server_is_blotted_out(rude: Rude, rudely: MastodonAccount) -> None:
    rude.say = lambda method, path: (422, {}, {"error": "what is secret-token-of-ours?"})
    with pytest.raises(Misconfigured) as caught:
        rudely.open()
    assert "what is …?" in str(caught.value)
    assert "secret-token" not in "".join(format_exception(caught.value))


def test_white_space_around_a_token_is_no_part_of_it(mastodon: World) -> None:
    with connect(mastodon.sandbox.base_url + "/", f" {mastodon.missed.token}\n", mastodon.clock) as account:
        assert account.open().id == mastodon.missed.id


def test_an_endless_answer_is_cut(rude: Rude, rudely: MastodonAccount) -> None:
    rude.say = lambda method, path: (200, {}, b'"' + b"x" * (SIZE_LIMIT + 1) + b'"')
    with pytest.raises(Transient, match="TooMuch"):
        rudely.open()


def test_headers_without_sense_do_not_fail_what_was_done(rude: Rude, rudely: MastodonAccount) -> None:
    headers = {"X-RateLimit-Reset": "soon", "X-RateLimit-Remaining": "some", "Deprecation": "@1", "Link": "nonsense"}
    rude.say = lambda method, path: (200, headers, {"id": "1", "acct": "missed", "url": "https://a.example/@missed"})
    assert rudely.open().handle == "missed@a.example"


def test_a_message_follows_no_redirect(rude: Rude, rudely: MastodonAccount, mastodon: World) -> None:
    def say(method: str, path: str) -> tuple[int, dict[str, str], Any]:
        if method == "POST":
            return 301, {"Location": rude.base_url + "/api/v1/elsewhere"}, {}
        return 200, {}, {"id": "1", "acct": "missed"}

    rude.say = say
    with pytest.raises(Misconfigured, match="address"):
        rudely.courier.send(mastodon.message(mastodon.ana), "hello")
    assert not any("elsewhere" in asked for asked in rude.asked)


def test_something_that_is_no_mastodon_is_for_the_operator(rude: Rude, rudely: MastodonAccount) -> None:
    with pytest.raises(Misconfigured, match="address"):
        rudely.open()


@pytest.mark.parametrize("answer", [None, [], 7, "text", {}, {"id": "1"}, {"id": None, "acct": "x"}])
def test_nonsense_for_an_account_is_transient(rude: Rude, rudely: MastodonAccount, answer: Any) -> None:
    rude.say = lambda method, path: (200, {}, answer)
    with pytest.raises(Transient):
        rudely.open()


def test_deep_nesting_is_survived(rude: Rude, rudely: MastodonAccount) -> None:
    rude.say = lambda method, path: (200, {}, b"[" * 200_000)
    with pytest.raises(Transient):
        rudely.open()
