"""`missed outbox`: what was sent, waits, or was not sent, and why."""

from typing import Annotated

import typer

from bot.app import queries
from bot.cli import exits, looking, options, show
from bot.domain.outbox import State


@exits.told
def outbox(
    config: options.Config = None,
    state: Annotated[State | None, typer.Option("--state", help="Only the messages in this state.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="So many, the latest first.")] = 50,
    json: options.Json = False,
) -> None:
    """List the latest messages and what became of them.

    To whom, in which state, and the reason where there is one. Never their texts.

    Example: missed outbox --state failed
    """
    with looking.kept(options.settings_of(config, needs_account=False)) as storage:
        found = queries.outbox(storage, state=state, limit=limit)
    if json:
        show.document({"messages": show.plain(found)})
    elif found:
        show.table(("message", "to", "what", "when (UTC)", "reason"), map(_row, found), fluid=("to", "reason"))
    elif state:
        show.say(f"No message is {state}. `missed outbox` lists those in any state.")
    else:
        show.say("No message has been written yet. `missed chats` says when the next session is.")


def _row(message: queries.MessageView) -> tuple[str, ...]:
    return (
        show.short(message.id),
        f"@{message.to}",
        f"{message.kind}\n{message.state}",
        _when(message),
        message.reason or "–",
    )


def _when(message: queries.MessageView) -> str:
    """Say when it was done, or from when until when it may be."""
    tries = f"\n{message.attempts} tries" if message.attempts > 1 else ""
    if message.done_at is not None:
        return show.at(message.done_at) + tries
    return f"from  {show.at(message.not_before)}\nuntil {show.at(message.expires_at)}{tries}"
