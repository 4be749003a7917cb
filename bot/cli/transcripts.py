"""What the commands that read a transcript have in common: the file, the chat it is of, who is called what."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final
from unicodedata import category

import typer
from pydantic import TypeAdapter, ValidationError

from bot.app.errors import Misconfigured
from bot.app.transcript import Reader, Remark, Transcript, handle_of
from bot.cli import exits, options
from bot.domain.chat import Chat
from config import catalogue
from config.chats import Tag
from config.settings import Settings, load

ACCOUNT: Final = ": mastodon."
"""What every line about the account holds where a configuration is refused."""

SAID_AT_MOST: Final = 20
"""Remarks about lines of each sort; what is left is counted."""

Posts = Annotated[Path, typer.Argument(help="The transcript: one post a line, as JSON.", show_default=False)]
ChatTag = Annotated[str, typer.Option("--chat", help="The chat's hashtag.", show_default=False)]
Roster = Annotated[Path | None, typer.Option("--roster", help='Display names: {"handle": "name"}.', show_default=False)]


def settings_of(config: Path | None) -> Settings:
    """Return what is configured, if anything is. A token that lies about in the environment is no configuration."""
    path = config or (options.DEFAULT if options.DEFAULT.exists() else None)
    try:
        return load(path, needs_account=False)
    except Misconfigured as error:
        if path is not None or not all(ACCOUNT in line for line in str(error).splitlines()):
            raise
    return Settings()


def chat_of(written: str, settings: Settings) -> Chat:
    """Return the chat of that tag: the configuration's, the catalogue's, or one of which nothing is known."""
    try:
        tag = TypeAdapter(Tag).validate_python(written)
    except ValidationError:
        raise Misconfigured(f"--chat: {written!r} is not a hashtag; write it like 'lrnchat'.") from None
    own = next((one for one in settings.chat if one.tag == tag), None)
    if own is not None:
        return own.to_chat()
    return catalogue.entry(tag).to_chat() if tag in catalogue.tags() else Chat(tag=tag, title=f"#{tag}", slots=())


def names_in(roster: Path | None) -> dict[str, str]:
    """Read display names by handle.

    Raises:
        Misconfigured: the file cannot be read, or is something else.
    """
    if roster is None:
        return {}
    try:
        names = TypeAdapter(dict[str, str]).validate_json(roster.read_bytes())
    except OSError as error:
        raise Misconfigured(f"--roster: {roster} cannot be read: {error.strerror}.") from None
    except ValidationError:
        says = 'is not a JSON object of display names by handle, like {"sam@example.social": "Sam"}'
        raise Misconfigured(f"--roster: {roster} {says}.") from None
    return {handle_of(handle): name for handle, name in names.items() if handle_of(handle)}


def read(posts: Path, chat: Chat, names: dict[str, str]) -> Transcript:
    """Read a transcript.

    Raises:
        Misconfigured: there is no such file.
    """
    from adapters.mastodon.translate import plain

    try:
        with posts.open("rb") as file:
            return Reader(chat.tag, plain, names).read(file)
    except OSError as error:
        raise Misconfigured(f"{posts}: cannot be read: {error.strerror}. Name a file of posts, one a line.") from None


def remark(sort: str, remarks: Sequence[Remark]) -> None:
    """Say what is wrong with lines, on standard error."""
    console = exits.stderr()
    for one in remarks[:SAID_AT_MOST]:
        console.print(f"missed: line {one.number}: {sort}{clean(one.says)}", markup=False)
    if len(remarks) > SAID_AT_MOST:
        console.print(f"missed: and {len(remarks) - SAID_AT_MOST} more lines", markup=False)


def clean(text: str) -> str:
    """Make somebody's words fit for one line of a terminal."""
    return "".join(" " if category(char) in {"Cc", "Cf", "Zl", "Zp"} else char for char in text)
