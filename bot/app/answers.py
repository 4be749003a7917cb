"""What is looked up to answer CHATS, STATUS and WHY. Every number is of this member alone."""

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.app.shelves import DecisionRow, UnitOfWork
from bot.domain.chat import Chat, next_session
from bot.domain.model import AWAY_OPEN, Member, Moment, Post, Value
from bot.domain.outbox import ANSWER, OutboxMessage, State
from bot.domain.policy import QuietHours
from bot.domain.rules import Remind
from bot.domain.values import a_day, a_list, a_moment, a_number, a_time, hashtags

LINKS_AT_MOST: Final = 200
"""Characters of links in one answer; the sentences need the rest."""


class Told(Value):
    """An answer: its note and its words, and the member where the answer changed them."""

    note: str
    words: dict[str, str] = Field(default_factory=dict)
    member: Member | None = None


def chats(programme: Mapping[str, Chat], zone: str, now: Moment) -> Told:
    """Tell when each chat is on; `bot.app.compose` makes one line of each."""
    words = {"zone": zone}
    for tag, chat in programme.items():
        coming = next_session(chat, now)
        words[f"#{tag}"] = "" if coming is None else "live" if coming.is_live(now) else a_moment(coming.starts_at)
    return Told(note="chats", words=words)


def status(work: UnitOfWork, member: Member, usual: QuietHours, now: Moment) -> Told:
    """Tell what is known of a member, and what they asked for."""
    wants = member.preferences
    start, end = wants.quiet or (usual.start, usual.end)
    sent = [one for one in work.outbox.of_member(member.id, State.SENT) if one.kind != ANSWER]
    away = wants.away_until if member.is_away(now) else None
    words = {
        "consent": member.consent.value if member.consent.value in {"live", "asked"} else "stopped",
        "chats": hashtags(member.chats),
        "away": "no" if away is None else "open" if away == AWAY_OPEN else "until",
        "until": a_moment(away) if away is not None and away != AWAY_OPEN else "",
        "zone": member.zone,
        "guess": "no" if wants.is_zone_said else "yes",
        "quiet": "none" if start == end else "some",
        "start": a_time(start),
        "end": a_time(end),
        "lifted": "yes" if wants.is_quiet_lifted else "no",
        "headsup": "some" if wants.heads_up else "none",
        "headsups": a_list(f"#{tag} ({minutes})" for tag, minutes in wants.heads_up.items()),
        "next": "some" if wants.next_for else "none",
        "nexts": hashtags(wants.next_for),
        "recap": "some" if wants.recap else "none",
        "recaps": hashtags(wants.recap),
        "accounts": a_list(one.handle for one in member.identities),
        "sessions": a_number(work.attendances.count(member.id)),
        "since": a_day(member.joined_at.astimezone(ZoneInfo(member.zone)).date()),
        "reminders": a_number(len(sent)),
    }
    return Told(note="status", words=words)


def why(work: UnitOfWork, member: Member, post: Post) -> Told:
    """Tell why the member got the message that they answer, or else the last reminder, from the kept decision."""
    message = work.outbox.by_receipt(post.platform, post.in_reply_to_id) if post.in_reply_to_id else None
    if message is not None and message.member_id == member.id and message.kind == ANSWER:
        return Told(note="why-answer")
    if message is None or message.member_id != member.id:
        sent = [one for one in work.outbox.of_member(member.id, State.SENT) if one.kind != ANSWER]
        message = max(sent, key=lambda one: (one.done_at or one.created_at, one.id), default=None)
    if message is None or message.session_id is None:
        return Told(note="why-none")
    made = [row for row in work.decisions.of(member.id, message.session_id) if isinstance(row.decision, Remind)]
    row = next((one for one in reversed(made) if one.at <= message.created_at), None)
    return _because(work, member, message, message.session_id, row)


def _because(
    work: UnitOfWork, member: Member, message: OutboxMessage, session_id: str, row: DecisionRow | None
) -> Told:
    chat = f"#{session_id.partition('@')[0]}"
    if row is None or message.kind != "called":
        rule = row.decision.rule if row is not None and isinstance(row.decision, Remind) else message.kind
        words = {"chat": chat, "rule": rule, "at": a_moment(row.at if row else message.created_at)}
        return Told(note="why-other", words=words)
    calls = work.calls.of(member.id, session_id)
    facts = row.facts
    worded_at = message.attempted_at or message.created_at
    calls = [call for call in calls if call.at <= worded_at]
    known = {(call.platform, call.caller_id) for call in calls if call.caller_id}  # forgotten a day after the session
    callers = len(known) or int(float(facts.get("callers", len(calls))))
    words = {
        "chat": chat,
        "callers": a_number(callers),
        "calls": a_number(len(calls)),
        "phase": "live" if facts.get("phase", "live") == "live" else "after",
        "minutes": a_number(int(float(facts.get("minutes_left", 0)))),
        "links": _links([call.url for call in calls]),
    }
    return Told(note="why-called", words=words)


def _links(urls: list[str]) -> str:
    kept: list[str] = []
    for url in dict.fromkeys(urls):
        if url and len(" ".join([*kept, url])) <= LINKS_AT_MOST:
            kept.append(url)
    return " ".join(kept)
