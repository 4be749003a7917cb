"""What goes wrong on purpose."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from mastodon import MastodonAPIError, MastodonNetworkError, MastodonRatelimitError, MastodonServiceUnavailableError

from sandbox import Account, Fault, Sandbox
from sandbox.faults import FaultKind

Connect = Callable[..., Any]
Http = Callable[..., httpx.Client]


def texts(http: Http, sandbox: Sandbox, account: Account) -> list[str]:
    posts = http(sandbox, account).get(f"/api/v1/accounts/{account.id}/statuses").json()
    return [post["content"] for post in posts]


def test_a_cut_before_writes_nothing_and_a_cut_after_has_written(
    sandbox: Sandbox, ana: Account, connect: Connect, http: Http
) -> None:
    client = connect(sandbox, ana)
    cases: list[tuple[FaultKind, list[str]]] = [("cut_before", []), ("cut_after", ["<p>hello</p>"])]
    for kind, written in cases:
        fault = sandbox.faults.add(Fault(kind, method="POST", path="/api/v1/statuses", times=1))
        with pytest.raises(MastodonNetworkError):
            client.status_post("hello")
        assert fault.fired == 1
        assert texts(http, sandbox, ana) == written
    assert client.status_post("again").content == "<p>again</p>"


def test_what_is_stuck_is_cut_after_a_while_and_never_written(
    sandbox: Sandbox, ana: Account, connect: Connect, http: Http
) -> None:
    sandbox.faults.add(Fault("stuck", method="POST", path="/api/v1/statuses", times=1, seconds=0.2))
    begun = time.monotonic()
    with pytest.raises(MastodonNetworkError):
        connect(sandbox, ana).status_post("hello")
    assert time.monotonic() - begun >= 0.2
    assert texts(http, sandbox, ana) == []


def test_a_refusal_for_limits_tells_when_it_ends(sandbox: Sandbox, ana: Account, connect: Connect, http: Http) -> None:
    sandbox.faults.add(Fault("status", status=429, reset_after=90, times=2))
    response = http(sandbox, ana).get("/api/v1/timelines/home")
    assert (response.status_code, response.json()) == (429, {"error": "Too many requests"})
    assert response.headers["x-ratelimit-reset"] == "2026-11-19T20:31:30.000Z"
    with pytest.raises(MastodonRatelimitError):
        connect(sandbox, ana).timeline_home()
    assert connect(sandbox, ana).timeline_home() == []


def test_an_unavailable_server_comes_back(sandbox: Sandbox, ana: Account, connect: Connect) -> None:
    fault = sandbox.faults.add(Fault("status", status=503))
    with pytest.raises(MastodonServiceUnavailableError):
        connect(sandbox, ana).timeline_home()
    sandbox.faults.remove(fault)
    assert connect(sandbox, ana).timeline_home() == []


@pytest.mark.parametrize(("written", "posts"), [(False, []), (True, ["<p>hello</p>"])])
def test_a_gateway_may_lose_patience_before_or_after(
    sandbox: Sandbox, ana: Account, http: Http, written: bool, posts: list[str]
) -> None:
    sandbox.faults.add(Fault("html", method="POST", status=502, written=written, times=1))
    response = http(sandbox, ana).post("/api/v1/statuses", data={"status": "hello"})
    assert (response.status_code, response.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert texts(http, sandbox, ana) == posts


def test_an_empty_answer_is_a_success_without_a_word(
    sandbox: Sandbox, ana: Account, connect: Connect, http: Http
) -> None:
    sandbox.faults.add(Fault("empty", times=1))
    with pytest.raises(MastodonAPIError):
        connect(sandbox, ana).status_post("hello")
    assert texts(http, sandbox, ana) == []


def test_a_slow_answer_takes_real_time(sandbox: Sandbox, ana: Account, http: Http) -> None:
    sandbox.faults.add(Fault("slow", seconds=0.2, times=1))
    client = http(sandbox, ana)
    with pytest.raises(httpx.TimeoutException):
        client.get("/api/v1/timelines/home", timeout=0.05)
    assert client.get("/api/v1/timelines/home").status_code == 200


def test_stopping_does_not_wait_for_a_slow_answer(now: Callable[[], Any]) -> None:
    sandbox = Sandbox(now)
    sandbox.start()
    sandbox.faults.add(Fault("slow", seconds=3600))
    with httpx.Client(trust_env=False) as client, pytest.raises(httpx.TimeoutException):
        client.get(f"{sandbox.base_url}/api/v1/instance", timeout=0.05)
    sandbox.stop()


@pytest.mark.parametrize("mangling", ["null", "fields", "huge"])
def test_the_newest_item_of_a_list_is_mangled(sandbox: Sandbox, ana: Account, http: Http, mangling: Any) -> None:
    client = http(sandbox, ana)
    ids = [client.post("/api/v1/statuses", data={"status": f"{text} #lrnchat"}).json()["id"] for text in "ab"]
    sandbox.faults.add(Fault("mangle", mangling=mangling, path="/api/v1/timelines/"))
    spoiled, intact = client.get("/api/v1/timelines/tag/lrnchat").json()
    assert intact["id"] == ids[0]
    if mangling == "null":
        assert spoiled is None
    elif mangling == "fields":
        assert spoiled == {"id": ids[1]}
    else:
        assert len(spoiled["content"]) > 1_000_000


def test_a_huge_content_is_within_the_notifications_status(
    sandbox: Sandbox, ana: Account, bot: Account, http: Http
) -> None:
    http(sandbox, ana).post("/api/v1/statuses", data={"status": "@bot hello"})
    sandbox.faults.add(Fault("mangle", mangling="huge"))
    assert len(http(sandbox, bot).get("/api/v1/notifications").json()[0]["status"]["content"]) > 1_000_000


def test_a_fault_strikes_only_whom_and_what_it_names(sandbox: Sandbox, ana: Account, ben: Account, http: Http) -> None:
    sandbox.faults.add(Fault("status", account="ana", path=r"^/api/v1/timelines/(home|tag/x)$"))

    def answered(who: Account, path: str) -> int:
        return http(sandbox, who).get(path).status_code

    assert answered(ana, "/api/v1/timelines/home") == 500
    assert answered(ben, "/api/v1/timelines/home") == 200
    assert answered(ana, "/api/v1/timelines/tag/xy") == 200
    sandbox.faults.clear()
    sandbox.faults.add(Fault("status", account=ana.id, method="post"))
    assert answered(ana, "/api/v1/timelines/home") == 200


def test_a_fault_can_let_some_pass_first(sandbox: Sandbox, ana: Account, http: Http) -> None:
    sandbox.faults.add(Fault("status", skip=2, times=1))
    client = http(sandbox, ana)
    assert [client.get("/api/v1/instance").status_code for _ in range(4)] == [200, 200, 500, 200]


def test_chance_is_repeatable(sandbox: Sandbox, ana: Account, http: Http) -> None:
    client = http(sandbox, ana)

    def series() -> list[int]:
        sandbox.faults.clear()
        sandbox.faults.add(Fault("status", probability=0.5, seed=7))
        return [client.get("/api/v1/instance").status_code for _ in range(20)]

    first = series()
    assert first == series()
    assert {200, 500} == set(first)


def test_faults_and_counts_are_reached_over_http(sandbox: Sandbox, ana: Account, http: Http) -> None:
    nobody, client = http(sandbox), http(sandbox, ana)
    given = {"kind": "status", "status": 502, "path": "/api/v1/timelines", "times": 1}
    assert nobody.post("/sandbox/faults", json=given).json() == {"id": 1}
    assert [client.get("/api/v1/timelines/home").status_code for _ in range(2)] == [502, 200]
    assert nobody.get("/sandbox/faults").json() == [{"id": 1, "kind": "status", "fired": 1}]
    assert nobody.delete("/sandbox/faults").json() == {}
    assert nobody.get("/sandbox/faults").json() == []
    counts = nobody.get("/sandbox/stats").json()
    assert counts == {
        "total": 2,
        "by_account": {ana.id: 2},
        "by_path": {"GET /api/v1/timelines/home": 2},
    }
    assert sandbox.stats.requests_by(ana.token) == sandbox.stats.requests_by(ana.id) == sandbox.stats.total == 2
    assert sandbox.stats.requests_by(ana.id, method="POST") == 0


@pytest.mark.parametrize(
    "given", [{}, [], {"kind": "strange"}, {"kind": "status", "x": 1}, {"kind": "status", "path": "^("}, 3]
)
def test_a_fault_nobody_knows_is_refused(sandbox: Sandbox, http: Http, given: Any) -> None:
    assert http(sandbox).post("/sandbox/faults", json=given).status_code == (200 if given == [] else 422)
