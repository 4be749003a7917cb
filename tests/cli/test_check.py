from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.mastodon import Finding
from bot import bootstrap
from sandbox import Sandbox
from tests.cli.conftest import CONFIG, TOKEN, Missed, document
from tests.cli.evening import STARTS

GOOD = (
    Finding(name="reachable", ok=True, text="the server answers"),
    Finding(name="streaming", ok=None, text="the server does not stream over HTTP"),
)
BAD = (Finding(name="bot", ok=False, text="mark the account as automated"),)


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What the account's look finds."""
    findings = [*GOOD]

    class Account:
        def examine(self) -> tuple[Finding, ...]:
            return tuple(findings)

        def close(self) -> None:
            """Nothing is open."""

        def __enter__(self) -> "Account":
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

    monkeypatch.setattr(bootstrap, "mastodon_account", lambda *_: Account())
    return findings


@pytest.mark.usefixtures("filled", "account")
def test_when_nothing_is_wrong_it_says_so(missed: Missed) -> None:
    shown = missed("check").stdout
    languages = "de, en, es, fr, ja, nl, pt"
    for line in (
        f"✓ settings   #lrnchat #tea; 3 rules; calls in {languages}; messages in {languages}",
        "✓ file       missed.db opens; members: 3",
        "http://127.0.0.1:1",
        "✓ reachable  the server answers",
        "· streaming  the server does not stream over HTTP",
        "Nothing is wrong.",
    ):
        assert line in shown.splitlines(), line


@pytest.mark.usefixtures("filled")
def test_when_something_is_wrong_it_exits_with_one(missed: Missed, account: list[Finding]) -> None:
    account += BAD
    shown = missed("check", exits=1).stdout
    assert "✗ bot        mark the account as automated" in shown
    assert "Mend what is marked, then look again: missed check" in shown


@pytest.mark.usefixtures("filled")
def test_json_holds_every_finding(missed: Missed, account: list[Finding]) -> None:
    found = document(missed("check", "--json"))
    assert found["ok"] is True
    assert [(one["area"], one["name"], one["ok"]) for one in found["findings"]] == [
        ("configuration", "settings", True),
        ("database", "file", True),
        ("http://127.0.0.1:1", "reachable", True),
        ("http://127.0.0.1:1", "streaming", None),
    ]
    account += BAD
    assert document(missed("check", "--json", exits=1))["ok"] is False


def test_everything_that_is_wrong_in_the_files_is_said_at_once(missed: Missed, home: Path) -> None:
    (home / "rules.toml").write_text('[[rule]]\nname = "x"\nkind = "nudge"\n', encoding="utf-8")
    (home / "missed.toml").write_text('rules = "rules.toml"\n', encoding="utf-8")
    (home / "gone.toml").write_text(f'databse_url = 1\n[mastodon]\ntoken = "{TOKEN}"\n', encoding="utf-8")
    unset = {"MISSED_MASTODON_TOKEN": ""}
    with variables(unset):
        shown = missed("check", exits=2).stdout
        for part in (
            "no chat is configured",
            "rule[1].kind: should be 'called'",
            "rule[1].when: is missing",
            "no account",
        ):
            assert part in shown, part
        shown = missed("check", "-c", "gone.toml", exits=2).stdout
    for part in ("databse_url: is not a known key", "mastodon.token: is a secret", "mastodon.base_url: is missing"):
        assert part in shown, part
    assert TOKEN not in shown


@contextmanager
def variables(changes: dict[str, str]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in changes.items():
            patch.setenv(name, value)
        yield


@pytest.mark.usefixtures("account")
def test_a_wrong_configuration_is_json_too(missed: Missed, home: Path) -> None:
    (home / "missed.toml").write_text("[watch]\nevery_second = 1\n", encoding="utf-8")
    found = document(missed("check", "--json", exits=2))
    assert found["ok"] is False
    assert all(one["area"] == "configuration" and one["ok"] is False for one in found["findings"])


@pytest.mark.usefixtures("account")
def test_it_makes_no_database_but_says_whether_it_could(missed: Missed, configured: Path) -> None:
    assert "✓ file       missed.db is made at the first run" in missed("check").stdout
    assert not (configured / "missed.db").exists()
    (configured / "missed.toml").write_text(CONFIG.format(database="no/missed.db"), encoding="utf-8")
    assert "no/missed.db cannot be made: no is no directory to write in" in missed("check", exits=1).stdout


@pytest.mark.usefixtures("account")
def test_a_database_that_does_not_open_is_said_and_the_account_is_looked_at_all_the_same(
    missed: Missed, configured: Path
) -> None:
    (configured / "missed.db").write_text("this is no database, but long enough to be taken for one" * 20)
    shown = missed("check", exits=1).stdout
    assert "✗ file" in shown
    assert "is not a database" in shown
    assert "✓ reachable" in shown


@pytest.mark.usefixtures("account")
def test_hints_are_no_faults(missed: Missed, configured: Path) -> None:
    text = CONFIG.format(database="missed.db").replace('day = "tuesday"', 'repeats = "FREQ=DAILY;UNTIL=20200101"')
    (configured / "missed.toml").write_text(text, encoding="utf-8")
    with variables({"MISSED_DATABSE_URL": "x", "MISSED_PORT_3000_TCP": "tcp://10.0.0.1"}):
        shown = missed("check").stdout
    assert "· chats      #tea has no session in the next two months; look at its days" in shown
    assert "· settings   MISSED_DATABSE_URL in the environment sets nothing. Did you mean MISSED_DATABASE_URL?" in shown
    assert "PORT" not in shown


@pytest.mark.usefixtures("account")
def test_a_secret_that_others_may_read_is_a_hint(missed: Missed, configured: Path) -> None:
    secret = configured / "secret file"
    secret.write_text("x", encoding="utf-8")
    secret.chmod(0o640)
    text = (configured / "missed.toml").read_text(encoding="utf-8")
    own = configured / "own.json"
    (configured / "missed.toml").write_text(f'{text}\n[x]\nclient_id = "c"\ntoken_file = "{own}"\n', encoding="utf-8")
    with variables({"MISSED_X_CLIENT_SECRET_FILE": str(secret)}):
        assert f"· secrets    {secret} may be read by others on this machine: chmod 600 '{secret}'" in (
            missed("check", exits=1).stdout
        )
        secret.chmod(0o600)
        own.write_text("{}", encoding="utf-8")
        own.chmod(0o644)
        shown = missed("check", exits=1).stdout
    assert str(secret) not in shown
    assert f"{own} may be read by others" in shown


@pytest.mark.usefixtures("filled")
def test_a_server_that_does_not_answer_is_a_finding(missed: Missed) -> None:
    shown = missed("check", exits=1).stdout
    assert "✗ reachable" in shown
    assert TOKEN not in shown


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("is_bot", "code"), [(True, 0), (False, 1)])
def test_a_real_account_is_looked_at(missed: Missed, is_bot: bool, code: int) -> None:
    with Sandbox(lambda: STARTS, domain="learn.example") as network:
        account = network.add_account("missed", bot=is_bot)
        with variables({"MISSED_MASTODON_BASE_URL": network.base_url, "MISSED_MASTODON_TOKEN": account.token}):
            shown = missed("check", exits=code).stdout
    assert "✓ account    @missed@learn.example" in shown
    assert ("✓ bot" if is_bot else "✗ bot") in shown
    for name in ("reachable", "scopes", "policy", "streaming", "limits"):
        assert f" {name} " in shown
    assert account.token not in shown
