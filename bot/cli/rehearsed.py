"""How a rehearsal reads on a terminal: what happened in order of time, who would have got what, and the sums."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from rich.text import Text

from bot.app.comparison import Change
from bot.app.journal import Decided
from bot.app.rehearsal import Found, Outcome, Rehearsal, Totals
from bot.cli import show
from bot.cli.transcripts import clean
from bot.domain.outbox import State
from bot.domain.rules import Remind, Skip

NOTHING = "–"


def story(result: Rehearsal) -> None:
    """Print what happened, session by session and in order of time."""
    happened: list[Found | Decided | Outcome] = [*result.calls, *result.decisions, *result.outcomes]
    happened.sort(key=lambda one: (one.session_id, one.at))
    for session_id, events in groupby(happened, key=lambda one: one.session_id):
        show.say(Text(session_id, style="bold"))
        for line in chain.from_iterable(map(_lines, events)):
            show.say(line)
        show.say("")


def messages(result: Rehearsal) -> None:
    """Print who would have been told, when, why, and what they did then; and how many each."""
    if result.outcomes:
        columns = ("when", "who", "kind", "by the rule", "became", "and then")
        show.table(columns, map(_message, result.outcomes), fluid={"who", "by the rule", "became", "and then"})
        show.say("")
    if result.people:
        rows = [
            (clean(one.name), *map(str, (one.sessions, one.calls, one.due, one.sent, one.false_alarms)))
            for one in result.people
        ]
        show.table(("who", "sessions", "calls", "due", "sent", "needless"), rows, fluid={"who"})
        show.say("")


def sums(totals: Totals) -> None:
    """Print the sums."""
    rows = list(_sums(totals))
    width = max(len(name) for name, _ in rows) + 2
    show.say("\n".join(f"{name:<{width}}{value}" for name, value in rows))


def side_by_side(named: Sequence[str], results: Sequence[Rehearsal], changed: Sequence[Change]) -> None:
    """Print two rehearsals' figures beside each other, and what differs."""
    columns = [list(figures(one.totals)) for one in results]
    rows = [(first, old, new) for (first, old), (_, new) in zip(*columns, strict=True)]
    show.table(("", *named), rows, fluid=set(named))
    if not changed:
        show.say("Both send the same.")
        return
    told = [
        (show.at(one.at), clean(one.name), one.before or NOTHING, one.after or NOTHING, "yes" if one.needless else "no")
        for one in changed
    ]
    show.say("")
    show.table(("when", "who", *named, "needless"), told, fluid={"who", *named})


def figures(totals: Totals) -> Iterator[tuple[str, str]]:
    """Name the figures by which rules are compared."""
    yield "reminders sent", f"{totals.sent}"
    yield "of them called", f"{totals.sent_by_kind.get('called', 0)}"
    yield "of them lapsed", f"{totals.sent_by_kind.get('lapsed', 0)}"
    yield "people told", f"{totals.people_sent}"
    yield "most for one person", f"{totals.most_per_person}"
    yield "were there all the while", f"{totals.were_there}"
    yield "came later by themselves", f"{totals.came_later}"
    yield "came within three sessions", f"{totals.came_back}"
    yield "due, and dropped", f"{totals.reminders_due - totals.sent}"


def _message(one: Outcome) -> tuple[str, ...]:
    then = one.aftermath.says if one.aftermath else NOTHING
    became = f"{one.state}: {one.reason}" if one.reason else f"{one.state}"
    return f"{one.at:%Y-%m-%d %H:%M}", clean(one.name), one.kind, one.rule, became, then


def _lines(one: Found | Decided | Outcome) -> Iterator[Text]:
    day = f"  {one.at:%Y-%m-%d %H:%M:%S}  "
    match one:
        case Found():
            greeting = ", who is there already" if one.is_greeting else ""
            who = f"{_name(one.caller.handle, one.caller.name)} calls {_name(one.target.handle, one.target.name)}"
            yield Text(f"{day}{who}{greeting} ({one.kind}: {one.phrase}, post {clean(one.post_id)})")
            yield Text.assemble(f"    {clean(one.before)}", (f"«{clean(one.words)}»", "bold yellow"), clean(one.after))
        case Decided(decision=Remind() as decision):
            due = f"between {decision.not_before:%H:%M:%S} and {_until(one, decision)}"
            yield Text(f"{day}{_name(one.member_id, one.called)}: remind, {due} ({decision.rule})", style="green")
        case Decided(decision=Skip(reason=reason)):
            yield Text(f"{day}{_name(one.member_id, one.called)}: skip, {reason}")
        case Outcome(state=State.SENT):
            yield Text(f"{day}{clean(one.member_id)}: would have been sent:", style="green")
            yield from (Text(f"    {line.strip()}") for line in (one.text or "").splitlines())
        case Outcome():
            yield Text(f"{day}{clean(one.member_id)}: would have been {one.state}: {one.reason}")


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
    if totals.sent:
        yield "needless", f"{totals.were_there + totals.came_later} of {totals.sent} sent"
        yield "  were there all the while", f"{totals.were_there}"
        yield "  came later by themselves", f"{totals.came_later}"
        yield "came within three sessions", f"{totals.came_back}"


def _name(handle: str, name: str) -> str:
    return clean(handle if name in {"", handle} else f"{name} ({handle})")
