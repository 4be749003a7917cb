import threading
from pathlib import Path

import pytest

from adapters.mastodon import Finding, MastodonAccount, connect
from bot.app.errors import Misconfigured, Transient
from sandbox import Fault
from tests.mastodon.world import Hand, Rude, World


def findings(account: MastodonAccount) -> dict[str, Finding]:
    return {finding.name: finding for finding in account.examine()}


def test_connecting_asks_nothing(rude: Rude) -> None:
    with connect(rude.base_url, "token", Hand()):
        pass
    assert rude.asked == []


def test_opening_says_who_we_are_and_asks_once(world: World) -> None:
    me = world.account.open()
    assert (me.id, me.handle, me.name, me.is_bot) == (world.missed.id, "missed@learn.example", "Missed", True)
    asked = world.sandbox.stats.total
    assert world.account.open() == me
    assert world.source.me == me
    assert world.sandbox.stats.total == asked


def test_opening_a_server_that_is_down_can_be_tried_again(world: World) -> None:
    fault = world.sandbox.faults.add(Fault("status", status=503))
    with pytest.raises(Transient):
        world.account.open()
    world.sandbox.faults.remove(fault)
    assert world.account.open().id == world.missed.id


def test_many_threads_introduce_themselves_once(world: World) -> None:
    threads = [threading.Thread(target=world.account.open) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    path = "/api/v1/accounts/verify_credentials"
    assert world.sandbox.stats.requests_by(world.missed.token, path=path) == 1


def test_strangers_are_let_in(mastodon: World) -> None:
    before = mastodon.ask(mastodon.missed, "GET", "/api/v2/notifications/policy")
    assert before["for_private_mentions"] == "filter"
    mastodon.account.open()
    after = mastodon.ask(mastodon.missed, "GET", "/api/v2/notifications/policy")
    assert {value for name, value in after.items() if name.startswith("for_")} == {"accept"}
    mastodon.say(mastodon.ana, "@missed START", visibility="direct")
    assert len(mastodon.source.inbox(None, mastodon.hour_ago).posts) == 1


def test_a_start_from_before_the_bot_first_came_is_heard(mastodon: World) -> None:
    mastodon.say(mastodon.ana, "@missed START", visibility="direct")
    assert len(mastodon.ask(mastodon.missed, "GET", "/api/v1/notifications/requests")) == 1
    mastodon.account.open()
    assert mastodon.ask(mastodon.missed, "GET", "/api/v1/notifications/requests") == []
    assert [one.author.id for one in mastodon.source.inbox(None, mastodon.hour_ago).posts] == [mastodon.ana.id]


def test_a_request_that_cannot_be_accepted_does_not_stop_the_bot(
    mastodon: World, caplog: pytest.LogCaptureFixture
) -> None:
    mastodon.say(mastodon.ana, "@missed START", visibility="direct")
    waiting = mastodon.ask(mastodon.missed, "GET", "/api/v1/notifications/requests")[0]
    path = f"/api/v1/notifications/requests/{waiting['id']}/accept"
    mastodon.sandbox.faults.add(Fault("status", path=path, status=403))
    assert mastodon.account.open().id == mastodon.missed.id
    assert "could not be accepted" in caplog.text


def test_a_policy_that_may_not_be_set_does_not_stop_the_bot(mastodon: World) -> None:
    mastodon.sandbox.faults.add(Fault("status", path="/api/v2/notifications/policy", status=403))
    assert mastodon.account.open().id == mastodon.missed.id
    assert findings(mastodon.account)["policy"].ok is not True


def test_looking_changes_nothing(mastodon: World) -> None:
    before = mastodon.ask(mastodon.missed, "GET", "/api/v2/notifications/policy")
    finding = findings(mastodon.account)["policy"]
    assert (finding.ok, "`missed run` lets them in" in finding.text) == (None, True)
    assert mastodon.ask(mastodon.missed, "GET", "/api/v2/notifications/policy") == before


def test_a_good_account_is_found_good(world: World) -> None:
    world.account.open()
    found = findings(world.account)
    assert [name for name, finding in found.items() if finding.ok is False] == []
    assert {"reachable", "account", "bot", "scopes", "limits"} <= {name for name, one in found.items() if one.ok}
    assert found["policy"].ok is (True if world.dialect == "mastodon" else None)
    assert found["instance"].ok is (None if world.dialect == "takahe" else True)
    assert "@missed@learn.example" in found["account"].text
    assert world.ask(world.missed, "GET", f"/api/v1/accounts/{world.missed.id}/statuses") == []


def test_missing_scopes_are_named(world: World) -> None:
    weak = world.sandbox.new_token(world.missed, "read:accounts read:statuses read:notifications")
    with connect(world.sandbox.base_url, weak, world.clock) as account:
        found = findings(account)
    assert found["scopes"].ok is False
    assert "write:statuses" in found["scopes"].text
    assert "read:" not in found["scopes"].text
    assert "log in again" in found["scopes"].text


def test_an_unmarked_bot_is_found(mastodon: World) -> None:
    with connect(mastodon.sandbox.base_url, mastodon.ana.token, mastodon.clock) as account:
        assert findings(account)["bot"].ok is False


def test_a_worthless_token_ends_the_list(world: World) -> None:
    with connect(world.sandbox.base_url, "worthless", world.clock) as account:
        found = account.examine()
    assert found[-1].name == "account"
    assert found[-1].ok is False
    assert "log in again" in found[-1].text


def test_a_server_that_is_away_is_found_away(mastodon: World) -> None:
    mastodon.sandbox.stop()
    found = mastodon.account.examine()
    assert [(one.name, one.ok) for one in found] == [("reachable", False)]


def test_something_else_in_trouble_does_not_end_the_list(mastodon: World) -> None:
    mastodon.sandbox.faults.add(Fault("cut_before", path="/api/v1/timelines"))
    found = findings(mastodon.account)
    assert found["scopes"].ok is False
    assert found["limits"].ok


def test_a_token_that_is_the_name_of_a_file_is_a_token(
    mastodon: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text(mastodon.missed.token)
    monkeypatch.chdir(tmp_path)
    with connect(mastodon.sandbox.base_url, "token", mastodon.clock) as account, pytest.raises(Misconfigured):
        account.open()
