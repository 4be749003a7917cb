"""Who sees what where: https://docs.joinmastodon.org/methods/timelines/."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from mastodon import MastodonNotFoundError

from sandbox import Account, Sandbox

Connect = Callable[..., Any]
Http = Callable[..., httpx.Client]
Advance = Callable[..., None]


def ids(posts: Any) -> list[str]:
    return [post.id for post in posts]


def test_only_public_statuses_stand_under_a_hashtag(sandbox: Sandbox, ana: Account, connect: Connect) -> None:
    client = connect(sandbox, ana)
    public = client.status_post("one #lrnchat")
    for visibility in ("unlisted", "private", "direct"):
        client.status_post("other #lrnchat", visibility=visibility)
    client.status_reblog(public.id)
    for asked in ("lrnchat", "LRNCHAT"):
        assert ids(client.timeline_hashtag(asked)) == [public.id]


def test_replies_stand_under_a_hashtag(sandbox: Sandbox, ana: Account, ben: Account, connect: Connect) -> None:
    question = connect(sandbox, ana).status_post("Q1 #lrnchat")
    answer = connect(sandbox, ben).status_post("@ana A1 #lrnchat", in_reply_to_id=question.id)
    assert ids(connect(sandbox, ana).timeline_hashtag("lrnchat")) == [answer.id, question.id]


def test_blocked_people_are_not_under_a_hashtag(sandbox: Sandbox, ana: Account, ben: Account, connect: Connect) -> None:
    connect(sandbox, ana).status_post("one #lrnchat")
    connect(sandbox, ben).account_block(ana.id)
    assert connect(sandbox, ben).timeline_hashtag("lrnchat") == []


def test_pages_of_a_hashtag_hold_at_most_forty_and_lead_on(
    sandbox: Sandbox, ana: Account, connect: Connect, http: Http
) -> None:
    client = connect(sandbox, ana)
    posted = [client.status_post(f"number {number} #lrnchat").id for number in range(45)]
    first = client.timeline_hashtag("lrnchat", limit=100)
    assert ids(first) == posted[:4:-1]
    assert ids(client.fetch_next(first)) == posted[4::-1]
    assert ids(client.timeline_hashtag("lrnchat")) == posted[:24:-1]
    after = http(sandbox, ana).get("/api/v1/timelines/tag/lrnchat", params={"limit": 2, "min_id": posted[10]})
    assert [post["id"] for post in after.json()] == [posted[12], posted[11]]
    assert f"limit=2&min_id={posted[12]}" in after.headers["link"]
    since = http(sandbox, ana).get("/api/v1/timelines/tag/lrnchat", params={"limit": 2, "since_id": posted[10]})
    assert [post["id"] for post in since.json()] == [posted[44], posted[43]]
    empty = http(sandbox, ana).get("/api/v1/timelines/tag/lrnchat", params={"min_id": posted[44]})
    assert (empty.json(), "link" in empty.headers) == ([], False)


def test_home_is_followed_people_from_when_they_are_followed_and_before(
    sandbox: Sandbox, ana: Account, ben: Account, connect: Connect
) -> None:
    before = connect(sandbox, ana).status_post("before")
    reader = connect(sandbox, ben)
    assert reader.timeline_home() == []
    reader.account_follow(ana.id)
    after = connect(sandbox, ana).status_post("after")
    own = reader.status_post("mine")
    assert ids(reader.timeline_home()) == [own.id, after.id, before.id]
    reader.account_unfollow(ana.id)
    assert ids(reader.timeline_home()) == [own.id]


def test_a_direct_status_comes_home_only_from_followed_people(
    sandbox: Sandbox, ana: Account, ben: Account, connect: Connect
) -> None:
    stranger = connect(sandbox, ana).status_post("@ben one", visibility="direct")
    reader = connect(sandbox, ben)
    assert reader.timeline_home() == []
    assert reader.status(stranger.id).id == stranger.id
    reader.account_follow(ana.id)
    friend = connect(sandbox, ana).status_post("@ben two", visibility="direct")
    connect(sandbox, ana).status_post("to nobody in particular", visibility="direct")
    assert ids(reader.timeline_home()) == [friend.id]
    assert ids(connect(sandbox, ana).timeline_home(limit=1)) != [friend.id]


def test_replies_to_strangers_do_not_come_home(
    sandbox: Sandbox, ana: Account, ben: Account, bot: Account, connect: Connect
) -> None:
    reader = connect(sandbox, bot)
    reader.account_follow(ben.id)
    question = connect(sandbox, ana).status_post("Q1")
    connect(sandbox, ben).status_post("@ana A1", in_reply_to_id=question.id)
    assert reader.timeline_home() == []
    reader.account_follow(ana.id)
    answer = connect(sandbox, ben).status_post("@ana A2", in_reply_to_id=question.id)
    assert ids(reader.timeline_home()) == [answer.id, question.id]


def test_a_followed_hashtag_comes_home_from_then_on_with_replies(
    sandbox: Sandbox, ana: Account, ben: Account, bot: Account, connect: Connect
) -> None:
    reader = connect(sandbox, bot)
    question = connect(sandbox, ana).status_post("Q1 #lrnchat")
    assert reader.tag_follow("LrnChat").following is True
    answer = connect(sandbox, ben).status_post("@ana A1 #lrnchat", in_reply_to_id=question.id)
    connect(sandbox, ana).status_post("quiet #lrnchat", visibility="unlisted")
    assert ids(reader.timeline_home()) == [answer.id]
    assert reader.tag_unfollow("lrnchat").following is False


def test_an_accounts_statuses_are_shown_as_far_as_they_are_meant(
    sandbox: Sandbox, ana: Account, ben: Account, bot: Account, connect: Connect, http: Http
) -> None:
    author = connect(sandbox, ana)
    posted = {
        kind: author.status_post(text, visibility=kind).id
        for kind, text in [
            ("public", "1"),
            ("unlisted", "2"),
            ("private", "3"),
            ("direct", "@bot 4"),
        ]
    }
    everything = list(posted.values())[::-1]
    public = [posted["unlisted"], posted["public"]]
    assert ids(author.account_statuses(ana.id)) == everything
    assert ids(connect(sandbox, bot).account_statuses(ana.id)) == [posted["direct"], *public]
    assert ids(connect(sandbox, ben).account_statuses(ana.id)) == public
    anonymous = http(sandbox).get(f"/api/v1/accounts/{ana.id}/statuses").json()
    assert [post["id"] for post in anonymous] == public
    connect(sandbox, ben).account_follow(ana.id)
    assert ids(connect(sandbox, ben).account_statuses(ana.id)) == [posted["private"], *public]
    for blocked in (ben, bot):
        author.account_block(blocked.id)
        assert connect(sandbox, blocked).account_statuses(ana.id) == []


def test_replies_and_reblogs_can_be_left_out(sandbox: Sandbox, ana: Account, ben: Account, connect: Connect) -> None:
    client = connect(sandbox, ana)
    other = connect(sandbox, ben).status_post("Q1")
    own = client.status_post("own")
    thread = client.status_post("own, continued", in_reply_to_id=own.id)
    reply = client.status_post("@ben A1", in_reply_to_id=other.id)
    reblog = client.status_reblog(other.id)
    assert ids(client.account_statuses(ana.id)) == [reblog.id, reply.id, thread.id, own.id]
    shown = client.account_statuses(ana.id, exclude_replies=True, exclude_reblogs=True)
    assert ids(shown) == [thread.id, own.id]


def test_a_hidden_status_is_404_and_not_403(sandbox: Sandbox, ana: Account, ben: Account, connect: Connect) -> None:
    for visibility in ("private", "direct"):
        post = connect(sandbox, ana).status_post("psst", visibility=visibility)
        with pytest.raises(MastodonNotFoundError):
            connect(sandbox, ben).status(post.id)


def test_a_late_status_lies_behind_the_cursor(
    sandbox: Sandbox, bot: Account, ana: Account, pat: Account, now: Callable[[], Any], connect: Connect
) -> None:
    client = connect(sandbox, bot)
    client.account_follow(pat.id)
    seen = connect(sandbox, ana).status_post("Q1 #lrnchat")
    late = sandbox.publish_late(pat, "@bot@learn.example A0 #lrnchat", created_at=now() - timedelta(minutes=20))
    assert client.timeline_hashtag("lrnchat", min_id=seen.id) == []
    assert ids(client.timeline_hashtag("lrnchat")) == [seen.id, late.id]
    assert late.id in ids(client.timeline_home())
    assert [told.status.id for told in client.notifications(types=["mention"])] == [late.id]


def test_a_status_six_hours_late_reaches_only_its_hashtag(
    sandbox: Sandbox, bot: Account, pat: Account, now: Callable[[], Any], connect: Connect
) -> None:
    client = connect(sandbox, bot)
    client.account_follow(pat.id)
    late = sandbox.publish_late(pat, "@bot@learn.example A0 #lrnchat", created_at=now() - timedelta(hours=7))
    assert ids(client.timeline_hashtag("lrnchat")) == [late.id]
    assert client.timeline_home() == []
    assert client.notifications() == []


def test_only_a_remote_status_of_the_past_can_be_late(
    sandbox: Sandbox, ana: Account, pat: Account, now: Callable[[], Any]
) -> None:
    with pytest.raises(ValueError, match="remote"):
        sandbox.publish_late(ana, "hello", created_at=now() - timedelta(minutes=1))
    with pytest.raises(ValueError, match="remote"):
        sandbox.publish_late(pat, "hello", created_at=now() + timedelta(minutes=1))


def test_accounts_are_found_by_handle(sandbox: Sandbox, ana: Account, pat: Account, connect: Connect) -> None:
    client = connect(sandbox, ana)
    assert client.account_lookup("pat@far.example").id == pat.id
    assert client.account_lookup("ANA").id == ana.id
    with pytest.raises(MastodonNotFoundError):
        client.account_lookup("pat")
    for asked, found in [("@pat@far.example", [pat.id]), ("@ana@learn.example", [ana.id]), ("@zoe@far.example", [])]:
        assert ids(client.search_v2(asked, result_type="accounts", resolve=True).accounts) == found


def test_relationships_and_requests_of_a_locked_account(sandbox: Sandbox, ana: Account, connect: Connect) -> None:
    shy = sandbox.add_account("shy", locked=True)
    client = connect(sandbox, ana)
    assert client.account_follow(shy.id).requested is True
    assert client.account_relationships([shy.id])[0].following is False
    assert [told.type for told in connect(sandbox, shy).notifications()] == ["follow_request"]
    connect(sandbox, shy).follow_request_authorize(ana.id)
    relation = client.account_relationships([shy.id, "1"])
    assert [(one.following, one.requested) for one in relation] == [(True, False)]


def test_an_account_changes_what_it_says_of_itself(sandbox: Sandbox, ana: Account, connect: Connect) -> None:
    client = connect(sandbox, ana)
    client.account_update_credentials(bot=True, note="I am a bot. #nobot")
    own = client.account_verify_credentials()
    assert (own.bot, own.display_name, own.source.note) == (True, "Ana", "I am a bot. #nobot")
    assert own.note.startswith("<p>I am a bot. ")


def test_conversations_are_direct_threads_newest_first(
    sandbox: Sandbox, ana: Account, ben: Account, bot: Account, connect: Connect, advance: Advance
) -> None:
    client = connect(sandbox, bot)
    client.update_notifications_policy(for_private_mentions="accept")
    first = connect(sandbox, ana).status_post("@bot START", visibility="direct")
    advance(seconds=1)
    connect(sandbox, ben).status_post("@bot START", visibility="direct")
    advance(seconds=1)
    answer = client.status_post("@ana welcome", visibility="direct", in_reply_to_id=first.id)
    threads = client.conversations()
    assert threads[0].last_status.id == answer.id
    assert [[person.acct for person in thread.accounts] for thread in threads] == [["ana"], ["ben"]]
    assert [thread.unread for thread in threads] == [False, True]
