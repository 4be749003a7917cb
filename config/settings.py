"""One configuration file, the environment over it, secrets from files; checked as a whole, told all at once."""

import os
import tomllib
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, get_args

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.app.errors import Misconfigured
from bot.domain.chat import Chat
from bot.domain.policy import QuietHours
from config.addresses import database, has_password, server
from config.catalogue import entry, tags
from config.chats import ByTheWall, ChatEntry, Tag
from config.errors import explain, remedy_for_secret, variables
from config.sections import Section
from config.x import SECRETS, SIGNED, PricesSection, XSection

PREFIX: Final = "MISSED_"
TOKEN: Final = "MISSED_MASTODON_TOKEN"  # noqa: S105 # the name of a variable, not a token


def _listed(tag: str) -> str:
    if tag not in tags():
        near = get_close_matches(tag, tags(), n=1)
        remedy = f"perhaps {near[0]!r} is meant" if near else "`missed chats --catalogue` lists it"
        raise ValueError(f"is not in the catalogue; {remedy}")
    return tag


def _each_once(chats: tuple[ChatEntry, ...]) -> tuple[ChatEntry, ...]:
    own = [chat.tag for chat in chats]
    if twice := sorted({f"#{tag}" for tag in own if own.count(tag) > 1}):
        raise ValueError(f"{', '.join(twice)} is described more than once; keep one [[chat]] of it")
    return chats


class MastodonSection(Section):
    """The bot's account on a Mastodon-API server."""

    base_url: Annotated[str, AfterValidator(server)] = Field(description="The server, such as https://example.social.")
    token: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="The access token; only from MISSED_MASTODON_TOKEN, or a file named by MISSED_MASTODON_TOKEN_FILE.",
    )


class WatchSection(Section):
    """How closely to watch."""

    every_seconds: float = Field(default=15, ge=1, le=300, description="How often to read while a session is on.")


class QuietSection(Section):
    """When not to write, by the member's wall clock. The same time twice: no quiet hours."""

    start: ByTheWall = Field(default=time(22), description="From when on.")
    end: ByTheWall = Field(default=time(7), description="Until when.")


class KeepSection(Section):
    """How long what is old is kept; then it is deleted, a little at a time."""

    days: int = Field(default=760, ge=30, description="Sessions, who came, calls, decisions, messages: so many days.")
    posts_days: int = Field(default=30, ge=2, description="Ids of posts (nothing else is left of them): so many days.")


class Settings(Section):
    """Everything that can be set, as a plain value. Every key is in `missed.example.toml`."""

    database_url: Annotated[str, AfterValidator(database)] = Field(
        default="sqlite:///missed.db",
        repr=False,
        description="Where to keep what is known: sqlite:///FILE, or postgresql+psycopg://user@host/database.",
    )
    catalogue: tuple[Annotated[Tag, AfterValidator(_listed)], ...] = Field(
        default=(), description="Chats to watch from the catalogue that ships."
    )
    chat: Annotated[tuple[ChatEntry, ...], AfterValidator(_each_once)] = Field(
        default=(), description="Chats of your own, one [[chat]] each."
    )
    rules: Path | None = Field(default=None, description="A rules file of your own instead of the one that ships.")
    mastodon: MastodonSection | None = Field(default=None, description="The account on Mastodon.")
    x: XSection | None = Field(default=None, description="The account on X.")
    prices: PricesSection = Field(default=PricesSection(), description="What X's things cost.")
    watch: WatchSection = Field(default=WatchSection(), description="How closely to watch.")
    keep: KeepSection = Field(default=KeepSection(), description="How long what is old is kept.")
    quiet_hours: QuietSection = Field(default=QuietSection(), description="When not to write.")

    @property
    def quiet(self) -> QuietHours:
        """The quiet hours as the domain's value."""
        return QuietHours(start=self.quiet_hours.start, end=self.quiet_hours.end)


_TABLES: Final = frozenset(
    name
    for name, field in Settings.model_fields.items()
    if any(
        isinstance(kind, type) and issubclass(kind, Section) for kind in (field.annotation, *get_args(field.annotation))
    )
)
"""The keys of the file that are tables."""


class _Read(Settings, BaseSettings):
    """Settings as they are read: the environment wins over the file, which comes in as init values."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment first."""
        return (_Environment(settings_cls), init_settings)


