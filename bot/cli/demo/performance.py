"""One performance of the story, from curtain to curtain."""

import json
import signal
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import typer
from rich.console import Console

from adapters.clock import wait
from bot.app.journal import Event
from bot.cli import exits
from bot.cli.demo.acts import YES, DemoFailed, farewell, play_evening, play_weeks, sign_up, tie_accounts
from bot.cli.demo.proof import Outcome, Tally, read_back
from bot.cli.demo.theatre import Theatre, open_theatre
from bot.cli.demo.venues import Where
from bot.cli.demo.view import View, summary


def perform(*, speed: float, seed: int, as_json: bool, keep: bool, where: Where = Where.MASTODON) -> bool:
    """Play the evening and tell what came of it; True if that was exactly one message in time."""
    console = Console(stderr=as_json)
    view = View(Console(quiet=True) if as_json else console)
    tally = Tally()

    def listen(event: Event) -> None:
        tally.listen(event)
        view.listen(event)

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was put up is taken down then, too
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="missed-demo-") as folder,
        open_theatre(Path(folder), seed, listen, where) as theatre,
    ):
        try:
            _perform(theatre, view, tally, seed=seed, speed=speed)
        except DemoFailed as error:
            exits.fail(str(error))
        outcome = _told(read_back(theatre, tally, time.monotonic() - began), theatre, view)
        _tell(outcome, console, _name(theatre), as_json=as_json)
        if keep:
            _stay(theatre, Path(folder), console)
    return outcome.is_right


def _perform(theatre: Theatre, view: View, tally: Tally, *, seed: int, speed: float) -> None:
    her = _name(theatre)
    view.say(f"A small social network is up at {theatre.venue.base_url}. {her} writes START to the bot.")
    welcome, started = sign_up(theatre)
    view.say(f"\n{welcome.text}\n\n{her} answers: {YES}.\n\n{started.text}\n")
    if (tied := tie_accounts(theatre)) is not None:
        view.say(f"{her} is on the other network too, and ties both accounts by a code: LINK.\n\n{tied}\n")
    view.say(f"Eight Thursdays pass. {her} comes to six of them; then work eats the weeks.")
    play_weeks(theatre, seed, lambda day: view.say(f"  {day}"))
    tally.session_id, tally.absentee = theatre.tonight.id, theatre.play.absentee
    view.say("Tonight.")
    view.curtain_up(theatre)
    try:
        play_evening(theatre, speed)
    finally:
        view.curtain_down()


def _told(outcome: Outcome, theatre: Theatre, view: View) -> Outcome:
    """Let her have the last word, where there was a message to ask about."""
    if not outcome.is_right:
        return outcome
    try:
        why, stopped = farewell(theatre)
    except DemoFailed as error:
        exits.fail(str(error))
    her = _name(theatre)
    view.say(f"\nThe next morning {her} asks: why?\n\n{why}\n\n{her} says: STOP.\n\n{stopped}\n")
    return replace(outcome, why=why, stopped=stopped)


def _name(theatre: Theatre) -> str:
    return theatre.play.character(theatre.play.absentee).name


def _tell(outcome: Outcome, console: Console, her: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
    else:
        console.print(summary(outcome, her))


def _stay(theatre: Theatre, folder: Path, console: Console) -> None:
    theatre.clock.run(1.0)
    config = folder / "missed.toml"
    config.write_text(theatre.configuration, encoding="utf-8")
    her = theatre.play.absentee
    url = theatre.venue.base_url
    for line in (
        f"\nStill up: {url}. Ctrl-C ends it. Look around in another terminal:",
        f"  missed explain @{her} --config {config}",
        f"  {theatre.venue.hint}",
    ):
        console.print(line, soft_wrap=True, highlight=False, markup=False)
    never = threading.Event()
    while not wait(never, 3600):
        pass
