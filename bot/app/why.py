"""WHY: the member's own explanation of a message they got, from the same rows as `missed explain`.

The rule is said in the member's words, not by its name, which is in the language of whoever wrote the rules file.

Of other people no word and no name: how many they were, and, for as long as that is kept, where they wrote it.
"""

from collections.abc import Iterable, Mapping
from typing import Final
from zoneinfo import ZoneInfo

from bot.app.answers import Told
from bot.app.shelves import SessionRow, UnitOfWork
from bot.domain.chat import Chat
from bot.domain.conditions import Wanted
from bot.domain.model import Member, Post
from bot.domain.outbox import ANSWER, WISHED, OutboxMessage, State
from bot.domain.rules import Remind
from bot.domain.values import a_day, a_number

LINKS_AT_MOST: Final = 200
"""Characters of links in one answer; the sentences need the rest."""

Facts = Mapping[str, Wanted | None]


def why(work: UnitOfWork, member: Member, post: Post, chats: Mapping[str, Chat]) -> Told:
    """Tell why the member got the message that `post` answers, or else the last reminder."""
    message = work.outbox.by_receipt(post.platform, post.in_reply_to_id) if post.in_reply_to_id else None
    if message is None or message.member_id != member.id:
        sent = [one for one in work.outbox.of_member(member.id, State.SENT) if one.kind != ANSWER]
        message = max(sent, key=lambda one: (one.done_at or one.created_at, one.id), default=None)
    elif message.kind == ANSWER:
        return Told(note="why-answer")
    row = work.sessions.get(message.session_id) if message is not None and message.session_id is not None else None
    if message is None or row is None:
        return Told(note="why-none")
    return _because(work, member, message, row, chats)


def _because(
    work: UnitOfWork, member: Member, message: OutboxMessage, row: SessionRow, chats: Mapping[str, Chat]
) -> Told:
    chat = chats.get(row.session.chat)
    words = {
        "chat": chat.hashtag if chat else f"#{row.session.chat}",
        "day": a_day(row.session.starts_at.astimezone(ZoneInfo(member.zone)).date()),
    }
    if message.kind in WISHED:
        return Told(note=f"why-{message.kind}", words=words)
    made = _made(work, message)
    if made is None:
        return Told(note="why-forgotten", words=words)
    facts = made
    if message.kind != "called":
        run, questions = _count(facts, "absent_run"), _count(facts, "questions_left")
        return Told(note="why-lapsed", words={**words, "run": a_number(run), "questions": a_number(questions)})
    worded_at = message.attempted_at or message.created_at
    calls = [one for one in work.calls.of(member.id, row.session.id) if one.at <= worded_at]
    callers = {(one.platform, one.caller_id) for one in calls if one.caller_id}  # those who joined the message, too
    links = _links(one.url for one in calls)
    words |= {
        "people": a_number(max(1, _count(facts, "callers"), len(callers))),
        "phase": "live" if facts.get("phase") == "live" else "after",
        "minutes": a_number(_count(facts, "minutes_left")),
        "known": "no" if not links else "all" if len(links.split()) == len({one.url for one in calls}) else "some",
        "links": links,
    }
    return Told(note="why-called", words=words)


def _made(work: UnitOfWork, message: OutboxMessage) -> Facts | None:
    """Return the facts of the decision that a message came from."""
    for row in reversed(work.decisions.of(message.member_id, message.session_id)):
        if isinstance(row.decision, Remind) and row.decision.kind == message.kind:
            return row.facts
    return None


def _count(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return int(value) if isinstance(value, int | float) else 0


def _links(urls: Iterable[str]) -> str:
    kept: list[str] = []
    for url in dict.fromkeys(urls):
        if url and len(" ".join([*kept, url])) <= LINKS_AT_MOST:
            kept.append(url)
    return " ".join(kept)
