"""Signing in both ways; a renewed token is on the disk before it is used; no secret in any log, error or repr."""

import json
import logging
import stat
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from adapters.twitter import LIMITS, ByCode, ByPin, Options, TokenFile, XAccount, connect, fixed
from bot.app.errors import Misconfigured, Permanent, Transient, Uncertain
from bot.app.till import Till
from sandbox import Fault
from tests.fakes import FakeStorage
from tests.x.world import World

SCOPES = frozenset({"tweet.read", "users.read", "dm.read", "dm.write", "offline.access"})


class Home:
    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.path = folder / "token.json"
        self.tokens = TokenFile(self.path, world.sandbox.base_url, "client")
        self.write(lasts=timedelta(hours=2))

    def write(self, *, lasts: timedelta, path: Path | None = None) -> dict[str, str]:
        signin = self.world.sandbox.signin
        kept = {
            "access_token": signin.issue(self.world.missed, SCOPES),
            "refresh_token": signin.refresh_token(self.world.missed, SCOPES),
            "expires_at": (self.world.clock.now() + lasts).isoformat(),
        }
        (path or self.path).write_text(json.dumps(kept), encoding="utf-8")
        return kept

    def kept(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.path.read_text(encoding="utf-8"))
        return found

    def account(self) -> XAccount:
        till = Till("x:missed", FakeStorage(), LIMITS, {}, None)
        return connect(self.tokens.credentials(), till, self.world.clock, Options(base_url=self.world.sandbox.base_url))


@pytest.fixture
def home(world: World, tmp_path: Path) -> Home:
    return Home(world, tmp_path)


def test_a_token_is_renewed_before_it_ends_and_kept_before_it_is_used(home: Home) -> None:
    before = home.kept()
    with home.account() as account:
        assert account.open().id == home.world.missed.id
        assert home.kept() == before
        home.world.clock.pass_by(hours=1, minutes=55)
        account.source.inbox(None, home.world.hour_ago)
        after = home.kept()
        assert after["refresh_token"] != before["refresh_token"]
        assert stat.S_IMODE(home.path.stat().st_mode) == 0o600
        account.source.inbox(None, home.world.hour_ago)
        assert home.kept() == after


def test_two_processes_renew_once(home: Home) -> None:
    other = TokenFile(home.path, home.world.sandbox.base_url, "client")
    home.world.clock.pass_by(hours=1, minutes=55)
    now = home.world.clock.now()
    assert home.tokens.access(now) == other.access(now)


def test_a_renewal_stopped_between_the_disk_and_the_name_is_taken_up(home: Home) -> None:
    newer = home.write(lasts=timedelta(hours=4), path=home.path.with_name("token.json.new"))
    assert home.tokens.access(home.world.clock.now() + timedelta(hours=3)) == newer["access_token"]


@pytest.mark.parametrize("fault", ["cut_after", "html"])
def test_a_lost_answer_is_told_while_the_old_token_still_holds(home: Home, fault: str) -> None:
    home.world.clock.pass_by(hours=1, minutes=55)
    now, old = home.world.clock.now(), home.kept()["access_token"]
    home.world.sandbox.faults.add(
        Fault(fault, status=502, written=True, path="/2/oauth2/token", times=1)  # type: ignore[arg-type]
    )
    assert home.tokens.access(now) == old
    assert home.tokens.access(now) == old  # the refresh token is spent; the old access token is not
    home.world.clock.pass_by(minutes=6)
    with pytest.raises(Misconfigured, match="missed login"):
        home.tokens.access(home.world.clock.now())


def test_a_server_that_is_down_is_transient(home: Home) -> None:
    home.world.clock.pass_by(hours=3)
    home.world.sandbox.faults.add(Fault("status", status=503, path="/2/oauth2/token", times=1))
    with pytest.raises(Transient):
        home.tokens.access(home.world.clock.now())
    home.tokens.access(home.world.clock.now())


def test_a_token_that_x_refuses_is_renewed_once(home: Home) -> None:
    home.world.sandbox.signin.tokens.clear()
    with home.account() as account:
        assert account.open().id == home.world.missed.id


