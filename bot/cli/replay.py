"""`missed replay`: try rules and phrases on a past chat before anybody gets a message."""

from datetime import time
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.progress import Progress

from bot.app.comparison import changes
from bot.app.errors import Misconfigured
from bot.app.rehearsal import Rehearsal
from bot.app.replay import Replay
from bot.app.transcript import Transcript, person
from bot.cli import exits, options, rehearsed, show, transcripts
from bot.domain.chat import Chat
from bot.domain.model import Platform
from bot.domain.policy import QuietHours
from bot.domain.recognise import Recogniser
from bot.domain.rules import Rule
from bot.domain.wording import Wording
from config import catalogue
from config.settings import Settings

IN_MEMORY: Final = "sqlite://"
NEVER: Final = QuietHours(start=time(0), end=time(0))

Rules = tuple[Rule, ...]


@exits.told
def replay(
    posts: transcripts.Posts,
    chat: transcripts.ChatTag,
    json: options.Json = False,
    rules: Annotated[
        Path | None, typer.Option("--rules", help="A rules file to hold against the present one.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a one-page report to this file, too.", show_default=False)
    ] = None,
    config: options.Config = None,
    roster: transcripts.Roster = None,
) -> None:
    """Rehearse a past chat: which posts are calls, what is decided, what would be sent. Nothing is sent.

    Everybody who appears counts as a member from then on. With --rules the file is tried beside the rules you have.
    Ends with 1 where lines could not be read, hold unknown keys, or there is no post at all.

    Example: missed replay posts.jsonl --chat lrnchat --html report.html
    """
    settings = transcripts.settings_of(config)
    about = transcripts.chat_of(chat, settings)
    names = transcripts.names_in(roster)
    tried = _tried(settings.rules, rules)
    transcript = transcripts.read(posts, about, names)
    results = {name: _rehearsed(transcript, about, names, settings, some, name) for name, some in tried.items()}
    transcripts.remark("", transcript.remarks)
    transcripts.remark("cannot be read: ", transcript.malformed)
    transcripts.remark("", transcript.strange)
    if not transcript.lines:
        exits.stderr().print(f"missed: {posts}: there is no post in it", markup=False)
    if html is not None:
        _write(html, about, results)
    if json:
        malformed = show.plain(transcript.malformed)
        show.document({"chat": about.tag, **_document(results), "malformed_lines": malformed})
    else:
        _print(results)
    if transcript.malformed or transcript.strange or not transcript.lines:
        raise typer.Exit(exits.FAILED)


def _tried(present: Path | None, other: Path | None) -> dict[str, Rules]:
    """Return the present rules, and those to hold against them, by what they are called."""
    named = {"the rules that ship" if present is None else "your rules": catalogue.rules(present)}
    return named if other is None else {**named, other.name: catalogue.rules(other)}


def _rehearsed(
    transcript: Transcript, chat: Chat, names: dict[str, str], settings: Settings, rules: Rules, name: str
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
            rules,
            Wording(catalogue.messages()),
            chat,
            settings.quiet if chat.slots else NEVER,
            page,
        )
        console = exits.stderr()
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task(f"replaying with {name}", total=len(transcript.lines))
            people = [person(handle, names) for handle in names]
            return use_case.run(transcript, people, told=lambda: progress.advance(task))
    finally:
        storage.close()


def _document(results: dict[str, Rehearsal]) -> dict[str, Any]:
    """Return the rehearsal of the tried rules; where two were tried, the other beside it, and what differs."""
    *others, (name, result) = results.items()
    found = {"rules": name, **result.model_dump(mode="json")}
    for before, baseline in others:
        found["baseline"] = {"rules": before, **baseline.model_dump(mode="json")}
        found["changes"] = show.plain(changes(baseline, result))
    return found


def _print(results: dict[str, Rehearsal]) -> None:
    *others, result = results.values()
    rehearsed.story(result)
    rehearsed.messages(result)
    rehearsed.sums(result.totals)
    for baseline in others:
        show.say("")
        rehearsed.side_by_side(tuple(results), (baseline, result), changes(baseline, result))


def _write(html: Path, chat: Chat, results: dict[str, Rehearsal]) -> None:
    from bot.cli.rehearsal_page import page

    try:
        html.write_text(page(chat, results), encoding="utf-8")
    except OSError as error:
        raise Misconfigured(f"--html: {html} cannot be written: {error.strerror}.") from None
