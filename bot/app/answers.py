"""What is looked up to answer CHATS and STATUS (WHY is in `bot.app.why`). Every number is of this member alone."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.app.shelves import UnitOfWork
from bot.domain.chat import Chat, next_session
from bot.domain.model import AWAY_OPEN, Member, Moment, Value
from bot.domain.outbox import ANSWER, State
from bot.domain.policy import QuietHours
from bot.domain.values import a_clock, a_day, a_list, a_moment, a_number, a_time, hashtags


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
        if coming is not None and coming.is_live(now):
            words[f"until#{tag}"] = a_clock(coming.ends_at)
            coming = next_session(chat, coming.ends_at)
        words[f"#{tag}"] = "" if coming is None else a_moment(coming.starts_at)
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
