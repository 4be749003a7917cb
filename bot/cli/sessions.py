"""`missed sessions`: what was watched."""

from typing import Annotated

import typer

from adapters.clock import SystemClock
from bot.app import queries
from bot.cli import exits, looking, options, show
from config.settings import chats_of


@exits.told
def sessions(
    config: options.Config = None,
    chat: Annotated[str | None, typer.Option("--chat", help="Only the sessions of this hashtag.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="So many, the latest first.")] = 20,
    json: options.Json = False,
) -> None:
    """List the latest sessions.

    Whether they took place (held), whether the bot watched them (seen), how many questions (Qs) were asked, how many
    people posted, how many members were here, and how many calls there were for members.

    Example: missed sessions --chat lrnchat
    """
    settings = options.settings_of(config, needs_account=False)
    tag = chat.removeprefix("#").casefold() if chat else None
    with looking.kept(settings) as storage:
        found = queries.sessions(storage, chats_of(settings), SystemClock().now(), chat=tag, limit=limit)
    if json:
        show.document({"sessions": show.plain(found)})
    elif found:
        show.table(("session (UTC)", "state", "held", "seen", "Qs", "people", "here", "calls"), map(_row, found))
    else:
        of = f" of #{tag}" if tag else ""
        show.say(f"No session{of} has been watched yet. `missed chats` says when the next one is.")


def _row(session: queries.SessionView) -> tuple[str, ...]:
    return (
        session.id,
        session.state,
        show.known(session.held),
        show.known(session.observed),
        str(session.questions),
        str(session.people),
        str(session.present),
        str(session.calls),
    )
