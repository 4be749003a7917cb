import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from adapters.mastodon import MastodonAccount
from bot.app.errors import Transient
from bot.app.ports import Page, Source
from bot.domain.model import Post
from sandbox import Fault
from tests.mastodon.world import Rude, World


def read_on(world: World, cursor: str | None, tag: str = "lrnchat") -> tuple[list[Post], str | None]:
    posts: list[Post] = []
    for _ in range(50):
        page = world.source.chat(tag, cursor, world.hour_ago)
        posts, cursor = posts + list(page.posts), page.cursor
        if not page.has_more:
            return posts, cursor
    raise AssertionError("the chat never ends")


def texts(page: Page) -> list[str]:
    return [post.text for post in page.posts]


def test_it_is_a_source_that_knows_its_name(world: World) -> None:
    source: Source = world.source
    assert source.name == "mastodon:missed@learn.example"
    assert source.me.id == world.missed.id
    assert source.me.is_bot


def test_start_is_received(world: World) -> None:
    world.account.open()
    said = world.say(world.ana, "@missed START", visibility="direct")
    page = world.source.inbox(None, world.hour_ago)
    assert [(post.id, post.author.id, post.is_direct) for post in page.posts] == [(said["id"], world.ana.id, True)]
    assert page.posts[0].text.endswith("START")
    assert page.posts[0].author.handle == "ana@learn.example"
    assert [person.id for person in page.posts[0].mentions] == [world.missed.id]
    assert page.posts[0].created_at == world.clock.now()
    assert not page.skipped


def test_the_inbox_goes_on_from_its_cursor_without_a_gap(world: World) -> None:
    world.account.open()
    world.say(world.ana, "@missed 0", visibility="direct")
    cursor = world.source.inbox(None, world.hour_ago).cursor
    for number in range(1, 91):
        world.say(world.ben, f"@missed {number}")
    seen: list[str] = []
    while True:
        page = world.source.inbox(cursor, world.hour_ago)
        seen += [post.text.split()[-1] for post in page.posts]
        cursor = page.cursor
        if not page.has_more:
            break
    assert seen == [str(number) for number in range(1, 91)]


def test_a_first_look_goes_back_to_its_time_and_no_further(world: World) -> None:
    world.account.open()
    for number in range(50):
        world.say(world.ana, f"@missed old {number}")
    since = world.clock.now() + timedelta(seconds=1)
    for number in range(50):
        world.say(world.ana, f"@missed new {number}")
    assert [text.split(maxsplit=1)[1] for text in texts(world.source.inbox(None, since))] == [
        f"new {number}" for number in range(50)
    ]


def test_an_empty_inbox_leaves_the_cursor_where_it_is(world: World) -> None:
    assert world.source.inbox(None, world.hour_ago) == Page()


def test_own_posts_are_nobodys_mention(world: World) -> None:
    world.account.open()
    world.say(world.missed, "@missed is what I am called")
    assert not world.source.inbox(None, world.hour_ago).posts


def test_a_null_notification_is_skipped_and_the_rest_read(world: World) -> None:
    world.account.open()
    world.say(world.ana, "@missed one")
    world.say(world.ana, "@missed two")
    world.sandbox.faults.add(Fault("mangle", path="/api/v1/notifications", mangling="null", times=1))
    page = world.source.inbox(None, world.hour_ago)
    assert [text.split()[-1] for text in texts(page)] == ["one"]
    assert page.skipped == ("(no id)",)
    again = world.source.inbox(page.cursor, world.hour_ago)
    assert [text.split()[-1] for text in texts(again)] == ["two"]


def test_a_notification_without_a_post_is_skipped_by_name_and_not_met_again(world: World) -> None:
    world.account.open()
    world.say(world.ana, "@missed one")
    world.sandbox.faults.add(Fault("mangle", path="/api/v1/notifications", mangling="fields", times=1))
    page = world.source.inbox(None, world.hour_ago)
    assert not page.posts
    assert page.skipped == (page.cursor,)
    assert world.source.inbox(page.cursor, world.hour_ago).posts == ()


def test_answers_are_seen_whatever_the_server_hides(world: World) -> None:
    question = world.say(world.ben, "Q1 why? #LrnChat")
    posts, cursor = read_on(world, None)
    assert [post.text for post in posts] == ["Q1 why? #LrnChat"]
    answer = world.say(world.ana, "A1 because #lrnchat", in_reply_to_id=question["id"])
    posts, cursor = read_on(world, cursor)
    assert [(post.id, post.in_reply_to_id, post.in_reply_to_author_id) for post in posts] == [
        (answer["id"], question["id"], world.ben.id)
    ]
    assert posts[0].tags == ("lrnchat",)
    assert read_on(world, cursor) == ([], cursor)


