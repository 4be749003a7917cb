from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sandbox import Sandbox
from sandbox.play import Member, Stage, StageError, load_play
from sandbox.play.member import plain_text

PLAY = load_play(seed=11)
STARTS_AT = datetime(2026, 11, 26, 19, 30, tzinfo=UTC)


class Director:
    """A clock that the tests turn, a network whose people are the cast, and the stage."""

    def __init__(self) -> None:
        self.at = STARTS_AT - timedelta(days=60)
        self.sandbox = Sandbox(now=lambda: self.at)
        self.sandbox.start()
        accounts = {
            one.handle: self.sandbox.add_account(one.handle, display_name=one.name, domain=one.domain, unlimited=True)
            for one in PLAY.cast
        }
        self.accts = {handle: account.acct for handle, account in accounts.items()}
        self.tokens = {handle: account.token for handle, account in accounts.items()}
        self.bot = self.sandbox.add_account("missed", display_name="You Were Missed", unlimited=True)
        self.stage = Stage(self.sandbox.base_url, self.tokens, "missed", play=PLAY)

    def play_until(self, minute: float) -> int:
        lines = 0
        while (at := self.stage.next_at()) is not None and at <= minute:
            self.at = STARTS_AT + timedelta(minutes=at)
            lines += len(list(self.stage.play_until(at)))
        return lines

    def get(self, path: str, handle: str = "nora", **params: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.tokens[handle]}"}
        url = self.sandbox.base_url + path
        return httpx.get(url, params=params, headers=headers, trust_env=False).raise_for_status()

    def speak_as_bot(self, text: str, in_reply_to_id: str | None = None) -> None:
        with Member(self.sandbox.base_url, self.bot.token) as bot:
            bot.say(text, to="@nora", in_reply_to_id=in_reply_to_id)

    def close(self) -> None:
        self.stage.close()
        self.sandbox.stop()


@pytest.fixture
def director() -> Iterator[Director]:
    director = Director()
    yield director
    director.close()


def test_the_whole_evening_is_posted_by_its_people(director: Director) -> None:
    assert director.play_until(60) == len(PLAY.evening)
    assert director.stage.next_at() is None
    seen: list[str] = []
    params = {"limit": "40"}
    while page := director.get("/api/v1/timelines/tag/lrnchat", **params).json():
        seen += [status["account"]["acct"] for status in page]
        params["max_id"] = page[-1]["id"]
    tagged = [line for line in PLAY.evening if not line.untagged and line.repost_of is None]
    assert sorted(seen) == sorted(director.accts[line.by] for line in tagged)


def test_posts_carry_their_words_thread_language_and_time(director: Director) -> None:
    director.play_until(60)
    for line in PLAY.evening:
        if line.label is None:
            continue
        posted = director.stage.posted[line.label]
        status = director.get(f"/api/v1/statuses/{posted.id}").json()
        assert plain_text(status["content"]).casefold() == PLAY.words(line).casefold()
        assert status["visibility"] == "public"
        assert status["language"] == line.language
        assert datetime.fromisoformat(status["created_at"]) == posted.created_at
        assert abs(posted.created_at - STARTS_AT - timedelta(minutes=line.at)) < timedelta(seconds=1)
        parent = director.stage.posted[line.reply_to].id if line.reply_to else None
        assert status["in_reply_to_id"] == posted.in_reply_to_id == parent


def test_a_repost_passes_the_post_on(director: Director) -> None:
    director.play_until(60)
    reposted = [line.repost_of for line in PLAY.evening if line.repost_of]
    for label in reposted:
        status = director.get(f"/api/v1/statuses/{director.stage.posted[label].id}").json()
        assert status["reblogs_count"] == 1


def test_she_is_named_sixteen_times_in_public_and_nothing_of_it_is_in_her_inbox(director: Director) -> None:
    director.play_until(60)
    notices = director.get("/api/v1/notifications", **{"types[]": "mention", "limit": "40"}).json()
    assert len(notices) == 16
    assert len({notice["account"]["acct"] for notice in notices}) == 7
    with director.stage.member("nora") as nora:
        assert nora.inbox() == []


