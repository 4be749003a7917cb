"""`missed members`: who opted in."""

from bot.app import queries
from bot.cli import exits, looking, options, show

COLUMN_WHO = ("who and zone",)


@exits.told
def members(config: options.Config = None, json: options.Json = False) -> None:
    """List who opted in.

    With their chats, whether they confirmed, and what became of their last reminder.

    Example: missed members
    """
    with looking.kept(options.settings_of(config, needs_account=False)) as storage:
        found = queries.members(storage)
    if json:
        show.document({"members": show.plain(found)})
    elif found:
        show.table(("member", *COLUMN_WHO, "consent", "chats", "since", "reminder"), map(_row, found), fluid=COLUMN_WHO)
    else:
        show.say("Nobody has signed up yet. People do by sending START to the bot in a direct message.")


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
