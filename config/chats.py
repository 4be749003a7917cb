"""The schema of a chat as a host writes it."""

import re
from datetime import date, datetime
from datetime import time as WallTime  # noqa: N812 # a field is called `time`
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.domain.chat import Chat, Moved, OneOff, Slot

DAYS: Final = {
    "monday": "MO",
    "tuesday": "TU",
    "wednesday": "WE",
    "thursday": "TH",
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}


def known_zone(name: str) -> str:
    """Refuse what is not an IANA zone.

    Raises:
        ValueError: it is not.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("is not a time zone; write it like 'America/New_York' or 'Europe/Berlin'") from error
    return name


def _tag(text: str) -> str:
    tag = text.strip().lstrip("#").casefold()
    if not tag or not tag.replace("_", "").isalnum():
        raise ValueError("is not a hashtag; write it like 'lrnchat'")
    return tag


def _handle(text: str) -> str:
    handle = text.strip().removeprefix("@").lower()
    name, _, server = handle.partition("@")
    if not name or not server or "@" in server or any(c.isspace() for c in handle):
        raise ValueError("is not a whole handle; write it like '@host@example.social'")
    return handle


def _day(text: object) -> object:
    if text is None:
        return None
    if isinstance(text, str) and text.strip().lower() in DAYS:
        return text.strip().lower()
    raise ValueError(f"is not a weekday; choose one of {', '.join(DAYS)}")


def _rule(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        rrulestr(text, dtstart=SOME_DAY)  # as the domain asks: days alone, without a zone
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"is not a recurrence rule; {RULE_LIKE} (RFC 5545)") from error
    parts = dict(part.partition("=")[::2] for part in text.upper().split(";"))
    if parts.get("FREQ") not in FREQUENCIES:
        raise ValueError(f"should begin with FREQ=, by the day, week, month or year; {RULE_LIKE}")
    if not parts.keys().isdisjoint({"BYHOUR", "BYMINUTE", "BYSECOND"}):
        raise ValueError("should name days only; the time of day stands under `time`")
    return text


def _wall_time(value: object) -> object:
    if isinstance(value, str | WallTime):
        return value
    raise ValueError("is not a time; write it like '20:30'")


def _without_offset(value: WallTime) -> WallTime:
    if value.tzinfo is not None:
        raise ValueError("should be a time by the clock on the wall, without an offset; write it like '20:30'")
    return value


def _numbered(text: str) -> str:
    if "{n}" not in text:
        raise ValueError("lacks {n}, which stands for the number; write it like 'Q{n}'")
    return text


SOME_DAY: Final = datetime(2000, 1, 3)  # noqa: DTZ001 # a day, not a moment
FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
RULE_LIKE: Final = "write it like 'FREQ=MONTHLY;BYDAY=1FR'"

Zone = Annotated[str, AfterValidator(known_zone)]
Tag = Annotated[str, AfterValidator(_tag)]
Handle = Annotated[str, AfterValidator(_handle)]
ByTheWall = Annotated[WallTime, BeforeValidator(_wall_time), AfterValidator(_without_offset)]


class MovedEntry(BaseModel):
    """A session that takes place on another day, or at another time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date = Field(description="The day on which it was planned.")
    to: date = Field(description="The day on which it takes place instead; the same one where only its time changes.")
    time: ByTheWall | None = Field(default=None, description="When it begins then, if not at its usual time.")


class ExtraEntry(BaseModel):
    """A session beside the rhythm."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date = Field(description="The day on which it takes place.")
    time: ByTheWall = Field(description="When it begins, by the wall clock of the chat's zone.")
    minutes: int = Field(default=60, ge=10, le=1440, description="How long it lasts.")


class SlotEntry(BaseModel):
    """One more slot of a chat: a second session a week, or the slot to which the series moved."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: Annotated[str | None, BeforeValidator(_day)] = Field(default=None, description="Its weekday, every week.")
    repeats: Annotated[str | None, AfterValidator(_rule)] = Field(
        default=None, description="Instead of `day`: an RFC 5545 rule, such as 'FREQ=MONTHLY;BYDAY=1FR'."
    )
    time: ByTheWall = Field(description="When it begins, by the wall clock of its zone.")
    zone: Zone | None = Field(default=None, description="Its time zone, if it is not the chat's.")
    minutes: int = Field(default=60, ge=10, le=1440, description="How long it lasts.")
    first: date | None = Field(default=None, description="Its first day.")
    last: date | None = Field(default=None, description="Its last day.")

    @model_validator(mode="after")
    def _one_rhythm(self) -> Self:
        _check_rhythm(self.day, self.repeats, self.first, self.last)
        return self

    def to_slot(self, zone: str) -> Slot:
        """Turn the entry into the domain's slot; `zone` is the chat's."""
        return Slot(
            repeats=self.repeats or f"FREQ=WEEKLY;BYDAY={DAYS[self.day or 'monday']}",
            time=self.time,
            zone=self.zone or zone,
            minutes=self.minutes,
            first=self.first,
            last=self.last,
        )


