"""From facts to decisions: the rules decide, the decision is a row before it is a message.

Whoever is called is weighed at once, and again once a minute or when the session itself has changed: when it comes to
take place, when it was heard to the end. Everybody else is weighed once a minute while the session is on, from when on
a rule could hold for somebody whom nobody called.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import uuid4

from bot.app.closeness import weights
from bot.app.facts import Scene, facts_of, scene_of
from bot.app.ingest import was_here
from bot.app.journal import Decided, Event, Journal, Moved
from bot.app.past import Past
from bot.app.shelves import CallRow, DecisionRow, SessionRow, Storage, UnitOfWork
from bot.domain.chat import WATCHED_BEFORE, Chat, Session
from bot.domain.facts import Facts, Phase, phase_of
from bot.domain.model import Identity, Member, Moment
from bot.domain.outbox import OutboxMessage, reminder_key
from bot.domain.rules import Remind, Rule, decide

WEIGH_EVERY: Final = timedelta(minutes=1)
BATCH: Final = 500
"""Members weighed in one transaction, so that nobody waits long for the database."""


class Weighed(NamedTuple):
    """When the called members of a session were weighed, what the session was like, and how often each was called."""

    at: Moment
    session: tuple[bool, bool, Phase]
    counts: Mapping[str, int]


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
        self._called_weighed: dict[str, Weighed] = {}
        self._said: dict[str, dict[str, tuple[str, bool]]] = {}

    def tick(self, now: Moment) -> int:
        """Decide what is to be decided in sessions that are on at `now`; return how many reminders became due."""
        return self._each("live", now)

    def afterwards(self, now: Moment) -> int:
        """Decide it in sessions that were over within the last day: many, and in less of a hurry."""
        return self._each("after", now)

    def _each(self, phase: Phase, now: Moment) -> int:
        with self._storage.work() as work:
            rows = [row for row in work.sessions.open() if row.session.chat in self._chats]
        self._forget({row.session.id for row in rows})
        return sum(self._session(row, now) for row in rows if phase_of(row.session, now) == phase)

    def _forget(self, kept: set[str]) -> None:
        """Drop what was remembered of sessions that are not open any more."""
        for memory in (self._pasts, self._weighed_at, self._called_weighed, self._said):
            for gone in memory.keys() - kept:
                del memory[gone]

    def _session(self, row: SessionRow, now: Moment) -> int:
        events: list[Event] = []
        due = 0
        weighed: Weighed | None = None
        with self._storage.work() as work:
            called = work.calls.counts(row.session.id)
            if called:
                scene = scene_of(work, self._chats[row.session.chat], row, now)
                weighed, members = self._to_weigh(called, scene, row, now)
                for member_id in members:
                    due += self._called(work, scene, member_id, row, now, events)
        if weighed is not None:
            self._called_weighed[row.session.id] = weighed
        if self._is_time_for_all(row, now):
            self._weighed_at[row.session.id] = now
            due += self._uncalled(row, frozenset(called), now, events)
        for event in events:
            self._journal(event)
        return due

    def _to_weigh(
        self, counts: Mapping[str, int], scene: Scene, row: SessionRow, now: Moment
    ) -> tuple[Weighed, list[str]]:
        """Return the called members of whom there is something new, nearly always nobody; and what to remember."""
        session = scene.is_held, scene.is_observed, phase_of(row.session, now)
        last = self._called_weighed.get(row.session.id)
        if last is None or last.session != session or now - last.at >= WEIGH_EVERY:
            return Weighed(now, session, counts), [*counts]
        news = [member_id for member_id, count in counts.items() if last.counts.get(member_id) != count]
        return last._replace(counts=counts), news

    def _is_time_for_all(self, row: SessionRow, now: Moment) -> bool:
        session = row.session
        if self._uncalled_from is None or not session.is_live(now):
            return False
        begin = session.starts_at + self._uncalled_from * (session.ends_at - session.starts_at)
        last = self._weighed_at.get(session.id)
        return now >= begin and (last is None or now - last >= WEIGH_EVERY)

    def _past(self, work: UnitOfWork, row: SessionRow) -> Past:
        session = row.session
        if session.id not in self._pasts:
            self._pasts[session.id] = Past(work, self._chats[session.chat], session)
        return self._pasts[session.id]

    def _called(
        self, work: UnitOfWork, scene: Scene, member_id: str, row: SessionRow, now: Moment, events: list[Event]
    ) -> int:
        its = row.session.id
        calls = work.calls.of(member_id, its)
        before = [row for row in work.decisions.of(member_id, its) if "calls" in row.facts]  # no wish is about calls
        if before and isinstance(before[-1].decision, Remind) and before[-1].facts["calls"] == len(calls):
            return 0  # nobody has called since the reminder became due
        member = work.members.get(member_id)
        if member is None:
            return 0
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
