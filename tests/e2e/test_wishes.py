"""What members ask to hear comes over a real network, before and after a session, once each: read with their token."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.journal import silence
from bot.cli.demo.theatre import Theatre, open_theatre
from sandbox.play.stage import Insider


@pytest.fixture
def theatre(tmp_path: Path) -> Iterator[Theatre]:
    with open_theatre(tmp_path, 11, silence) as some:
        some.clock.jump(some.tonight.starts_at - timedelta(hours=4))
        yield some


def says(theatre: Theatre, her: Insider, *texts: str) -> None:
    """Let her write one thing after the other, a minute apart."""
    for text in texts:
        her.say(text)
        theatre.bot.cycle(theatre.clock.now())
        theatre.clock.jump(theatre.clock.now() + timedelta(minutes=1))


def heard(her: Insider) -> list[str]:
    """Return everything the bot has told her."""
    return [one.text for one in her.inbox() if one.author.startswith("missed")]


def play_on(theatre: Theatre, until: timedelta, step: timedelta, *, is_quiet: bool = False) -> None:
    """Let the evening go on, its people post, and the bot do its cycles; times from the session's start."""
    while (now := theatre.clock.now()) < theatre.tonight.starts_at + until:
        if not is_quiet:
            for line in theatre.stage.due((now - theatre.tonight.starts_at).total_seconds() / 60):
                theatre.stage.perform(line)
        theatre.bot.cycle(now)
        theatre.clock.jump(now + step)


def begins(texts: list[str], *words: str) -> int:
    return sum(any(word in text for word in words) for text in texts)


def test_a_heads_up_one_call_and_a_recap_each_come_once(theatre: Theatre) -> None:
    with theatre.stage.member(theatre.play.absentee) as her:
        says(theatre, her, "START", "yes", "HEADS-UP 15", "RECAP ON", "NEXT")
        play_on(theatre, -timedelta(minutes=16), timedelta(minutes=10), is_quiet=True)
        assert begins(heard(her), "Pencils up") == 0
        play_on(theatre, timedelta(minutes=75), timedelta(minutes=2))
        play_on(theatre, timedelta(hours=13), timedelta(minutes=20), is_quiet=True)
        texts = heard(her)
        assert begins(texts, "Pencils up: #lrnchat begins on Thursday 19 November, 20:30.") == 1
        assert begins(texts, "You asked to hear of the next session") == 0, "one message for HEADS-UP and NEXT"
        assert begins(texts, "miss you at #lrnchat right now") == 1
        recaps = [text for text in texts if "You asked to hear of #lrnchat on Thursday 19 November" in text]
        assert len(recaps) == 1
        assert len(recaps[0]) <= 500
        assert recaps[0].count("@") - recaps[0].count("/@") == 1
        assert [f"\n{number}. " in recaps[0] for number in range(1, 7)] == [True] * 6
        assert "RECAP OFF ends this" in recaps[0]
        says(theatre, her, "WHY")
        assert "Because you wrote RECAP ON" in heard(her)[-1]


def test_next_comes_once_and_quiet_hours_hold(theatre: Theatre) -> None:
    with theatre.stage.member(theatre.play.absentee) as her:
        says(theatre, her, "START", "yes", "NEXT")
        assert "a quarter of an hour before the next session of #lrnchat on Thursday 19 November" in heard(her)[-1]
        says(theatre, her, "QUIET 20:20-20:45")
        assert "begins: #lrnchat" in heard(her)[-1]
        says(theatre, her, "QUIET 20:00-20:20")
        play_on(theatre, -timedelta(minutes=11), timedelta(minutes=1), is_quiet=True)
        assert begins(heard(her), "You asked to hear of the next session") == 0
        play_on(theatre, timedelta(minutes=3), timedelta(minutes=1), is_quiet=True)
        assert begins(heard(her), "You asked to hear of the next session: #lrnchat begins") == 1
        says(theatre, her, "STATUS")
        assert "Next: off." in heard(her)[-1]