def _check_rhythm(day: str | None, repeats: str | None, first: date | None, last: date | None) -> None:
    if (day is None) == (repeats is None):
        raise ValueError("needs either `day` or `repeats`, and not both")
    if first is None and re.search(r"INTERVAL=(?!1\b)|COUNT=", repeats or "", re.IGNORECASE):
        raise ValueError("needs `first`, the series' first day, to know which weeks or months are meant")
    if first is not None and last is not None and last < first:
        raise ValueError(f"ends on {last}, before it begins on {first}; set `last` to a later day")


class ChatEntry(BaseModel):
    """One chat: `[[chat]]` in the configuration, or a file of the catalogue."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tag: Tag = Field(description="The hashtag, with or without #.")
    title: str = Field(description="What the chat is called.")
    zone: Zone = Field(description="The time zone in which it keeps its time, as an IANA name.")
    day: Annotated[str | None, BeforeValidator(_day)] = Field(default=None, description="Its weekday, every week.")
    repeats: Annotated[str | None, AfterValidator(_rule)] = Field(
        default=None, description="Instead of `day`: an RFC 5545 rule, such as 'FREQ=MONTHLY;BYDAY=1FR'."
    )
    time: ByTheWall = Field(description="When it begins, by the wall clock of its zone.")
    minutes: int = Field(default=60, ge=10, le=1440, description="How long it lasts.")
    questions: int = Field(default=6, ge=1, le=20, description="How many questions are usual.")
    question: Annotated[str, AfterValidator(_numbered)] = Field(
        default="Q{n}", description="How a question begins; {n} is its number."
    )
    hosts: tuple[Handle, ...] = Field(default=(), description="Who asks the questions. Empty: anybody may.")
    held_by: int = Field(default=3, ge=1, description="So many people make a session, even without a question.")
    skipped: tuple[date, ...] = Field(default=(), description="Days on which it does not take place.")
    moved: tuple[MovedEntry, ...] = Field(default=(), description="Sessions that take place another day or time.")
    extra: tuple[ExtraEntry, ...] = Field(default=(), description="Sessions beside the rhythm.")
    slot: tuple[SlotEntry, ...] = Field(
        default=(), description="Further slots; where the series moves, give the old one a `last` day."
    )
    first: date | None = Field(default=None, description="The series' first day, needed for 'every two weeks'.")
    last: date | None = Field(default=None, description="Its last day in this slot.")
    language: str = Field(default="en", description="The language most posts are in.")
    note: str = Field(default="", description="A remark for whoever reads the catalogue.")

    @model_validator(mode="after")
    def _one_rhythm(self) -> Self:
        _check_rhythm(self.day, self.repeats, self.first, self.last)
        return self

    def to_chat(self) -> Chat:
        """Turn the entry into the domain's chat."""
        own = SlotEntry.model_validate({name: getattr(self, name) for name in SlotEntry.model_fields})
        slots = (own, *self.slot)
        return Chat(
            tag=self.tag,
            title=self.title,
            slots=tuple(slot.to_slot(self.zone) for slot in slots),
            questions=self.questions,
            question_pattern=self.question,
            hosts=self.hosts,
            language=self.language,
            held_by=self.held_by,
            skipped=self.skipped,
            moved=tuple(Moved(day=one.day, to=one.to, time=one.time) for one in self.moved),
            extra=tuple(OneOff(day=one.day, time=one.time, zone=self.zone, minutes=one.minutes) for one in self.extra),
        )
