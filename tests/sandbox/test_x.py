"""The sandbox's X is strict: what the real one refuses is refused, what it bills is billed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Fault
from sandbox.x import Person, XSandbox
from sandbox.x.call import Habits
from tests.x.world import START, Hand, Web

SEARCH = "/2/tweets/search/recent"
ALL = "author_id,conversation_id,created_at,entities,lang,in_reply_to_user_id"


class House:
    def __init__(self, **more: object) -> None:
        self.clock = Hand()
        self.sandbox = XSandbox(self.clock.now, **more)  # type: ignore[arg-type]
        self.sandbox.start()
        self.web = Web(self.sandbox)
        self.bot = self.sandbox.add_person("missed", "Missed", app="bot")
        self.ana = self.sandbox.add_person("ana", "Ana")
        self.ben = self.sandbox.add_person("ben", "Ben")

    def close(self) -> None:
        self.web.close()
        self.sandbox.stop()

    def say(self, who: Person, text: str, reply_to: str | None = None) -> str:
        self.clock.pass_by(seconds=1)
        key = self.web.post(who, text, reply_to)
        self.clock.pass_by(seconds=31)
        return key

    def found(self, query: str, **more: object) -> list[str]:
        answer = self.web.get(self.bot, SEARCH, query=query, max_results=100, **more)
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json().get("data", [])]

    def owed(self) -> float:
        return self.sandbox.meter.owed("bot") / 1_000_000


@pytest.fixture
def house() -> Iterator[House]:
    made = House()
    yield made
    made.close()


def test_the_operators_that_we_use_find_what_they_say(house: House) -> None:
    tagged = house.say(house.ana, "Hello #LrnChat")
    named = house.say(house.ben, "where is @Ana tonight?")
    answer = house.say(house.ben, "here!", reply_to=tagged)
    other = house.say(house.ana, "quiet here")
    assert house.found("#lrnchat") == [tagged]
    assert house.found("(#lrnchat OR @ana) -is:retweet") == [answer, named, tagged]
    assert house.found("from:ana") == [other, tagged]
    assert house.found(f"conversation_id:{tagged} -#lrnchat") == [answer]
    assert house.found('"quiet here" from:ana') == [other]


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"query": "#a" * 300}, "512"),
        ({"query": ""}, "512"),
        ({"query": "-is:retweet"}, "negated"),
        ({"query": "(#a"}, "closed"),
        ({"query": "#a near:me"}, "near"),
        ({"query": "#a)"}, "unexpected"),
        ({"query": "#a", "max_results": "101"}, "max_results"),
        ({"query": "#a", "limit": "10"}, "limit"),
        ({"query": "#a", "start_time": "2026-11-19T19:30:00+00:00"}, "start_time"),
        ({"query": "#a", "start_time": "2026-11-01T00:00:00Z"}, "start_time"),
        ({"query": "#a", "end_time": "2026-11-19T19:30:00Z"}, "end_time"),
        ({"query": "#a", "since_id": "1"}, "since_id"),
        ({"query": "#a", "since_id": "x"}, "since_id"),
        ({"query": "#a", "since_id": "9" * 18, "start_time": "2026-11-19T00:00:00Z"}, "since_id"),
        ({"query": "#a", "tweet.fields": "mood"}, "mood"),
        ({"query": "#a", "tweet.fields": "id", "post.fields": "id"}, "parameter"),
        ({"query": "#a", "next_token": "what"}, "next_token"),
    ],
)
def test_what_x_refuses_is_refused(house: House, params: dict[str, str], says: str) -> None:
    answer = house.web.get(house.bot, SEARCH, **params)
    assert answer.status_code == 400
    assert says in answer.text


def test_a_post_is_found_only_after_the_index_has_it(house: House) -> None:
    house.clock.pass_by(seconds=1)
    key = house.web.post(house.ana, "#lrnchat now")
    assert house.found("#lrnchat") == []
    house.clock.pass_by(seconds=30)
    assert house.found("#lrnchat") == [key]


def test_names_are_old_or_new_as_asked(house: House) -> None:
    first = house.say(house.ana, "one #t")
    house.say(house.ben, "two #t", reply_to=first)
    old = house.web.get(house.bot, SEARCH, query="#t", **{"tweet.fields": "referenced_tweets"}).json()["data"][0]
    new = house.web.get(house.bot, SEARCH, query="#t", **{"post.fields": "referenced_posts"}).json()["data"][0]
    assert old["referenced_tweets"] == new["referenced_posts"] == [{"type": "replied_to", "id": first}]
    assert old["edit_history_tweet_ids"] == new["edit_history_post_ids"]


def test_contexts_are_kept_apart(house: House) -> None:
    app = house.sandbox.app_token("bot")
    assert house.web.get(app, SEARCH, query="#t").status_code == 200
    assert house.web.get(app, "/2/dm_events").status_code == 403
    assert house.web.get(app, "/2/users/me").status_code == 403
    assert house.web.get("nobody", SEARCH, query="#t").status_code == 401
    narrow = house.sandbox.signin.issue(house.bot, frozenset({"tweet.read", "users.read"}))
    assert house.web.get(narrow, "/2/dm_events").status_code == 403
    house.clock.pass_by(hours=2)
    assert house.web.get(narrow, SEARCH, query="#t").status_code == 401


def test_limits_are_counted_and_told(house: House) -> None:
    for left in range(14, -1, -1):
        answer = house.web.get(house.bot, "/2/dm_events")
        assert answer.headers["x-rate-limit-remaining"] == str(left)
    refused = house.web.get(house.bot, "/2/dm_events")
    assert refused.status_code == 429
    reset = datetime.fromtimestamp(int(refused.headers["x-rate-limit-reset"]), UTC)
    assert START < reset <= START + timedelta(minutes=15)
    house.clock.at = reset
    assert house.web.get(house.bot, "/2/dm_events").status_code == 200


def test_a_day_has_1440_messages(house: House) -> None:
    house.sandbox.network.write(house.ana, house.bot, "START")
    sent = 0
    for _ in range(97):
        sent += sum(house.web.write(house.bot, house.ana, "hi").status_code == 201 for _ in range(15))
        house.clock.pass_by(minutes=15)
        if house.clock.at.date() != START.date():
            break
    assert sent <= 1440


def test_things_are_billed_once_a_utc_day(house: House) -> None:
    house.say(house.ana, "a #t")
    house.say(house.ben, "b #t @missed")
    house.found("#t")
    house.found("#t")
    assert house.owed() == pytest.approx(0.010)
    house.web.get(house.bot, f"/2/users/{house.bot.id}/mentions")
    assert house.owed() == pytest.approx(0.011)
    house.found("#nobody")
    assert house.web.get(house.bot, SEARCH, query="").status_code == 400
    assert house.owed() == pytest.approx(0.011)
    house.clock.at = START.replace(hour=23, minute=59) + timedelta(minutes=2)
    house.found("#t")
    assert house.owed() == pytest.approx(0.021)
    bill = house.web.get("x", "/sandbox/costs").json()["bot"]
    assert bill["distinct_posts"] == 2
    assert bill["items"] == {"post_read": 4, "owned_read": 1}


def test_each_count_is_billed(house: House) -> None:
    house.say(house.ana, "a #t")
    for _ in range(2):
        answer = house.web.get(house.bot, "/2/tweets/counts/recent", query="#t from:ana", granularity="minute")
        assert answer.json()["meta"]["total_tweet_count"] == 1
    assert house.owed() == pytest.approx(0.010)


def test_without_credit_nothing_is_done(house: House) -> None:
    house.sandbox.meter.credit["bot"] = 0
    assert house.web.get(house.bot, SEARCH, query="#t").status_code == 402
    assert house.web.get(house.ana, SEARCH, query="#t").status_code == 200


def test_messages_reach_whom_they_may(house: House) -> None:
    shy = house.sandbox.add_person("shy", accepts_messages=False)
    assert house.web.write(house.bot, shy, "hello").status_code == 403
    assert house.web.write(shy, house.bot, "START").status_code == 201
    sent = house.web.write(house.bot, shy, "hello")
    assert sent.json()["data"].keys() == {"dm_conversation_id", "dm_event_id"}
    read = house.web.get(house.bot, f"/2/dm_conversations/with/{shy.id}/dm_events", **{"dm_event.fields": "sender_id"})
    assert [(one["sender_id"], one["text"]) for one in read.json()["data"]] == [
        (house.bot.id, "hello"),
        (shy.id, "START"),
    ]
    shy.blocks.add(house.bot.id)
    assert house.web.write(house.bot, shy, "hello?").status_code == 403
    house.ana.is_suspended = True
    assert house.web.write(house.bot, house.ana, "hello?").status_code == 403
    unknown = house.web.ask(house.bot.token, "POST", "/2/dm_conversations/with/1/messages", json={"text": "x"})
    assert unknown.status_code == 404


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x", "key": 1}, [1]])
def test_bad_messages_are_refused(house: House, body: object) -> None:
    path = f"/2/dm_conversations/with/{house.ana.id}/messages"
    assert house.web.ask(house.bot.token, "POST", path, json=body).status_code == 400


def test_pages_follow_each_other(house: House) -> None:
    keys = [house.say(house.ana, f"{number} #t") for number in range(25)]
    found: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = house.web.get(house.bot, SEARCH, query="#t", max_results=10, **token).json()
        found += [one["id"] for one in page["data"]]
        if "next_token" not in page["meta"]:
            break
        token = {"next_token": page["meta"]["next_token"]}
    assert found == keys[::-1]


def test_habits_of_toys_can_be_had() -> None:
    house = House(habits=Habits(is_shuffled=True, is_endless=True, is_deaf=True))
    for number in range(9):
        house.say(house.ana, f"{number}")
    page = house.web.get(house.bot, SEARCH, query="#t", max_results=10).json()
    found = [one["id"] for one in page["data"]]
    assert len(found) == 9
    assert found != sorted(found, reverse=True)
    again = house.web.get(house.bot, SEARCH, query="#t", next_token=page["meta"]["next_token"]).json()
    assert "next_token" in again["meta"]
    house.close()


def test_an_edit_is_a_new_post_that_names_the_first(house: House) -> None:
    key = house.say(house.ana, "helo #t")
    house.sandbox.on_loop(lambda: house.sandbox.network.edit(house.sandbox.network.tweets[key], "hello #t"))
    house.clock.pass_by(minutes=1)
    (found,) = house.web.get(house.bot, SEARCH, query="#t").json()["data"]
    assert found["edit_history_tweet_ids"] == [key, found["id"]]


def test_faults_strike(house: House) -> None:
    house.say(house.ana, "a #t")
    house.sandbox.faults.add(Fault("status", status=402, times=1))
    assert house.web.get(house.bot, SEARCH, query="#t").json()["title"] == "CreditsDepleted"
    house.sandbox.faults.add(Fault("mangle", mangling="errors", times=1))
    assert house.web.get(house.bot, SEARCH, query="#t").json().keys() == {"errors", "meta"}
    house.sandbox.faults.add(Fault("mangle", mangling="bare", times=1))
    assert house.web.get(house.bot, SEARCH, query="#t").json().keys() == {"data"}


def test_a_refresh_token_is_good_for_one_use(house: House) -> None:
    scopes = frozenset({"tweet.read", "users.read", "offline.access"})
    first = house.sandbox.signin.refresh_token(house.bot, scopes)
    form = {"grant_type": "refresh_token", "refresh_token": first, "client_id": "c"}
    answer = house.web.ask("x", "POST", "/2/oauth2/token", data=form)
    assert house.web.get(answer.json()["access_token"], "/2/users/me").status_code == 200
    assert house.web.ask("x", "POST", "/2/oauth2/token", data=form).status_code == 400
