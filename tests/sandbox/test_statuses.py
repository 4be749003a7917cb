"""Posting, editing, deleting: https://docs.joinmastodon.org/methods/statuses/."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest
from mastodon import MastodonAPIError, MastodonNotFoundError

from sandbox import Account, Sandbox, ids

Connect = Callable[..., Any]
Http = Callable[..., httpx.Client]
Advance = Callable[..., None]


def test_a_status_says_who_what_where(sandbox: Sandbox, ana: Account, ben: Account, connect: Connect) -> None:
    post = connect(sandbox, ana).status_post("@BEN you are missed #LrnChat", language="en")
    assert (post.account.id, post.account.acct, post.account.display_name) == (ana.id, "ana", "Ana")
    assert [(m.id, m.username, m.acct, m.url) for m in post.mentions] == [
        (ben.id, "ben", "ben", "https://learn.example/@ben")
    ]
    assert [tag.name for tag in post.tags] == ["lrnchat"]
    assert post.uri == f"https://learn.example/users/ana/statuses/{post.id}"
    assert post.url == f"https://learn.example/@ana/{post.id}"
    assert (post.visibility, post.in_reply_to_id, post.edited_at, post.reblog) == ("public", None, None, None)
    assert post.created_at.isoformat() == "2026-11-19T20:30:00+00:00"


def test_form_and_json_bodies_say_the_same(sandbox: Sandbox, ana: Account, http: Http) -> None:
    fields = {"status": "hello", "visibility": "unlisted", "sensitive": True, "an_unknown_key": "tolerated"}
    by_form = http(sandbox, ana).post("/api/v1/statuses", data=fields).json()
    by_json = http(sandbox, ana).post("/api/v1/statuses", json=fields).json()
    for post in (by_form, by_json):
        assert (post["content"], post["visibility"], post["sensitive"]) == ("<p>hello</p>", "unlisted", True)


def test_ids_derive_from_the_time_and_never_repeat(
    sandbox: Sandbox, ana: Account, connect: Connect, advance: Advance
) -> None:
    client = connect(sandbox, ana)
    same_moment = [client.status_post(f"number {number}") for number in range(5)]
    advance(seconds=1)
    later = client.status_post("later")
    assert len({post.id for post in same_moment}) == 5
    assert all(int(post.id) < int(later.id) for post in same_moment)
    assert int(later.id) >> 16 == int(later.created_at.timestamp() * 1000)


def test_ids_stay_unique_when_a_moments_sequence_is_used_up(
    now: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ids.SEQUENCE_BITS, "snowflake", 2)
    source = ids.IdSource("snowflake")
    assert len({source.at(now()) for _ in range(9)}) == 9


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_text_is_refused(sandbox: Sandbox, ana: Account, http: Http, text: str) -> None:
    response = http(sandbox, ana).post("/api/v1/statuses", data={"status": text})
    assert (response.status_code, response.json()) == (422, {"error": "Validation failed: Text can't be blank"})


def test_five_hundred_counted_characters_are_the_limit(
    sandbox: Sandbox, ana: Account, pat: Account, http: Http
) -> None:
    client = http(sandbox, ana)
    address = "https://example.org/" + "y" * 300
    exact = f"@pat@far.example {address} " + "x" * (500 - len("@pat ") - 23 - 1)
    assert client.post("/api/v1/statuses", data={"status": exact}).status_code == 200
    response = client.post("/api/v1/statuses", data={"status": exact + "x"})
    assert (response.status_code, response.json()) == (
        422,
        {"error": "Validation failed: Text character limit of 500 exceeded"},
    )


def test_a_content_warning_counts_too(sandbox: Sandbox, ana: Account, http: Http) -> None:
    form = {"status": "x" * 490, "spoiler_text": "y" * 11}
    assert http(sandbox, ana).post("/api/v1/statuses", data=form).status_code == 422


def test_an_unknown_visibility_is_refused(sandbox: Sandbox, ana: Account, http: Http) -> None:
    form = {"status": "hello", "visibility": "secret"}
    assert http(sandbox, ana).post("/api/v1/statuses", data=form).status_code == 422


def test_a_reply_to_nothing_or_to_something_hidden_is_404(
    sandbox: Sandbox, ana: Account, ben: Account, bot: Account, connect: Connect, http: Http
) -> None:
    hidden = connect(sandbox, ana).status_post("@bot psst", visibility="direct")
    for parent in ("1", hidden.id):
        response = http(sandbox, ben).post("/api/v1/statuses", data={"status": "yes", "in_reply_to_id": parent})
        assert response.status_code == 404
        assert "reply to does not appear to exist" in response.json()["error"]


def test_an_idempotency_key_holds_for_one_hour_and_one_account(
    sandbox: Sandbox, ana: Account, ben: Account, connect: Connect, advance: Advance
) -> None:
    first = connect(sandbox, ana).status_post("once", idempotency_key="k")
    advance(minutes=59)
    assert connect(sandbox, ana).status_post("once", idempotency_key="k").id == first.id
    assert connect(sandbox, ben).status_post("once", idempotency_key="k").id != first.id
    advance(minutes=1)
    assert connect(sandbox, ana).status_post("once", idempotency_key="k").id != first.id
    assert len(connect(sandbox, ana).account_statuses(ana.id)) == 2


def test_a_key_whose_status_was_deleted_is_404(sandbox: Sandbox, ana: Account, connect: Connect) -> None:
    client = connect(sandbox, ana)
    client.status_delete(client.status_post("once", idempotency_key="k"))
    with pytest.raises(MastodonNotFoundError):
        client.status_post("once", idempotency_key="k")


def test_a_mention_of_nobody_is_text_and_delivered_to_nobody(sandbox: Sandbox, bot: Account, connect: Connect) -> None:
    post = connect(sandbox, bot).status_post("@nobody @gone@far.example hello", visibility="direct")
    assert post.mentions == []
    assert post.content == "<p>@nobody @gone@far.example hello</p>"


def test_who_blocks_the_author_gets_nothing(sandbox: Sandbox, bot: Account, ana: Account, connect: Connect) -> None:
    connect(sandbox, ana).account_block(bot.id)
    post = connect(sandbox, bot).status_post("@ana hello", visibility="direct")
    assert post.mentions == []
    with pytest.raises(MastodonNotFoundError):
        connect(sandbox, ana).status(post.id)


def test_people_whom_the_author_blocks_are_not_mentioned(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect
) -> None:
    connect(sandbox, bot).account_block(ana.id)
    post = connect(sandbox, bot).status_post("@ana hello")
    assert (post.mentions, post.content) == ([], "<p>@ana hello</p>")


def test_somebody_blocked_does_not_see_even_public_statuses(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect, http: Http
) -> None:
    post = connect(sandbox, bot).status_post("hello")
    connect(sandbox, bot).account_block(ana.id)
    with pytest.raises(MastodonNotFoundError):
        connect(sandbox, ana).status(post.id)
    assert http(sandbox).get(f"/api/v1/statuses/{post.id}").status_code == 200


def test_a_block_can_be_invisible_to_the_author(now: Callable[[], Any], connect: Connect) -> None:
    with Sandbox(now, shows_blocked_mentions=True) as sandbox:
        bot, ana = sandbox.add_account("bot"), sandbox.add_account("ana")
        connect(sandbox, ana).account_block(bot.id)
        connect(sandbox, ana).update_notifications_policy(for_private_mentions="accept")
        post = connect(sandbox, bot).status_post("@ana hello", visibility="direct")
        assert [mention.id for mention in post.mentions] == [ana.id]
        assert connect(sandbox, ana).notifications() == []


def test_a_bare_name_means_the_authors_own_server_first(
    sandbox: Sandbox, bot: Account, pat: Account, connect: Connect
) -> None:
    client = connect(sandbox, pat)
    assert [mention.id for mention in client.status_post("@bot START").mentions] == [bot.id]
    namesake = sandbox.add_account("bot", domain="far.example")
    assert [mention.id for mention in client.status_post("@bot START").mentions] == [namesake.id]
    both = client.status_post("@bot @bot@learn.example START")
    assert "@<span>bot@far.example</span>" in both.content
    far = client.status_post("@bot@learn.example START #LrnChat")
    assert [mention.acct for mention in far.mentions] == ["bot"]
    assert far.account.acct == "pat@far.example"
    assert far.uri.startswith("https://far.example/users/pat/statuses/")
    assert far.url.startswith("https://far.example/@pat/")


def test_an_edit_keeps_the_id_and_tells_only_the_newly_mentioned(
    sandbox: Sandbox, bot: Account, ana: Account, ben: Account, connect: Connect, advance: Advance
) -> None:
    client = connect(sandbox, bot)
    post = client.status_post("@ana hello #one")
    advance(minutes=5)
    client.status_update(post.id, "@ana hello, again #one")
    edited = client.status_update(post.id, "@ben hello #two")
    assert (edited.id, edited.created_at) == (post.id, post.created_at)
    assert edited.edited_at.isoformat() == "2026-11-19T20:35:00+00:00"
    assert [mention.acct for mention in edited.mentions] == ["ben"]
    assert client.timeline_hashtag("one") == []
    assert [found.id for found in client.timeline_hashtag("two")] == [post.id]
    assert len(connect(sandbox, ana).notifications()) == 1
    assert len(connect(sandbox, ben).notifications()) == 1
    assert client.status_source(post.id).text == "@ben hello #two"


def test_only_the_author_edits_and_deletes(sandbox: Sandbox, ana: Account, ben: Account, connect: Connect) -> None:
    post = connect(sandbox, ana).status_post("mine")
    with pytest.raises(MastodonNotFoundError):
        connect(sandbox, ben).status_update(post.id, "yours")
    with pytest.raises(MastodonNotFoundError):
        connect(sandbox, ben).status_delete(post.id)


def test_a_deleted_status_is_gone_everywhere(sandbox: Sandbox, ana: Account, bot: Account, connect: Connect) -> None:
    client = connect(sandbox, ana)
    post = client.status_post("@bot hello #lrnchat")
    answer = connect(sandbox, bot).status_post("@ana yes", in_reply_to_id=post.id)
    connect(sandbox, bot).status_reblog(post.id)
    assert client.status_delete(post.id).text == "@bot hello #lrnchat"
    with pytest.raises(MastodonNotFoundError):
        client.status(post.id)
    assert client.timeline_hashtag("lrnchat") == []
    assert connect(sandbox, bot).notifications() == []
    assert [found.id for found in connect(sandbox, bot).account_statuses(bot.id)] == [answer.id]
    orphan = client.status(answer.id)
    assert (orphan.in_reply_to_id, orphan.in_reply_to_account_id) == (None, ana.id)


def test_a_thread_is_read_by_its_context(sandbox: Sandbox, ana: Account, ben: Account, connect: Connect) -> None:
    question = connect(sandbox, ana).status_post("Q1")
    answer = connect(sandbox, ben).status_post("@ana A1", in_reply_to_id=question.id)
    secret = connect(sandbox, ben).status_post("@ana A1, between us", in_reply_to_id=question.id, visibility="direct")
    more = connect(sandbox, ana).status_post("@ben more?", in_reply_to_id=answer.id)
    context = connect(sandbox, ana).status_context(answer.id)
    assert [post.id for post in context.ancestors] == [question.id]
    assert [post.id for post in context.descendants] == [more.id]
    assert secret.id in {post.id for post in connect(sandbox, ana).status_context(question.id).descendants}
    outsider = connect(sandbox, sandbox.add_account("zoe"))
    assert secret.id not in {post.id for post in outsider.status_context(question.id).descendants}
    assert outsider.status(question.id).replies_count == 1


def test_a_reblog_is_a_status_of_its_own_once(sandbox: Sandbox, ana: Account, ben: Account, connect: Connect) -> None:
    post = connect(sandbox, ana).status_post("Q1 #lrnchat")
    first = connect(sandbox, ben).status_reblog(post.id)
    assert connect(sandbox, ben).status_reblog(post.id).id == first.id
    assert (first.reblog.id, first.account.acct, first.content) == (post.id, "ben", post.content)
    assert [found.id for found in connect(sandbox, ben).timeline_hashtag("lrnchat")] == [post.id]
    assert [told.type for told in connect(sandbox, ana).notifications()] == ["reblog"]


def test_a_direct_status_cannot_be_reblogged(sandbox: Sandbox, ana: Account, ben: Account, connect: Connect) -> None:
    post = connect(sandbox, ana).status_post("@ben psst", visibility="direct")
    with pytest.raises(MastodonAPIError) as refused:
        connect(sandbox, ben).status_reblog(post.id)
    assert refused.value.args[1] == 403
