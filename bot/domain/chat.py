"""A chat is a series with a schedule in its own zone; a session is one occurrence, in UTC.

Local times are computed in the chat's zone and turned into UTC at once. A local time that the clocks skip in spring
is read with the offset before the change (02:30 becomes 03:30); one that they repeat in autumn is the first.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from datetime import time as WallTime  # noqa: N812 # a field is called `time`
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr

from bot.domain.model import Moment, Value


class Slot(Value):
    """When a chat meets: an RFC 5545 rule of days, a local time, a zone, and for which dates that holds."""

    repeats: str
    time: time
    zone: str
    minutes: int = 60
    first: date | None = None
    last: date | None = None

    @property
    def lasts_for(self) -> timedelta:
        """How long one session takes."""
        return timedelta(minutes=self.minutes)


class Moved(Value):
    """A session that does not take place on its planned `day` but on another, or at another time of the same day.

    Days and times are local to the slot; without a `time` it keeps its own.
    """

    day: date
    to: date
    time: WallTime | None = None


class OneOff(Value):
    """A session beside the rhythm."""

    day: date
    time: time
    zone: str
    minutes: int = 60


class Chat(Value):
    """A series of sessions around a hashtag.

    `tag` is case-folded and without #. `hosts` are handles (`user@host`, lower case); where none is named, anybody's
    question counts. `question_pattern` holds `{n}` where the number stands. A series that moves its slot has several:
    the old one ends on its `last` day, the new one begins on its `first`. `skipped`, `moved` and `extra` are exceptions
    from the slots, by local day; what is skipped is skipped wherever it was moved to.
    """

    tag: str
    title: str
    slots: tuple[Slot, ...]
    questions: int = 6
    question_pattern: str = "Q{n}"
    hosts: tuple[str, ...] = ()
    language: str = "en"
    held_by: int = 3
    skipped: tuple[date, ...] = ()
    moved: tuple[Moved, ...] = ()
    extra: tuple[OneOff, ...] = ()

    @property
    def hashtag(self) -> str:
        """The tag as people write it."""
        return f"#{self.tag}"

    @property
    def zone(self) -> str:
        """The zone of the chat's latest slot: what its members are guessed to live in until they say."""
        return self.slots[-1].zone


class Session(Value):
    """One occurrence of a chat."""

    chat: str
    starts_at: Moment
    ends_at: Moment

    @property
    def id(self) -> str:
        """The session's name in rows and in `missed explain`: tag and start, in UTC."""
        return f"{self.chat}@{self.starts_at:%Y-%m-%dT%H:%MZ}"

    def is_live(self, now: Moment) -> bool:
        """Say whether it is going on."""
        return self.starts_at <= now < self.ends_at


WATCHED_BEFORE = timedelta(minutes=10)
"""People greet and gather before the hour; their posts count."""

SWEEPS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""After a session ended it is read again from the beginning: posts federate late, behind any cursor."""

CALLED_UNTIL = timedelta(days=1)
"""A call after the session still means somebody was missed; a day later it is stale."""


def sessions_between(chat: Chat, start: datetime, end: datetime) -> list[Session]:
    """Return the chat's sessions that overlap [start, end), in order of time. Both are aware; results are UTC.

    Two that would begin at the same moment are one.
    """
    found = {
        session.starts_at: session
        for session in (*_extra(chat), *(one for slot in chat.slots for one in _of_slot(chat, slot, start, end)))
        if session.starts_at < end and session.ends_at > start
    }
    return [found[starts_at] for starts_at in sorted(found)]


def next_session(chat: Chat, now: datetime) -> Session | None:
    """Return the session that is on or comes next within the next 62 days, if there is one."""
    return next(iter(sessions_between(chat, now, now + timedelta(days=62))), None)


def zone_of(chat: Chat, session: Session) -> str:
    """Return the zone by whose clock a session was planned: that of its slot; the latest slot's where none has it."""
    begin, end = session.starts_at, session.ends_at
    planned = ((slot.zone, one) for slot in chat.slots for one in _of_slot(chat, slot, begin, end))
    extra = zip((one.zone for one in chat.extra), _extra(chat), strict=True)
    return next((zone for zone, one in (*planned, *extra) if one.starts_at == begin), chat.zone)


def belongs_until(chat: Chat, session: Session) -> datetime:
    """Return until when a post belongs to a session: a day after it, or until people gather for the next one."""
    day_after = session.ends_at + CALLED_UNTIL
    later = (one for one in sessions_between(chat, session.ends_at, day_after) if one.starts_at > session.starts_at)
    following = next(later, None)
    return min(day_after, following.starts_at - WATCHED_BEFORE) if following else day_after


def session_at(chat: Chat, at: datetime) -> Session | None:
    """Return the session that a post written then belongs to, if there is one."""
    near = sessions_between(chat, at - CALLED_UNTIL, at + WATCHED_BEFORE)
    return near[-1] if near else None


def _extra(chat: Chat) -> Iterator[Session]:
    for one in chat.extra:
        yield _session(chat, one.day, one.time, timedelta(minutes=one.minutes), ZoneInfo(one.zone))


def _of_slot(chat: Chat, slot: Slot, start: datetime, end: datetime) -> Iterator[Session]:
    zone = ZoneInfo(slot.zone)
    begin = (start - slot.lasts_for).astimezone(zone).date() - timedelta(days=1)
    finish = end.astimezone(zone).date() + timedelta(days=1)
    moved = {one.day: one for one in chat.moved}
    for day in _days(slot, begin, finish):
        if day not in moved and day not in chat.skipped:
            yield _session(chat, day, slot.time, slot.lasts_for, zone)
    for one in moved.values():
        is_near = begin <= one.to <= finish
        if is_near and chat.skipped.count(one.day) + chat.skipped.count(one.to) == 0 and _days(slot, one.day, one.day):
            yield _session(chat, one.to, one.time or slot.time, slot.lasts_for, zone)


def _session(chat: Chat, day: date, at: time, lasts_for: timedelta, zone: ZoneInfo) -> Session:
    starts_at = datetime.combine(day, at.replace(fold=0), zone).astimezone(UTC)
    return Session(chat=chat.tag, starts_at=starts_at, ends_at=starts_at + lasts_for)


def _days(slot: Slot, begin: date, finish: date) -> list[date]:
    """Dates alone repeat (naive by nature); the wall time joins them afterwards."""
    first = datetime.combine(slot.first or date(2000, 1, 3), time())
    last = min(finish, slot.last or finish)
    days = _rule(slot.repeats, first).between(datetime.combine(begin, time()), datetime.combine(last, time()), inc=True)
    return [moment.date() for moment in days]


@lru_cache(maxsize=256)
def _rule(repeats: str, first: datetime) -> rrule | rruleset:
    """Parse an RFC 5545 rule once; parsing costs more than asking."""
    return rrulestr(repeats, dtstart=first, cache=True)
