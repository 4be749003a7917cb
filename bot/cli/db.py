"""`missed db`: the database, for whoever runs the bot."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import exits, looking, options, show

app = typer.Typer(name="db", help="Look after the database: upgrade, check, copy and back it up.", no_args_is_help=True)


@app.command()
@exits.told
def upgrade(config: options.Config = None) -> None:
    """Bring the database to this version's schema. `missed run` does so as well; a backup before is wise.

    Example: missed db upgrade
    """
    from adapters.storage import counted

    revision, _ = counted(_url(config))
    show.say(f"The database has this version's schema ({revision}).")


@app.command()
@exits.told
def check(config: options.Config = None, json: options.Json = False) -> None:
    """Look through the whole database, and count what it holds.

    Exits with 2 when it is damaged.

    Example: missed db check
    """
    from adapters.storage import counted

    revision, tables = counted(_url(config))
    if json:
        show.document({"schema": revision, "tables": show.plain(tables)})
        return
    show.say(f"The database is sound (schema {revision}).")
    for one in tables:
        show.say(f"  {one.table:<12} {one.rows:>9}  {one.digest[:12]}")


@app.command()
@exits.told
def copy(
    to: Annotated[
        str,
        typer.Argument(
            help="The address of an empty database; better in the environment, where a password is not seen by others.",
            envvar="MISSED_COPY_TO",
            show_envvar=True,
        ),
    ],
    source: Annotated[
        str | None, typer.Option("--from", help="Another database than the configured one, a backup for instance.")
    ] = None,
    config: options.Config = None,
) -> None:
    """Copy everything into an empty database, SQLite or PostgreSQL, and compare both. Stop the bot before.

    Example: missed db copy postgresql+psycopg://missed@db.example/missed
    """
    from adapters.storage import copy as copy_all
    from adapters.storage import open_storage

    old = source or _url(config)
    storage = open_storage(old)
    try:
        storage.claim()  # nobody writes into the file meanwhile
        tables = copy_all(old, to)
    finally:
        storage.close()
    show.say(f"Copied {sum(one.rows for one in tables)} rows; counts and sums are the same on both sides.")
    show.say("Now set MISSED_DATABASE_URL to the new address.")


@app.command()
@exits.told
def backup(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.")], config: options.Config = None
) -> None:
    """Write everything as it is now into one SQLite file, while the bot runs.

    Example: missed db backup /var/backups/missed-2026-11-23.db
    """
    from adapters.storage import backup as back_up

    tables = back_up(_url(config), file)
    show.say(f"{file} holds {sum(one.rows for one in tables)} rows. It knows who talks to whom: keep it as safe.")


def _url(config: Path | None) -> str:
    """Return the configured database's address, which has to be there: looking at it makes none.

    Raises:
        Misconfigured: there is none yet.
    """
    settings = options.settings_of(config, needs_account=False)
    looking.is_there(settings)
    return settings.database_url