def test_the_home_timeline_is_left_alone_once_the_tag_shows_answers(world: World) -> None:
    question = world.say(world.ben, "Q1 why? #lrnchat")
    _, cursor = read_on(world, None)
    world.say(world.ana, "A1 because #lrnchat", in_reply_to_id=question["id"])
    _, cursor = read_on(world, cursor)
    before = asked_for_home(world)
    _, cursor = read_on(world, cursor)
    marks = json.loads(cursor or "")
    if world.dialect == "mastodon":
        assert asked_for_home(world) == before
        assert set(marks) == {"tag"}
    else:
        assert asked_for_home(world) > before
        assert set(marks) == {"tag", "home"}


def asked_for_home(world: World) -> int:
    return int(world.sandbox.stats.requests_by(world.missed.token, path="/api/v1/timelines/home"))


def test_a_reading_asks_for_nothing_but_the_reading(takahe: World) -> None:
    for _ in range(3):
        read_on(takahe, None)
    assert takahe.sandbox.stats.requests_by(takahe.missed.token, path="/api/v2/instance") == 1


def test_what_comes_twice_is_read_once(world: World) -> None:
    read_on(world, None)
    said = [world.say(world.ben, f"Q{number} #lrnchat")["id"] for number in range(1, 6)]
    page = world.source.chat("lrnchat", None, world.hour_ago)
    assert [post.id for post in page.posts] == said


def test_a_hundred_posts_come_in_order_forward_and_back(world: World) -> None:
    world.say(world.ben, "Q0 #lrnchat")
    _, cursor = read_on(world, None)
    said = [world.say(world.ben, f"post {number} #lrnchat")["id"] for number in range(100)]
    forward, _ = read_on(world, cursor)
    assert list(dict.fromkeys(post.id for post in forward)) == said
    whole = world.source.chat("lrnchat", None, world.hour_ago)
    assert [post.id for post in whole.posts][1:] == said


def test_what_the_bot_and_whispers_say_is_no_chat(world: World) -> None:
    read_on(world, None)
    world.say(world.missed, f"@{world.ana.username} you are missed in #lrnchat", visibility="direct")
    world.say(world.missed, "I watch #lrnchat")
    world.say(world.ana, "@missed START #lrnchat", visibility="direct")
    world.say(world.ben, "Q1 #lrnchat")
    assert texts(world.source.chat("lrnchat", None, world.hour_ago)) == ["Q1 #lrnchat"]


def test_of_the_home_timeline_only_the_tags_public_posts_are_chat(world: World) -> None:
    world.ask(world.missed, "POST", f"/api/v1/accounts/{world.ana.id}/follow")
    read_on(world, None)
    world.say(world.ana, "@missed START #lrnchat", visibility="direct")
    world.say(world.ana, "good evening")
    said = world.say(world.ana, "here I am #lrnchat")
    home = world.ask(world.missed, "GET", "/api/v1/timelines/home")
    assert len({one["id"] for one in home}) == 3
    assert [post.id for post in world.source.chat("lrnchat", None, world.hour_ago).posts] == [said["id"]]


def test_a_first_reading_of_a_chat_begins_at_its_time(world: World) -> None:
    read_on(world, None)
    question = world.say(world.ben, "Q0 #lrnchat")
    world.say(world.ana, "A0 #lrnchat", in_reply_to_id=question["id"])
    since = world.clock.now() + timedelta(seconds=1)
    said = [
        world.say(world.ben, "Q1 #lrnchat")["id"],
        world.say(world.ana, "A1 #lrnchat", in_reply_to_id=question["id"])["id"],
    ]
    assert [post.id for post in world.source.chat("lrnchat", None, since).posts] == said


def test_a_post_that_federates_late_is_found_by_reading_again(world: World) -> None:
    since = world.clock.now()
    pat = world.sandbox.add_account("pat", domain="far.example")
    world.clock.pass_by(minutes=1)
    written_at = world.clock.now()
    world.clock.pass_by(minutes=5)
    world.say(world.ben, "Q1 #lrnchat")
    _, cursor = read_on(world, None)
    world.clock.pass_by(minutes=10)
    late = world.sandbox.publish_late(pat, "A1 from afar #lrnchat", created_at=written_at)
    again = world.source.chat("lrnchat", None, since)
    assert again.posts[0].id == late.id
    assert again.posts[0].author.handle == "pat@far.example"
    assert again.posts[0].created_at == written_at
    assert world.source.chat("lrnchat", cursor, since).posts in {(), again.posts[:1]}


def test_threads_hold_answers_without_the_tag(world: World) -> None:
    question = world.say(world.ben, "Q1 why? #lrnchat")
    answer = world.say(world.ana, "because", in_reply_to_id=question["id"])
    deeper = world.say(world.ben, "is that so?", in_reply_to_id=answer["id"])
    world.say(world.ana, "@missed between us", in_reply_to_id=question["id"], visibility="direct")
    page = world.source.threads([question["id"]])
    assert [post.id for post in page.posts] == [answer["id"], deeper["id"]]
    assert page.cursor is None


