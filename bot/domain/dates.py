"""Until when? Dates and spans of time as people write them, in their zone and language. The one door to dateparser.

dateparser (1.5) reads the seven languages; the first look at one costs about 30 ms, every further one about one.
What it does not know are number words before a span ("dos semanas") and words like "next": those are data.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import dateparser

from bot.domain.model import Moment, as_utc
from bot.domain.vocabulary import Vocabulary, fold, has, is_spaceless

LONGEST: Final = 8
"""Words of the longest date anybody writes."""

FARTHEST: Final = timedelta(days=3 * 366)
"""What is farther away was not meant, or not read."""

READ_AT_MOST: Final = 120
"""Characters after a command in which a date is looked for."""

_TOKEN: Final = re.compile(r"[^\s,;!?()]+")
_NUMERIC: Final = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?![\d/.-]*\d)")
_DIGIT: Final = re.compile(r"\d")
_NUMBER: Final = re.compile(r"\d+")
_WHOLE: Final = re.compile(r"\d[./-]\d")
_DOTTED: Final = re.compile(r"^(\d{1,2})\.(\d{1,2})\.$")
"""5.12. is a day in Germany, not twelve past five."""

_ORDINAL: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|e|º|ª)\b")
_TIME: Final = re.compile(
    r"^\s*(\d{1,2})(?:[:.h時](\d{2}))?\s*分?\s*(am|pm|a\.m\.|p\.m\.)?(?:\s*(?:uhr|h|uur|時))?\s*$"
)


def until(text: str, vocabularies: Sequence[Vocabulary], zone: str, now: Moment) -> tuple[date, ...]:
    """Return the day that a text names, in the zone: none where it names none, two where it can be read in two ways.

    Of two that are named ("from 1 to 12 December") it is the later one.

    The first vocabulary is the person's own. A day that is over this year is meant for the next.
    """
    raw = text[:READ_AT_MOST]
    here = now.astimezone(ZoneInfo(zone))
    for vocabulary in vocabularies:
        if vocabulary.language == "en" and (either := _either_way(raw, here.date())):
            return either
        if (day := _named(raw, vocabulary, here)) is not None:
            return (day,)
    return ()


def end_of(day: date, zone: str) -> Moment:
    """Return when somebody is back who is away until a day: as it begins, by their wall clock; in UTC."""
    return as_utc(datetime.combine(day, time(), ZoneInfo(zone)))


def _either_way(text: str, today: date) -> tuple[date, ...]:
    """Return both days of a date like 3/4, which is in April or in March as people were taught."""
    found = _NUMERIC.search(text)
    if found is None:
        return ()
    one, two = int(found[1]), int(found[2])
    days = {_next(today, month, day) for month, day in ((one, two), (two, one))} - {None}
    return tuple(sorted(day for day in days if day is not None))


def _next(today: date, month: int, day: int) -> date | None:
    year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named(text: str, vocabulary: Vocabulary, here: datetime) -> date | None:
    settings: dict[str, Any] = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": here.replace(tzinfo=None),
        "RETURN_AS_TIMEZONE_AWARE": False,
        "DATE_ORDER": "DMY",
    }
    days: list[date] = []
    taken: set[int] = set()
    has_digits = _DIGIT.search(text) is not None
    for places, piece in _pieces(text, vocabulary):
        if not taken.isdisjoint(places) or (has_digits and not days and not _DIGIT.search(piece) and len(places) == 1):
            continue  # of "Feb 30", "Feb" is no date
        try:
            found = dateparser.parse(piece, languages=[vocabulary.language], settings=settings)
        except (ValueError, OverflowError, RecursionError):
            continue
        if isinstance(found, datetime) and here.date() <= found.date() <= here.date() + FARTHEST:
            days.append(here.date() if _is_today(found, piece, here) else found.date())
            taken.update(places)
    return max(days, default=None)


def _is_today(found: datetime, piece: str, here: datetime) -> bool:
    """Say whether today's date was meant, which the parser reads as next year's. On the first, "1" may be a year."""
    is_date = (found.month, found.day) == (here.month, here.day) and here.day > 1
    return is_date and [int(one) for one in _NUMBER.findall(piece)][:2] in ([here.day], [here.day, here.month])


def _pieces(text: str, vocabulary: Vocabulary) -> Iterator[tuple[range, str]]:
    """Yield the stretches of a text that may be a date, the longest first: those with a digit or a name of a time."""
    tokens = [_plain(token, vocabulary) for token in _TOKEN.findall(text)]
    kept = [token for token in tokens if token]
    times = [fold(one) for one in vocabulary.times]
    for size in range(min(LONGEST, len(kept)), 0, -1):
        for at in range(len(kept) - size + 1):
            piece = " ".join(kept[at : at + size])
            if _WHOLE.search(piece) or any(has(fold(piece), one) for one in times):
                yield range(at, at + size), piece


def _plain(token: str, vocabulary: Vocabulary) -> str:
    token = _DOTTED.sub(r"\1/\2", token)
    word = fold(token).strip(".")
    for said, number in vocabulary.numbers.items():
        if word == fold(said):
            return str(number)
        if is_spaceless(said):
            token = token.replace(said, str(number))
    for dropped in vocabulary.dropped:
        if word == fold(dropped):
            return ""
        if is_spaceless(dropped):
            token = token.replace(dropped, "")
    return _ORDINAL.sub(r"\1", token) if _DIGIT.search(token) else token


def clock_time(text: str) -> time | None:
    """Read a time of day: 22:00, 22, 10pm, 22h, 22 Uhr, 22時. None where it is none."""
    found = _TIME.match(fold(text))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour % 24 if hour == 24 else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


_TIME_IN: Final = re.compile(r"(?<![\d:.])(?:\d{1,2}[:.h時]\d{2}|\d{1,2}\s*(?:am|pm|a\.m\.|p\.m\.|uhr|h\b|uur|時))")


def time_in(text: str) -> time | None:
    """Find a time of day somewhere in a text: 21:00, 9pm, 21 Uhr. None where there is none."""
    found = _TIME_IN.search(fold(text))
    if found is None:
        return None
    behind = fold(text)[found.end() :].split()
    half = behind[0] if behind and behind[0] in {"am", "pm", "a.m.", "p.m."} else ""
    return clock_time(f"{found[0]} {half}".strip())


_SPAN: Final = re.compile(
    r"(\d{1,2}(?:[:.h時]\d{2})?\s*分?\s*(?:am|pm|a\.m\.|p\.m\.|uhr|uur|h|時)?)"
    r"\s*(?:-|–|—|to|until|bis|a|à|as|até|tot|hasta|から|〜|~)\s*"
    r"(\d{1,2}(?:[:.h時]\d{2})?\s*分?\s*(?:am|pm|a\.m\.|p\.m\.|uhr|uur|h|時)?)"
)


def clock_span(text: str) -> tuple[time, time] | None:
    """Read from when until when, as in "22:00-07:00" or "10pm to 7am"."""
    found = _SPAN.search(fold(text))
    if found is None:
        return None
    start, end = clock_time(found[1]), clock_time(found[2])
    return (start, end) if start is not None and end is not None else None
