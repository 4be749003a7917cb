"""Starting and stopping, in this process and in another."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox import Sandbox

Http = Callable[..., httpx.Client]
ROOT = Path(__file__).parents[2]


def test_accounts_can_be_added_before_and_while_it_serves(now: Callable[[], datetime], http: Http) -> None:
    sandbox = Sandbox(now)
    early = sandbox.add_account("ana")
    sandbox.start()
    late = sandbox.add_account("ben", display_name="Ben")
    for account in (early, late):
        own = http(sandbox, account).get("/api/v1/accounts/verify_credentials").json()
        assert own["id"] == account.id
    sandbox.stop()
    sandbox.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "sandbox"]


def test_it_starts_again_with_what_it_knew(now: Callable[[], datetime], http: Http) -> None:
    sandbox = Sandbox(now)
    ana = sandbox.add_account("ana")
    for expected in (0, 1):
        with sandbox:
            client = http(sandbox, ana)
            assert len(client.get(f"/api/v1/accounts/{ana.id}/statuses").json()) == expected
            client.post("/api/v1/statuses", data={"status": "hello"})


def test_a_taken_port_and_a_taken_name_are_errors(sandbox: Sandbox, now: Callable[[], datetime]) -> None:
    port = int(sandbox.base_url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        Sandbox(now, port=port).start()
    sandbox.add_account("ana")
    for name in ("ANA", "no body", ""):
        with pytest.raises(ValueError, match="user name"):
            sandbox.add_account(name)
    with pytest.raises(ValueError, match="user name"):
        sandbox.add_account("ana", domain="Learn.Example")
    assert sandbox.add_account("ana", domain="far.example").acct == "ana@far.example"


def test_many_clients_at_once_post_each_status_once(sandbox: Sandbox) -> None:
    people = [sandbox.add_account(f"p{number}", unlimited=True) for number in range(8)]

    def chat(token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=sandbox.base_url, headers=headers, trust_env=False) as client:
            for number in range(10):
                client.post("/api/v1/statuses", data={"status": f"{number} #lrnchat"}, headers={"Idempotency-Key": "k"})
                client.post("/api/v1/statuses", data={"status": f"{number} #lrnchat"})

    threads = [threading.Thread(target=chat, args=(person.token,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with httpx.Client(base_url=sandbox.base_url, trust_env=False) as client:
        found: list[str] = []
        page: list[dict[str, Any]] = client.get("/api/v1/timelines/tag/lrnchat?limit=40").json()
        while page:
            found += [post["id"] for post in page]
            page = client.get(f"/api/v1/timelines/tag/lrnchat?limit=40&max_id={page[-1]['id']}").json()
    assert len(found) == len(set(found)) == 8 * 11


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_from_a_process_of_its_own_until_stopped(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--accounts", "bot,ana,pat@far.example"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        told = json.loads(process.stdout.readline())
        own = httpx.get(
            f"{told['base_url']}/api/v1/accounts/verify_credentials",
            headers={"Authorization": f"Bearer {told['tokens']['pat@far.example']}"},
            trust_env=False,
        ).json()
        assert (own["acct"], own["id"]) == ("pat@far.example", told["ids"]["pat@far.example"])
        process.send_signal(number)
        assert process.wait(timeout=20) == 0
        assert (process.stdout.read(), process.stderr.read()) == ("", "")
