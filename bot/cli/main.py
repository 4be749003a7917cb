"""`missed`: the commands, by name."""

from typing import Final

import typer

from bot.cli.chats import chats
from bot.cli.check import check
from bot.cli.costs import costs
from bot.cli.db import app as db
from bot.cli.demo.command import demo
from bot.cli.explain import explain
from bot.cli.init import init
from bot.cli.judge import judge
from bot.cli.login import login
from bot.cli.members import forget, members
from bot.cli.outbox import outbox
from bot.cli.preview import preview
from bot.cli.recognise import recognise
from bot.cli.replay import replay
from bot.cli.run import run
from bot.cli.schema import schema
from bot.cli.sessions import sessions

COMMANDS: Final = (
    demo,
    init,
    login,
    check,
    run,
    chats,
    members,
    forget,
    sessions,
    outbox,
    explain,
    costs,
    preview,
    replay,
    recognise,
    judge,
    schema,
)
"""In the order in which somebody meets them."""

app = typer.Typer(
    name="missed",
    help="When your network calls, you hear it once, in time to still join.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(db)


def main() -> None:
    """Run the command line."""
    app()
