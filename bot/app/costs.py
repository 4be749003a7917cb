"""What the bot has cost this month, what it will have cost by its end, and what a configuration would cost.

Sums are dollars, months are UTC's. A plan says its assumptions; what is billed is in `bot.app.till`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.app.shelves import CostRow, Storage
from bot.app.till import MILLION, month_of, next_month
from bot.domain.chat import Chat, sessions_between
from bot.domain.model import Moment, Value

A_DAY: Final = timedelta(days=1)
YEAR: Final = timedelta(days=365.25)
DAYS_A_MONTH: Final = 365.25 / 12
CALLS_A_REMINDER: Final = 2
QUESTIONS_AND_TALK_OF_HOSTS: Final = 20


class ChatCosts(Value):
    """What one chat has cost this month (empty tag: nothing in particular), in how many sessions."""

    chat: str
    dollars: float
    sessions: int


class Costs(Value):
    """This month, so far and by its end. `until` is when the money's month ends."""

    since: Moment
    until: Moment
    dollars: float
    forecast: float
    by_chat: tuple[ChatCosts, ...]
    by_kind: dict[str, float]
    items: dict[str, int]


class Assumed(Value):
    """What a plan assumes of one session of each chat, and of people."""

    posts: int = 600
    members: int = 40
    reminders: int = 10
    mentions: int = 5
    posts_a_day: int = 27


class Plan(Value):
    """Dollars a month: as configured, beside naive polling of every member's posts and the least that could be.

    The least is one proof of presence for everybody who is there, and the reminders to the others.
    """

    chats: dict[str, float]
    sessions: float
    merged: float
    counts: float
    naive: float
    minimum: float
    configured: float
    assumed: Assumed


def costs(storage: Storage, chats: Mapping[str, Chat], now: Moment) -> Costs:
    """Return this month's costs. The forecast goes by what each chat's sessions cost, and by the days for the rest:
    by those sessions and days since anything was billed, for before that there was no bot.
    """
    begin, end = month_of(now), next_month(now)
    with storage.work() as work:
        rows = work.ledger.costs(begin.date())
    by_chat: defaultdict[str, int] = defaultdict(int)
    by_kind: defaultdict[str, int] = defaultdict(int)
    items: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        by_chat[row.chat] += row.micros
        by_kind[row.kind] += row.micros
        items[row.kind] += row.items
    began = {tag: _first_day([row for row in rows if row.chat == tag], begin) for tag in ("", *chats)}
    held = {tag: len(sessions_between(chat, began[tag], now)) for tag, chat in chats.items()}
    coming = {tag: len(sessions_between(chat, now, end)) for tag, chat in chats.items()}
    forecast = 0.0
    for tag, micros in by_chat.items():
        sessions = held.get(tag, 0)
        to_come = coming[tag] / sessions if sessions else (end - now) / max(A_DAY, now - began.get(tag, begin))
        forecast += micros * (1 + to_come)
    return Costs(
        since=begin,
        until=end,
        dollars=_dollars(rows),
        forecast=forecast / MILLION,
        by_chat=tuple(
            ChatCosts(chat=tag, dollars=micros / MILLION, sessions=held.get(tag, 0))
            for tag, micros in sorted(by_chat.items(), key=lambda one: -one[1])
        ),
        by_kind={kind: micros / MILLION for kind, micros in sorted(by_kind.items())},
        items=dict(sorted(items.items())),
    )


def _first_day(rows: Sequence[CostRow], begin: Moment) -> Moment:
    """Return the beginning of the first day of some rows, or the month's."""
    days = [datetime.combine(row.day, time(), UTC) for row in rows]
    return min(days, default=begin)


def _dollars(rows: Iterable[CostRow]) -> float:
    return sum(row.micros for row in rows) / MILLION


def plan(
    chats: Mapping[str, Chat],
    prices: Mapping[str, int],
    assumed: Assumed,
    now: Moment,
    *,
    is_counting: bool,
    owns_app: bool = True,
) -> Plan:
    """Price a configuration before anything runs, over the sessions of the year that begins now.

    Mentions of the bot are cheap where its account owns the app.
    """
    post, sent, count = (prices[kind] / MILLION for kind in ("post_read", "dm_sent", "count"))
    owned = prices["owned_read" if owns_app else "post_read"] / MILLION
    always = assumed.reminders * sent + assumed.mentions * owned
    merged = assumed.posts * post + always
    read = QUESTIONS_AND_TALK_OF_HOSTS + CALLS_A_REMINDER * assumed.reminders
    counting = assumed.members * count + read * post + always
    monthly = {tag: len(sessions_between(chat, now, now + YEAR)) / 12 for tag, chat in chats.items()}
    sessions = sum(monthly.values())
    each = counting if is_counting else merged
    return Plan(
        chats={tag: many * each for tag, many in monthly.items()},
        sessions=sessions,
        merged=sessions * merged,
        counts=sessions * counting,
        naive=assumed.members * assumed.posts_a_day * DAYS_A_MONTH * post,
        minimum=sessions * (max(0, assumed.members - assumed.reminders) * post + assumed.reminders * sent),
        configured=sessions * each,
        assumed=assumed,
    )
