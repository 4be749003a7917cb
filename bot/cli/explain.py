"""`missed explain`: why a member heard from us in a session, or did not."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer
from rich.text import Text

from adapters.clock import SystemClock
from bot.app import explain as app
from bot.app.queries import MessageView
from bot.cli import exits, looking, options, show
from bot.domain.conditions import Check, Wanted, fact_of
from bot.domain.rules import CAP
from config.settings import chats_of

OPERATORS = {"_at_least": "at least ", "_at_most": "at most "}
STATES = {"coming": "has not begun", "live": "is on", "ended": "is over, late posts may come", "settled": "is over"}


def _session(text: str | None) -> date | str | None:
    if text is None or "@" in text:
        return text.removeprefix("#") if text else None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is neither a date like 2026-11-19 nor a session like lrnchat@2026-11-20T01:30Z."
        ) from None


@exits.told
def explain(
    member: Annotated[str, typer.Argument(help="A handle, or a member as `missed members` lists it.")],
    session: Annotated[
        str | None,
        typer.Option("--session", "-s", help="Its date, or its name as `missed sessions` lists it."),
    ] = None,
    config: options.Config = None,
    json: options.Json = False,
) -> None:
    """Say why a member got a reminder, or why not.

    Every condition and every call of one session, and no word of anybody's. Without --session it is the latest one.

    Example: missed explain @nora@example.social --session 2026-11-19
    """
    wanted = _session(session)
    settings = options.settings_of(config, needs_account=False)
    with looking.kept(settings) as storage:
        try:
            found = app.explain(storage, chats_of(settings), SystemClock().now(), member, wanted)
        except app.NotFound as error:
            exits.fail(str(error))
    if json:
        show.document({"sessions": show.plain(found)})
    elif found:
        for place, one in enumerate(found):
            show.say(Text("\n" if place else "").append(Text("\n").join(_lines(one))))
    else:
        show.say(
            f"Nothing is known of {member} in any session yet: no session of their chats was watched. "
            "`missed chats` says when the next one is."
        )


def _lines(one: app.Explanation) -> Iterator[Text]:
    held = {True: "it took place", False: "it did not take place", None: "no sign yet that it takes place"}
    yield Text(f"{' '.join(f'@{handle}' for handle in one.handles)} in {one.session.id}", style="bold")
    yield Text(f"The session {STATES[one.session.state]}; {held[one.session.held]}; {_watched(one.session.observed)}.")
    here = (
        f"There since {show.at(one.present_since)}, by a {one.present_by}." if one.present_since else "Not seen there."
    )
    yield Text(f"{here} Consent: {one.consent}. {'Signed up' if one.is_enrolled else 'Not signed up'} for this chat.")
    yield from _calls(one)
    for decision in one.decisions:
        yield from _decision(decision)
    for message in one.messages:
        yield _message(message)


def _watched(observed: bool | None) -> str:
    return {True: "the bot watched", False: "the bot did not watch all of it", None: "not watched yet"}[observed]


def _calls(one: app.Explanation) -> Iterator[Text]:
    if not one.calls:
        yield Text("Nobody called them there, as far as the bot saw.")
        if not one.decisions:
            yield Text("There was nothing to decide.")
        return
    yield Text(f"\n{'One call' if len(one.calls) == 1 else f'{len(one.calls)} calls'}")
    for call in one.calls:
        yield Text(f"  {show.at(call.at)}  {call.phrase} ({call.kind}), post {call.post}  {call.link}".rstrip())
    if not one.decisions:
        yield Text("Nothing is decided yet. `missed run` does it within seconds, while it runs.")


def _decision(decision: app.DecisionView) -> Iterator[Text]:
    verdict = f'remind, by the rule "{decision.because}"'
    if decision.outcome == "skip":
        verdict = f"no reminder: {decision.because}"
    yield Text(f"\n{show.at(decision.at)}  {verdict}", style="bold")
    for guard in decision.guards:
        yield Text("  ").append(show.mark(guard.is_passed)).append(f" {guard.says}")
    for trial in decision.rules:
        yield Text(f'  rule "{trial.rule}"')
        for check in trial.checks:
            yield Text("    ").append(show.mark(check.is_met)).append(f" {condition(check)}")
    if decision.expires_at is not None:
        yield Text(f"  useful from {show.at(decision.not_before)} until {show.at(decision.expires_at)}")


def condition(check: Check) -> str:
    """Write a condition with what was and what was wanted."""
    if check.name == CAP:
        actual = "none since they were last there" if check.actual is None else f"{_said(check.actual)} sessions ago"
        return f"last reminder: {actual} (at least {_said(check.wanted)} wanted)"
    operator = next((words for ending, words in OPERATORS.items() if check.name.endswith(ending)), "")
    return f"{fact_of(check.name).replace('_', ' ')}: {_said(check.actual)} ({operator}{_said(check.wanted)} wanted)"


def _said(value: Wanted | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else value if isinstance(value, str) else f"{value:.2f}".rstrip("0").removesuffix(".")


def _message(message: MessageView) -> Text:
    tries = "1 try" if message.attempts == 1 else f"{message.attempts} tries"
    why = f", {message.reason}" if message.reason else ""
    when = f" at {show.at(message.done_at)}" if message.done_at else f", due {show.at(message.not_before)}"
    return Text(f"\nMessage {show.short(message.id)} to @{message.to}: {message.state}{when} ({tries}{why})")
