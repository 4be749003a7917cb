"""One of everything, to be changed by keyword."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app.shelves import CallRow, DecisionRow
from bot.domain.attendance import Attendance
from bot.domain.chat import Session
from bot.domain.conditions import Check, Wanted
from bot.domain.model import Consent, Identity, Member, Person, Platform, Post
from bot.domain.outbox import OutboxMessage
from bot.domain.recognise.observations import Asked
from bot.domain.rules import Reason, Remind, Skip, Trial

NOW = datetime(2025, 3, 14, 1, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SESSION = Session(chat="lrnchat", starts_at=NOW, ends_at=NOW + 60 * MINUTE)
THURSDAY = SESSION.id
ANA = Person(platform=Platform.MASTODON, id="101", handle="ana@example.social", name="Ana Ünlü", is_bot=False)


def at(minutes: float) -> datetime:
    return NOW + minutes * MINUTE


def a_post(post_id: str = "p1", **changes: Any) -> Post:
    author = changes.pop("author", ANA)
    uri = f"https://example.social/users/ana/statuses/{post_id}"
    some = Post(
        platform=author.platform, id=post_id, uri=uri, author=author, text="Where is @sam tonight?", created_at=NOW
    )
    return some.model_copy(update=changes)


def a_session(days: int = 0, chat: str = "lrnchat") -> Session:
    starts_at = NOW + timedelta(days=days)
    return Session(chat=chat, starts_at=starts_at, ends_at=starts_at + 60 * MINUTE)


def an_identity(account_id: str = "102", **changes: Any) -> Identity:
    some = Identity(platform=Platform.MASTODON, account_id=account_id, handle=f"sam{account_id}@example.social")
    return some.model_copy(update={"name": "Sam", "thread_post_id": "9", **changes})


def a_member(member_id: str = "sam", **changes: Any) -> Member:
    some = Member(
        id=member_id,
        consent=Consent.LIVE,
        identities=(an_identity(),),
        chats=("lrnchat",),
        joined_at=NOW,
        last_heard_at=NOW,
    )
    return some.model_copy(update={"chats": ("lrnchat",), **changes})


def a_question(number: int = 1, **changes: Any) -> Asked:
    some = Asked(number=number, text="What did you learn?", post_id=f"q{number}", url="https://a.example/q", at=NOW)
    return some.model_copy(update=changes)


def an_attendance(**changes: Any) -> Attendance:
    some = Attendance(member_id="sam", session_id=THURSDAY, first_at=at(5), last_at=at(10), how="post")
    return some.model_copy(update=changes)


def a_call(post_id: str = "p1", **changes: Any) -> CallRow:
    some = CallRow(
        session_id=THURSDAY,
        platform=Platform.MASTODON,
        post_id=post_id,
        url="https://example.social/@ana/p1",
        member_id="sam",
        caller_id=ANA.id,
        caller_name=ANA.name,
        kind="where",
        phrase="where is",
        at=NOW,
    )
    return some.model_copy(update=changes)


CHECKS = (
    Check(name="phase", wanted="live", actual="live", is_met=True),
    Check(name="calls_at_least", wanted=1, actual=3, is_met=True),
    Check(name="minutes_left_at_least", wanted=7.5, actual=7.25, is_met=False),
)
TRIALS = (Trial(rule="called", checks=CHECKS),)
REMIND = Remind(rule="called", kind="called", not_before=at(2), expires_at=at(55.001), trials=TRIALS)
SKIP = Skip(reason=Reason.NO_RULE, trials=TRIALS)
FACTS: dict[str, Wanted | None] = {"phase": "live", "calls": 3.0, "is_held": True, "minutes_left": 12.25}


def a_decision(**changes: Any) -> DecisionRow:
    facts: dict[str, Wanted | None] = {
        "phase": "live",
        "calls": 3.0,
        "is_present": False,
        "is_held": True,
        "minutes_left": 12.25,
    }
    some = DecisionRow(member_id="sam", session_id=THURSDAY, decision=REMIND, facts=facts, at=NOW)
    return some.model_copy(update=changes)


def a_message(message_id: str = "m1", **changes: Any) -> OutboxMessage:
    some = OutboxMessage(
        id=message_id,
        key=f"key of {message_id}",
        member_id="sam",
        platform=Platform.MASTODON,
        account_id="102",
        handle="sam@example.social",
        kind="called",
        session_id=THURSDAY,
        not_before=NOW,
        expires_at=at(55),
        created_at=NOW,
    )
    return some.model_copy(update=changes)
