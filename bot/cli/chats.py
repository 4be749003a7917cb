"""`missed chats`: what is watched, and when next."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

import typer

from adapters.clock import SystemClock
from bot.app import queries
from bot.cli import exits, options, show
from config import catalogue as shipped
from config.chats import ChatEntry
from config.settings import chats_of

WHEN = ("chat", "next (UTC)", "by its own clock")
CHECK = (
    "Slots move over the years, and some of these chats rest: check with their hosts. "
    "`missed chats --catalogue --json` adds what is uncertain about each.\n"
    'To watch one, name it in missed.toml: catalogue = ["lrnchat"]'
)


@exits.told
def chats(
    config: options.Config = None,
    catalogue: Annotated[
        bool, typer.Option("--catalogue", help="List the chats that ship with the bot instead.")
    ] = False,
    json: options.Json = False,
) -> None:
    """List the chats and when they meet next.

    Example: missed chats --catalogue
    """
    now = SystemClock().now()
    if catalogue:
        entries = {tag: shipped.entry(tag) for tag in shipped.tags()}
        found = queries.chats((one.to_chat() for one in entries.values()), now)
    else:
        settings = options.settings_of(config, needs_account=False)
        own = {one.tag: one for one in settings.chat}
        entries = {tag: shipped.entry(tag) for tag in settings.catalogue} | own
        found = queries.chats(chats_of(settings).values(), now, own=own)
    if json:
        show.document({"chats": _with_notes(found, entries)})
        return
    if catalogue:
        show.table((*WHEN, "about"), ([*_when(one), one.title] for one in found), fluid=("about",))
        show.say(CHECK)
    else:
        rows = ([*_when(one), "\n".join(f"@{host}" for host in one.hosts) or "anybody", one.source] for one in found)
        show.table((*WHEN, "hosts", "from"), rows, fluid=("hosts",))


def _with_notes(found: Iterable[queries.ChatView], entries: Mapping[str, ChatEntry]) -> list[dict[str, object]]:
    return [{**one.model_dump(mode="json"), "note": entries[one.tag].note} for one in found]


def _when(chat: queries.ChatView) -> tuple[str, str, str]:
    local = f"{datetime.fromisoformat(chat.next_local):%a %d %b, %H:%M}\n" if chat.next_local else ""
    coming = f"{show.at(chat.next_at)}\n(on now)" if chat.is_live else show.at(chat.next_at)
    return chat.tag, coming, f"{local}{chat.zone}"
