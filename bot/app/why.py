"""WHY: the member's own explanation of the last message they got, from the same rows as `missed explain`.

Of other people no word and no name: how many they were, and, for as long as that is kept, where they wrote it.
"""

from collections.abc import Mapping
from typing import Final

from babel import Locale

from bot.app.shelves import UnitOfWork
from bot.domain.chat import Chat
from bot.domain.conditions import Wanted
from bot.domain.model import Member
from bot.domain.outbox import ANSWER, OutboxMessage, State
from bot.domain.rules import Remind
from bot.domain.wording import day_of, harmless

LINKS_AT_MOST: Final = 3

Facts = Mapping[str, Wanted | None]


def why(work: UnitOfWork, member: Member, chats: Mapping[str, Chat]) -> tuple[str, dict[str, str]]:
    """Return the note that explains the member's last reminder, and its words."""
    reminders = [one for one in work.outbox.of_member(member.id, State.SENT) if one.kind != ANSWER]
    last = max(reminders, key=lambda one: one.done_at or one.created_at, default=None)
    row = work.sessions.get(last.session_id) if last is not None and last.session_id is not None else None
    if last is None or row is None:
        return "why-nothing", {}
    chat = chats.get(row.session.chat)
    words = {
        "chat": chat.hashtag if chat else f"#{row.session.chat}",
        "day": day_of(row.session.starts_at, member.zone, member.language),
    }
    made = _made(work, last)
    if made is None:
        return "why-forgotten", words
    decision, facts = made
    words["rule"] = harmless(decision.rule)
    if last.kind != "called":
        run, left = _count(facts, "absent_run"), _count(facts, "questions_left")
        return "why-lapsed", {**words, **_number("run", run, member), **_number("questions", left, member)}
    calls = [
        one for one in work.calls.of(member.id, row.session.id) if one.at <= (last.attempted_at or last.created_at)
    ]
    links = [one.url for one in calls if one.url][:LINKS_AT_MOST]
    callers = {(one.platform, one.caller_id) for one in calls if one.caller_id}  # those who joined the message, too
    people, minutes = max(1, _count(facts, "callers"), len(callers)), _count(facts, "minutes_left")
    return "why-called", {
        **words,
        **_number("people", people, member),
        **_number("minutes", minutes, member),
        "is_live": "yes" if facts.get("phase") == "live" else "no",
        "links": " ".join(links) or "–",
        "has_links": "yes" if links else "no",
    }


def _made(work: UnitOfWork, message: OutboxMessage) -> tuple[Remind, Facts] | None:
    """Return the decision that a message came from, with its facts."""
    for row in reversed(work.decisions.of(message.member_id, message.session_id)):
        if isinstance(row.decision, Remind) and row.decision.kind == message.kind:
            return row.decision, row.facts
    return None


def _count(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return int(value) if isinstance(value, int | float) else 0


def _number(name: str, value: int, member: Member) -> dict[str, str]:
    """Return a number and its plural form in the member's language: what an answer keeps are words."""
    return {name: f"{value}", f"{name}_form": str(Locale.parse(member.language).plural_form(value))}
