"""What the commands that only look have in common: a database that exists, and is not made by looking."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.app.errors import Misconfigured
from bot.app.shelves import Storage
from config.settings import Settings


def database_file(settings: Settings) -> Path | None:
    """Return the file that the configuration names as the database; None where a server keeps it."""
    if not settings.database_url.startswith("sqlite:"):
        return None
    return Path(settings.database_url.removeprefix("sqlite:///").partition("?")[0])


def is_there(settings: Settings) -> None:
    """Refuse a file that is not there yet.

    Raises:
        Misconfigured: it is not.
    """
    file = database_file(settings)
    if file is not None and not file.exists():
        raise Misconfigured(
            f"the database {file} does not exist yet. `missed run` creates it; if it lies elsewhere, mend database_url."
        )


@contextmanager
def kept(settings: Settings) -> Iterator[Storage]:
    """Open what is kept.

    Raises:
        Misconfigured: there is nothing yet, or it cannot be opened.
    """
    from bot import bootstrap

    is_there(settings)
    with bootstrap.storage_of(settings) as storage:
        yield storage
