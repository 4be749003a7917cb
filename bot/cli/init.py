"""`missed init`: a configuration to start from."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import exits, options, show
from config import catalogue


@exits.told
def init(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = options.DEFAULT,
) -> None:
    """Write a configuration to start from.

    Every key is in it, explained. A file that exists stays as it is.

    Example: missed init missed.toml
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(catalogue.example())
    except FileExistsError:
        what = "is a directory; name a file in it" if path.is_dir() else "is there already and stays as it is"
        exits.fail(f"{path} {what}.", exits.WRONG_USE)
    except OSError as error:
        exits.fail(f"{path} cannot be written: {error.strerror}.", exits.WRONG_USE)
    show.say(
        f"Wrote {path}. Next:\n"
        "  1. Put your server and your chats into it.\n"
        "  2. Set MISSED_MASTODON_TOKEN, or MISSED_MASTODON_TOKEN_FILE to a file that holds the token.\n"
        f"  3. missed check{'' if path == options.DEFAULT else f' --config {path}'}"
    )
