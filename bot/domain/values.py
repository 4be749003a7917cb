"""The values inside our sentences, as rows keep them: text that says what it is, and is worded when it is sent.

A value is worded in the language and the zone that hold when its message goes out; see `bot.domain.wording`.
"""

from collections.abc import Iterable
from datetime import date, time

from bot.domain.model import Moment


def a_day(day: date) -> str:
    """Keep a day; it is worded with its weekday, and with its year where that is far."""
    return f"day:{day.isoformat()}"


def a_moment(moment: Moment) -> str:
    """Keep a moment; it is worded as day and time by the reader's clock."""
    return f"at:{moment.isoformat()}"


def a_clock(moment: Moment) -> str:
    """Keep a moment of which only the time of day matters, by the reader's clock."""
    return f"clock:{moment.isoformat()}"


def a_time(clock: time) -> str:
    """Keep a time of day, by the wall."""
    return f"time:{clock:%H:%M}"


def a_number(number: int) -> str:
    """Keep a number, by which plurals are chosen."""
    return f"number:{number}"


def a_list(items: Iterable[str]) -> str:
    """Keep a list; it is worded with the language's commas and its "and"."""
    return "list:" + "\x1f".join(items)


def a_choice(items: Iterable[str]) -> str:
    """Keep alternatives; they are worded with the language's "or"."""
    return "choice:" + "\x1f".join(items)


def a_name(name: str) -> str:
    """Keep somebody's name or handle; it is made harmless before it is said."""
    return f"name:{name}"


def hashtags(tags: Iterable[str]) -> str:
    """Keep the tags of chats as a list of hashtags."""
    return a_list(f"#{tag}" for tag in tags)
