"""From facts to decisions: the rules decide, the decision is a row before it is a message.

Whoever was called is weighed at once, at every tick. Everybody else is weighed once a minute while the session is on,
from when on a rule could hold for somebody whom nobody called.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import uuid4

from bot.app.closeness import weights
from bot.app.facts import Scene, facts_of, scene_of
from bot.app.ingest import was_here
from bot.app.journal import Decided, Event, Journal, Moved
from bot.app.past import Past
from bot.app.shelves import CallRow, DecisionRow, SessionRow, Storage, UnitOfWork
from bot.domain.chat import WATCHED_BEFORE, Chat, Session
from bot.domain.facts import Facts, phase_of
from bot.domain.model import Identity, Member, Moment
from bot.domain.outbox import OutboxMessage, reminder_key
from bot.domain.rules import Remind, Rule, decide

WEIGH_ALL_EVERY: Final = timedelta(minutes=1)
BATCH: Final = 500
"""Members weighed in one transaction, so that nobody waits long for the database."""


class Decide:
    """Weighs every member of every open session. Weighing twice changes nothing.

    Not for two threads at once: it remembers what it read of the past, and what it said, while a session is open.
    """

    def __init__(self, storage: Storage, rules: Sequence[Rule], chats: Mapping[str, Chat], journal: Journal) -> None:
        self._storage = storage
        self._rules = rules
        self._chats = chats
        self._journal = journal
        self._uncalled_from = min(
            (rule.when.share_gone_at_least or 0.0 for rule in rules if rule.kind != "called"), default=None
        )
        self._pasts: dict[str, Past] = {}
        self._weighed_at: dict[str, Moment] = {}
        self._said: dict[str, dict[str, tuple[str, bool]]] = {}

    def tick(self, now: Moment) -> int:
        """Decide what is to be decided at `now`; return how many reminders became due."""
        with self._storage.work() as work:
            rows = [row for row in work.sessions.open() if row.session.chat in self._chats]
        self._forget({row.session.id for row in rows})
        return sum(self._session(row, now) for row in rows if phase_of(row.session, now) in {"live", "after"})

    def _forget(self, kept: set[str]) -> None:
        """Drop what was remembered of sessions that are not open any more."""
        for memory in (self._pasts, self._weighed_at, self._said):
            for gone in memory.keys() - kept:
                del memory[gone]

    def _session(self, row: SessionRow, now: Moment) -> int:
        events: list[Event] = []
        due = 0
        with self._storage.work() as work:
            called = work.calls.called_members(row.session.id)
            if called:
                scene = scene_of(work, self._chats[row.session.chat], row, now)
                for member_id in called:
                    member = work.members.get(member_id)
                    if member is not None:
                        due += self._called(work, scene, member, row, now, events)
        if self._is_time_for_all(row, now):
            self._weighed_at[row.session.id] = now
            due += self._uncalled(row, frozenset(called), now, events)
        for event in events:
            self._journal(event)
        return due

    def _is_time_for_all(self, row: SessionRow, now: Moment) -> bool:
        session = row.session
        if self._uncalled_from is None or not session.is_live(now):
            return False
        begin = session.starts_at + self._uncalled_from * (session.ends_at - session.starts_at)
        last = self._weighed_at.get(session.id)
        return now >= begin and (last is None or now - last >= WEIGH_ALL_EVERY)

    def _past(self, work: UnitOfWork, row: SessionRow) -> Past:
        session = row.session
        if session.id not in self._pasts:
            self._pasts[session.id] = Past(work, self._chats[session.chat], session)
        return self._pasts[session.id]

    def _called(
        self, work: UnitOfWork, scene: Scene, member: Member, row: SessionRow, now: Moment, events: list[Event]
    ) -> int:
        its = row.session.id
        calls = work.calls.of(member.id, its)
        before = [row for row in work.decisions.of(member.id, its) if "calls" in row.facts]  # no wish is about calls
        if before and isinstance(before[-1].decision, Remind) and before[-1].facts["calls"] == len(calls):
            return 0  # nobody has called since the reminder became due
        facts = facts_of(
            scene,
            member,
            row,
            now,
            past=self._past(work, row),
            calls=calls,
            tie=max(weights(work, member.id, calls, now).values()),
            is_present=is_here(work, member, row),
            is_reminded=work.outbox.has_reminder(member.id, its),
        )
        return self._weigh(work, facts, member, _reached_by(member, calls), row, now, events)

    def _uncalled(self, row: SessionRow, called: frozenset[str], now: Moment, events: list[Event]) -> int:
        """Weigh everybody else but those who have their reminder, in batches: no transaction is long."""
        session = row.session
        with self._storage.work() as work:
            scene = scene_of(work, self._chats[session.chat], row, now)
            past = self._past(work, row)
            here = {one.member_id for one in work.attendances.of_session(session.id)}
            settled = called.union(work.outbox.reminded(session.id))
            members = [one for one in work.members.of_chat(session.chat) if one.id not in settled]
        due = 0
        for begin in range(0, len(members), BATCH):
            with self._storage.work() as work:
                for member in members[begin : begin + BATCH]:
                    is_present = member.id in here
                    facts = facts_of(scene, member, row, now, past=past, is_present=is_present, is_reminded=False)
                    due += self._weigh(work, facts, member, member.identities[0], row, now, events)
        return due

    def _weigh(
        self,
        work: UnitOfWork,
        facts: Facts,
        member: Member,
        identity: Identity,
        row: SessionRow,
        now: Moment,
        events: list[Event],
    ) -> int:
        session = row.session
        decision = decide(facts, self._rules, session, now)
        if isinstance(decision, Remind):  # a second look, before it is a message
            is_reminded = work.outbox.has_reminder(member.id, session.id)
            looked = {"is_present": is_here(work, member, row), "is_reminded": is_reminded}
            facts = facts.model_copy(update=looked)
            decision = decide(facts, self._rules, session, now)
        said = self._said.setdefault(session.id, {})
        before, said[member.id] = said.get(member.id), (decision.shape, facts.calls > 0)
        if before == said[member.id]:
            return 0
        kept = facts.model_dump(mode="json")
        row_of = DecisionRow(member_id=member.id, session_id=session.id, decision=decision, facts=kept, at=now)
        if not work.decisions.add(row_of) and before != (decision.shape, False):
            return 0  # known already, and not only of somebody whom nobody had called
        events.append(
            Decided(
                member_id=member.id,
                called=identity.called,
                session_id=session.id,
                decision=decision,
                is_called=facts.calls > 0,
                at=now,
            )
        )
        if not isinstance(decision, Remind):
            return 0
        message = reminder(member, identity, session, decision, now)
        if work.outbox.add(message):
            events.append(Moved(message=message))
        return 1


def is_here(work: UnitOfWork, member: Member, row: SessionRow) -> bool:
    """Say whether anything that is kept shows a member in a session, from when people gather for it."""
    return was_here(work, member, row.session, row.session.starts_at - WATCHED_BEFORE)


def _reached_by(member: Member, calls: Sequence[CallRow]) -> Identity:
    """Choose where to write: where the latest call came from, if the member has a thread with us there."""
    return member.identity(calls[-1].platform) or member.identities[0]


def reminder(member: Member, identity: Identity, session: Session, decision: Remind, now: Moment) -> OutboxMessage:
    """Make the message of a decision, to one of the member's accounts; it is worded when it is sent."""
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
