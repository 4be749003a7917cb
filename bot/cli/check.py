"""`missed check`: everything that can be looked at before the first session, each with what to do."""

import os
import shlex
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import typer

from adapters import secretfile
from adapters.clock import SystemClock
from bot.app import queries
from bot.app.errors import Misconfigured
from bot.cli import exits, looking, options, show
from bot.domain.model import Value
from bot.domain.wording import Wording
from config import catalogue
from config.errors import variables
from config.settings import PREFIX, Settings, chats_of

NOWHERE: Final = {"database_url": "sqlite://"}


class Found(Value):
    """One thing looked at, and where; `ok` is None where it is neither good nor bad."""

    area: str
    name: str
    ok: bool | None
    text: str


@exits.told
def check(config: options.Config = None, json: options.Json = False) -> None:
    """Say what is wrong with the set-up, and what to do.

    Looks at the configuration, the database and every account.
    Exits with 0 when nothing is wrong, 1 when something is, 2 when the configuration is.

    Example: missed check --config missed.toml
    """
    found: list[Found] = []
    code = exits.OK
    settings, about = _configuration(config)
    for one in about if settings is None else _all(settings, about):
        if not json:
            _print(one, is_first=not found or found[-1].area != one.area)
        found.append(one)
        if one.ok is False:
            code = exits.WRONG_USE if settings is None else exits.FAILED
    if json:
        show.document({"ok": code == exits.OK, "findings": show.plain(found)})
    else:
        show.say("\nNothing is wrong." if code == exits.OK else "\nMend what is marked, then look again: missed check")
    raise typer.Exit(code)


def _print(one: Found, *, is_first: bool) -> None:
    if is_first:
        show.say(one.area)
    show.say(show.mark(one.ok).append(f" {one.name:<10} {one.text}", style="default"))


def _all(settings: Settings, about: Iterable[Found]) -> Iterator[Found]:
    from bot import bootstrap

    yield from about
    file = looking.database_file(settings)
    database = _database(file, settings)
    yield database
    # What is asked of X is counted where the bot counts; before its first run, nowhere that stays.
    is_there = database.ok and (file is None or file.exists())
    kept = settings if is_there else settings.model_copy(update=NOWHERE)
    with bootstrap.storage_of(kept) as storage:
        for one in bootstrap.connections(settings, SystemClock(), storage):
            with one.account as account:
                for finding in account.examine():
                    yield Found(area=one.where, name=finding.name, ok=finding.ok, text=finding.text)


def _configuration(config: Path | None) -> tuple[Settings | None, list[Found]]:
    """Read everything that is written in files; the settings only if all of it can be used."""
    try:
        settings = options.settings_of(config)
    except Misconfigured as error:
        return None, [_wrong(line) for line in str(error).splitlines()]

    problems: list[Found] = []
    for look in (
        lambda: chats_of(settings),
        lambda: catalogue.rules(settings.rules),
        catalogue.phrasebooks,
        lambda: _connect(settings),
    ):
        try:
            look()
        except Misconfigured as error:
            problems += [_wrong(line) for line in str(error).splitlines()]
    if problems:
        return None, problems
    return settings, [_summary(settings), *_hints(settings)]


def _connect(settings: Settings) -> None:
    from bot import bootstrap

    with bootstrap.storage_of(settings.model_copy(update=NOWHERE)) as storage:
        for one in bootstrap.connections(settings, SystemClock(), storage):
            one.account.close()


def _wrong(line: str) -> Found:
    return Found(area="configuration", name="settings", ok=False, text=line)


def _summary(settings: Settings) -> Found:
    tags = " ".join(f"#{tag}" for tag in chats_of(settings))
    spoken = ", ".join(Wording(catalogue.messages()).languages)
    understood = ", ".join(book.language for book in catalogue.phrasebooks())
    text = f"{tags}; {len(catalogue.rules(settings.rules))} rules; calls in {understood}; messages in {spoken}"
    return Found(area="configuration", name="settings", ok=True, text=text)


def _hints(settings: Settings) -> Iterator[Found]:
    for chat in queries.chats(chats_of(settings).values(), SystemClock().now()):
        if chat.next_at is None:
            text = f"#{chat.tag} has no session in the next two months; look at its days"
            yield Found(area="configuration", name="chats", ok=None, text=text)
    yield from _open_secrets(settings)
    known = [*variables(Settings, PREFIX), f"{PREFIX}CONFIG"]
    for name in sorted(name for name in os.environ if name.startswith(PREFIX)):
        near = get_close_matches(name.removesuffix("_FILE"), known, n=1, cutoff=0.8)
        if near and near[0] not in {name, name.removesuffix("_FILE")}:
            text = f"{name} in the environment sets nothing. Did you mean {near[0]}?"
            yield Found(area="configuration", name="settings", ok=None, text=text)


def _open_secrets(settings: Settings) -> Iterator[Found]:
    named = [Path(path) for name, path in os.environ.items() if name.startswith(PREFIX) and name.endswith("_FILE")]
    if settings.x is not None and settings.x.client_id:
        named.append(settings.x.token_file)
    for path in named:
        if secretfile.is_open(path):
            text = f"{path} may be read by others on this machine: chmod 600 {shlex.quote(str(path))}"
            yield Found(area="configuration", name="secrets", ok=None, text=text)


def _database(file: Path | None, settings: Settings) -> Found:
    """Open the database where there is one; where there is none, say whether it can be made, and make none."""
    if file is not None and not file.exists():
        is_good = os.access(file.parent, os.W_OK)
        text = "is made at the first run" if is_good else f"cannot be made: {file.parent} is no directory to write in"
        return Found(area="database", name="file", ok=is_good, text=f"{file} {text}")
    from bot import bootstrap

    name = "file" if file is not None else "server"
    try:
        with bootstrap.storage_of(settings) as storage, storage.work() as work:
            members, where = len(work.members.everybody()), storage.place
    except Misconfigured as error:
        return Found(area="database", name=name, ok=False, text=str(error))
    return Found(area="database", name=name, ok=True, text=f"{where} opens; members: {members}")
