import re
from collections import Counter
from pathlib import Path

import pytest

from sandbox.play import Line, Play, PlayError, load_play
from sandbox.play.proof import QUESTION, mentioned
from sandbox.play.script import JITTER

SEEDS = (None, 0, 1, 7, 2026)
SCRIPT = Path(load_play.__code__.co_filename).with_name("lrnchat.toml")


@pytest.fixture(params=SEEDS)
def play(request: pytest.FixtureRequest) -> Play:
    return load_play(request.param)


def of_kind(play: Play, kind: str) -> list[Line]:
    return [line for line in play.evening if line.kind == kind]


def everything(play: Play) -> list[Line]:
    return [*play.evening, *play.joins]


def test_the_cast_is_about_25_people_with_two_hosts_and_a_few_homes_elsewhere(play: Play) -> None:
    roles = Counter(one.role for one in play.cast)
    assert 22 <= len(play.cast) <= 28
    assert roles["host"] == 2
    assert set(roles) == {"host", "regular", "newcomer", "guest", "lurker"}
    assert 2 <= sum(one.domain is not None for one in play.cast) <= 6
    assert play.character(play.absentee).role == "regular"


def test_everybody_speaks_that_evening_but_the_absentee(play: Play) -> None:
    speakers = {line.by for line in play.evening}
    assert {one.handle for one in play.cast} - speakers == {play.absentee}


def test_the_evening_is_about_200_posts_in_order(play: Play) -> None:
    assert 180 <= len(play.evening) <= 220
    times = [line.at for line in play.evening]
    assert times == sorted(times)
    assert times[0] >= -8
    assert times[-1] <= 60


def test_a_host_asks_six_questions_nine_minutes_apart(play: Play) -> None:
    hosts = {one.handle for one in play.cast if one.role == "host"}
    questions = of_kind(play, "question")
    assert [line.at for line in questions] == pytest.approx([4, 13, 22, 31, 40, 49], abs=JITTER + 0.001)
    assert all(line.by in hosts for line in questions)
    numbers = [found[1] for line in questions if (found := QUESTION.match(play.words(line)))]
    assert numbers == ["1", "2", "3", "4", "5", "6"]


def test_six_people_call_her_fifteen_times_and_ana_first(play: Play) -> None:
    calls = of_kind(play, "call")
    assert len(calls) == 15
    assert all(22 <= line.at <= 31 for line in calls)
    assert all(mentioned(line.text).count(play.absentee) == 1 for line in calls)
    assert not any(line.untagged for line in calls)
    by_caller = Counter(line.by for line in calls)
    assert len(by_caller) == 6
    assert calls[0].by == "ana"
    assert [handle for handle, _ in by_caller.most_common(2)] == ["ana", "ben"]


def test_beside_the_calls_the_evening_names_her_once_and_earlier(play: Play) -> None:
    others = [line for line in play.evening if "nora" in line.text.casefold() and line.kind != "call"]
    assert [line.kind for line in others] == ["mention"]
    assert others[0].at < 10


def test_calls_use_simple_frames_and_no_call_repeats_another(play: Play) -> None:
    frames = re.compile(
        r"are missed|you're missed|we miss you|missing you|where is|where are you|paging|not the same without"
        r"|come join us|come and join|wish you were here|haven't heard from",
        re.IGNORECASE,
    )
    calls = [line.text for line in of_kind(play, "call")]
    assert all(frames.search(text) for text in calls)
    assert len(set(calls)) == len(calls)


def test_near_misses_are_many_and_come_while_the_calls_do_too(play: Play) -> None:
    near = of_kind(play, "near-miss")
    assert len(near) >= 14
    assert any(22 <= line.at <= 31 for line in near)


def test_nobody_names_a_stranger_and_every_reference_is_to_an_earlier_post(play: Play) -> None:
    accts = {one.acct for one in play.cast}
    seen: set[str] = set()
    for line in everything(play):
        assert set(mentioned(line.text)) <= accts
        assert {line.reply_to, line.repost_of} - {None} <= seen
        seen |= {line.label} if line.label else set()


def test_every_post_is_short_and_tagged_unless_forgotten() -> None:
    play = load_play()
    forgotten = 0
    for line in everything(play):
        for alternative in line.says:
            words = play.words(line.model_copy(update={"says": (alternative,)}))
            assert len(words) <= 480
            assert words.casefold().count("#lrnchat") == (0 if line.untagged else 1), words
        forgotten += line.untagged
    assert 5 <= forgotten <= 30


def test_another_hashtag_takes_the_place_of_the_plays_own(play: Play) -> None:
    for line in play.evening:
        words = play.words(line, "edchat")
        assert "#lrnchat" not in words.casefold()
        assert line.untagged or line.repost_of or words.count("#edchat") == 1


def test_the_question_that_is_on(play: Play) -> None:
    assert play.question_at(0) is None
    for number, minute in enumerate((5, 14, 23, 32, 41, 50), start=1):
        question = play.question_at(minute)
        assert question is not None
        assert question.number == number
        assert question.text[-1] in "?."
    last = play.question_at(600)
    assert last is not None
    assert last.number == 6


