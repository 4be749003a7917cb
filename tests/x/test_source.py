"""One merged search for all chats, on an index that lags; cursors that X takes; both generations of names."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.errors import Misconfigured, Transient
from bot.app.ports import Source
from sandbox import Fault
from sandbox.x.call import Habits
from tests.world import knowing
from tests.x.world import START, World

SEARCH = "search/recent"


@pytest.fixture(params=["tweet", "post"])
def named(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World(noun=request.param)
    yield made
    made.close()


def test_it_is_a_source(world: World) -> None:
    source: Source = world.source
    assert source.name == "x:missed@x.com"
    assert source.me.id == world.missed.id
    assert not source.brings_late


def test_posts_are_read_whole_by_old_names_and_new(named: World) -> None:
    first = named.say(named.ben, "Q1: What do you &c. brew? #Tea")
    second = named.say(named.ana, f"@ben {'long ' * 80}#tea <3", reply_to=first)
    named.source.watching([named.watch("tea", named.ana)], knowing(named.person(named.ana)))
    question, answer = named.read().posts
    assert (question.id, question.text, question.tags) == (first, "Q1: What do you &c. brew? #Tea", ("tea",))
    assert question.created_at.tzinfo is UTC
    assert (answer.id, answer.in_reply_to_id, answer.in_reply_to_author_id) == (second, first, named.ben.id)
    assert answer.text.endswith("#tea <3")
    assert [one.handle for one in answer.mentions] == ["ben@x.com"]
    assert (answer.author.handle, answer.author.name) == ("ana@x.com", "Ana")
    assert answer.url == f"https://x.com/i/status/{second}"


def test_one_search_serves_all_chats_of_a_tick(world: World) -> None:
    tea, coffee = world.say(world.ben, "hello #tea"), world.say(world.ben, "hello #coffee")
    named = world.say(world.cleo, "we miss you @ana")
    world.say(world.cleo, "nobody's business")
    world.source.watching([world.watch("tea", world.ana), world.watch("coffee")], knowing())
    before = world.asked(SEARCH)
    assert [one.id for one in world.read("tea").posts] == [tea, named]
    assert [one.id for one in world.read("coffee").posts] == [coffee]
    assert world.asked(SEARCH) == before + 1
    world.source.watching([world.watch("tea", world.ana), world.watch("coffee")], knowing())
    world.read("tea")
    assert world.asked(SEARCH) == before + 2


def test_a_chat_that_begins_later_is_read_from_its_own_beginning(world: World) -> None:
    world.source.watching([world.watch("tea")], knowing())
    world.say(world.ben, "early #tea")
    early = world.say(world.ben, "early #coffee")
    cursor = world.read("tea").cursor
    world.clock.pass_by(minutes=5)
    world.source.watching([world.watch("tea"), world.watch("coffee")], knowing())
    world.read("tea", cursor)
    assert [one.id for one in world.read("coffee").posts] == [early]


def test_the_cursor_overlaps_for_what_the_index_brings_late(world: World) -> None:
    first = world.say(world.ben, "first #tea")
    page = world.read()
    world.clock.pass_by(seconds=1)
    late = world.web.post(world.cleo, "late #tea")
    world.clock.pass_by(seconds=10)
    assert late not in [one.id for one in world.read("tea", page.cursor).posts]
    second = world.say(world.ben, "second #tea")
    assert [one.id for one in world.read("tea", page.cursor).posts] == [first, late, second]


def test_reading_again_costs_nothing_on_the_same_day(world: World) -> None:
    world.say(world.ben, "first #tea")
    cursor = world.read().cursor
    owed = world.owed()
    for _ in range(5):
        world.source.watching([], knowing())
        world.read("tea", cursor)
    assert world.owed() == owed


def test_the_overlap_does_not_reach_over_midnight(world: World) -> None:
    world.clock.at = datetime(2026, 11, 19, 23, 58, 50, tzinfo=UTC)
    world.say(world.ben, "before midnight #tea")
    page = world.read()
    owed = world.owed()
    world.clock.at = datetime(2026, 11, 20, 0, 0, 20, tzinfo=UTC)
    world.source.watching([], knowing())
    assert world.read("tea", page.cursor).posts == ()
    assert world.owed() == owed
    after = world.say(world.ben, "after midnight #tea")
    world.source.watching([], knowing())
    assert [one.id for one in world.read("tea", page.cursor).posts] == [after]


def test_the_first_minutes_of_a_day_do_not_pay_for_the_day_before_again(world: World) -> None:
    world.clock.at = datetime(2026, 11, 19, 23, 59, tzinfo=UTC)
    world.source.watching([], knowing())
    world.say(world.ben, "before midnight #tea")
    cursor = world.read().cursor
    world.clock.at = datetime(2026, 11, 20, 0, 0, 30, tzinfo=UTC)
    after = world.say(world.ben, "after midnight #tea")
    world.source.watching([], knowing())
    page = world.read("tea", cursor)
    owed = world.owed()
    world.clock.pass_by(seconds=5)
    world.source.watching([], knowing())
    assert [one.id for one in world.read("tea", page.cursor).posts] == [after]
    assert world.owed() == owed


def test_a_cursor_of_last_week_is_not_sent(world: World) -> None:
    world.say(world.ben, "last week #tea")
    cursor = world.read().cursor
    world.clock.pass_by(days=7, hours=1)
    now = world.say(world.ben, "this week #tea")
    assert [one.id for one in world.read("tea", cursor).posts] == [now]


@pytest.mark.parametrize("habits", [Habits(is_shuffled=True), Habits(is_endless=True), Habits(is_deaf=True)])
def test_toys_are_survived(habits: Habits) -> None:
    world = World(sandbox_options={"habits": habits})
    keys = [world.sandbox.publish(world.ben, f"number {number} #tea").id for number in range(120)]
    world.say(world.ben, "something else")
    world.source.watching([world.watch("tea")], knowing())
    page = world.read()
    assert sorted(one.id for one in page.posts) == keys
    world.source.watching([world.watch("tea")], knowing())
    late = world.say(world.ben, "more #tea")
    assert late in [one.id for one in world.read("tea", page.cursor).posts]
    world.close()


def test_reposts_and_our_own_posts_are_left_out(world: World) -> None:
    world.say(world.missed, "our own #tea")
    key = world.say(world.ben, "hello #tea")
    world.sandbox.on_loop(lambda: world.sandbox.network.retweet(world.cleo, world.sandbox.network.tweets[key]))
    world.clock.pass_by(minutes=1)
    assert [one.id for one in world.read().posts] == [key]


def test_an_edited_post_is_known_by_its_first_version(world: World) -> None:
    key = world.say(world.ben, "helo #tea")
    (before,) = world.read().posts
    world.sandbox.on_loop(lambda: world.sandbox.network.edit(world.sandbox.network.tweets[key], "hello #tea"))
    world.clock.pass_by(minutes=1)
    world.source.watching([], knowing())
    (after,) = world.read().posts
    assert after.id != before.id
    assert after.uri == before.uri


def test_withheld_posts_are_passed_over_by_name(world: World) -> None:
    key = world.say(world.ben, "withheld #tea")
    world.sandbox.network.tweets[key].is_withheld = True
    page = world.read()
    assert (page.posts, page.skipped) == ((), (key,))
    assert page.cursor is not None


@pytest.mark.parametrize("mangling", ["null", "fields", "huge", "errors", "bare"])
def test_spoiled_answers_are_survived(world: World, mangling: str) -> None:
    first, second = world.say(world.ben, "one #tea"), world.say(world.ben, "two #tea")
    world.sandbox.faults.add(Fault("mangle", path=f"^.*{SEARCH}", mangling=mangling, times=1))  # type: ignore[arg-type]
    page = world.read()
    found = [one.id for one in page.posts]
    assert found == {"errors": [], "null": [first], "fields": [first]}.get(mangling, [first, second])
    world.source.watching([], knowing())
    assert [one.id for one in world.read("tea", page.cursor).posts][-1] == (second)


def test_answers_without_the_tag_are_found_in_threads(world: World) -> None:
    question = world.say(world.ben, "Q1: well? #tea")
    tagged = world.say(world.ana, "with the tag #tea", reply_to=question)
    plain = world.say(world.cleo, "without it", reply_to=question)
    deeper = world.say(world.ben, "deeper", reply_to=plain)
    world.source.watching([world.watch("tea")], knowing())
    world.read()
    found = [one.id for one in world.source.threads([question]).posts]
    assert found == [plain, deeper]
    assert tagged not in found
    owed = world.owed()
    world.source.threads([question])
    assert world.owed() == owed


def test_names_cost_only_where_they_matter(world: World) -> None:
    world.say(world.cleo, "hello #tea")
    world.source.watching([world.watch("tea", world.ana)], knowing(world.person(world.ana)))
    (hello,) = world.read().posts
    assert hello.author.name == ""
    assert world.owed() == pytest.approx(0.005)
    world.say(world.cleo, "where is @ana?")
    world.source.watching([world.watch("tea", world.ana)], knowing(world.person(world.ana)))
    call = world.read().posts[-1]
    assert (call.author.name, call.author.handle) == ("Cleo", "cleo@x.com")
    assert world.owed() == pytest.approx(0.020)


def test_hosts_are_told_by_id_and_asked_for_once(world: World) -> None:
    world.say(world.ben, "Q1: well? #tea")
    watch = world.watch("tea", hosts=("ben@x.com", "nobody@x.com", "ben@example.social"))
    asked = 0
    for _ in range(2):
        world.source.watching([watch], knowing())
        (question,) = world.read().posts
        assert question.author.handle == "ben@x.com"
        asked = world.asked("users/by")
        world.restart()
    assert asked == 2  # nobody@x.com is asked for once in every process


def test_a_member_who_changed_their_user_name_is_looked_for_by_the_new_one(world: World) -> None:
    known = world.person(world.ana)
    watch = world.watch("tea", world.ana)
    world.ana.username = "ana_at_sea"
    world.say(world.ben, "@ana_at_sea is on a ship #tea")
    world.source.watching([watch], knowing(known))
    cursor = world.read().cursor
    call = world.say(world.ben, "we miss you, @ana_at_sea")
    world.source.watching([watch], knowing(known))
    assert call in [one.id for one in world.read("tea", cursor).posts]
    world.web.write(world.ana, world.missed, "HERE").raise_for_status()
    world.source.watching([], knowing(known))
    (letter,) = world.source.inbox(None, world.hour_ago).posts
    assert letter.author.handle == "ana_at_sea@x.com"


def test_a_host_who_changed_their_user_name_is_still_the_host(world: World) -> None:
    watch = world.watch("tea", hosts=("ben@x.com",))
    world.say(world.ben, "Q1: what? #tea")
    world.source.watching([watch], knowing())
    cursor = world.read().cursor
    world.ben.username = "ben_of_tea"
    world.say(world.cleo, "thanks @ben_of_tea #tea")
    second = world.say(world.ben, "Q2: why? #tea")
    for _ in range(2):
        world.source.watching([watch], knowing())
        posts = {one.id: one for one in world.read("tea", cursor).posts}
        assert posts[second].author.handle == "ben@x.com"
        world.restart()


def test_a_limit_of_x_is_told_and_kept_over_a_restart(world: World) -> None:
    world.sandbox.faults.add(Fault("status", status=429, reset_after=300, path=f"^.*{SEARCH}", times=1))
    with pytest.raises(Transient, match="limit") as told:
        world.read()
    assert told.value.retry_at == START + timedelta(minutes=5)
    world.restart()
    before = world.asked(SEARCH)
    with pytest.raises(Transient, match="limit"):
        world.read()
    assert world.asked(SEARCH) == before


def test_a_full_window_of_ours_is_not_asked(world: World) -> None:
    for _ in range(300):
        world.till.admit("search", world.clock.now())
    with pytest.raises(Transient, match="budget for search"):
        world.read()
    assert world.asked(SEARCH) == 0


def test_without_credit_the_account_is_closed_and_says_so(world: World) -> None:
    world.sandbox.meter.credit["bot"] = 0
    with pytest.raises(Transient, match="402") as told:
        world.read()
    assert told.value.retry_at is not None
    world.sandbox.meter.credit.clear()
    with pytest.raises(Transient, match="402"):
        world.source.threads(["1"])
    world.clock.at = told.value.retry_at
    assert world.read(since=world.hour_ago).posts == ()


def test_a_refused_tag_and_refused_keys_say_what_to_do(world: World) -> None:
    world.sandbox.faults.add(Fault("status", status=400, path=f"^.*{SEARCH}", times=1))
    with pytest.raises(Misconfigured, match="tag"):
        world.read()
    world.sandbox.signin.network.people[world.missed.id].secrets["access_token_secret"] = "changed"
    world.restart()
    world.sandbox.signin.network.people[world.missed.id].secrets["access_token_secret"] = "again"
    with pytest.raises(Misconfigured, match="sign in again"):
        world.read()


@pytest.mark.parametrize("kind", ["cut_before", "empty", "html"])
def test_no_answer_and_no_json_are_transient(world: World, kind: str) -> None:
    world.sandbox.faults.add(Fault(kind, status=502, path=f"^.*{SEARCH}", times=1))  # type: ignore[arg-type]
    with pytest.raises(Transient):
        world.read()


def test_money_stops_reading(world: World) -> None:
    world.monthly = 40_000
    world.restart()
    world.say(world.ben, "hello #tea")
    with pytest.raises(Transient, match="monthly limit"):
        world.read()
    assert world.asked(SEARCH) == 0


def test_a_stop_is_heard_when_the_money_for_chats_is_spent(world: World) -> None:
    world.source.me  # noqa: B018 - known before
    world.monthly = 1_000_000
    world.restart()
    world.till.bill("post_read", [str(n) for n in range(189)], world.clock.now())
    for number in range(2):
        world.say(world.ben, f"hello {number} #tea")
    with pytest.raises(Transient, match="chats are not read until"):
        world.read()
    world.say(world.ana, "@missed STOP")
    world.web.write(world.cleo, world.missed, "STOP #tea").raise_for_status()
    heard = world.source.inbox(None, world.hour_ago).posts
    assert sorted(one.text for one in heard) == ["@missed STOP", "STOP #tea"]
    assert world.owed() < 0.05
    crowd = [world.sandbox.add_person(f"person{number}") for number in range(5)]
    for one in crowd:
        world.web.post(one, "@missed hello")
    world.source.watching([], knowing(world.person(world.ana)))
    world.say(world.ana, "@missed STOP again")
    heard = world.source.inbox(None, world.hour_ago).posts
    assert "@missed STOP again" in [one.text for one in heard], "though the others' names cannot be paid for"
    assert world.till.left(world.clock.now())["users"] > 0
    with world.storage.work() as work:
        assert work.ledger.owed("x:missed", world.hour_ago) <= 1_000_000
