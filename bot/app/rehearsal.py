"""What a replay found: calls, decisions, what would have become of the messages, and the sums."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pydantic import Field

from bot.app.journal import Decided
from bot.app.season import Aftermath, PersonSum, Season, SessionSum
from bot.app.shelves import SessionRow
from bot.domain.model import Moment, Person, Post, Value
from bot.domain.outbox import OutboxMessage, State
from bot.domain.recognise.observations import Called
from bot.domain.rules import Remind, Skip

CONTEXT = 60
"""Characters shown before and after the words of a call."""


class Found(Value):
    """A call as it stands in its post. `is_greeting` says that the person called had posted in the session before."""

    at: Moment
    session_id: str
    post_id: str
    caller: Person
    target: Person
    kind: str
    phrase: str
    language: str
    before: str
    words: str
    after: str
    is_greeting: bool


class Outcome(Value):
    """What would have become of a reminder, by which rule; `at` is when.

    `text` is how it would have been worded, and `aftermath` what the person did then, where it would have been sent.
    """

    at: Moment
    session_id: str
    member_id: str
    name: str = ""
    kind: str
    rule: str = ""
    state: State
    reason: str
    not_before: Moment
    expires_at: Moment
    text: str | None
    aftermath: Aftermath | None = None


class Totals(Value):
    """Sums. `skips` are of people who were called; `weighed` counts the answers for all whom nobody called.

    `were_there`, `came_later` and `came_back` say what people did who would have been sent something: they had
    written where the bot could not see it, came later in that session, or within three sessions, all by themselves.
    `outside` posts were not for the bot: untagged, long before or after, or passed on.

    `greetings` are posts whose calls all go to people who are there already. Nobody labelled the transcript, so these
    are what can be known of false alarms; `false_alarms_per_1000` is their share of all posts.
    """

    posts: int = 0
    repeated: int = 0
    malformed: int = 0
    outside: int = 0
    people: int = 0
    sessions: int = 0
    held: int = 0
    calls: int = 0
    calling_posts: int = 0
    calling_posts_per_1000: float = 0.0
    greetings: int = 0
    false_alarms_per_1000: float = 0.0
    people_called: int = 0
    reminders_due: int = 0
    sent: int = 0
    sent_by_kind: dict[str, int] = Field(default_factory=dict)
    people_sent: int = 0
    most_per_person: int = 0
    were_there: int = 0
    came_later: int = 0
    came_back: int = 0
    not_sent: dict[str, int] = Field(default_factory=dict)
    skips: dict[str, int] = Field(default_factory=dict)
    weighed: dict[str, int] = Field(default_factory=dict)


class Rehearsal(Value):
    """Everything a replay has to tell, each list in order of time."""

    calls: tuple[Found, ...] = ()
    decisions: tuple[Decided, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    sessions: tuple[SessionSum, ...] = ()
    people: tuple[PersonSum, ...] = ()
    totals: Totals = Totals()


def found(call: Called, post: Post, session_id: str, *, is_greeting: bool) -> Found:
    """Show a call in the context of its post."""
    start, end = call.words
    return Found(
        at=call.at,
        session_id=session_id,
        post_id=call.post_id,
        caller=call.caller,
        target=call.target,
        kind=call.kind,
        phrase=call.phrase,
        language=call.language,
        before=post.text[max(0, start - CONTEXT) : start],
        words=post.text[start:end],
        after=post.text[end : end + CONTEXT],
        is_greeting=is_greeting,
    )


def outcome(message: OutboxMessage) -> Outcome:
    """Say what became of a message."""
    return Outcome(
        at=message.done_at or message.not_before,
        session_id=message.session_id or "",
        member_id=message.member_id,
        kind=message.kind,
        state=message.state,
        reason=message.reason,
        not_before=message.not_before,
        expires_at=message.expires_at,
        text=message.text,
    )


def rehearsal(
    totals: Totals,
    calls: Sequence[Found],
    decisions: Sequence[Decided],
    outcomes: Sequence[Outcome],
    season: Season,
    rows: Mapping[str, SessionRow | None],
) -> Rehearsal:
    """Sum up; `totals` holds what was counted on the way, `rows` what was settled of each session."""
    greeting: dict[str, bool] = {}
    for call in calls:
        greeting[call.post_id] = greeting.get(call.post_id, True) and call.is_greeting
    greetings = sum(greeting.values())
    per_1000 = 1000 / max(1, totals.posts)
    sessions = season.session_sums(rows)
    held = [one.session_id for one in sessions if one.held]
    told = [_told(one, season, held, decisions) for one in sorted(outcomes, key=lambda one: one.at)]
    sent = [one for one in told if one.aftermath is not None]
    per_person = Counter(one.member_id for one in sent)
    aftermaths = [one.aftermath for one in sent if one.aftermath is not None]
    sums = {
        "held": len(held),
        "calls": len(calls),
        "calling_posts": len(greeting),
        "calling_posts_per_1000": round(len(greeting) * per_1000, 2),
        "greetings": greetings,
        "false_alarms_per_1000": round(greetings * per_1000, 2),
        "people_called": len({call.target.id for call in calls}),
        "reminders_due": len(told),
        "sent": len(sent),
        "sent_by_kind": dict(Counter(one.kind for one in sent)),
        "people_sent": len(per_person),
        "most_per_person": max(per_person.values(), default=0),
        "were_there": sum(one.was_there for one in aftermaths),
        "came_later": sum(one.is_false_alarm and not one.was_there for one in aftermaths),
        "came_back": sum(one.came_back_after is not None and not one.is_false_alarm for one in aftermaths),
        "not_sent": dict(Counter(one.reason for one in told if one.state is not State.SENT)),
        "skips": dict(Counter(str(one.decision.reason) for one in decisions if isinstance(one.decision, Skip))),
    }
    return Rehearsal(
        calls=tuple(calls),
        decisions=tuple(decisions),
        outcomes=tuple(told),
        sessions=tuple(_session(one, calls, told) for one in sessions),
        people=_people(calls, told, season.attended(held), season.names),
        totals=totals.model_copy(update=sums),
    )


def _told(one: Outcome, season: Season, held: Sequence[str], decisions: Sequence[Decided]) -> Outcome:
    """Add whose it is, which rule it came from, and what they did then."""
    made = next(
        made
        for made in decisions
        if (made.session_id, made.member_id) == (one.session_id, one.member_id) and isinstance(made.decision, Remind)
    )
    aftermath = season.aftermath(one.member_id, one.session_id, one.at, held) if one.state is State.SENT else None
    return one.model_copy(
        update={"name": season.names[one.member_id], "rule": made.decision.shape, "aftermath": aftermath}
    )


def _session(one: SessionSum, calls: Sequence[Found], told: Sequence[Outcome]) -> SessionSum:
    due = [outcome for outcome in told if outcome.session_id == one.session_id]
    return one.model_copy(
        update={
            "calls": sum(call.session_id == one.session_id for call in calls),
            "due": len(due),
            "sent": sum(outcome.aftermath is not None for outcome in due),
        }
    )


def _people(
    calls: Sequence[Found], told: Sequence[Outcome], attended: Mapping[str, int], names: Mapping[str, str]
) -> tuple[PersonSum, ...]:
    """Return everybody who was called or would have been told, most messages first."""
    sums = []
    for who in {call.target.id for call in calls} | {one.member_id for one in told}:
        due = [one for one in told if one.member_id == who]
        sent = [one.aftermath for one in due if one.aftermath is not None]
        sums.append(
            PersonSum(
                member_id=who,
                name=names[who],
                sessions=attended.get(who, 0),
                calls=sum(call.target.id == who for call in calls),
                due=len(due),
                sent=len(sent),
                false_alarms=sum(one.is_false_alarm for one in sent),
            )
        )
    return tuple(sorted(sums, key=lambda one: (-one.sent, -one.due, -one.calls, one.member_id)))
