"""The data that ships with the bot: the catalogue of chats, the rules, the phrases, the messages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from bot.app.errors import Misconfigured
from bot.domain.reach import Refusal, refusals
from bot.domain.recognise.phrasebook import Phrasebook
from bot.domain.rules import Rule
from bot.domain.vocabulary import Vocabulary
from config.chats import ChatEntry
from config.errors import Loc, explain, key, place
from config.lines import lines_of

_HERE = files("config")


def _some(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    if not rules:
        raise ValueError("is empty; write at least one [[rule]]")
    return rules


class RulesFile(BaseModel):
    """`rules.toml`: rules in the order in which they are tried; the first whose conditions all hold decides."""

    model_config = ConfigDict(extra="forbid")

    rule: Annotated[tuple[Rule, ...], AfterValidator(_some)]


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
        Misconfigured: everything that is wrong in the file, one line each: keys that are not known, conditions that
            exclude each other, rules that can never decide.
    """
    try:
        source = path.read_text("utf-8") if path else (_HERE / "rules.toml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"rules: {path} cannot be read: {getattr(error, 'strerror', 'it is not text')}.") from None
    where = str(path or "rules.toml")
    found = _validated(RulesFile, source, where).rule
    if refused := refusals(found):
        lines = lines_of(source)
        raise Misconfigured("\n".join(_said(one, where, lines) for one in refused))
    return found


def _said(refused: Refusal, where: str, lines: Mapping[Loc, int]) -> str:
    loc: Loc = ("rule", refused.at, *refused.key)
    return f"{place(where, loc, lines)}: {key(loc)}: {refused.says}."


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
        raise explain(error, model, where, lines=lines_of(source)) from None
