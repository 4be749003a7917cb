"""What there is between two members."""

from sqlalchemy import Connection, and_, or_, select

from adapters.storage.rows import first, put, read
from adapters.storage.tables import ties
from bot.domain.ties import Tie


class SqlTies:
    """Ties between members, one row a pair, whichever of the two is asked first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, one_id: str, other_id: str) -> Tie | None:
        """Return the tie between two members, if they ever met."""
        low, high = sorted((one_id, other_id))
        row = first(self._connection, select(ties).where(and_(ties.c.low_id == low, ties.c.high_id == high)))
        return None if row is None else Tie(weight=row["weight"], at=row["at"])

    def put(self, one_id: str, other_id: str, tie: Tie) -> None:
        """Insert or replace the tie between two members."""
        low, high = sorted((one_id, other_id))
        put(self._connection, ties, {"low_id": low, "high_id": high, "weight": tie.weight, "at": tie.at})

    def of(self, member_id: str) -> dict[str, Tie]:
        """Return a member's ties by the other's id."""
        query = select(ties).where(or_(ties.c.low_id == member_id, ties.c.high_id == member_id))
        return {
            row["high_id"] if row["low_id"] == member_id else row["low_id"]: Tie(weight=row["weight"], at=row["at"])
            for row in read(self._connection, query)
        }
