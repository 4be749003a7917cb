"""What other servers do differently, as recorded from GoToSocial 0.20 and Takahe 0.11."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest

from sandbox import Account, Sandbox

Connect = Callable[..., Any]
Http = Callable[..., httpx.Client]


@pytest.fixture
def gotosocial(now: Callable[[], datetime]) -> Iterator[Sandbox]:
    with Sandbox(now, dialect="gotosocial") as sandbox:
        yield sandbox


@pytest.fixture
def takahe(now: Callable[[], datetime]) -> Iterator[Sandbox]:
    with Sandbox(now, dialect="takahe") as sandbox:
        yield sandbox


@pytest.fixture(params=["gotosocial", "takahe"])
def either(request: pytest.FixtureRequest) -> Sandbox:
    sandbox: Sandbox = request.getfixturevalue(request.param)
    return sandbox


def cast(sandbox: Sandbox) -> tuple[Account, Account]:
    return sandbox.add_account("bot"), sandbox.add_account("ana")


def test_idempotency_keys_are_ignored(either: Sandbox, connect: Connect) -> None:
    client = connect(either, cast(either)[0])
    first, second = (client.status_post("once", idempotency_key="k") for _ in range(2))
    assert first.id != second.id


def test_there_is_no_notification_policy_and_nothing_is_filtered(either: Sandbox, connect: Connect, http: Http) -> None:
    bot, ana = cast(either)
    assert http(either, bot).get("/api/v2/notifications/policy").status_code == 404
    connect(either, bot).status_post("@ana hello", visibility="direct")
    assert len(connect(either, ana).notifications()) == 1


def test_which_replies_stand_under_a_hashtag(either: Sandbox, connect: Connect) -> None:
    bot, ana = cast(either)
    question = connect(either, ana).status_post("Q1 #lrnchat")
    own = connect(either, ana).status_post("Q1, again #lrnchat", in_reply_to_id=question.id)
    connect(either, bot).status_post("A1 #lrnchat", in_reply_to_id=question.id)
    shown = [post.id for post in connect(either, ana).timeline_hashtag("lrnchat")]
    by_name = http_dialect(either)
    assert shown == ([own.id, question.id] if by_name == "gotosocial" else [question.id])


def http_dialect(sandbox: Sandbox) -> str:
    with httpx.Client(base_url=sandbox.base_url, trust_env=False) as client:
        return "takahe" if client.get("/api/v1/instance").json()["version"].startswith("takahe") else "gotosocial"


def test_a_followed_hashtag_brings_the_replies_home(either: Sandbox, connect: Connect) -> None:
    bot, ana = cast(either)
    connect(either, bot).tag_follow("lrnchat")
    question = connect(either, ana).status_post("Q1 #lrnchat")
    zoe = connect(either, either.add_account("zoe"))
    answer = zoe.status_post("A1 #lrnchat", in_reply_to_id=question.id)
    assert {post.id for post in connect(either, bot).timeline_home()} == {question.id, answer.id}


def test_gotosocials_ids_limits_and_lengths(gotosocial: Sandbox, connect: Connect, http: Http) -> None:
    bot, _ = cast(gotosocial)
    long = http(gotosocial, bot).post("/api/v1/statuses", data={"status": "x" * 5000})
    assert (long.status_code, len(long.json()["id"])) == (200, 26)
    assert long.json()["id"].isalnum()
    too_long = http(gotosocial, bot).post("/api/v1/statuses", data={"status": "x" * 5001})
    assert (too_long.status_code, "exceed max chars" in too_long.json()["error"]) == (400, True)
    assert connect(gotosocial, bot).instance_v2().configuration.statuses.max_characters == 5000
    first, second = (
        http(gotosocial, who).get("/api/v1/instance").headers["x-ratelimit-remaining"] for who in (bot, None)
    )
    assert int(first) - int(second) == 1


def test_gotosocial_pages_by_ulid(gotosocial: Sandbox, connect: Connect, advance: Callable[..., None]) -> None:
    client = connect(gotosocial, cast(gotosocial)[0])
    posted = []
    for number in range(3):
        advance(seconds=1)
        posted.append(client.status_post(f"{number} #lrnchat").id)
    assert [post.id for post in client.timeline_hashtag("lrnchat", min_id=posted[0])] == posted[:0:-1]


def test_gotosocial_wants_a_token_and_tells_of_self_mentions(gotosocial: Sandbox, connect: Connect, http: Http) -> None:
    bot, _ = cast(gotosocial)
    for token in (None, "wrong"):
        refused = http(gotosocial, token).get("/api/v1/timelines/tag/lrnchat")
        assert (refused.status_code, refused.json()) == (401, {"error": "Unauthorized: token not supplied"})
    connect(gotosocial, bot).status_post("@bot note to myself")
    assert len(connect(gotosocial, bot).notifications()) == 1


def test_takahe_breaks_with_pages_of_html(takahe: Sandbox, http: Http) -> None:
    bot, _ = cast(takahe)
    client = http(takahe, bot)
    for path in ("/api/v2/instance", "/api/v1/statuses/1"):
        broken = client.get(path)
        assert (broken.status_code, broken.headers["content-type"]) == (500, "text/html; charset=utf-8")
    refused = http(takahe, "wrong").get("/api/v1/timelines/home")
    assert (refused.status_code, refused.text) == (400, "Invalid Bearer token")
    assert client.post("/api/v1/statuses", data={"status": ""}).json() == {"error": "Status is empty"}


def test_takahe_has_no_limits(takahe: Sandbox, http: Http) -> None:
    client = http(takahe, cast(takahe)[0])
    answers = [client.get("/api/v1/instance") for _ in range(310)]
    assert {(one.status_code, "x-ratelimit-limit" in one.headers) for one in answers} == {(200, False)}


def test_takahes_local_people_have_a_domain(takahe: Sandbox, connect: Connect, http: Http) -> None:
    bot, ana = cast(takahe)
    post = connect(takahe, bot).status_post("@ana hello", visibility="direct")
    assert post.account.acct == "bot@learn.example"
    assert [(mention.id, mention.acct) for mention in post.mentions] == [(ana.id, "ana@learn.example")]
    assert http(takahe, bot).get("/api/v1/accounts/lookup", params={"acct": "ana"}).status_code == 404


def test_takahe_lists_no_direct_statuses_but_brings_them_home_and_repeats(takahe: Sandbox, connect: Connect) -> None:
    bot, _ = cast(takahe)
    client = connect(takahe, bot)
    direct = client.status_post("@ana hello", visibility="direct")
    public = client.status_post("hello")
    assert [post.id for post in client.account_statuses(bot.id)] == [public.id]
    assert [post.id for post in client.timeline_home()] == [public.id, public.id, direct.id]


def test_mastodon_repeats_nothing_and_lists_directs(sandbox: Sandbox, bot: Account, connect: Connect) -> None:
    client = connect(sandbox, bot)
    direct = client.status_post("@ana hello", visibility="direct")
    assert [post.id for post in client.account_statuses(bot.id)] == [direct.id]
    assert [post.id for post in client.timeline_home()] == [direct.id]


def test_mastodon_says_what_it_is(sandbox: Sandbox, bot: Account, connect: Connect) -> None:
    client = connect(sandbox, bot)
    for described in (client.instance_v1(), client.instance_v2()):
        assert described.version == "4.3.0"
        limits = described.configuration.statuses
        assert (limits.max_characters, limits.characters_reserved_per_url) == (500, 23)
    assert client.instance_v2().domain == "learn.example"