class _Environment(EnvSettingsSource):
    """The environment, with `X_FILE` read into `X`, as container secrets are handed over."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        super().__init__(settings_cls)
        plain = {name: value for name, value in self.env_vars.items() if not name.endswith("_file")}
        self.env_vars = {**plain, **_secret_files()}

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:
        """Read a list as JSON or as words between commas; leave what is neither to the validation."""
        try:
            return super().decode_complex_value(field_name, field, value)
        except ValueError:
            return [word.strip() for word in value.split(",")] if field_name == "catalogue" else value


def _secret_files() -> dict[str, str]:
    found = {}
    for variable in variables(Settings, PREFIX):
        name = f"{variable}_FILE"
        path = os.environ.get(name)
        if path and os.environ.get(variable):
            raise Misconfigured(
                f"{variable} and {name} are both set. Keep one of them, so that it is clear which counts."
            )
        if path:
            try:
                found[variable.lower()] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                why = getattr(error, "strerror", None) or "it is not text"
                raise Misconfigured(f"{name}: {path} cannot be read: {why}. Name a file the bot may read.") from None
    return found


def load(path: Path | None, *, needs_account: bool = True) -> Settings:
    """Read the file (none: defaults) and the environment. A relative path to the rules starts where the file lies.

    Whoever only looks at what is kept needs no account, and so no token.

    Raises:
        Misconfigured: everything that is wrong, one line each.
    """
    written = _parse(path) if path is not None else {}
    where = str(path) if path is not None else "the settings"
    problems = []
    section = written.get("mastodon")
    if isinstance(section, dict) and "token" in section:
        problems.append(
            f"{where}: mastodon.token: is a secret and does not belong in this file. "
            "Remove it, and set MISSED_MASTODON_TOKEN or MISSED_MASTODON_TOKEN_FILE."
        )
    elif needs_account and section is not None and not (os.environ.get(TOKEN) or os.environ.get(f"{TOKEN}_FILE")):
        problems.append(f"{where}: mastodon.token: is missing. {remedy_for_secret(TOKEN)}")
    if has_password(written.get("database_url")):
        problems.append(
            f"{where}: database_url: holds a password, which does not belong in this file. "
            "Set the whole address as MISSED_DATABASE_URL, or in a file named by MISSED_DATABASE_URL_FILE."
        )
    for name in sorted(_TABLES & written.keys()):
        if not isinstance(written[name], dict):  # else the environment's variables would quietly take its place
            del written[name]
            problems.append(f"{where}: {name}: should be one table. Write [{name}] above what it sets.")
    problems += _x_problems(written.get("x"), where, needs_account=needs_account)
    if path is not None and isinstance(written.get("rules"), str):
        written["rules"] = str(path.parent / written["rules"])
    try:
        settings = _Read(**written)
    except ValidationError as error:
        problems.append(str(explain(error, Settings, where, prefix=PREFIX)))
    else:
        if not problems:
            return settings
    raise Misconfigured("\n".join(problems)) from None


def _x_problems(section: object, where: str, *, needs_account: bool) -> list[str]:
    """Say which secrets of X stand in the file, and which are missing."""
    if not isinstance(section, dict):
        return []
    problems = [
        f"{where}: x.{name}: is a secret and does not belong in this file. "
        f"Remove it, and set {PREFIX}X_{name.upper()} or {PREFIX}X_{name.upper()}_FILE."
        for name in SECRETS
        if name in section
    ]
    named = section.get("client_id") or os.environ.get(f"{PREFIX}X_CLIENT_ID")
    for name in SIGNED if needs_account and not named else ():
        variable = f"{PREFIX}X_{name.upper()}"
        if name not in section and not (os.environ.get(variable) or os.environ.get(f"{variable}_FILE")):
            problems.append(f"{where}: x.{name}: is missing. {remedy_for_secret(variable)}")
    return problems


def _parse(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise Misconfigured(f"{path}: there is no such file. `missed init` writes one to start from.") from None
    except OSError as error:
        raise Misconfigured(f"{path}: cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: is not valid TOML: {error}.") from None


def chats_of(settings: Settings) -> dict[str, Chat]:
    """Return the chats to watch by tag: the chosen ones of the catalogue, then the file's own, which win.

    Raises:
        Misconfigured: a catalogue entry does not exist, or there is no chat at all.
    """
    chats = {tag: entry(tag).to_chat() for tag in settings.catalogue}
    chats |= {own.tag: own.to_chat() for own in settings.chat}
    if not chats:
        raise Misconfigured("chat: no chat is configured. Add a [[chat]], or name some under `catalogue`.")
    return chats


def file_schema() -> dict[str, Any]:
    """Return the JSON Schema of the configuration file, in which secrets have no place."""
    schema = Settings.model_json_schema()
    account = schema["$defs"][MastodonSection.__name__]
    del account["properties"]["token"]
    for name in SECRETS:
        del schema["$defs"][XSection.__name__]["properties"][name]
    return schema
