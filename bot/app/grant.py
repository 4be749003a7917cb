"""What members asked to hear: HEADS-UP and NEXT before a session, RECAP after one they missed.

The same road as every reminder: a decision is a row, then a message in the outbox, in one transaction; delivery asks
the policy. A session is recapped once its attendance is final, so that nobody who was there is told what they missed.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from bot.app.journal import Decided, Event, Journal, Moved
from bot.app.manners import unanswered
from bot.app.shelves import DecisionRow, SessionRow, Storage, UnitOfWork
from bot.app.verdicts import is_here, reminder
from bot.domain.chat import Chat, Session, sessions_between
from bot.domain.facts import Facts, phase_of
from bot.domain.grants import Due, due_after, due_before, grant
from bot.domain.model import Member, Moment, Preferences
from bot.domain.outbox import BEFORE, OutboxMessage, reminder_key
from bot.domain.presence import Standing
from bot.domain.rules import Remind
from bot.domain.wishes import HEADS_UP_AT_MOST

LOOK_EVERY: Final = timedelta(minutes=1)
BATCH: Final = 500
"""Members weighed in one transaction, so that nobody waits long for the database."""

AHEAD: Final = timedelta(minutes=HEADS_UP_AT_MOST)

KNOWN: Final = frozenset({"consent", "is_enrolled", "is_bot", "is_present", "phase", "unanswered"})
"""The facts that are gathered for a wish, and kept with its decision; of a recap also whether it took place."""

DueFor = Callable[[Preferences, Session, Moment], Due | None]


class Grant:
    """Grants what members asked for. Granting twice changes nothing. Not for two threads at once."""

    def __init__(self, storage: Storage, chats: Mapping[str, Chat], journal: Journal) -> None:
        self._storage = storage
        self._chats = chats
        self._journal = journal
        self._looked_at: Moment | None = None
        self._recapped: dict[str, frozenset[str]] = {}

    def tick(self, now: Moment) -> int:
        """Decide about what is wanted at `now`, once a minute; return how many reminders became due."""
        if self._looked_at is not None and self._looked_at <= now < self._looked_at + LOOK_EVERY:
            return 0
        self._looked_at = now
        coming = [one for chat in self._chats.values() for one in sessions_between(chat, now, now + AHEAD)]
        with self._storage.work() as work:
            open_rows = [row for row in work.sessions.open() if row.session.chat in self._chats]
        over = [row.session for row in open_rows if row.settled_at is not None]
        self._recapped = {one.id: self._recapped.get(one.id, frozenset()) for one in over}
        due = sum(self._session(one, due_before, now) for one in coming if now < one.starts_at)
        return due + sum(self._session(one, due_after, now) for one in over)

    def _session(self, session: Session, due_for: DueFor, now: Moment) -> int:
        done = self._recapped.get(session.id, frozenset())
        with self._storage.work() as work:
            wishing = [one for one in work.members.wishing(session.chat) if one.id not in done]
        wanted = [(one, due) for one in wishing if (due := due_for(one.preferences, session, now)) is not None]
        granted, events = 0, list[Event]()
        for begin in range(0, len(wanted), BATCH):
            with self._storage.work() as work:
                row = work.sessions.ensure(session)
                some = wanted[begin : begin + BATCH] if row.erased_at is None else []
                granted += sum(_grant(work, member, row, due, now, events) for member, due in some)
        if session.id in self._recapped:  # what was true then stays true: nobody is weighed again
            self._recapped[session.id] = done.union(one.id for one, _ in wanted)
        for event in events:
            self._journal(event)
        return granted


def _grant(work: UnitOfWork, member: Member, row: SessionRow, due: Due, now: Moment, events: list[Event]) -> bool:
    session = row.session
    key = reminder_key(member.id, session.chat, session.starts_at, due.kind)
    if work.outbox.is_answered(key) or session.ends_at <= member.joined_at:
        return False
    facts = _facts(work, member, row, now)
    decision = grant(due, facts, now)
    known = KNOWN if due.kind in BEFORE else KNOWN | {"is_held", "is_observed"}
    kept = facts.model_dump(mode="json", include=set(known))
    made = DecisionRow(member_id=member.id, session_id=session.id, decision=decision, facts=kept, at=now)
    identity = member.identities[-1]  # where they wrote from last
    if work.decisions.add(made):
        told = Decided(
            member_id=member.id,
            called=identity.called,
            session_id=session.id,
            decision=decision,
            is_called=False,
            at=now,
        )
        events.append(told)
    if not isinstance(decision, Remind):
        return False
    message = reminder(member, identity, session, decision, now)
    is_new = work.outbox.add(message)
    events += [Moved(message=message)] * is_new
    return is_new


def _facts(work: UnitOfWork, member: Member, row: SessionRow, now: Moment) -> Facts:
    session = row.session
    return Facts(
        consent=member.consent,
        is_enrolled=session.chat in member.chats,
        is_bot=all(one.is_bot for one in member.identities),
        is_present=is_here(work, member, row),
        is_held=bool(row.held),
        is_observed=bool(row.observed),
        is_reminded=False,
        phase=phase_of(session, now),
        calls=0,
        callers=0,
        minutes_left=0,
        questions_left=0,
        standing=Standing.EXCUSED if member.is_away(now) else Standing.NEW,
        unanswered=unanswered(work, member),
    )


def fulfil(work: UnitOfWork, message: OutboxMessage) -> None:
    """NEXT is for once: a message before a session, once it was sent, ends the wish. One that was not keeps it."""
    member = work.members.get(message.member_id)
    row = work.sessions.get(message.session_id or "")
    if message.kind not in BEFORE or member is None or row is None:
        return
    left = tuple(tag for tag in member.preferences.next_for if tag != row.session.chat)
    if left != member.preferences.next_for:
        wants = member.preferences.model_copy(update={"next_for": left})
        work.members.put(member.model_copy(update={"preferences": wants}))
