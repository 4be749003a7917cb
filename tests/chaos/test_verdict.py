"""The verdict sees what a bot does wrong: here the bot is played by hand."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.play.wire import connect, post_status
from tests.chaos.plan import BEGINS_AT, Deed, Plan, Scale, Trouble
from tests.chaos.stage import StageTime
from tests.chaos.town import Town, watched
from tests.chaos.verdict import FAULTS, verdict

PLAN = Plan(1, Scale(members=4, sessions=1, minutes=60))
TALK = PLAN.talks[0]
BEFORE = TALK.starts_at + timedelta(minutes=1)


@pytest.fixture
def stage(tmp_path: Path) -> StageTime:
    return StageTime(tmp_path / "stage", BEGINS_AT)


@pytest.fixture
def town(stage: StageTime) -> Iterator[Town]:
    PLAN.deeds[:] = [Deed(BEFORE, "call", TALK.tag, member) for member in range(3)]
    with Town(PLAN, stage) as some:
        yield some


def says(town: Town, member: int, text: str, thread: str) -> None:
    with connect(town.sandbox.base_url) as web:
        words = f"@member{member}of {text}"
        post_status(web, town.bot.token, words, visibility="direct", in_reply_to_id=thread)


def test_what_is_lost_doubled_late_or_never_due_is_counted(town: Town, stage: StageTime) -> None:
    threads = [talk.say("START").id for talk in town._talks]
    stage.jump(BEFORE - stage.now())
    for deed in PLAN.deeds:
        town.do(deed)
    town.do(Deed(BEFORE, "help", TALK.tag, 3))
    town.do(Deed(BEFORE, "help", TALK.tag, 2))
    for member in (0, 0, 3):
        says(town, member, f"you are missed in #{TALK.tag}", threads[member])
    for _ in range(2):
        says(town, 2, "START: sign up", town.asked[1].post_id)
    stage.jump(timedelta(minutes=58))
    says(town, 1, f"you are missed in #{TALK.tag}", threads[1])
    found = verdict(town, [(BEFORE, stage.now())])
    assert {name: found[name] for name in FAULTS if name in found} == {
        "lost": 1,
        "doubled": 1,
        "late": 1,
        "never_due": 1,
        "over_limits": 0,
        "answers_lost": 1,
        "answers_doubled": 1,
    }
    assert found["which"]["lost"] == [f"{TALK.tag} to 2"]
    assert (found["due"], found["received"], found["undeliverable"]) == (3, 2, 0)
    assert verdict(town, [(BEFORE, BEFORE + timedelta(minutes=2))])["undeliverable"] == 1


def test_requests_over_a_limit_are_counted_and_faults_that_say_so_are_not(town: Town) -> None:
    with connect(town.sandbox.base_url) as web:
        for _ in range(302):
            web.get("/api/v1/notifications", headers={"Authorization": f"Bearer {town.bot.token}"})
    assert town.over_limits == 2


def test_a_storm_comes_again_from_its_seed() -> None:
    one, other = (Plan(7, Scale(members=3, sessions=2)) for _ in range(2))
    assert one.deeds == other.deeds
    assert Plan(8, Scale(members=3, sessions=2)).deeds != one.deeds
    lives = [one.lives(tuple(Trouble)) for _ in range(2)]
    some = [next(lives[0]) for _ in range(len(Trouble))]
    assert some == [next(lives[1]) for _ in range(len(Trouble))]
    assert {life.trouble for life in some} == set(Trouble)


def test_time_is_watched_once_by_however_many() -> None:
    at = [BEFORE + timedelta(minutes=minute) for minute in range(9)]
    assert watched([(at[4], at[6]), (at[0], at[2]), (at[1], at[3])], at[1], at[5]) == timedelta(minutes=3)
    assert watched([], at[0], at[1]) == timedelta()


def test_the_stage_stands_runs_jumps_and_misleads(stage: StageTime, tmp_path: Path) -> None:
    other = StageTime(tmp_path / "stage")
    assert stage.now() == other.now() == other.shown() == BEGINS_AT
    stage.jump(timedelta(hours=1))
    stage.mislead(timedelta(minutes=-3))
    assert other.now() == BEGINS_AT + timedelta(hours=1)
    assert other.now() - other.shown() == timedelta(minutes=3)
    stage.run(3600)
    assert other.now() > BEGINS_AT + timedelta(hours=1)