def test_her_entrance_is_hers_then_a_greeting_from_a_host(play: Play) -> None:
    first, *rest = play.joins
    assert (first.by, first.reply_to) == ("nora", "first-call")
    assert first.text.startswith("@ana I'm here!")
    assert any("You WERE missed, and I'm glad you had time to drop in." in line.text for line in rest)
    assert {line.kind for line in rest if line.by != "nora"} == {"greeting"}


def test_a_seed_is_deterministic_and_moves_lines_only_a_little() -> None:
    assert load_play(5).evening == load_play(5).evening
    assert load_play(5).evening != load_play(6).evening
    written = load_play()
    words = set()
    for seed in range(20):
        performed = load_play(seed)
        assert [line.number for line in performed.evening] == [line.number for line in written.evening]
        for before, after in zip(written.evening, performed.evening, strict=True):
            assert abs(before.at - after.at) <= JITTER + 0.001
            assert after.text in before.says or after.repost_of
        words.add(tuple(line.text for line in performed.evening))
    assert len(words) > 1


def test_the_season_is_eight_weeks_and_she_missed_the_last_two(play: Play) -> None:
    came = ["nora" in week.came for week in play.weeks]
    assert came == [True] * 6 + [False] * 2
    assert all(set(week.came) <= {one.handle for one in play.cast} for week in play.weeks)


@pytest.mark.parametrize("index", range(8))
def test_an_earlier_week_is_short_and_everybody_who_came_is_in_it(play: Play, index: int) -> None:
    week, lines = play.weeks[index], play.earlier_week(index, seed=3)
    assert 12 <= len(lines) <= 20
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert {line.by for line in lines} == set(week.came)
    assert [line.text[:3] for line in lines if line.kind == "question"] == ["Q1:", "Q2:", "Q3:"]
    answers = Counter(line.by for line in lines if line.kind == "answer")
    assert answers == Counter({handle: 1 for handle in week.came if handle != week.host})
    seen: set[str | None] = {None}
    for line in lines:
        assert line.reply_to in seen
        assert not re.search(r"\bmiss(ed|ing)? (you|@)|where (is|are)|paging|join", play.words(line), re.IGNORECASE)
        assert "{" not in line.text
        seen.add(line.label)


def test_earlier_weeks_are_deterministic_and_share_no_label(play: Play) -> None:
    weeks = [play.earlier_week(index, seed=3) for index in range(8)]
    assert weeks == [play.earlier_week(index, seed=3) for index in range(8)]
    assert weeks != [play.earlier_week(index, seed=4) for index in range(8)]
    labels = [line.label for week in [*weeks, everything(play)] for line in week if line.label]
    assert len(labels) == len(set(labels))


FAULTS = {
    "a stranger speaks": (
        'by = "mara", kind = "host", label = "soon"',
        'by = "zed", label = "soon"',
        "line 1 (zed at -8",
    ),
    "an unknown key": (
        'label = "moss", says',
        'label = "moss", shouts = 1, says',
        r'line 4 (priya at 5.2, "moss"), shouts',
    ),
    "a lost reply": ('to = "moss"', 'to = "mos"', 'line 35 (olu at 5.5): refers to "mos"'),
    "a label twice": ('label = "koh-a3"', 'label = "moss"', 'already called "moss"'),
    "an unknown person named": ("where is @nora tonight?", "where is @nara tonight?", "@nara is nobody in the cast"),
    "a remote person without domain": ("@pat@far.example a classic", "@pat a classic", "@pat is nobody"),
    "a line out of order": ("at = 22.6, by", "at = 21.6, by", 'line 90 (ana at 21.6, "first-call")'),
    "a time that is none": ("at = 22.6, by", 'at = "soon", by', 'act 5 "Q3, and an empty chair", line 3 (ana at soon'),
    "a question skipped": ('says = "Q4: ', 'says = "Q5: ', 'begins with "Q4: "'),
    "a call with alternatives": ('says = "where is @nora tonight?"', 'says = ["a", "b"]', "only talk has alternatives"),
    "nothing said": (', repost_of = "q4" }', " }", "either says something or is a repost"),
    "a tag on a forgetful line": ("sofiya twenty-six years", "sofiya #LrnChat", "is untagged, yet"),
    "a double in the cast": ('handle = "sam"', 'handle = "ana"', 'two people are "ana"'),
    "nobody absent": ('absentee = "nora"', 'absentee = "zed"', '"zed" is not in the cast'),
    "a guest unknown to the season": ('"wes"]', '"zed"]', 'season, week 8: "zed"'),
    "a season's host away": ('host = "jun"\ncame = ["jun", ', 'host = "jun"\ncame = [', "the host did not come"),
    "a tie to nobody": ('["ruth", "theo"]', '["ruth", "zed"]', "ruth and zed"),
    "broken TOML": ('title = "Welcome"', "title = Welcome", "at line"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_place(tmp_path: Path, fault: str) -> None:
    before, after, told = FAULTS[fault]
    script = SCRIPT.read_text(encoding="utf-8")
    assert before in script
    path = tmp_path / "play.toml"
    path.write_text(script.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PlayError) as error:
        load_play(path=path)
    assert told in str(error.value)
    assert str(error.value).startswith("play.toml:")
