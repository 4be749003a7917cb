"""What hosts may do by direct message: call a session off, move it, ask for counts. Never write to anybody."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.app.answers import Told
from bot.app.ingest import COUNTS_UNTIL
from bot.app.programme import Programme
from bot.app.shelves import ChangeRow, UnitOfWork
from bot.domain.chat import WATCHED_BEFORE, Chat, Session, next_session, sessions_between, zone_of
from bot.domain.dates import time_in, until
from bot.domain.model import Consent, Moment, Post, as_utc
from bot.domain.outbox import ANSWER, State
from bot.domain.understanding import Intent
from bot.domain.values import a_moment, a_number
from bot.domain.vocabulary import Command
from bot.domain.wishes import Listener

MOVED_AT_MOST: Final = timedelta(days=14)


def hosted(programme: Mapping[str, Chat], handle: str) -> tuple[str, ...]:
    """Name the chats that somebody hosts, by what the configuration says."""
    return tuple(tag for tag, chat in programme.items() if handle.casefold() in chat.hosts)


def obey(work: UnitOfWork, programme: Programme, post: Post, intent: Intent, ear: Listener) -> Told:
    """Do what a host asks for one of their chats."""
    theirs = hosted(programme, post.author.handle)
    named = [tag for tag in theirs if tag in intent.chats] or list(theirs)
    if len(named) > 1:
        return Told(note="host-which", words={"example": f"{intent.command.value.upper()} #{named[0]}"})
    chat = programme[named[0]]
    session = _meant(chat, intent, ear) if intent.command is not Command.WHO else next_session(chat, ear.now)
    if session is None:
        is_any = next_session(chat, ear.now) is not None
        return Told(note="host-none-then" if is_any else "host-nothing", words={"chat": chat.hashtag})
    if intent.command is Command.WHO:
        return _who(work, chat, session, ear.now)
    moved_to = None
    if intent.command is Command.MOVE:
        moved_to = _moved_to(chat, session, intent, ear)
        if moved_to is None:
            return Told(note="host-how")
    day = _day_of(work, chat, session)
    _undo(work, session, ear.now)
    work.changes.put(ChangeRow(chat=chat.tag, day=day, moved_to=moved_to, at=ear.now))
    programme.refresh(work)
    if moved_to is None:
        return Told(note="host-cancelled", words={"chat": chat.hashtag, "at": a_moment(session.starts_at)})
    words = {"chat": chat.hashtag, "at": a_moment(moved_to), "before": a_moment(session.starts_at)}
    return Told(note="host-moved", words=words)


def _meant(chat: Chat, intent: Intent, ear: Listener) -> Session | None:
    """Return the session on the day that is named and has one, else the one that is on or comes next."""
    vocabularies = ear.understanding.in_order(*ear.languages)[:3]
    for day in until(intent.rest, vocabularies, chat.zone, ear.now):
        begin = datetime.combine(day, datetime.min.time(), ZoneInfo(chat.zone))
        found = sessions_between(chat, begin, begin + timedelta(days=1))
        if found:
            return found[0]
        if intent.command is Command.CANCEL:
            return None  # not another day's: the host named this one
    return next_session(chat, ear.now)


def _day_of(work: UnitOfWork, chat: Chat, session: Session) -> str:
    """Return the day under which a session's change is kept: its own, or that which it was moved away from."""
    own = session.starts_at.astimezone(ZoneInfo(zone_of(chat, session))).date().isoformat()
    moved = (row.day for row in work.changes.all() if (row.chat, row.moved_to) == (chat.tag, session.starts_at))
    return next(moved, own)


def _moved_to(chat: Chat, session: Session, intent: Intent, ear: Listener) -> Moment | None:
    clock = time_in(intent.rest)
    named = zone_of(chat, session)
    zone = ZoneInfo(named)
    vocabularies = ear.understanding.in_order(*ear.languages)[:3]
    days = until(intent.rest, vocabularies, named, ear.now)
    day = days[0] if len(days) == 1 else session.starts_at.astimezone(zone).date()
    if clock is None or len(days) > 1:
        return None
    moved_to = as_utc(datetime.combine(day, clock, zone))
    is_near = abs(moved_to - session.starts_at) <= MOVED_AT_MOST
    return moved_to if is_near and ear.now < moved_to else None


def _undo(work: UnitOfWork, session: Session, now: Moment) -> None:
    """Let a session that does not take place be one that nobody missed, and nobody hears of."""
    row = work.sessions.get(session.id)
    if row is None:
        return
    work.sessions.put(row.model_copy(update={"held": False, "observed": False, "settled_at": now, "erased_at": now}))
    for member in work.members.of_chat(session.chat):
        for message in work.outbox.of_member(member.id, State.PENDING):
            if message.kind != ANSWER and message.session_id == session.id:
                gone = {"state": State.SUPPRESSED, "reason": "a host called the session off", "done_at": now}
                work.outbox.move(message, message.model_copy(update=gone))
    work.posts.erase(session.id)


def _who(work: UnitOfWork, chat: Chat, session: Session, now: Moment) -> Told:
    is_on = session.starts_at - WATCHED_BEFORE <= now
    live = sum(one.consent is Consent.LIVE for one in work.members.of_chat(chat.tag))
    words = {
        "chat": chat.hashtag,
        "live": a_number(live),
        "is-on": "yes" if is_on else "no",
        "people": a_number(work.posts.people(session.id, session.ends_at + COUNTS_UNTIL)),
        "here": a_number(len(work.attendances.of_session(session.id))),
        "called": a_number(len(work.calls.counts(session.id))),
    }
    return Told(note="host-who", words=words)
