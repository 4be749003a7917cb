"""What people are told, and what a stranger's direct message comes to."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from mastodon import MastodonAPIError, MastodonNotFoundError

from sandbox import Account, Sandbox

Connect = Callable[..., Any]
Http = Callable[..., httpx.Client]
Advance = Callable[..., None]


def texts(told: Any) -> list[str]:
    return [one.status.content.rpartition(" ")[2].removesuffix("</p>") for one in told]


def test_a_strangers_direct_message_is_filtered(sandbox: Sandbox, bot: Account, ana: Account, connect: Connect) -> None:
    connect(sandbox, bot).status_post("@ana hello", visibility="direct")
    client = connect(sandbox, ana)
    assert client.notifications() == []
    assert client.conversations() == []
    waiting = client.notification_requests()
    assert [(one.account.id, str(one.notifications_count)) for one in waiting] == [(bot.id, "1")]
    summary = client.notifications_policy().summary
    assert (summary.pending_requests_count, summary.pending_notifications_count) == (1, 1)


def test_a_strangers_public_mention_is_not(sandbox: Sandbox, bot: Account, ana: Account, connect: Connect) -> None:
    connect(sandbox, bot).status_post("@ana hello")
    assert texts(connect(sandbox, ana).notifications()) == ["hello"]


def test_following_the_sender_lets_later_messages_through(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect
) -> None:
    connect(sandbox, bot).status_post("@ana early", visibility="direct")
    connect(sandbox, ana).account_follow(bot.id)
    connect(sandbox, bot).status_post("@ana later", visibility="direct")
    assert texts(connect(sandbox, ana).notifications()) == ["later"]
    assert len(connect(sandbox, ana).notification_requests()) == 1


def test_accepting_the_request_shows_everything(sandbox: Sandbox, bot: Account, ana: Account, connect: Connect) -> None:
    client = connect(sandbox, ana)
    connect(sandbox, bot).status_post("@ana early", visibility="direct")
    client.accept_notification_request(client.notification_requests()[0].id)
    connect(sandbox, bot).status_post("@ana later", visibility="direct")
    assert texts(client.notifications()) == ["later", "early"]
    assert client.notification_requests() == []
    assert len(client.conversations()) == 2


def test_dismissing_the_request_throws_away_and_filters_anew(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect
) -> None:
    client = connect(sandbox, ana)
    connect(sandbox, bot).status_post("@ana early", visibility="direct")
    client.dismiss_notification_request(client.notification_requests()[0].id)
    assert client.notifications_policy().summary.pending_notifications_count == 0
    connect(sandbox, bot).status_post("@ana later", visibility="direct")
    assert client.notifications() == []
    assert len(client.notification_requests()) == 1


def test_an_answer_in_the_recipients_own_thread_gets_through(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect
) -> None:
    start = connect(sandbox, ana).status_post("@bot START", visibility="direct")
    welcome = connect(sandbox, bot).status_post("@ana welcome", visibility="direct", in_reply_to_id=start.id)
    connect(sandbox, bot).status_post("@ana reminder", visibility="direct", in_reply_to_id=welcome.id)
    connect(sandbox, bot).status_post("@ana astray", visibility="direct")
    assert texts(connect(sandbox, ana).notifications()) == ["reminder", "welcome"]


@pytest.mark.parametrize(("text", "visibility"), [("@bot hello", "public"), ("hello", "unlisted")])
def test_an_answer_to_something_less_than_a_direct_message_is_filtered(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect, text: str, visibility: str
) -> None:
    first = connect(sandbox, ana).status_post(text, visibility=visibility)
    connect(sandbox, bot).status_post("@ana hello", visibility="direct", in_reply_to_id=first.id)
    assert connect(sandbox, ana).notifications() == []


def test_the_recipients_direct_message_to_somebody_else_opens_nothing(
    sandbox: Sandbox, bot: Account, ana: Account, ben: Account, connect: Connect
) -> None:
    first = connect(sandbox, ana).status_post("@ben hello", visibility="direct")
    second = connect(sandbox, ben).status_post("@bot look", visibility="direct", in_reply_to_id=first.id)
    connect(sandbox, bot).status_post("@ana hello", visibility="direct", in_reply_to_id=second.id)
    assert connect(sandbox, ana).notifications() == []


def test_a_policy_can_accept_filter_or_drop(sandbox: Sandbox, bot: Account, ana: Account, connect: Connect) -> None:
    client = connect(sandbox, bot)
    changed = client.update_notifications_policy(for_private_mentions="accept", for_not_followers="drop")
    assert (changed.for_private_mentions, changed.for_not_followers) == ("accept", "drop")
    connect(sandbox, ana).status_post("@bot dropped")
    client.update_notifications_policy(for_not_followers="filter")
    connect(sandbox, ana).status_post("@bot filtered")
    client.update_notifications_policy(for_not_followers="accept")
    connect(sandbox, ana).status_post("@bot START", visibility="direct")
    assert texts(client.notifications()) == ["START"]
    assert client.notification_requests()[0].last_status.content.endswith("filtered</p>")


def test_a_new_follower_counts_as_none_for_three_days(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect, advance: Advance
) -> None:
    client = connect(sandbox, bot)
    client.update_notifications_policy(for_not_followers="filter")
    connect(sandbox, ana).account_follow(bot.id)
    connect(sandbox, ana).status_post("@bot early")
    advance(days=3, seconds=1)
    connect(sandbox, ana).status_post("@bot later")
    assert texts(client.notifications(types=["mention"])) == ["later"]


def test_an_account_is_new_for_thirty_days(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect, advance: Advance
) -> None:
    client = connect(sandbox, bot)
    client.update_notifications_policy(for_new_accounts="drop", for_not_following="accept")
    connect(sandbox, ana).status_post("@bot early")
    advance(days=30)
    connect(sandbox, ana).status_post("@bot later")
    assert texts(client.notifications()) == ["later"]


def test_an_unknown_policy_is_refused(sandbox: Sandbox, bot: Account, http: Http) -> None:
    response = http(sandbox, bot).patch("/api/v2/notifications/policy", json={"for_private_mentions": "maybe"})
    assert response.status_code == 422


def test_types_select_and_a_bare_type_is_no_list(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect, http: Http
) -> None:
    own = connect(sandbox, bot).status_post("hello")
    connect(sandbox, ana).account_follow(bot.id)
    connect(sandbox, ana).status_favourite(own.id)
    connect(sandbox, ana).status_reblog(own.id)
    connect(sandbox, ana).status_post("@bot hello")
    client = connect(sandbox, bot)
    assert [one.type for one in client.notifications()] == ["mention", "reblog", "favourite", "follow"]
    assert [one.type for one in client.notifications(types=["mention"])] == ["mention"]
    assert "mention" not in [one.type for one in client.notifications(exclude_types=["mention"])]
    bare = http(sandbox, bot).get("/api/v1/notifications", params={"types": "mention"}).json()
    assert len(bare) == 4


def test_notification_ids_are_a_sequence_of_their_own(
    sandbox: Sandbox, bot: Account, ana: Account, connect: Connect, http: Http
) -> None:
    for number in range(12):
        connect(sandbox, ana).status_post(f"@bot {number}")
    client = connect(sandbox, bot)
    told = client.notifications(limit=100)
    assert [int(one.id) for one in told] == list(range(12, 0, -1))
    assert [int(one.id) for one in client.notifications(min_id="9", limit=2)] == [11, 10]
    assert [int(one.id) for one in client.notifications(since_id="9", limit=2)] == [12, 11]
    assert client.notifications(id=told[0].id).status.id == told[0].status.id
    with pytest.raises(MastodonNotFoundError):
        client.notifications(id="99")
    link = http(sandbox, bot).get("/api/v1/notifications?types[]=mention&limit=3").headers["link"]
    assert "types%5B%5D=mention" in link
    assert 'max_id=10>; rel="next"' in link


def test_nobody_is_told_of_their_own_mention_or_by_people_they_block(
    sandbox: Sandbox, bot: Account, ana: Account, ben: Account, connect: Connect
) -> None:
    client = connect(sandbox, bot)
    client.status_post("@bot note to myself")
    client.account_block(ana.id)
    connect(sandbox, ana).status_post("@bot hello")
    connect(sandbox, ben).status_post("@bot @ana hello")
    assert client.notifications() == []


def test_a_block_ends_following_both_ways(sandbox: Sandbox, bot: Account, ana: Account, connect: Connect) -> None:
    connect(sandbox, ana).account_follow(bot.id)
    connect(sandbox, bot).account_follow(ana.id)
    relation = connect(sandbox, ana).account_block(bot.id)
    assert (relation.blocking, relation.following, relation.followed_by) == (True, False, False)
    with pytest.raises(MastodonAPIError) as refused:
        connect(sandbox, bot).account_follow(ana.id)
    assert refused.value.args[1] == 403
