"""Rate limits: https://docs.joinmastodon.org/api/rate-limits/ and what the server counts besides."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest
from mastodon import MastodonRatelimitError

from sandbox import Account, Sandbox
from sandbox.limits import PAGING, PER_ACCOUNT, PER_TOKEN, POSTING, Caller, Limiter
from sandbox.model import Account as Person
from sandbox.params import Params

Http = Callable[..., httpx.Client]
Advance = Callable[..., None]
REFUSED = {"error": "Too many requests"}


@pytest.fixture
def person(now: Callable[[], datetime]) -> Person:
    return Person("7", "bot", None, "bot", now())


def asked(person: Person, token: str = "t", path: str = "/api/v1/timelines/home", **query: str) -> Caller:
    return Caller("GET", path, Params(tuple(query.items())), "127.0.0.1", token, person)


def passed(limiter: Limiter, callers: Iterator[Caller]) -> int:
    return next(count for count, caller in enumerate(callers) if not limiter.charge(caller)[1])


def test_a_token_has_300_requests_in_five_minutes(
    person: Person, now: Callable[[], datetime], advance: Advance
) -> None:
    limiter = Limiter(now, "mastodon")
    assert passed(limiter, (asked(person) for _ in range(400))) == PER_TOKEN.limit == 300
    assert limiter.charge(asked(person, "other"))[1]
    advance(minutes=4, seconds=59)
    assert not limiter.charge(asked(person))[1]
    advance(seconds=1)
    assert limiter.charge(asked(person))[1]


def test_an_account_has_1500_over_all_its_tokens(person: Person, now: Callable[[], datetime]) -> None:
    limiter = Limiter(now, "mastodon")
    assert passed(limiter, (asked(person, f"t{number % 9}") for number in range(1600))) == PER_ACCOUNT.limit == 1500


def test_cursors_share_300_in_a_quarter_of_an_hour_over_all_tokens(
    person: Person, now: Callable[[], datetime], advance: Advance
) -> None:
    limiter = Limiter(now, "mastodon")
    for number in range(PAGING.limit):
        cursor = ("min_id", "max_id", "since_id")[number % 3]
        assert limiter.charge(asked(person, f"t{number % 2}", **{cursor: "1"}))[1]
    assert not limiter.charge(asked(person, min_id="1"))[1]
    assert limiter.charge(asked(person))[1]
    advance(minutes=15)
    assert limiter.charge(asked(person, min_id="1"))[1]


def test_headers_tell_of_the_tightest_bucket(sandbox: Sandbox, bot: Account, http: Http, advance: Advance) -> None:
    advance(minutes=1)
    client = http(sandbox, bot)
    first = client.get("/api/v1/timelines/home").headers
    assert (first["x-ratelimit-limit"], first["x-ratelimit-remaining"]) == ("300", "299")
    assert first["x-ratelimit-reset"] == "2026-11-19T20:35:00.000Z"
    assert first["date"] == "Thu, 19 Nov 2026 20:31:00 GMT"
    for _ in range(3):
        client.get("/api/v1/timelines/home", params={"min_id": "1"})
    advance(minutes=5)
    paging = client.get("/api/v1/timelines/home", params={"min_id": "1"}).headers
    assert (paging["x-ratelimit-remaining"], paging["x-ratelimit-reset"]) == ("296", "2026-11-19T20:45:00.000Z")


def test_the_three_hundred_and_first_request_is_refused_with_headers(
    sandbox: Sandbox, bot: Account, http: Http, connect: Callable[..., Any]
) -> None:
    client = http(sandbox, bot)
    answers = [client.get("/api/v1/instance") for _ in range(301)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert answers[-1].json() == REFUSED
    assert answers[-1].headers["x-ratelimit-remaining"] == "0"
    with pytest.raises(MastodonRatelimitError):
        connect(sandbox, bot).timeline_home()


def test_three_hundred_statuses_in_three_hours(sandbox: Sandbox, bot: Account, http: Http, advance: Advance) -> None:
    client = http(sandbox, bot)
    last = httpx.Response(500)
    for number in range(POSTING.limit):
        if number == 200:
            advance(minutes=5)
        last = client.post("/api/v1/statuses", data={"status": str(number)})
    assert (last.status_code, last.headers["x-ratelimit-remaining"]) == (200, "0")
    post_id = last.json()["id"]
    for refused in (
        client.post("/api/v1/statuses", data={"status": "more"}),
        client.put(f"/api/v1/statuses/{post_id}", data={"status": "edited"}),
    ):
        assert (refused.status_code, refused.json()) == (429, REFUSED)
        assert refused.headers["x-ratelimit-reset"] == "2026-11-19T21:00:00.000Z"
    assert client.get(f"/api/v1/statuses/{post_id}").status_code == 200


def test_thirty_deletions_in_half_an_hour(sandbox: Sandbox, bot: Account, http: Http) -> None:
    client = http(sandbox, bot)
    posted = [client.post("/api/v1/statuses", data={"status": str(number)}).json()["id"] for number in range(31)]
    assert [client.delete(f"/api/v1/statuses/{post}").status_code for post in posted] == [200] * 30 + [429]


def test_a_refused_text_and_a_repeated_key_cost_no_status(sandbox: Sandbox, bot: Account, http: Http) -> None:
    client = http(sandbox, bot)
    for _ in range(5):
        client.post("/api/v1/statuses", data={"status": ""})
        client.post("/api/v1/statuses", data={"status": "once"}, headers={"Idempotency-Key": "k"})
    sandbox.new_token(bot)
    assert len(client.get(f"/api/v1/accounts/{bot.id}/statuses").json()) == 1
    for _ in range(282):
        client.get("/api/v1/instance")
    last = client.post("/api/v1/statuses", data={"status": "again"})
    assert last.headers["x-ratelimit-remaining"] == "6"


def test_five_applications_in_ten_minutes(sandbox: Sandbox, http: Http) -> None:
    form = {"client_name": "x", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"}
    statuses = [http(sandbox).post("/api/v1/apps", data=form).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


def test_an_unlimited_account_is_not_counted(sandbox: Sandbox, http: Http) -> None:
    client = http(sandbox, sandbox.add_account("host", unlimited=True))
    answers = [client.get("/api/v1/instance") for _ in range(310)]
    assert {(one.status_code, one.headers["x-ratelimit-remaining"]) for one in answers} == {(200, "300")}


def test_limits_can_be_lifted(now: Callable[[], datetime], http: Http) -> None:
    with Sandbox(now, limits=False) as sandbox:
        client = http(sandbox, sandbox.add_account("ana"))
        assert {client.get("/api/v1/instance").status_code for _ in range(310)} == {200}
