"""A season of many sessions by the rules that ship: who lapses is told in time, and what they did then is counted."""

import json
from datetime import UTC, date, datetime, time, timedelta

from bot.app.comparison import changes
from bot.app.rehearsal import Rehearsal
from bot.app.replay import Replay
from bot.app.season import Aftermath
from bot.app.transcript import Reader
from bot.domain.chat import Chat, Slot
from bot.domain.outbox import State
from bot.domain.policy import QuietHours
from bot.domain.recognise import Recogniser
from bot.domain.rules import Rule
from bot.domain.wording import Wording
from config import catalogue
from tests.fakes import FakeStorage

BEGINS = datetime(2026, 1, 8, 20, tzinfo=UTC)
SLOT = Slot(repeats="FREQ=WEEKLY;BYDAY=TH", time=time(20), zone="UTC", first=date(2026, 1, 1))
TEA = Chat(tag="tea", title="Tea", slots=(SLOT,))
RECOGNISER = Recogniser(catalogue.phrasebooks())
WORDING = Wording(catalogue.messages())

Said = tuple[int, float, str, str]


def season(*told: str) -> list[Said]:
    """Return posts of a host's six questions a week, and of people: `nora xxx--x` was there in the weeks with x."""
    weeks = max(len(one.split()[1]) for one in told)
    said: list[Said] = [(week, 2 + 9 * q, "olive", f"Q{q + 1}: Why? #tea") for week in range(weeks) for q in range(6)]
    for one in told:
        name, marks = one.split()
        said += [(week, 6, name, "I am here #tea") for week, mark in enumerate(marks) if mark == "x"]
        said += [(week, 40, name, "Late but here #tea") for week, mark in enumerate(marks) if mark == "l"]
        said += [(week, 3, name, "Hello, forgot the tag") for week, mark in enumerate(marks) if mark == "f"]
    return said


def replayed(said: list[Said], rules: tuple[Rule, ...] | None = None, chat: Chat = TEA) -> Rehearsal:
    rows = [
        json.dumps(
            {
                "id": f"p{number}",
                "created_at": (BEGINS + timedelta(weeks=week, minutes=minute)).isoformat(),
                "author": author,
                "text": text,
                "hashtags": ["tea"] if "#tea" in text else [],
                "mentions": [word.strip("@,.") for word in text.split() if word.startswith("@")],
            }
        ).encode()
        for number, (week, minute, author, text) in enumerate(said)
    ]
    transcript = Reader("tea", str, {}).read(rows)
    never = QuietHours(start=time(0), end=time(0))
    chosen = rules if rules is not None else catalogue.rules()
    return Replay(FakeStorage(), RECOGNISER, chosen, WORDING, chat, never, lambda _p, _t: "#tea").run(transcript)


