"""May this message go out now? Consent, usefulness, presence, quiet hours: Send, Hold until, or Drop with a reason."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.model import Consent, Member, Moment, Value, as_utc
from bot.domain.outbox import ANSWER, OutboxMessage


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
    quiet: QuietHours,
    now: Moment,
) -> Verdict:
    """Judge a message that is due at `now`. `chat` is the tag its session belongs to, None for an answer.

    `unanswered` counts the latest reminders in a row after which the person neither wrote to us nor came.

    An answer goes to whoever wrote, at any hour: they are awake. A reminder goes only to somebody live.
    """
    if now >= message.expires_at:
        return Drop.STALE
    if message.kind == ANSWER:
        return Send()
    if member is None:
        return Drop.NO_SUCH_MEMBER
    if member.consent is not Consent.LIVE:
        return Drop.NOT_LIVE
    if chat not in member.chats:
        return Drop.NOT_ENROLLED
    if is_present:
        return Drop.PRESENT
    if unanswered >= UNANSWERED_AT_MOST:
        return Drop.UNANSWERED
    until = quiet.end_after(now, member.zone)
    if until is None:
        return Send()
    return Hold(until=until) if until < message.expires_at else Drop.STALE_AFTER_QUIET
