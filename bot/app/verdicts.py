"""What is decided of one member and one session: once as a row, and then, if they are to be reminded, as a message."""

from collections.abc import Sequence
from uuid import uuid4

from bot.app.ingest import was_here
from bot.app.journal import Decided, Event, Moved
from bot.app.shelves import DecisionRow, SessionRow, UnitOfWork
from bot.domain.chat import WATCHED_BEFORE, Session
from bot.domain.facts import Facts
from bot.domain.model import Identity, Member, Moment
from bot.domain.outbox import OutboxMessage, reminder_key
from bot.domain.rules import Remind, Rule, decide


class Verdicts:
    """Decides of one session's members by rules, and records it. What was said of whom is remembered: most of it costs
    no row.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._said: dict[str, tuple[str, bool]] = {}

    def weigh(
        self,
        work: UnitOfWork,
        facts: Facts,
        member: Member,
        identity: Identity,
        row: SessionRow,
        now: Moment,
        events: list[Event],
    ) -> int:
        """Decide from facts, on the account that a reminder would go to; return whether one became due, as 0 or 1."""
        session = row.session
        decision = decide(facts, self._rules, session, now)
        if isinstance(decision, Remind):  # a second look, before it is a message
            is_reminded = work.outbox.has_reminder(member.id, session.id)
            looked = {"is_present": is_here(work, member, row), "is_reminded": is_reminded}
            facts = facts.model_copy(update=looked)
            decision = decide(facts, self._rules, session, now)
        before, says = self._said.get(member.id), (decision.shape, facts.calls > 0)
        self._said[member.id] = says
        if before == says:
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
