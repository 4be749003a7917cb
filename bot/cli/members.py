"""`missed members`: who opted in; a copy of what is kept of one of them; and forgetting them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from bot.app import queries
from bot.app.errors import Misconfigured
from bot.app.explain import NotFound, find_member
from bot.app.shelves import Storage
from bot.cli import exits, looking, options, show

COLUMN_WHO = ("who and zone",)


class Action(StrEnum):
    """What to do with one member."""

    EXPORT = "export"
    FORGET = "forget"


Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")]


@exits.told
def members(
    action: Annotated[
        Action | None, typer.Argument(help="Nothing: list them. export: print what is kept. forget: delete it.")
    ] = None,
    who: Annotated[str | None, typer.Argument(help="For export and forget: whom, as @handle.")] = None,
    config: options.Config = None,
    json: options.Json = False,
    yes: Yes = False,
) -> None:
    """List who opted in, copy what is kept of one member for them, or forget them.

    The list has their chats, whether they confirmed, and what became of their last reminder. A copy is one JSON object.

    Example: missed members
    Example: missed members export @nora
    """
    if (action is None) is not (who is None):
        exits.fail("name both what to do and whom: missed members export @handle", exits.WRONG_USE)
    with looking.kept(options.settings_of(config, needs_account=False)) as storage:
        if action is Action.EXPORT and who is not None:
            show.document(exported(storage, who))
        elif action is Action.FORGET and who is not None:
            forgotten(storage, who, is_sure=yes)
        else:
            _list(storage, json=json)


@exits.told
def forget(
    who: Annotated[str, typer.Argument(help="Whom, as @handle.")], config: options.Config = None, yes: Yes = False
) -> None:
    """Delete everything that is kept of a member, as their own FORGET does. Nothing is sent to them.

    Example: missed forget @nora
    """
    with looking.kept(options.settings_of(config, needs_account=False)) as storage:
        forgotten(storage, who, is_sure=yes)


def exported(storage: Storage, who: str) -> dict[str, Any]:
    """Return every row that is about a member, by table, as JSON knows it."""
    with storage.work() as work:
        try:
            rows = work.members.copy(find_member(work, who))
        except NotFound as error:
            raise Misconfigured(str(error)) from None
    return {name: [{key: _plain(value) for key, value in row.items()} for row in some] for name, some in rows.items()}


def forgotten(storage: Storage, who: str, *, is_sure: bool) -> None:
    """Delete a member, once the operator is sure."""
    with storage.work() as work:
        try:
            member = find_member(work, who)
        except NotFound as error:
            raise Misconfigured(str(error)) from None
    handles = " and ".join(f"@{one.handle}" for one in member.identities)
    if not is_sure and not typer.confirm(f"Delete everything that is kept of {handles}?"):
        exits.fail("nothing was deleted")
    with storage.work() as work:
        work.members.forget(member)
        work.tallies.add("forgotten")
    show.say("Everything that was kept of them is deleted.")


def _list(storage: Storage, *, json: bool) -> None:
    found = queries.members(storage)
    if json:
        show.document({"members": show.plain(found)})
    elif found:
        show.table(("member", *COLUMN_WHO, "consent", "chats", "since", "reminder"), map(_row, found), fluid=COLUMN_WHO)
    else:
        show.say("Nobody has signed up yet. People do by sending START to the bot in a direct message.")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return value


def _row(member: queries.MemberView) -> tuple[str, ...]:
    last = member.last_reminder
    return (
        show.short(member.id),
        "\n".join([*(_account(member, handle) for handle in member.handles), member.zone]),
        str(member.consent),
        "\n".join(f"#{tag}" for tag in member.chats) or "–",
        f"{member.since:%Y-%m-%d}",
        f"{last.state}\n{last.at:%Y-%m-%d}" if last else "–",
    )


def _account(member: queries.MemberView, handle: str) -> str:
    return f"@{handle}" + (" (takes no messages)" if handle in member.refusing else "")
