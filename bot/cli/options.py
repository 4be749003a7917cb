"""Options that several commands share."""

import os
from pathlib import Path
from typing import Annotated

import typer

from config.settings import Settings, load

DEFAULT = Path("missed.toml")

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        envvar="MISSED_CONFIG",
        help="The configuration file. [default: missed.toml, if there is one]",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def settings_of(config: Path | None, *, needs_account: bool = True) -> Settings:
    """Read the configuration that a command was given, or the one that lies here.

    A command that only looks at what is kept needs no account.

    Raises:
        Misconfigured: it is wrong, or there is none: neither a file nor anything in the environment.
    """
    if config is None and (DEFAULT.exists() or not any(name.startswith("MISSED_") for name in os.environ)):
        config = DEFAULT
    return load(config, needs_account=needs_account)
