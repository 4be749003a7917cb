"""From calls to decisions: facts are gathered, the rules decide, the decision is a row before it is a message."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from bot.app.ingest import COUNTS_UNTIL, was_here
from bot.app.journal import Decided, Event, Journal, Moved
from bot.app.shelves import CallRow, DecisionRow, SessionRow, Storage, UnitOfWork
from bot.domain.attendance import is_held, is_observed
from bot.domain.chat import WATCHED_BEFORE, Chat
from bot.domain.model import Identity, Member, Moment
from bot.domain.outbox import OutboxMessage, reminder_key
from bot.domain.pace import progress
from bot.domain.rules import Facts, Remind, Rule, decide, phase_of


class Decide:
    """Weighs every called member of every open session. Weighing twice changes nothing."""

    def __init__(self, storage: Storage, rules: Sequence[Rule], chats: Mapping[str, Chat], journal: Journal) -> None:
        self._storage = storage
        self._rules = rules
        self._chats = chats
        self._journal = journal

    def tick(self, now: Moment) -> int:
        """Decide what is to be decided at `now`; return how many reminders became due."""
        with self._storage.work() as work:
            rows = [row for row in work.sessions.open() if row.session.chat in self._chats]
        return sum(self._session(row, now) for row in rows if phase_of(row.session, now) in {"live", "after"})

    def _session(self, row: SessionRow, now: Moment) -> int:
        events: list[Event] = []
        reminders = 0
        with self._storage.work() as work:
            for member_id in work.calls.called_members(row.session.id):
                member = work.members.get(member_id)
                if member is not None:
                    reminders += self._member(work, member, row, now, events)
        for event in events:
            self._journal(event)
        return reminders

    def _member(self, work: UnitOfWork, member: Member, row: SessionRow, now: Moment, events: list[Event]) -> int:
        calls = work.calls.of(member.id, row.session.id)
        before = work.decisions.of(member.id, row.session.id)
        if before and isinstance(before[-1].decision, Remind) and before[-1].facts["calls"] == len(calls):
            return 0  # nobody has called since the reminder became due
        facts = self._facts(work, member, row, calls, now)
        decision = decide(facts, self._rules, row.session, now)
        kept = DecisionRow(
            member_id=member.id,
            session_id=row.session.id,
            decision=decision,
            facts=facts.model_dump(mode="json"),
            at=now,
        )
        if not work.decisions.add(kept):
            return 0
        identity = _reached_by(member, calls)
        events.append(
            Decided(member_id=member.id, called=identity.called, session_id=row.session.id, decision=decision, at=now)
        )
        if not isinstance(decision, Remind):
            return 0
        message = _reminder(member, identity, row, decision, now)
        if work.outbox.add(message):
            events.append(Moved(message=message))
        return 1

    def _facts(self, work: UnitOfWork, member: Member, row: SessionRow, calls: Sequence[CallRow], now: Moment) -> Facts:
        session, chat = row.session, self._chats[row.session.chat]
        asked = work.sessions.questions(session.id)
        clock = progress(chat, session, asked, now)
        return Facts(
            consent=member.consent,
            is_enrolled=session.chat in member.chats,
            is_bot=all(one.is_bot for one in member.identities),
            is_present=was_here(work, member, session, session.starts_at - WATCHED_BEFORE),
            is_held=is_held(chat, len(asked), work.posts.people(session.id, session.ends_at + COUNTS_UNTIL)),
            is_observed=is_observed(session, row.watched_until, now),
            is_reminded=work.outbox.has_reminder(member.id, session.id),
            phase=phase_of(session, now),
            calls=len(calls),
            callers=len({(call.platform, call.caller_id) for call in calls}),
            minutes_left=clock.left_for.total_seconds() / 60,
            questions_left=clock.to_come,
        )


def _reached_by(member: Member, calls: Sequence[CallRow]) -> Identity:
    """Choose where to write: where the latest call came from, if the member has a thread with us there."""
    return member.identity(calls[-1].platform) or member.identities[0]


def _reminder(member: Member, identity: Identity, row: SessionRow, decision: Remind, now: Moment) -> OutboxMessage:
    session = row.session
    return OutboxMessage(
        id=uuid4().hex,
        key=reminder_key(member.id, session.chat, session.starts_at, decision.kind),
        member_id=member.id,
        platform=identity.platform,
        account_id=identity.account_id,
        handle=identity.handle,
        kind=decision.kind,
        session_id=session.id,
        language=member.language,
        in_reply_to_id=identity.thread_post_id,
        not_before=decision.not_before,
        expires_at=decision.expires_at,
        created_at=now,
    )
