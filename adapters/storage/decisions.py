"""Calls for members, and what was decided about them."""

from typing import Any, Final

from sqlalchemy import Connection, func, select

from adapters.storage.leases import wake
from adapters.storage.rows import add_once, read
from adapters.storage.tables import calls, decisions
from bot.app.shelves import CallRow, DecisionRow
from bot.domain.rules import Remind, Skip

OUTCOMES: Final[dict[str, type[Remind] | type[Skip]]] = {"remind": Remind, "skip": Skip}


class SqlCalls:
    """Calls for members."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: CallRow) -> bool:
        """Record a call; False if that post called that member before."""
        is_new = add_once(self._connection, calls, row.model_dump())
        if is_new:
            wake(self._connection, "call")
        return is_new

    def of(self, member_id: str, session_id: str) -> list[CallRow]:
        """Return the calls for a member in a session, oldest first; callers are empty once they were erased."""
        query = select(calls).where(calls.c.session_id == session_id, calls.c.member_id == member_id)
        rows = read(self._connection, query.order_by(calls.c.at, calls.c.platform, calls.c.post_id))
        return [CallRow.model_validate({name: value or "" for name, value in row.items()}) for row in rows]

    def counts(self, session_id: str) -> dict[str, int]:
        """Return how often each member was called in a session, by the member's id."""
        query = select(calls.c.member_id, func.count().label("count")).where(calls.c.session_id == session_id)
        rows = read(self._connection, query.group_by(calls.c.member_id).order_by(calls.c.member_id))
        return {row["member_id"]: row["count"] for row in rows}


class SqlDecisions:
    """Every decision, each outcome of one shape once per member and session."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: DecisionRow) -> bool:
        """Record it; False where the same outcome for the same reason, wanting the same, is recorded already."""
        outcome = "remind" if isinstance(row.decision, Remind) else "skip"
        values = {
            "member_id": row.member_id,
            "session_id": row.session_id,
            "outcome": outcome,
            "reason": row.decision.shape,
            "decision": row.decision.model_dump(mode="json"),
            "facts": row.facts,
            "at": row.at,
        }
        return add_once(self._connection, decisions, values)

    def of(self, member_id: str, session_id: str | None = None) -> list[DecisionRow]:
        """Return a member's decisions, oldest first."""
        query = select(decisions).where(decisions.c.member_id == member_id)
        if session_id is not None:
            query = query.where(decisions.c.session_id == session_id)
        in_order = query.order_by(decisions.c.at, decisions.c.session_id, decisions.c.outcome, decisions.c.reason)
        return [_row(row) for row in read(self._connection, in_order)]


def _row(columns: dict[str, Any]) -> DecisionRow:
    return DecisionRow(
        member_id=columns["member_id"],
        session_id=columns["session_id"],
        decision=OUTCOMES[columns["outcome"]].model_validate(columns["decision"]),
        facts=columns["facts"],
        at=columns["at"],
    )
