"""What the rules say of a bare history: the same rules and policy as for a live session, with its facts put together.

A session of 60 minutes and six questions is assumed; where the history does not say at which minute it is asked, or
asks about the next session, it is 20 minutes in: past the moment from which an absence counts, and in time to join.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final, Literal

from bot.app.histories import CADENCES, History
from bot.domain.chat import Chat, Session
from bot.domain.facts import Facts, phase_of
from bot.domain.model import Consent, Identity, Member, Moment, Platform, Value
from bot.domain.outbox import OutboxMessage, reminder_key
from bot.domain.pace import questions_left_at
from bot.domain.policy import Drop, QuietHours
from bot.domain.policy import judge as may_send
from bot.domain.presence import Presence, half_year_of, presence
from bot.domain.rules import Remind, Rule, Skip, decide

LASTS_FOR: Final = timedelta(minutes=60)
ASKED_AT: Final = timedelta(minutes=20)

_START: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)
_CHAT: Final = Chat(tag="chat", title="a chat", slots=())
_SESSION: Final = Session(chat=_CHAT.tag, starts_at=_START, ends_at=_START + LASTS_FOR)
_NO_QUIET: Final = QuietHours(start=time(0), end=time(0))


class Judged(Value):
    """What was decided for one history. `kind` is the reminder's; `reason` the rule that says so, or what forbids."""

    id: str | int
    standing: str
    decision: Literal["remind", "skip"]
    kind: str | None
    reason: str
    p_attend: float


def judge(history: History, rules: Sequence[Rule]) -> Judged:
    """Judge one history."""
    past = presence(history.record, half_year_of(CADENCES[history.cadence]), is_excused=history.declared_absence)
    now = _START + _since_start(history)
    decision = decide(_facts(history, past, now), rules, _SESSION, now)
    dropped = _dropped(history, decision) if isinstance(decision, Remind) else None
    is_due = isinstance(decision, Remind) and dropped is None
    return Judged(
        id=history.id,
        standing=str(past.standing),
        decision="remind" if is_due else "skip",
        kind=decision.kind if isinstance(decision, Remind) and is_due else None,
        reason=str(decision.reason) if isinstance(decision, Skip) else str(dropped or decision.rule),
        p_attend=round(past.p_attend, 4),
    )


def _since_start(history: History) -> timedelta:
    if not history.live or history.live_minutes is None:
        return ASKED_AT
    return timedelta(minutes=min(history.live_minutes, 48 * 60))


def _facts(history: History, past: Presence, now: Moment) -> Facts:
    since_start = now - _START
    left = questions_left_at(_CHAT, _SESSION, now) if history.questions_left is None else history.questions_left
    ago = history.reminded_held_sessions_ago
    return Facts(
        consent=Consent.STOPPED if history.opted_out else Consent.LIVE,
        is_enrolled=history.role != "guest",  # a guest was invited once, and never signed up
        is_bot=history.role == "bot",
        has_moved=history.account_moved,
        is_present=history.seen_now,
        is_held=True,
        is_observed=True,
        is_reminded=ago == 0,
        phase=phase_of(_SESSION, now),
        calls=history.calls,
        callers=min(1, history.calls),
        minutes_left=max(0.0, (LASTS_FOR - since_start) / timedelta(minutes=1)),
        questions_left=left,
        share_gone=min(1.0, since_start / LASTS_FOR),
        is_past_arrival=True,
        standing=past.standing,
        absent_run=past.absent_run,
        surprise=past.surprise,
        p_attend=past.p_attend,
        reminded_sessions_ago=ago,
        unanswered=history.reminders_unanswered,
    )


def _dropped(history: History, decision: Remind) -> Drop | None:
    """Ask the policy whether the message may go out when it is due; there are no quiet hours in a history."""
    account = str(history.id)
    message = OutboxMessage(
        id=account,
        key=reminder_key(account, _CHAT.tag, _START, decision.kind),
        member_id=account,
        platform=Platform.MASTODON,
        account_id=account,
        handle=account,
        kind=decision.kind,
        session_id=_SESSION.id,
        not_before=decision.not_before,
        expires_at=decision.expires_at,
        created_at=_START,
    )
    member = Member(
        id=account,
        consent=Consent.STOPPED if history.opted_out else Consent.LIVE,
        identities=(Identity(platform=Platform.MASTODON, account_id=account, handle=account),),
        chats=(_CHAT.tag,),
        joined_at=_START,
        last_heard_at=_START,
    )
    is_here = history.seen_now
    verdict = may_send(
        message,
        member,
        chat=_CHAT.tag,
        is_present=is_here,
        unanswered=history.reminders_unanswered,
        is_live=_SESSION.is_live(decision.not_before),
        quiet=_NO_QUIET,
        now=decision.not_before,
    )
    return verdict if isinstance(verdict, Drop) else None