def test_without_a_token_somebody_has_to_sign_in(home: Home) -> None:
    home.path.write_text("{", encoding="utf-8")
    with pytest.raises(Misconfigured, match="missed login"):
        home.tokens.access(home.world.clock.now())


def test_signing_in_by_code(home: Home) -> None:
    home.path.unlink()
    way = ByCode(home.tokens, "client", "http://127.0.0.1/back")
    assert way.begin().startswith("https://x.com/i/oauth2/authorize?")
    code = home.world.sandbox.signin.authorise(home.world.missed, way.asked())
    for back, told in (
        ("state=other&code=x", "earlier attempt"),
        ("state=other", "not the address"),
        ("", "not the address"),
        ("error=access_denied&state=x", "has to say yes"),
    ):
        with pytest.raises(Misconfigured, match=told):
            way.finish(f"http://127.0.0.1/back?{back}", home.world.clock.now())
    back = urlencode({"state": way.asked()["state"], "code": code})
    way.finish(f"http://127.0.0.1/back?{back}", home.world.clock.now())
    with home.account() as account:
        assert account.open().id == home.world.missed.id


def signed_in(home: Home, *, client: str = "client", scopes: str = "") -> None:
    tokens = TokenFile(home.path, home.world.sandbox.base_url, client)
    way = ByCode(tokens, "client", "http://127.0.0.1/back")
    asked = {**way.asked(), "scope": scopes or way.asked()["scope"]}
    code = home.world.sandbox.signin.authorise(home.world.missed, asked)
    way.finish(f"?{urlencode({'state': asked['state'], 'code': code})}", home.world.clock.now())


def test_a_sign_in_that_would_not_do_is_told_and_keeps_nothing(home: Home) -> None:
    home.path.unlink()
    with pytest.raises(Misconfigured, match=r"did not grant dm\.read, dm\.write: .*Direct message"):
        signed_in(home, scopes="tweet.read users.read offline.access")
    with pytest.raises(Misconfigured, match=r"did not grant offline\.access"):
        signed_in(home, scopes="tweet.read users.read dm.read dm.write")
    with pytest.raises(Misconfigured, match="refuses the code: it holds for half a minute"):
        signed_in(home, client="another")
    for status, error, told in ((401, Misconfigured, "does not know the app"), (503, Transient, "answered 503")):
        home.world.sandbox.faults.add(Fault("status", status=status, path="/2/oauth2/token", times=1))
        with pytest.raises(error, match=told):
            signed_in(home)
    home.world.sandbox.faults.add(Fault("html", status=200, path="/2/oauth2/token", times=1))
    with pytest.raises(Transient, match="not what X's interface promises"):
        signed_in(home)
    assert not home.path.exists()


def test_what_cannot_be_kept_is_not_asked_for(home: Home) -> None:
    refreshes = dict(home.world.sandbox.signin.refreshes)
    home.path.unlink()
    home.path.mkdir()
    with pytest.raises(Misconfigured, match="cannot be written: Is a directory"):
        signed_in(home)
    with pytest.raises(Misconfigured, match="cannot be read"):
        home.tokens.access(home.world.clock.now())
    assert home.world.sandbox.signin.refreshes == refreshes


def test_scopes_that_stay_the_same_need_not_be_said_again(home: Home) -> None:
    signed_in(home)
    assert home.tokens.credentials().scopes() == SCOPES
    home.world.clock.pass_by(hours=3)
    home.tokens.access(home.world.clock.now())
    assert home.tokens.credentials().scopes() == SCOPES
    home.write(lasts=timedelta(hours=2))
    assert home.tokens.credentials().scopes() is None


def findings(account: XAccount) -> dict[str, tuple[bool | None, str]]:
    return {one.name: (one.ok, one.text) for one in account.examine()}


