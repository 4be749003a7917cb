"""Nobody calls, and still a regular is missed: a reminder by the shipped rules, in time, once a lapse."""

from datetime import timedelta

import pytest

from bot.app.decide import BATCH
from bot.app.errors import Transient
from bot.app.journal import Decided
from bot.app.shelves import DecisionRow
from bot.domain.facts import Kind
from bot.domain.model import Member, Post
from bot.domain.outbox import State
from bot.domain.rules import Reason, Remind, Skip
from config import catalogue
from tests.app.test_past import NORA, Season
from tests.world import ANA, BEN, CHAT, HOST, SESSION, World, at, member, person, post

RULES = catalogue.rules()


def evening(season: Season, *more: Post, until: int = 50) -> World:
    """Let the chat begin in time with its host's questions every eight minutes; the bot looks every minute."""
    world = season.world
    world.rules = RULES
    world.use(season.chat)
    world.source.timeline = [post(HOST, f"Q{n}: Why? #lrnchat", 8 * n - 6) for n in range(1, 7)]
    world.source.timeline += [post(ANA, "Hello #lrnchat", 1), post(BEN, "Hello #lrnchat", 2), *more]
    world.source.timeline.sort(key=lambda one: one.created_at)
    for minute in range(until):
        world.cycle(minute)
    return world


def decisions(world: World, who: Member = NORA) -> list[DecisionRow]:
    with world.storage.work() as work:
        return work.decisions.of(who.id, SESSION.id)


def test_a_regular_who_stays_away_is_reminded_once_a_quarter_is_gone() -> None:
    world = evening(Season("xxxxxxxx--"))
    ((handle, text, _),) = world.courier.sent
    assert handle == "nora@x.example"
    assert text.startswith("It has been a while since #lrnchat saw you, and it is on right now. Q2 of 6 is on: “Why?”")
    (row,) = [one for one in decisions(world) if isinstance(one.decision, Remind)]
    assert isinstance(row.decision, Remind)
    kind: Kind = "lapsed"
    assert (row.decision.rule, row.decision.kind) == ("a regular who stays away", kind)
    assert row.at == at(15)
    assert (row.facts["standing"], row.facts["absent_run"], row.facts["share_gone"]) == ("lapsed", 2, 0.25)


@pytest.mark.parametrize("told", ["xxxxxxxx-", "xxxxxxxxx", "--x-x--x--", ""])
def test_one_absence_and_no_habit_are_no_lapse(told: str) -> None:
    world = evening(Season(told))
    assert world.courier.sent == []
    assert {one.decision.reason for one in decisions(world) if isinstance(one.decision, Skip)} == {Reason.NO_RULE}


def test_whoever_is_there_is_left_alone_and_that_is_kept_too() -> None:
    world = evening(Season("xxxxxxxx--"), post(person("nora"), "Here I am #lrnchat", 3))
    assert world.courier.sent == []
    assert [one.decision.shape for one in decisions(world)] == ["present"]


def test_somebody_who_usually_comes_late_is_waited_for() -> None:
    world = evening(Season("xxxxxxxx--", arrives=22))
    (row,) = [one for one in decisions(world) if isinstance(one.decision, Remind)]
    assert row.at == at(22)
    wanting = [one.decision.shape for one in decisions(world) if isinstance(one.decision, Skip)]
    assert any("a regular who stays away: is_past_arrival" in shape for shape in wanting)


def test_a_reminder_is_not_repeated_before_the_fourth_session() -> None:
    assert evening(Season("xxxxxxxx--").remind(-1)).courier.sent == []
    assert evening(Season("xxxxxxxx---").remind(-2)).courier.sent == []
    world = evening(Season("xxxxxxxx----").remind(-3))
    assert world.courier.sent == []
    first = decisions(world)[0].decision
    assert isinstance(first, Skip)
    assert first.reason is Reason.CAPPED
    assert len(evening(Season("xxxxxxxx-----").remind(-4)).courier.sent) == 1


def test_three_reminders_without_a_sign_of_life_were_enough() -> None:
    season = Season("x" * 8 + "-" * 15)
    for place in (-14, -9, -5):
        season.remind(place)
    world = evening(season)
    assert world.courier.sent == []
    assert decisions(world)[0].decision.shape == Reason.UNANSWERED