def told(result: Rehearsal) -> list[tuple[int, str, str, str]]:
    return [
        ((one.at - BEGINS) // timedelta(weeks=1), one.member_id, one.kind, one.aftermath.says if one.aftermath else "")
        for one in result.outcomes
    ]


def test_a_regular_who_stays_away_is_told_and_comes_back_by_themselves() -> None:
    result = replayed(season("nora xxxxxxxx---x", "ben xxxxxxxxxxxx"))
    assert told(result) == [(10, "nora", "lapsed", "came to the next one")]
    assert (result.totals.sent_by_kind, result.totals.came_back, result.totals.came_later) == ({"lapsed": 1}, 1, 0)
    (nora,) = result.people
    assert (nora.member_id, nora.sessions, nora.sent, nora.false_alarms) == ("nora", 9, 1, 0)


def test_somebody_who_came_later_in_that_session_needed_no_telling() -> None:
    result = replayed(season("nora xxxxxxxx--lxx", "ben xxxxxxxxxxxxx"))
    ((week, who, _, says),) = told(result)
    assert (week, who) == (10, "nora")
    assert says.startswith("came ")
    assert says.endswith(" min later")
    assert (result.totals.came_later, result.totals.were_there, result.totals.came_back) == (1, 0, 0)


def test_somebody_who_forgot_the_tag_was_there_all_the_while() -> None:
    result = replayed(season("nora xxxxxxxx--f", "ben xxxxxxxxxxx"))
    assert told(result) == [(10, "nora", "lapsed", "was there")]
    assert (result.totals.were_there, result.people[0].false_alarms) == (1, 1)


def test_a_lapse_is_told_once_and_again_after_four_sessions() -> None:
    result = replayed(season("nora xxxxxxxx---------", "ben xxxxxxxxxxxxxxxxx"))
    assert [(week, says) for week, _, _, says in told(result)] == [(10, "stayed away"), (14, "stayed away")]
    assert (result.totals.people_sent, result.totals.most_per_person) == (1, 2)
    assert result.totals.weighed["reminded in the session before"] == 2


def test_people_join_when_they_first_appear_and_their_sessions_count_from_then() -> None:
    result = replayed(season("nora ------xxxxxxxx--", "ben xxxxxxxxxxxxxxxx", "eve -------------x--"))
    assert told(result) == []
    result = replayed(season("nora ------xxxxxxxx---", "ben xxxxxxxxxxxxxxxxx", "eve -------------x---"))
    assert [(week, who) for week, who, _, _ in told(result)] == [(16, "nora")]


def test_every_session_is_summed() -> None:
    result = replayed([*season("nora xx", "ben xx"), (1, 20, "ben", "@cleo you are missed tonight #tea")])
    assert [(one.held, one.posts, one.people, one.calls, one.due, one.sent) for one in result.sessions] == [
        (True, 8, 3, 0, 0, 0),
        (True, 9, 3, 1, 1, 1),
    ]


def test_sessions_may_overlap_where_labels_say_so() -> None:
    times = [("first", 0), ("first", 1), ("first", 39), ("second", 40), ("second", 41)]
    rows = [
        json.dumps(
            {
                "id": f"{number}", "author": f"a{number}", "text": "Hello #tea", "session": label,
                "created_at": (BEGINS + timedelta(minutes=minute)).isoformat(),
            }
        ).encode()
        for number, (label, minute) in enumerate(times)
    ]  # fmt: skip
    transcript = Reader("tea", str, {}).read(rows)
    never = QuietHours(start=time(0), end=time(0))
    chat = TEA.model_copy(update={"slots": ()})
    use_case = Replay(FakeStorage(), RECOGNISER, catalogue.rules(), WORDING, chat, never, lambda _p, _t: "#tea")
    result = use_case.run(transcript)
    assert [one.posts for one in result.sessions] == [3, 2]


def test_two_rehearsals_differ_by_what_is_sent_and_why() -> None:
    said = season("nora xxxxxxxx---x", "ben xxxxxxxxxxxx", "eve xxxxxxxxxxxx")
    said.append((10, 5, "ben", "@nora you are missed tonight #tea"))
    rules = catalogue.rules()
    called, lapsed = replayed(said), replayed(said, rules[2:])
    (other,) = changes(called, lapsed)
    assert (other.before, other.after, other.needless) == ("called while it is on", "a regular who stays away", False)
    nothing = replayed(said, ())
    assert [(one.before, one.after) for one in changes(called, nothing)] == [("called while it is on", None)]
    assert [(one.before, one.after) for one in changes(nothing, called)] == [(None, "called while it is on")]
    assert changes(called, called) == ()


def test_an_aftermath_says_itself() -> None:
    assert Aftermath().says == "stayed away"
    assert Aftermath(came_back_after=2).says == "came to the one after"
    assert Aftermath(came_after_minutes=12.4).says == "came 12 min later"


def test_what_was_not_sent_has_no_aftermath() -> None:
    said = season("nora xxxxxxxx", "ben xxxxxxxx")
    said += [(7, 10, "ben", "@cleo you are missed tonight #tea"), (7, 12, "cleo", "Here I am #tea")]
    (gone,) = replayed(said).outcomes
    assert (gone.state, gone.rule, gone.aftermath) == (State.SUPPRESSED, "called while it is on", None)
