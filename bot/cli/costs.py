"""`missed costs`: what X bills, this month and by its end, or what it would bill."""

from typing import Annotated, Final

import typer

from adapters.clock import SystemClock
from bot.app import costs as money
from bot.app.errors import Misconfigured
from bot.app.till import KEPT_BACK
from bot.cli import exits, looking, options, show
from config.settings import Settings, chats_of
from config.x import XSection

POSTS, MEMBERS, REMINDERS = 600, 40, 10
READ_ALONG: Final = 4
"""Messages that are read with each one that a member writes, ours to them included, by `benchmarks/costs.py`."""


@exits.told
def costs(
    config: options.Config = None,
    plan: Annotated[bool, typer.Option("--plan", help="Price the configuration before anything runs.")] = False,
    posts: Annotated[int, typer.Option(min=0, help="With --plan: posts a session.")] = POSTS,
    members: Annotated[int, typer.Option(min=0, help="With --plan: members of each chat.")] = MEMBERS,
    reminders: Annotated[int, typer.Option(min=0, help="With --plan: reminders a session.")] = REMINDERS,
    json: options.Json = False,
) -> None:
    """Show what X has billed this month, for each chat, and the forecast.

    By the bot's own count and the prices in the configuration. With --plan: dollars a month for these chats under
    this schedule, beside naive polling and the least that could be; nothing is asked of anybody.

    Example: missed costs --plan --posts 300
    """
    settings = options.settings_of(config, needs_account=False)
    if not plan and (posts, members, reminders) != (POSTS, MEMBERS, REMINDERS):
        raise Misconfigured("--posts, --members and --reminders say what a plan assumes: give --plan with them.")
    if plan:
        assumed = money.Assumed(posts=posts, members=members, reminders=reminders)
        _plan(settings, assumed, as_json=json)
        return
    with looking.kept(settings) as storage:
        found = money.costs(storage, chats_of(settings), SystemClock().now())
    limit = settings.x.monthly_limit if settings.x else None
    if json:
        show.document(
            {"costs": found.model_dump(mode="json"), "monthly_limit": None if limit is None else float(limit)}
        )
        return
    if not found.items:
        show.say("Nothing was billed this month.")
        if limit == 0:
            show.say("The monthly limit is $0.00: nothing is read, not even a STOP. Raise monthly_limit.")
        return
    rows = [(f"#{one.chat}" if one.chat else "–", str(one.sessions), _money(one.dollars)) for one in found.by_chat]
    show.table(("chat", "sessions", "this month"), rows)
    kinds = [(kind.replace("_", " "), str(found.items[kind]), _money(cost)) for kind, cost in found.by_kind.items()]
    show.table(("what", "how many", "this month"), kinds)
    show.say(f"So far {_money(found.dollars)}; by the end of {found.since:%B} about {_money(found.forecast)}.")
    if limit is not None:
        until = f"{found.until:%d %B}"
        chats_until = float(limit) * (1 - 1 / KEPT_BACK)
        if found.dollars >= float(limit):
            text = f"The monthly limit of {_money(float(limit))} is reached: nothing is read until {until}."
        elif found.dollars >= chats_until:
            text = f"The monthly limit of {_money(float(limit))} is nearly reached: chats are not read until {until}."
        else:
            text = f"Reading stops at {_money(float(limit))} a month, chats a twentieth before."
        show.say(text)
    show.say(f"Reckoned with prices of {settings.prices.as_of}; X's own bill counts.")


def _plan(settings: Settings, assumed: money.Assumed, *, as_json: bool) -> None:
    section = settings.x or XSection()
    found = money.plan(
        chats_of(settings),
        settings.prices.micros(),
        assumed,
        SystemClock().now(),
        is_counting=section.presence == "counts",
        owns_app=section.owns_app,
    )
    if as_json:
        show.document({"plan": found.model_dump(mode="json")})
        return
    show.table(("chat", "a month"), [(f"#{tag}", _money(cost)) for tag, cost in found.chats.items()])
    ways = (
        ("as configured", found.configured),
        ("one merged search", found.merged),
        ('presence = "counts"', found.counts),
        ("naive: every member's posts, all month", found.naive),
        ("the least: one proof of presence each", found.minimum),
    )
    show.table(("way", "a month"), [(name, _money(cost)) for name, cost in ways])
    limit = section.monthly_limit
    if limit is not None and found.configured > limit:
        show.say(f"That is more than monthly_limit: reading stops at {_money(float(limit))}, before the month is over.")
    if settings.x is None:
        show.say("No [x] table is configured, so this is what X would cost with its defaults; Mastodon costs nothing.")
    written = READ_ALONG * settings.prices.dm_read + settings.prices.dm_sent
    show.say(
        f"For {found.sessions:.1f} sessions a month with {assumed.posts} posts, {assumed.members} members and "
        f"{assumed.reminders} reminders each, and members who write {assumed.posts_a_day} posts a day; "
        f"prices of {settings.prices.as_of}."
    )
    if section.direct_every_seconds:
        show.say(
            f"A direct message that a member writes costs about {_money(float(written))} on top: it, its answer, and "
            "what is read along with it."
        )


def _money(dollars: float) -> str:
    return f"${dollars:,.2f}"