def test_a_friend_who_calls_later_does_not_make_it_two() -> None:
    call = post(ANA, "@nora you are missed #lrnchat", 30)
    world = evening(Season("xxxxxxxx--"), call)
    assert len(world.courier.sent) == 1
    assert Reason.ALREADY_REMINDED in [one.decision.shape for one in decisions(world)]


def test_somebody_whose_posts_we_had_before_they_joined_is_seen_at_the_second_look() -> None:
    season = Season("xxxxxxxx--")
    stranger = post(person("nora"), "Good evening #lrnchat", 2)
    with season.world.storage.work() as work:
        work.members.put(NORA.model_copy(update={"chats": ()}))
    world = season.world
    world.rules = RULES
    world.use(season.chat)
    world.source.timeline = [post(HOST, "Q1: Why? #lrnchat", 1), stranger]
    world.cycle(3)
    world.join(NORA)
    world.cycle(20)
    assert world.courier.sent == []
    assert decisions(world)[-1].decision.shape == "present"


def test_all_members_are_weighed_and_the_log_is_not_full_of_it() -> None:
    season = Season("xxxxxxxx--")
    others = [member(person(f"p{number}"), id=f"m{number}") for number in range(BATCH + 2)]
    season.world.join(*others)
    world = evening(season, until=17)
    assert all(len(decisions(world, one)) == 1 for one in others)
    told = [event for event in world.events if isinstance(event, Decided)]
    assert [event.member_id for event in told if event.is_news] == [NORA.id]
    assert len(told) == BATCH + 3


def test_rules_without_lapses_weigh_nobody_who_was_not_called() -> None:
    season = Season("xxxxxxxx--")
    season.world.rules = RULES[:2]
    season.world.use(season.chat)
    season.world.source.timeline = [post(HOST, "Q1: Why? #lrnchat", 1)]
    for minute in (1, 20):
        season.world.cycle(minute)
    assert decisions(season.world) == []


def test_what_is_over_is_forgotten() -> None:
    season = Season("xxxxxxxx--")
    world = evening(season, until=20)
    assert world.decide._memories
    for hours in (2, 9, 30):
        world.clock.time = SESSION.ends_at + timedelta(hours=hours)
        world.settle.tick(world.clock.time)
        world.decide.tick(world.clock.time)
    assert world.decide._memories == {}
    assert world.outbox()[0].state is State.SENT


@pytest.mark.parametrize("is_called", [True, False])
def test_what_could_not_be_written_is_decided_at_the_next_tick(*, is_called: bool) -> None:
    season = Season("xxxxxxxx--")
    calls = [post(ANA, "@nora you are missed #lrnchat", 15)] if is_called else []
    world = evening(season, *calls, until=14)
    world.clock.time = at(15.5)
    world.listen.tick(at(15.5))
    told, world.storage.is_full = len(world.events), True
    with pytest.raises(Transient):
        world.decide.tick(at(15.5))
    assert (world.outbox(), len(world.events)) == ([], told)
    world.storage.is_full = False
    assert world.decide.tick(at(15.6)) == 1
    assert [one.kind for one in world.outbox()] == ["called" if is_called else "lapsed"]


def test_a_new_process_says_nothing_twice() -> None:
    world = evening(Season("xxxxxxxx-"), until=20)
    before, events = decisions(world), len(world.events)
    world.use(CHAT)
    world.decide.tick(at(19))
    assert (decisions(world), len(world.events)) == (before, events)


@pytest.mark.parametrize(("gap", "state"), [(4, State.EXPIRED), (8, State.SENT)])
def test_a_reminder_that_was_held_up_is_not_sent_after_the_last_question(gap: int, state: State) -> None:
    season = Season("xxxxxxxx--")
    world = season.world
    world.rules = RULES
    world.use(season.chat)
    world.courier.fails = [Transient("slow down", retry_at=at(44))]
    world.source.timeline = [post(HOST, f"Q{n}: Why? #lrnchat", 4 + gap * (n - 1)) for n in range(1, 7)]
    for minute in range(50):
        world.cycle(minute)
    assert [(one.kind, one.state) for one in world.outbox()] == [("lapsed", state)]