def test_whether_messages_may_be_sent_is_looked_at(world: World, home: Home) -> None:
    assert findings(world.account)["messages"][0] is True
    world.missed.access_level = "read-write"
    found = findings(world.account)["messages"]
    assert found[0] is False
    assert "the keys allow read-write only" in found[1]
    with home.account() as account:
        assert findings(account)["messages"][0] is None  # a token from before scopes were kept
        kept = {**home.kept(), "scope": "tweet.read users.read offline.access"}
        home.path.write_text(json.dumps(kept), encoding="utf-8")
        assert findings(account)["messages"][0] is False
        home.path.write_text(json.dumps({**kept, "scope": " ".join(SCOPES)}), encoding="utf-8")
        assert findings(account)["messages"] == (True, "the credentials allow direct messages")


def test_credit_is_asked_for_anew_by_whoever_looks_or_starts(world: World) -> None:
    for ask in (world.account.examine, world.account.open):
        world.sandbox.faults.add(Fault("status", status=402, times=1))
        with pytest.raises(Transient, match="no credit"):
            world.account.source.inbox(None, world.hour_ago)
        with pytest.raises(Transient, match="no credit"):
            world.account.source.inbox(None, world.hour_ago)
        ask()
        world.account.source.inbox(None, world.hour_ago)
    world.sandbox.faults.add(Fault("status", status=402))
    (found,) = world.account.examine()
    assert found.ok is False
    assert "20:30 UTC" in found.text
    assert "network" not in found.text


def test_signing_in_by_pin(world: World) -> None:
    secrets = world.missed.secrets
    way = ByPin(world.sandbox.base_url, secrets["consumer_key"], secrets["consumer_secret"])
    address = way.begin()
    key = address.partition("oauth_token=")[2]
    secret, consumer, _ = world.sandbox.signin.pins[key]
    world.sandbox.signin.pins[key] = (secret, consumer, world.missed)
    keyring = way.finish(f" pin-{world.missed.id}\n")
    assert (keyring.access_token, keyring.access_token_secret) == (
        secrets["access_token"],
        secrets["access_token_secret"],
    )
    assert repr(keyring) == f"Keyring(handle={world.missed.username!r})"
    with pytest.raises(Misconfigured, match="refuses the PIN"):
        way.finish("wrong")
    with pytest.raises(Misconfigured, match="does not know the app"):
        ByPin(world.sandbox.base_url, secrets["consumer_key"], "wrong").begin()
    with pytest.raises(Transient, match=r"no answer from http://127\.0\.0\.1:1 "):
        ByPin("http://127.0.0.1:1", secrets["consumer_key"], secrets["consumer_secret"]).begin()


def test_no_secret_is_ever_told(world: World, home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """With every logger at DEBUG, whatever happens: success, refusal, no answer, renewal, signing in."""
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)  # taken back afterwards
    told: list[str] = []
    fixed_one = fixed(world.missed.token)
    options = Options(base_url=world.sandbox.base_url)
    accounts = [
        world.account,
        home.account(),
        connect(fixed_one, Till("x", FakeStorage(), LIMITS, {}, None), world.clock, options),
    ]
    secrets = {*world.missed.secrets.values(), world.missed.token, *home.kept().values()} - {home.kept()["expires_at"]}
    for account in accounts:
        account.open()
        told.append(repr(account.source.__dict__))
        for fault in (None, 400, 401, 402, 403, 429, 503):
            if fault is not None:
                world.sandbox.faults.add(Fault("status", status=fault, times=1))
            try:
                account.courier.send(world.message(world.ana), "hello")
            except (Transient, Permanent, Uncertain, Misconfigured) as error:
                told += [str(error), repr(error), repr(error.__context__)]
            world.sandbox.faults.clear()
            world.clock.pass_by(hours=2)
    secrets |= set(home.kept().values()) - {home.kept()["expires_at"]}
    way = ByPin(world.sandbox.base_url, world.missed.secrets["consumer_key"], world.missed.secrets["consumer_secret"])
    way.begin()
    told += [repr(way), repr(home.tokens.credentials()), repr(fixed_one), repr(world.account)]
    everything = "\n".join([*told, caplog.text, *(str(vars(record)) for record in caplog.records)])
    assert len(caplog.records) > 50
    assert [secret for secret in secrets if secret in everything] == []
