"""`missed replay`: try rules and phrases on a past chat before anybody gets a message."""

from collections.abc import Iterator
from datetime import time
from itertools import chain, groupby
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import Progress
from rich.text import Text

from bot.app.journal import Decided
from bot.app.rehearsal import Found, Outcome, Rehearsal, Totals
from bot.app.replay import Replay
from bot.app.transcript import Transcript, person
from bot.cli import exits, options, show, transcripts
from bot.domain.chat import Chat
from bot.domain.model import Platform
from bot.domain.outbox import State
from bot.domain.policy import QuietHours
from bot.domain.recognise import Recogniser
from bot.domain.rules import Remind, Skip
from bot.domain.wording import Wording
from config import catalogue
from config.settings import Settings

IN_MEMORY: Final = "sqlite://"
NEVER: Final = QuietHours(start=time(0), end=time(0))


@exits.told
def replay(
    posts: transcripts.Posts,
    chat: transcripts.ChatTag,
    json: options.Json = False,
    rules: Annotated[Path | None, typer.Option("--rules", help="A rules file to try.", show_default=False)] = None,
    config: options.Config = None,
    roster: transcripts.Roster = None,
) -> None:
    """Rehearse a past chat: which posts are calls, what is decided, what would be sent. Nothing is sent.

    Everybody who appears counts as a member who signed up. Ends with 1 where lines could not be read.

    Example: missed replay posts.jsonl --chat lrnchat
    """
    settings = transcripts.settings_of(config)
    about = transcripts.chat_of(chat, settings)
    names = transcripts.names_in(roster)
    transcript = transcripts.read(posts, about, names)
    result = _rehearsed(transcript, about, names, settings, rules)
    transcripts.remark("", transcript.remarks)
    transcripts.remark("cannot be read: ", transcript.malformed)
    if not transcript.lines:
        exits.stderr().print(f"missed: {posts}: there is no post in it", markup=False)
    if json:
        malformed = show.plain(transcript.malformed)
        show.document({"chat": about.tag, **result.model_dump(mode="json"), "malformed_lines": malformed})
    else:
        _print(result)
    if transcript.malformed:
        raise typer.Exit(exits.FAILED)


def _rehearsed(
    transcript: Transcript, chat: Chat, names: dict[str, str], settings: Settings, rules: Path | None
) -> Rehearsal:
    """Replay in a database of its own, in memory. Without a schedule there is no zone, so no quiet hours either."""
    from adapters.storage import open_storage

    server = settings.mastodon.base_url if settings.mastodon is not None else ""

    def page(_platform: Platform, tag: str) -> str:
        return f"{server}/tags/{tag}" if server else f"#{tag}"

    storage = open_storage(IN_MEMORY)
    try:
        use_case = Replay(
            storage,
            Recogniser(catalogue.phrasebooks()),
            catalogue.rules(rules or settings.rules),
            Wording(catalogue.messages()),
            chat,
            settings.quiet if chat.slots else NEVER,
            page,
        )
        console = exits.stderr()
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("replaying", total=len(transcript.lines))
            people = [person(handle, names) for handle in names]
            return use_case.run(transcript, people, told=lambda: progress.advance(task))
    finally:
        storage.close()


def _print(result: Rehearsal) -> None:
    """Print what happened, session by session and in order of time, then the sums."""
    happened: list[Found | Decided | Outcome] = [*result.calls, *result.decisions, *result.outcomes]
    happened.sort(key=lambda one: (one.session_id, one.at))
    for session_id, events in groupby(happened, key=lambda one: one.session_id):
        show.say(Text(session_id, style="bold"))
        for line in chain.from_iterable(map(_lines, events)):
            show.say(line)
        show.say("")
    sums = list(_sums(result.totals))
    width = max(len(name) for name, _ in sums) + 2
    show.say("\n".join(f"{name:<{width}}{value}" for name, value in sums))


def _lines(one: Found | Decided | Outcome) -> Iterator[Text]:
    day = f"  {one.at:%Y-%m-%d %H:%M:%S}  "
    match one:
        case Found():
            greeting = ", who is there already" if one.is_greeting else ""
            who = f"{_name(one.caller.handle, one.caller.name)} calls {_name(one.target.handle, one.target.name)}"
            yield Text(f"{day}{who}{greeting} ({one.kind}: {one.phrase}, post {transcripts.clean(one.post_id)})")
            yield Text.assemble(
                f"    {transcripts.clean(one.before)}",
                (f"«{transcripts.clean(one.words)}»", "bold yellow"),
                transcripts.clean(one.after),
            )
        case Decided(decision=Remind() as decision):
            due = f"between {decision.not_before:%H:%M:%S} and {_until(one, decision)}"
            yield Text(f"{day}{_name(one.member_id, one.called)}: remind, {due} ({decision.rule})", style="green")
        case Decided(decision=Skip(reason=reason)):
            yield Text(f"{day}{_name(one.member_id, one.called)}: skip, {reason}")
        case Outcome(state=State.SENT):
            yield Text(f"{day}{transcripts.clean(one.member_id)}: would have been sent:", style="green")
            yield from (Text(f"    {line.strip()}") for line in (one.text or "").splitlines())
        case Outcome():
            yield Text(f"{day}{transcripts.clean(one.member_id)}: would have been {one.state}: {one.reason}")


def _until(one: Decided, decision: Remind) -> str:
    is_same_day = one.at.date() == decision.expires_at.date()
    return f"{decision.expires_at:%H:%M:%S}" if is_same_day else f"{decision.expires_at:%Y-%m-%d %H:%M:%S}"


def _sums(totals: Totals) -> Iterator[tuple[str, str]]:
    yield "posts", f"{totals.posts} by or to {totals.people} people"
    yield "  outside, or passed on", f"{totals.outside}"
    yield "  repeated lines", f"{totals.repeated} more"
    yield "  malformed lines", f"{totals.malformed} more"
    yield "sessions", f"{totals.sessions}, {totals.held} of them held"
    yield "calls", f"{totals.calls} to {totals.people_called} people"
    yield "  posts with calls", f"{totals.calling_posts} ({totals.calling_posts_per_1000} per 1,000 posts)"
    yield "  likely false alarms", f"{totals.greetings} ({totals.false_alarms_per_1000} per 1,000 posts)"
    yield "reminders due", f"{totals.reminders_due}"
    yield "  would be sent", f"{totals.sent}"
    yield from ((f"  {reason}", f"{count}") for reason, count in totals.not_sent.items())
    yield "skipped", f"{sum(totals.skips.values())}"
    yield from ((f"  {reason}", f"{count}") for reason, count in totals.skips.items())


def _name(handle: str, name: str) -> str:
    return transcripts.clean(handle if name in {"", handle} else f"{name} ({handle})")
