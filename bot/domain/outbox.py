"""The delivery of a message as a table of states, and the key that makes it one message.

`uncertain` is the third outcome of a request: the platform may or may not hold the message. It is left only after
reading back what the platform holds, or by the operator.
"""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from pydantic import Field

from bot.domain.model import Moment, Platform, Value


class State(StrEnum):
    """Where a message is on its way."""

    PENDING = "pending"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    SUPPRESSED = "suppressed"


STATES: Final[dict[State, frozenset[State]]] = {
    State.PENDING: frozenset({State.SENDING, State.EXPIRED, State.SUPPRESSED}),
    State.SENDING: frozenset({State.SENT, State.PENDING, State.FAILED, State.UNCERTAIN}),
    State.UNCERTAIN: frozenset({State.SENT, State.PENDING, State.FAILED}),
    State.SENT: frozenset(),
    State.FAILED: frozenset(),
    State.EXPIRED: frozenset(),
    State.SUPPRESSED: frozenset(),
}


WAITING: Final = frozenset({State.PENDING, State.UNCERTAIN})
"""States in which a message may stay with a later date."""


UNSAID: Final = frozenset({State.FAILED, State.EXPIRED, State.SUPPRESSED})
"""States of a message that nobody has heard, and nobody will."""


class IllegalMove(ValueError):
    """A message was asked to go from one state to another that the table refuses."""


def advance(now: State, then: State) -> State:
    """Return `then` if the table allows it; a waiting message may also stay where it is, with a new date.

    Raises:
        IllegalMove: the table does not.
    """
    if then not in STATES[now] and not (now is then and now in WAITING):
        raise IllegalMove(f"an outbox message cannot go from {now} to {then}")
    return then


def diagram() -> str:
    """Draw the table as a Mermaid state diagram (ARCHITECTURE.md holds it; a test compares)."""
    lines = ["stateDiagram-v2", "    [*] --> pending"]
    lines += [f"    {a} --> {b}" for a, after in STATES.items() for b in State if b in after]
    lines += [f"    {a} --> [*]" for a, after in STATES.items() if not after]
    return "\n".join(lines)


def reminder_key(member_id: str, chat: str, starts_at: Moment, kind: str) -> str:
    """Name a reminder by what it is about, not by platform: a member with two identities gets one.

    NEXT is a heads-up that is asked for once, so that whoever asked for both gets one.
    """
    kind = HEADS_UP if kind == NEXT else kind
    return _key("reminder", member_id, chat, starts_at.isoformat(), kind)


def answer_key(platform: Platform, post_id: str) -> str:
    """Name the one answer to a message of a member's."""
    return _key("answer", platform, post_id)


def daily_key(platform: Platform, account_id: str, note: str, day: str) -> str:
    """Name a note that a person gets at most once a day; `day` is an ISO date in UTC."""
    return _key("daily", platform, account_id, note, day)


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]


ANSWER: Final = "answer"
"""The kind of message that answers a command. Every other kind is a reminder's."""


HEADS_UP: Final = "heads-up"
NEXT: Final = "next"
RECAP: Final = "recap"
BEFORE: Final = frozenset({HEADS_UP, NEXT})
WISHED: Final = frozenset({*BEFORE, RECAP})
"""Kinds of reminders that the member asked for: they use up neither the one reminder of a session nor its cap."""


LAST_WORD: Final = "forgotten"
"""The note after which nothing may be left of the person, its own row included."""


RETRY_FIRST: Final = timedelta(seconds=15)
RETRY_LONGEST: Final = timedelta(minutes=10)
JITTER: Final = 0.2
"""A pause is longer by up to that share, so that what failed at once is not tried again at once."""

TRIES_LEFT: Final = 4
"""No pause takes more than that fraction of a message's useful life, or one long pause would be its end."""


class OutboxMessage(Value):
    """One message to one person.

    `note` and `words` are a template's name and its values for an answer; a reminder is worded when it is sent, from
    what is true then. `text` is frozen with the first attempt, so that reading back can recognise it.
    `expires_at` is absolute: afterwards the message is useless and is not sent. `receipt_id` is the platform's id of it
    as soon as one was named, which may be while nobody knows whether it arrived.
    `owner` is the process that has it in hand, until `lease_until`; nobody has it where both are None.
    """

    id: str
    key: str
    member_id: str
    platform: Platform
    account_id: str
    handle: str
    kind: str
    state: State = State.PENDING
    reason: str = ""
    session_id: str | None = None
    note: str = ""
    words: dict[str, str] = Field(default_factory=dict)
    language: str = "en"
    in_reply_to_id: str | None = None
    not_before: Moment
    expires_at: Moment
    created_at: Moment
    attempts: int = 0
    attempted_at: Moment | None = None
    owner: str | None = None
    lease_until: Moment | None = None
    text: str | None = None
    receipt_id: str | None = None
    receipt_url: str | None = None
    done_at: Moment | None = None


def retry_at(message: OutboxMessage, now: Moment) -> datetime:
    """Return when to try again what failed for now: each pause twice the one before, between bounds, with jitter.

    The jitter is the message's own, so that the same failure gives the same time.
    """
    pause = min(RETRY_LONGEST, RETRY_FIRST * (1 << min(max(message.attempts - 1, 0), 10)))
    share = int(_key("jitter", message.id, str(message.attempts))[:8], 16) / 0xFFFFFFFF
    left = max(timedelta(), message.expires_at - now)
    return now + min(pause * (1 + JITTER * share), max(RETRY_FIRST, left / TRIES_LEFT))
