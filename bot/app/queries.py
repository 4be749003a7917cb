"""What is there to see, for the terminal and whoever else looks: read, put into values, changed by nobody.

Every time is UTC. Nobody who is not a member is named here, and no text of anybody's.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Literal
from zoneinfo import ZoneInfo

from bot.app.ingest import COUNTS_UNTIL
from bot.app.shelves import SessionRow, Storage, UnitOfWork
from bot.domain.attendance import held_until, is_held, is_observed
from bot.domain.chat import Chat, next_session, zone_of
from bot.domain.model import Consent, Member, Moment, Platform, Value
from bot.domain.outbox import ANSWER, OutboxMessage, State


class ReminderView(Value):
    """What became of a reminder, and when: done, or else created."""

    session: str | None
    kind: str
    state: State
    at: Moment


class MemberView(Value):
    """A member. `is_live` says that they confirmed and hear from us; `since` is when they first wrote START.

    `refusing` are those of their accounts to which the platform delivers nothing of ours.
    """

    id: str
    handles: tuple[str, ...]
    consent: Consent
    is_live: bool
    chats: tuple[str, ...]
    zone: str
    language: str
    since: Moment
    last_heard_at: Moment
    last_reminder: ReminderView | None = None
    refusing: tuple[str, ...] = ()


class SessionView(Value):
    """A session. `held` and `observed` are None where that is not known yet.

    `present` counts members, `people` everybody who posted, `calls` the calls for members.
    """

    id: str
    chat: str
    starts_at: Moment
    ends_at: Moment
    state: Literal["coming", "live", "ended", "settled"]
    held: bool | None
    observed: bool | None
    questions: int
    people: int
    present: int
    calls: int


class MessageView(Value):
    """An outbox message, without its text."""

    id: str
    kind: str
    platform: Platform
    to: str
    member: str
    session: str | None
    state: State
    reason: str
    attempts: int
    created_at: Moment
    not_before: Moment
    expires_at: Moment
    done_at: Moment | None
    link: str | None


class ChatView(Value):
    """A configured chat and its session that is on or comes next; `next_local` is by the wall clock of `zone`."""

    tag: str
    title: str
    zone: str
    minutes: int
    hosts: tuple[str, ...]
    source: Literal["catalogue", "own"]
    next_at: Moment | None = None
    next_local: str | None = None
    is_live: bool = False


def members(storage: Storage) -> tuple[MemberView, ...]:
    """Return all members, the newest first."""
    with storage.work() as work:
        everybody = work.members.everybody()
        messages = [message for state in State for message in work.outbox.in_state(state)]
    latest: dict[str, OutboxMessage] = {}
    for message in sorted(messages, key=lambda one: one.created_at):
        if message.kind != ANSWER:
            latest[message.member_id] = message
    return tuple(
        _member(one, latest.get(one.id)) for one in sorted(everybody, key=lambda one: one.joined_at, reverse=True)
    )


def sessions(
    storage: Storage, chats: Mapping[str, Chat], now: Moment, *, chat: str | None = None, limit: int = 20
) -> tuple[SessionView, ...]:
    """Return the latest sessions (of one chat), newest first. `chats` are those of the configuration."""
    with storage.work() as work:
        return tuple(session_view(work, row, chats, now) for row in work.sessions.latest(chat, limit))


def outbox(storage: Storage, *, state: State | None = None, limit: int = 50) -> tuple[MessageView, ...]:
    """Return the latest messages (in one state), newest first."""
    with storage.work() as work:
        found = work.outbox.latest(limit) if state is None else work.outbox.in_state(state)[::-1][:limit]
    return tuple(message_view(message) for message in found)


def chats(configured: Iterable[Chat], now: Moment, *, own: Container[str] = ()) -> tuple[ChatView, ...]:
    """Return chats, the soonest first. `own` are the tags that do not come from the catalogue."""
    views = [_chat(one, now, is_own=one.tag in own) for one in configured]
    return tuple(sorted(views, key=lambda view: (view.next_at is None, view.next_at or now, view.tag)))


def session_view(work: UnitOfWork, row: SessionRow, chats: Mapping[str, Chat], now: Moment) -> SessionView:
    """Return a session as it stands at `now`; what is not settled is counted afresh."""
    session, is_settled = row.session, row.settled_at is not None
    questions = len(work.sessions.questions(session.id))
    people = row.people if is_settled else work.posts.people(session.id, session.ends_at + COUNTS_UNTIL)
    chat = chats.get(session.chat)
    early = work.posts.people(session.id, held_until(session))
    has_signs = is_held(chat, questions, early) if chat else questions > 0
    has_begun = session.starts_at <= now
    return SessionView(
        id=session.id,
        chat=session.chat,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        state=_state(row, now),
        held=row.held if is_settled else has_signs or None,
        observed=row.observed if is_settled or not has_begun else is_observed(session, row.watched_until, now),
        questions=questions,
        people=people,
        present=len(work.attendances.of_session(session.id)),
        calls=sum(work.calls.counts(session.id).values()),
    )


def message_view(message: OutboxMessage) -> MessageView:
    """Return a message without its text."""
    return MessageView(
        id=message.id,
        kind=message.kind,
        platform=message.platform,
        to=message.handle,
        member=message.member_id,
        session=message.session_id,
        state=message.state,
        reason=message.reason,
        attempts=message.attempts,
        created_at=message.created_at,
        not_before=message.not_before,
        expires_at=message.expires_at,
        done_at=message.done_at,
        link=message.receipt_url,
    )


def _member(member: Member, last: OutboxMessage | None) -> MemberView:
    return MemberView(
        id=member.id,
        handles=tuple(one.handle for one in member.identities),
        consent=member.consent,
        is_live=member.consent is Consent.LIVE,
        chats=member.chats,
        zone=member.zone,
        language=member.language,
        since=member.joined_at,
        last_heard_at=member.last_heard_at,
        refusing=tuple(one.handle for one in member.identities if one.refused_at is not None),
        last_reminder=None
        if last is None
        else ReminderView(
            session=last.session_id, kind=last.kind, state=last.state, at=last.done_at or last.created_at
        ),
    )


def _state(row: SessionRow, now: Moment) -> Literal["coming", "live", "ended", "settled"]:
    if row.settled_at is not None:
        return "settled"
    if now < row.session.starts_at:
        return "coming"
    return "live" if now < row.session.ends_at else "ended"


def _chat(chat: Chat, now: Moment, *, is_own: bool) -> ChatView:
    view = ChatView(
        tag=chat.tag,
        title=chat.title,
        zone=chat.zone,
        minutes=chat.slots[-1].minutes,
        hosts=chat.hosts,
        source="own" if is_own else "catalogue",
    )
    coming = next_session(chat, now)
    if coming is None:
        return view
    zone = zone_of(chat, coming)
    local = coming.starts_at.astimezone(ZoneInfo(zone))
    return view.model_copy(
        update={
            "zone": zone,
            "minutes": round((coming.ends_at - coming.starts_at).total_seconds() / 60),
            "next_at": coming.starts_at,
            "next_local": f"{local:%Y-%m-%dT%H:%M}",
            "is_live": coming.is_live(now),
        }
    )