def test_what_is_due_changes_only_by_performing_it(director: Director) -> None:
    first, second, *_ = director.stage.due(0)
    assert director.stage.due(0) == director.stage.due(0)
    director.stage.perform(first)
    assert director.stage.due(0)[0] == second
    assert director.stage.due(-9) == []


def test_she_enters_after_her_message_and_is_greeted(director: Director) -> None:
    director.play_until(33)
    entrance = director.stage.enter(33)
    assert director.stage.enter(34) == ()
    assert [line.at for line in entrance] == pytest.approx([33 + line.at for line in PLAY.joins])
    assert director.play_until(60) == sum(line.at > 33 for line in PLAY.evening) + len(entrance)
    arrival = director.get(f"/api/v1/statuses/{director.stage.posted['nora-in'].id}").json()
    assert arrival["in_reply_to_id"] == director.stage.posted["first-call"].id
    assert [one["acct"] for one in arrival["mentions"]] == ["ana"]
    answer = director.get(f"/api/v1/statuses/{director.stage.posted['nora-answer'].id}").json()
    question = director.stage.question_at(33 + 6.4)
    assert question is not None
    assert plain_text(answer["content"]).startswith(f"A{question.number} ")


def test_earlier_weeks_share_the_stage_with_the_evening(director: Director) -> None:
    for index in range(len(PLAY.weeks)):
        for line in PLAY.earlier_week(index, seed=11):
            director.at = STARTS_AT - timedelta(weeks=len(PLAY.weeks) - index) + timedelta(minutes=line.at)
            director.stage.perform(line)
    assert director.play_until(60) == len(PLAY.evening)


def test_a_reply_in_her_own_thread_reaches_her_and_a_strangers_message_does_not(director: Director) -> None:
    with director.stage.member("nora") as nora:
        start = nora.say("START")
        director.at += timedelta(minutes=1)
        director.speak_as_bot("out of the blue")
        director.at += timedelta(minutes=1)
        director.speak_as_bot("Hello & welcome!\n\nSee https://lrnchat.example/a?b=1&c=2 #lrnchat", start.id)
        (message,) = nora.inbox()
    assert message.author == "missed"
    assert message.text == "@nora Hello & welcome!\n\nSee https://lrnchat.example/a?b=1&c=2 #lrnchat"
    assert message.in_reply_to_id == start.id
    assert message.created_at == director.at


def test_an_inbox_of_many_pages_is_read_whole_the_oldest_first(director: Director) -> None:
    with director.stage.member("nora") as nora:
        start = nora.say("START")
        for number in range(45):
            director.at += timedelta(minutes=1)
            director.speak_as_bot(f"message {number}", start.id)
        assert [one.text for one in nora.inbox()] == [f"@nora message {number}" for number in range(45)]


def test_a_refusal_names_the_line_and_what_the_server_said(director: Director) -> None:
    tokens = director.tokens | {"mara": "no such token"}
    with Stage(director.sandbox.base_url, tokens, "missed", play=PLAY) as stage:
        with pytest.raises(StageError, match=r"line 1 \(mara at .*\): POST /api/v1/statuses: 401 "):
            stage.perform(PLAY.evening[0])
        assert stage.due(60)[0] is PLAY.evening[0]


def test_the_stage_writes_another_hashtag_when_told(director: Director) -> None:
    with Stage(director.sandbox.base_url, director.tokens, "missed", "edchat", play=PLAY) as stage:
        stage.perform(PLAY.evening[0])
    (status,) = director.get("/api/v1/timelines/tag/edchat").json()
    assert status["account"]["acct"] == "mara"


def test_plain_text_is_what_a_person_reads() -> None:
    html = (
        '<p class="quote-inline">RE: <a href="https://q.example/1">q</a></p>'
        '<p><span class="h-card"><a href="https://x.example/@nora" class="u-url mention">@<span>nora</span></a></span>'
        ' 1 &lt; 2<br>see <a href="https://e.example/long/way?a=1&amp;b"><span class="invisible">https://</span>'
        '<span class="ellipsis">e.example/long</span></a></p><p>Bye '
        '<a href="https://x.example/tags/lrnchat" class="mention hashtag" rel="tag">#<span>LrnChat</span></a></p>'
    )
    assert plain_text(html) == "@nora 1 < 2\nsee https://e.example/long/way?a=1&b\n\nBye #LrnChat"
    assert plain_text("") == ""
