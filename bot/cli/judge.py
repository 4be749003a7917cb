"""`missed judge`: what the rules say of bare histories, one JSON line each."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app.errors import Misconfigured
from bot.app.histories import read
from bot.app.judge import judge as judged
from bot.cli import exits, transcripts
from config import catalogue


@exits.told
def judge(
    histories: Annotated[Path, typer.Argument(help="Histories: one person a line, as JSON.", show_default=False)],
    rules: Annotated[
        Path | None, typer.Option("--rules", help="A rules file to try. [default: the one that ships]")
    ] = None,
) -> None:
    """Say of each history whether a reminder is due, of which kind, and why: one JSON line each.

    A line holds id, history (1 came, 0 did not; oldest session first) and live (1: a session is on, 0: what of the
    next one?), and what else is known: cadence, live_minutes, held, observed, seen_now, opted_out, declared_absence,
    last_reminded_sessions_ago, reminders_unanswered, role, account_moved, calls, questions_left.
    Ends with 1 where lines could not be judged, or there were none.

    Example: missed judge histories.jsonl
    """
    ruled = catalogue.rules(rules)
    try:
        with histories.open("rb") as file:
            found = read(file)
    except OSError as error:
        says = "Name a file of histories, one a line."
        raise Misconfigured(f"{histories}: cannot be read: {error.strerror}. {says}") from None
    for history in found.histories:
        typer.echo(judged(history, ruled).model_dump_json())
    console = exits.stderr()
    for one in found.refused:  # every one of them: each is somebody's history
        console.print(f"missed: line {one.number}: cannot be judged: {transcripts.clean(one.says)}", markup=False)
    if not found.histories and not found.refused:
        exits.fail(f"{histories}: holds no histories. Write one JSON object a line, with id, history and live.")
    if found.refused:
        raise typer.Exit(exits.FAILED)
