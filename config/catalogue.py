"""The data that ships with the bot: the catalogue of chats, the rules, the phrases, the messages."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.app.errors import Misconfigured
from bot.domain.recognise.phrasebook import Phrasebook
from bot.domain.rules import Rule
from bot.domain.vocabulary import Vocabulary
from config.chats import ChatEntry
from config.errors import explain

_HERE = files("config")


class RulesFile(BaseModel):
    """`rules.toml`: rules in the order in which they are tried."""

    model_config = ConfigDict(extra="forbid")

    rule: tuple[Rule, ...]


def tags() -> tuple[str, ...]:
    """Name the chats of the catalogue."""
    return tuple(sorted(_names("chats", ".toml")))


def entry(tag: str) -> ChatEntry:
    """Return one chat of the catalogue.

    Raises:
        Misconfigured: there is none of that tag.
    """
    if tag not in tags():
        raise Misconfigured(f"catalogue: {tag!r} is not in the catalogue; it has {', '.join(tags())}.")
    source = (_HERE / "chats" / f"{tag}.toml").read_text(encoding="utf-8")
    return _validated(ChatEntry, source, f"chats/{tag}.toml")


def rules(path: Path | None = None) -> tuple[Rule, ...]:
    """Return the rules of a file, or those that ship.

    Raises:
        Misconfigured: everything that is wrong in the file, one line each.
    """
    try:
        source = path.read_text("utf-8") if path else (_HERE / "rules.toml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"rules: {path} cannot be read: {getattr(error, 'strerror', 'it is not text')}.") from None
    return _validated(RulesFile, source, str(path or "rules.toml")).rule


@cache
def phrasebooks() -> tuple[Phrasebook, ...]:
    """Return the phrase files, one a language.

    Raises:
        Misconfigured: everything that is wrong in a file, one line each.
    """
    return tuple(
        _validated(Phrasebook, (_HERE / "phrases" / f"{name}.toml").read_text(encoding="utf-8"), f"phrases/{name}.toml")
        for name in sorted(_names("phrases", ".toml"))
    )


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """Return the words of the commands, one file a language.

    Raises:
        Misconfigured: everything that is wrong in a file, one line each.
    """
    return tuple(
        _validated(
            Vocabulary, (_HERE / "commands" / f"{name}.toml").read_text(encoding="utf-8"), f"commands/{name}.toml"
        )
        for name in sorted(_names("commands", ".toml"))
    )


def messages() -> dict[str, str]:
    """Return the Fluent sources of what we say, by language."""
    return {name: (_HERE / "messages" / f"{name}.ftl").read_text("utf-8") for name in _names("messages", ".ftl")}


def example() -> str:
    """Return the example configuration, every key of it."""
    return (_HERE / "missed.example.toml").read_text(encoding="utf-8")


def _names(folder: str, ending: str) -> list[str]:
    return [one.name.removesuffix(ending) for one in (_HERE / folder).iterdir() if one.name.endswith(ending)]


M = TypeVar("M", bound=BaseModel)


def _validated(model: type[M], source: str, where: str) -> M:
    try:
        return model.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"{where}: is not valid TOML: {error}.") from None
    except ValidationError as error:
        raise explain(error, model, where) from None
