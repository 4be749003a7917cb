"""May this message go out now? Consent, usefulness, presence, quiet hours: Send, Hold until, or Drop with a reason."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.model import Consent, Member, Moment, Preferences, Value, as_utc
from bot.domain.outbox import ANSWER, BEFORE, RECAP, WISHED, OutboxMessage


class QuietHours(Value):
    """From `start` to `end` by the member's wall clock, over midnight where start is later; equal means none."""

    start: time = time(22)
    end: time = time(7)

    def end_after(self, now: Moment, zone: str) -> Moment | None:
        """Return when the quiet that `now` lies in will end, in UTC, or None when it is not quiet.

        A wall time that the clocks skip or repeat is read as in `bot.domain.chat`.
        """
        local = now.astimezone(ZoneInfo(zone))
        wall = local.time()
        over_midnight = self.start > self.end
        quiet = (wall >= self.start or wall < self.end) if over_midnight else (self.start <= wall < self.end)
        if not quiet:
            return None
        day = local.date() + timedelta(days=1) if over_midnight and wall >= self.start else local.date()
        return as_utc(datetime.combine(day, self.end, local.tzinfo))


class Drop(StrEnum):
    """Why a message is not sent at all."""

    STALE = "no longer useful"
    STALE_AFTER_QUIET = "useless by the end of quiet hours"
    NOT_LIVE = "not opted in (any more)"
    NOT_ENROLLED = "not enrolled in this chat (any more)"
    PRESENT = "has come by themselves"
    UNANSWERED = "three reminders in a row went unanswered: quiet until they write"
    AWAY = "away"
    NOT_WANTED = "not asked for (any more)"
    NO_BOTS = "their profile says #nobot"
    NO_SUCH_MEMBER = "unknown (any more)"


class Send(Value):
    """Send it now."""


class Hold(Value):
    """Not yet."""

    until: Moment


Verdict = Send | Hold | Drop

UNANSWERED_AT_MOST: Final = 3
"""So many reminders in a row may go unanswered; then there is silence until the person writes."""

EXPIRES: Final = frozenset({Drop.STALE, Drop.STALE_AFTER_QUIET})
"""The drops that are a matter of time; the others are a matter of the person's will."""


def judge(
    message: OutboxMessage,
    member: Member | None,
    *,
    chat: str | None,
    is_present: bool,
    unanswered: int,
    is_live: bool,
    quiet: QuietHours,
    now: Moment,
) -> Verdict:
    """Judge a message that is due at `now`. `chat` is the tag its session belongs to, None for an answer.

    `unanswered` counts the latest reminders in a row after which the person neither wrote to us nor came;
    `is_live` says that its session is on; `quiet` holds for whoever has not said otherwise.

    An answer goes to whoever wrote, at any hour: they are awake. A reminder goes only to somebody live. Whoever lets
    sessions ring in quiet hours lets what they asked to hear before them ring, too.
    """
    if now >= message.expires_at:
        return Drop.STALE
    if message.kind == ANSWER:
        return Send()
    if member is None or member.consent is not Consent.LIVE:
        return Drop.NO_SUCH_MEMBER if member is None else Drop.NOT_LIVE
    if chat is None or chat not in member.chats:
        return Drop.NOT_ENROLLED
    if message.kind in WISHED and not _is_wanted(message.kind, member.preferences, chat):
        return Drop.NOT_WANTED
    forbids = _forbids(message, member, is_present=is_present, now=now)
    if forbids is not None or unanswered >= UNANSWERED_AT_MOST:
        return forbids or Drop.UNANSWERED
    if member.preferences.is_quiet_lifted and (is_live or message.kind in BEFORE):
        return Send()
    until = quiet_of(member, quiet).end_after(now, member.zone)
    if until is None:
        return Send()
    return Hold(until=until) if until < message.expires_at else Drop.STALE_AFTER_QUIET


def _is_wanted(kind: str, wants: Preferences, chat: str) -> bool:
    return chat in wants.recap if kind == RECAP else chat in wants.heads_up or chat in wants.next_for


def _forbids(message: OutboxMessage, member: Member, *, is_present: bool, now: Moment) -> Drop | None:
    """Say what else stands against it: there by themselves, away, or no bots wanted."""
    if is_present:
        return Drop.PRESENT
    if member.is_away(now):
        return Drop.AWAY
    identity = member.identity(message.platform)
    return Drop.NO_BOTS if identity is not None and identity.wants_no_bots else None


def quiet_of(member: Member, usual: QuietHours) -> QuietHours:
    """Return a member's quiet hours: their own, or else the usual ones."""
    own = member.preferences.quiet
    return usual if own is None else QuietHours(start=own[0], end=own[1])
