"""Who is weighed when: facts are gathered, the rules decide, the decision is a row before it is a message.

Whoever is called is weighed at once, and again once a minute or when the session itself has changed: when it comes to
take place, when it was heard to the end. Everybody else is weighed once a minute while the session is on, from when on
a rule could hold for somebody whom nobody called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from bot.app.closeness import weights
from bot.app.facts import Scene, facts_of, scene_of
from bot.app.journal import Event, Journal
from bot.app.past import Past
from bot.app.shelves import CallRow, SessionRow, Storage, UnitOfWork
from bot.app.verdicts import Verdicts, is_here
from bot.domain.chat import Chat
from bot.domain.facts import Phase, phase_of
from bot.domain.model import Identity, Member, Moment
from bot.domain.rules import Remind, Rule

WEIGH_EVERY: Final = timedelta(minutes=1)
BATCH: Final = 500
"""Members weighed in one transaction, so that nobody waits long for the database."""


class Weighed(NamedTuple):
    """When the called members of a session were weighed, what the session was like, and how often each was called."""

    at: Moment
    session: tuple[bool, bool, Phase]
    counts: Mapping[str, int]


@dataclass
class Memory:
    """What need not be read or written again while a session is open. It may be lost at any time."""

    verdicts: Verdicts
    past: Past | None = None
    called: Weighed | None = None
    others_at: Moment | None = None


class Decide:
    """Weighs every member of every open session. Weighing twice changes nothing.

    Not for two threads at once: it remembers.
    """

    def __init__(self, storage: Storage, rules: Sequence[Rule], chats: Mapping[str, Chat], journal: Journal) -> None:
        self._storage = storage
        self._rules = rules
        self._chats = chats
        self._journal = journal
        self._uncalled_from = min(
            (rule.when.share_gone_at_least or 0.0 for rule in rules if rule.kind != "called"), default=None
        )
        self._memories: dict[str, Memory] = {}

    def tick(self, now: Moment) -> int:
        """Decide what is to be decided in sessions that are on at `now`; return how many reminders became due.

        What goes wrong in one session is raised when the others are done.
        """
        return self._each("live", now)

    def afterwards(self, now: Moment) -> int:
        """Decide it in sessions that were over within the last day: many, and in less of a hurry."""
        return self._each("after", now)

    def _each(self, phase: Phase, now: Moment) -> int:
        with self._storage.work() as work:
            rows = [row for row in work.sessions.open() if row.session.chat in self._chats]
        open_ones = {row.session.id for row in rows}
        self._memories = {its: memory for its, memory in self._memories.items() if its in open_ones}
        due, failures = 0, list[Exception]()
        for row in rows:
            if phase_of(row.session, now) != phase:
                continue
            try:
                due += self._session(row, now)
            except Exception as failure:  # noqa: BLE001 - raised below: other sessions are not to wait for this one
                failures.append(failure)
                del self._memories[row.session.id]  # what could not be written was not said
        if failures:
            raise failures[0]
        return due

    def _session(self, row: SessionRow, now: Moment) -> int:
        due = 0
        events: list[Event] = []
        memory = self._memories.setdefault(row.session.id, Memory(Verdicts(self._rules)))
        with self._storage.work() as work:
            called = work.calls.counts(row.session.id)
            if called:
                scene = scene_of(work, self._chats[row.session.chat], row, now)
                memory.called, members = _news(memory.called, called, scene, row, now)
                for member_id in members:
                    due += self._called(work, scene, member_id, row, now, events)
        self._tell(events)
        if self._is_time_for_all(row, now):
            memory.others_at = now
            due += self._uncalled(row, frozenset(called), now)
        return due

    def _tell(self, events: list[Event]) -> None:
        for event in events:
            self._journal(event)

    def _is_time_for_all(self, row: SessionRow, now: Moment) -> bool:
        session = row.session
        if self._uncalled_from is None or not session.is_live(now):
            return False
        begin = session.starts_at + self._uncalled_from * (session.ends_at - session.starts_at)
        last = self._memories[session.id].others_at
        return now >= begin and not _is_fresh(last, now)

    def _past(self, work: UnitOfWork, row: SessionRow) -> Past:
        memory = self._memories[row.session.id]
        if memory.past is None:
            memory.past = Past(work, self._chats[row.session.chat], row.session)
        return memory.past

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
        verdicts, account = self._memories[its].verdicts, _reached_by(member, calls)
        return verdicts.weigh(work, facts, member, account, row, now, events)

    def _uncalled(self, row: SessionRow, called: frozenset[str], now: Moment) -> int:
        """Weigh everybody else but those who have their reminder, in batches: no transaction is long."""
        session = row.session
        with self._storage.work() as work:
            scene = scene_of(work, self._chats[session.chat], row, now)
            past = self._past(work, row)
            here = {one.member_id for one in work.attendances.of_session(session.id)}
            settled = called.union(work.outbox.reminded(session.id))
            members = [one for one in work.members.of_chat(session.chat) if one.id not in settled]
        due = 0
        verdicts = self._memories[session.id].verdicts
        for begin in range(0, len(members), BATCH):
            events: list[Event] = []
            with self._storage.work() as work:
                for member in members[begin : begin + BATCH]:
                    is_present = member.id in here
                    facts = facts_of(scene, member, row, now, past=past, is_present=is_present, is_reminded=False)
                    due += verdicts.weigh(work, facts, member, member.identities[0], row, now, events)
            self._tell(events)
        return due


def _reached_by(member: Member, calls: Sequence[CallRow]) -> Identity:
    """Choose where to write: where the latest call came from, if the member has a thread with us there."""
    return member.identity(calls[-1].platform) or member.identities[0]


def _news(
    last: Weighed | None, counts: Mapping[str, int], scene: Scene, row: SessionRow, now: Moment
) -> tuple[Weighed, list[str]]:
    """Return the called members of whom there is something new, nearly always nobody; and what to remember."""
    session = scene.is_held, scene.is_observed, phase_of(row.session, now)
    if last is None or last.session != session or not _is_fresh(last.at, now):
        return Weighed(now, session, counts), [*counts]
    news = [member_id for member_id, count in counts.items() if last.counts.get(member_id) != count]
    return last._replace(counts=counts), news


def _is_fresh(weighed_at: Moment | None, now: Moment) -> bool:
    """Say whether it was weighed within the last minute, also by a clock that was set back since."""
    return weighed_at is not None and weighed_at <= now < weighed_at + WEIGH_EVERY