def test_a_vanished_question_has_no_answers_and_stops_nothing(world: World) -> None:
    gone, question = world.say(world.ben, "Q1 #lrnchat"), world.say(world.ben, "Q1 again #lrnchat")
    answer = world.say(world.ana, "because", in_reply_to_id=question["id"])
    world.ask(world.ben, "DELETE", f"/api/v1/statuses/{gone['id']}")
    page = world.source.threads([gone["id"], question["id"]])
    assert [post.id for post in page.posts] == [answer["id"]]
    assert page.skipped == ((gone["id"],) if world.dialect == "takahe" else ())


def test_a_server_in_trouble_is_not_taken_for_a_vanished_question(world: World) -> None:
    question = world.say(world.ben, "Q1 #lrnchat")
    world.account.open()
    world.sandbox.faults.add(Fault("status", status=500))
    with pytest.raises(Transient):
        world.source.threads([question["id"]])


def test_a_megabyte_of_text_is_cut(world: World) -> None:
    world.say(world.ben, "Q1 #lrnchat")
    world.account.open()
    world.sandbox.faults.add(Fault("mangle", path="/api/v1/timelines/tag", mangling="huge", times=1))
    page = world.source.chat("lrnchat", None, world.hour_ago)
    assert [len(post.text) for post in page.posts] == [25_000]


def test_boosts_in_the_home_timeline_are_reposts(world: World) -> None:
    world.account.open()
    world.ask(world.missed, "POST", f"/api/v1/accounts/{world.ana.id}/follow")
    question = world.say(world.ben, "Q1 #lrnchat")
    world.clock.pass_by(seconds=1)
    world.ask(world.ana, "POST", f"/api/v1/statuses/{question['id']}/reblog")
    page = world.source.chat("lrnchat", None, world.hour_ago)
    assert [(post.author.id, post.is_repost) for post in page.posts] == [(world.ben.id, False), (world.ana.id, True)]


def test_a_tag_that_cannot_be_followed_is_still_read(mastodon: World) -> None:
    mastodon.account.open()
    mastodon.say(mastodon.ben, "Q1 #lrnchat")
    mastodon.sandbox.faults.add(Fault("status", method="POST", path="/api/v1/tags", status=403))
    assert texts(mastodon.source.chat("lrnchat", None, mastodon.hour_ago)) == ["Q1 #lrnchat"]


def test_a_tag_in_any_script_is_one_path(mastodon: World) -> None:
    mastodon.say(mastodon.ben, "Q1 #größe")
    assert texts(mastodon.source.chat("#größe", None, mastodon.hour_ago)) == ["Q1 #größe"]


def test_a_cursor_of_another_make_is_taken_for_the_tags(world: World) -> None:
    first = world.say(world.ben, "Q1 #lrnchat")
    second = world.say(world.ben, "Q2 #lrnchat")
    page = world.source.chat("lrnchat", first["id"], world.clock.now())
    assert [post.id for post in page.posts] == [second["id"]]


def test_a_tag_stays_inside_its_path(rude: Rude, rudely: MastodonAccount) -> None:
    rude.say = lambda method, path: (200, {}, ME if "verify" in path else [])
    rudely.source.chat("a?b/../c", None, NOON)
    assert "GET /api/v1/timelines/tag/a%3Fb%2F..%2Fc?limit=40" in rude.asked


NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
ME = {"id": "1", "acct": "missed", "url": "https://takahe.test/@missed/", "display_name": "", "bot": True}


def test_takahes_pages_after_a_cursor_are_oldest_first(rude: Rude, rudely: MastodonAccount) -> None:
    def post(number: int) -> dict[str, Any]:
        at = f"2026-11-19T20:{number:02d}:00.000Z"
        ana = {"id": "2", "acct": "ana@takahe.test"}
        return {"id": f"n{number}", "created_at": at, "account": ana, "content": "<p>Q</p>", "visibility": "public"}

    def say(method: str, path: str) -> tuple[int, dict[str, str], Any]:
        if path.startswith("/api/v1/accounts/verify"):
            return 200, {}, ME
        if path.startswith("/api/v1/timelines/tag"):
            after = int(httpx.URL(path).params["min_id"].removeprefix("n"))
            return 200, {}, [post(number) for number in range(after + 1, min(after + 3, 8))]
        return 404, {}, None

    rude.say = say
    seen: list[str] = []
    cursor: str | None = '{"tag": "n0"}'
    while True:
        page = rudely.source.chat("lrnchat", cursor, NOON)
        seen, cursor = [*seen, *(one.id for one in page.posts)], page.cursor
        if not page.has_more:
            break
    assert seen == [f"n{number}" for number in range(1, 8)]
    assert rudely.source.me.handle == "missed@takahe.test"


def test_a_profile_that_wants_no_bots_says_so(mastodon: World) -> None:
    mastodon.ask(mastodon.ana, "PATCH", "/api/v1/accounts/update_credentials", data={"note": "I chat. #NoBot, please"})
    mastodon.account.open()
    for who in (mastodon.ana, mastodon.ben):
        mastodon.say(who, "@missed START", visibility="direct")
    read = mastodon.source.inbox(None, mastodon.hour_ago).posts
    assert {one.author.id: one.author.wants_no_bots for one in read} == {mastodon.ana.id: True, mastodon.ben.id: False}
