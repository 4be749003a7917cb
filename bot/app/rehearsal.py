"""What a replay found: calls, decisions, what would have become of the messages, and the sums."""

from collections import Counter
from collections.abc import Sequence

from pydantic import Field

from bot.app.journal import Decided
from bot.domain.model import Moment, Person, Post, Value
from bot.domain.outbox import OutboxMessage, State
from bot.domain.recognise.observations import Called
from bot.domain.rules import Skip

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
    """What would have become of a reminder; `text` is how it would have been worded, where it would have been sent."""

    at: Moment
    session_id: str
    member_id: str
    kind: str
    state: State
    reason: str
    not_before: Moment
    expires_at: Moment
    text: str | None


class Totals(Value):
    """Sums. `outside` posts were not for the bot: untagged, long before or after, or passed on.

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
    not_sent: dict[str, int] = Field(default_factory=dict)
    skips: dict[str, int] = Field(default_factory=dict)


class Rehearsal(Value):
    """Everything a replay has to tell, each list in order of time."""

    calls: tuple[Found, ...] = ()
    decisions: tuple[Decided, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
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
    totals: Totals, calls: Sequence[Found], decisions: Sequence[Decided], outcomes: Sequence[Outcome]
) -> Rehearsal:
    """Sum up; `totals` holds what was counted on the way."""
    greeting: dict[str, bool] = {}
    for call in calls:
        greeting[call.post_id] = greeting.get(call.post_id, True) and call.is_greeting
    greetings = sum(greeting.values())
    per_1000 = 1000 / max(1, totals.posts)
    sums = {
        "calls": len(calls),
        "calling_posts": len(greeting),
        "calling_posts_per_1000": round(len(greeting) * per_1000, 2),
        "greetings": greetings,
        "false_alarms_per_1000": round(greetings * per_1000, 2),
        "people_called": len({call.target.id for call in calls}),
        "reminders_due": len(outcomes),
        "sent": sum(one.state is State.SENT for one in outcomes),
        "not_sent": dict(Counter(one.reason for one in outcomes if one.state is not State.SENT)),
        "skips": dict(Counter(str(one.decision.reason) for one in decisions if isinstance(one.decision, Skip))),
    }
    return Rehearsal(
        calls=tuple(calls),
        decisions=tuple(decisions),
        outcomes=tuple(sorted(outcomes, key=lambda one: one.at)),
        totals=totals.model_copy(update=sums),
    )
