"""The acts of the demo: she signs up, the weeks before, the evening. Each only directs; the bot is on its own."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from adapters.clock import wait
from bot.cli.demo.theatre import BEFORE, Theatre
from sandbox.play import DirectMessage, Insider

LOOK_EVERY: Final = 0.05
"""Real seconds between two looks at what is due on the stage."""

INBOX_EVERY: Final = 1.0
"""Minutes of the session between two looks of hers at her phone."""

CURTAIN: Final = 62.0
"""The minute of the session after which nothing more can happen in it."""

YES: Final = "yes please"

CODE: Final = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
"""The code in the answer to LINK."""

SWEEPS_END: Final = timedelta(hours=6, minutes=1)


class DemoFailed(Exception):
    """The evening did not go as the story does; the text says where."""


def sign_up(theatre: Theatre) -> list[DirectMessage]:
    """Let her opt in as anybody would: START, the bot's question, one word back. Returns what the bot answered."""
    with theatre.stage.member(theatre.play.absentee) as her:
        her.say("START")
        theatre.bot.cycle(theatre.clock.now())
        welcome = _latest(her)
        theatre.clock.jump(theatre.clock.now() + timedelta(minutes=1))
        her.say(YES, in_reply_to_id=welcome.id)
        theatre.bot.cycle(theatre.clock.now())
        started = _latest(her)
        if started.id == welcome.id:
            raise DemoFailed("the bot did not answer her word back")
        return [welcome, started]


def tie_accounts(theatre: Theatre) -> str | None:
    """Let her make her two accounts one: LINK here, its code there, LINK YES here. Return the last answer.

    None where the play has one network only.
    """
    if theatre.venue.elsewhere is None:
        return None
    with theatre.stage.member(theatre.play.absentee) as her, theatre.venue.elsewhere() as there:

        def heard(who: Insider, words: str) -> str:
            theatre.clock.jump(theatre.clock.now() + timedelta(minutes=2))
            who.say(words)
            theatre.bot.cycle(theatre.clock.now())
            return _latest(who).text

        code = CODE.search(heard(her, "LINK"))
        if code is None:
            raise DemoFailed("the bot gave her no code for her other account")
        heard(there, f"LINK {code[0]}")
        tied = heard(her, "LINK YES")
    with theatre.storage.work() as work:
        members = work.members.everybody()
    if [len(member.identities) for member in members] != [2]:
        raise DemoFailed(f"her two accounts are not one: {tied}")
    return tied


def farewell(theatre: Theatre) -> tuple[str, str]:
    """Let her ask WHY and then say STOP, the morning after; return what she was answered, read with her own token."""
    said: list[str] = []
    theatre.clock.run(0)
    theatre.clock.jump(max(theatre.clock.now(), theatre.tonight.ends_at) + timedelta(hours=10))
    with theatre.stage.member(theatre.play.absentee) as her:
        for words in ("why?", "STOP"):
            before = len(her.inbox())
            her.say(words)
            theatre.bot.cycle(theatre.clock.now())
            answers = her.inbox()[before:]
            if len(answers) != 1:
                raise DemoFailed(f"she wrote {words!r} and got {len(answers)} answers instead of one")
            said.append(answers[0].text)
            theatre.clock.jump(theatre.clock.now() + timedelta(minutes=1))
    return said[0], said[1]


def _latest(her: Insider) -> DirectMessage:
    messages = her.inbox()
    if not messages:
        raise DemoFailed("the bot did not answer her START")
    return messages[-1]


def play_weeks(theatre: Theatre, seed: int, tell: Callable[[str], None]) -> None:
    """Play the Thursdays before, fast: the clock jumps from post to post, the bot looks on."""
    for index, session in enumerate(theatre.seasons):
        tell(f"{session.starts_at.astimezone(ZoneInfo(theatre.zone)):%A %d %B}")
        theatre.clock.jump(session.starts_at - BEFORE)
        theatre.bot.cycle(theatre.clock.now())
        for line in theatre.play.earlier_week(index, seed):
            theatre.clock.jump(session.starts_at + timedelta(minutes=line.at))
            theatre.stage.perform(line)
        theatre.bot.cycle(theatre.clock.now())
        theatre.clock.jump(session.ends_at + SWEEPS_END)
        theatre.bot.cycle(theatre.clock.now())


def play_evening(theatre: Theatre, speed: float) -> None:
    """Play tonight: the clock runs, people post when it is their turn, the bot runs by itself.

    She looks at her phone every minute; when a reminder is there, she joins.
    """
    known = len(_inbox(theatre))
    theatre.clock.jump(theatre.tonight.starts_at - BEFORE)
    theatre.clock.run(speed)
    stop = threading.Event()
    running = threading.Thread(target=theatre.bot.run, args=(theatre.clock, theatre.every, stop), name="bot")
    running.start()
    try:
        looked_at = theatre.minute()
        while (minute := theatre.minute()) < CURTAIN or theatre.stage.next_at() is not None:
            for line in theatre.stage.due(minute):
                theatre.stage.perform(line)
            if minute >= looked_at + INBOX_EVERY:
                looked_at = minute
                if len(_inbox(theatre)) > known:
                    theatre.stage.enter(minute)
            wait(stop, LOOK_EVERY)
    finally:
        stop.set()
        running.join()


def _inbox(theatre: Theatre) -> list[DirectMessage]:
    with theatre.stage.member(theatre.play.absentee) as her:
        return her.inbox()
