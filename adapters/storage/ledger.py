"""Requests, closings and costs."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, delete, func, insert, select

from adapters.storage.rows import add_once, put, read
from adapters.storage.tables import billed, closings, costs, requests
from bot.app.shelves import Closing, CostRow
from bot.domain.model import Moment


class SqlLedger:
    """Requests, closings and costs of the accounts that are counted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def spend(self, account: str, use: str, at: Moment) -> None:
        """Record one request."""
        self._connection.execute(insert(requests).values(account=account, use=use, at=at))

    def spent(self, account: str, use: str, after: Moment) -> list[Moment]:
        """Return the times of the requests of a use after then, oldest first."""
        its = (requests.c.account == account, requests.c.use == use, requests.c.at > after)
        return list(self._connection.scalars(select(requests.c.at).where(*its).order_by(requests.c.at)))

    def close(self, account: str, use: str, until: Moment, why: str) -> None:
        """Close a use; a later closing replaces an earlier one."""
        put(self._connection, closings, {"account": account, "use": use, "until": until, "why": why})

    def closings(self, account: str) -> list[Closing]:
        """Return what was closed, by use, also where its time is over."""
        query = select(closings).where(closings.c.account == account).order_by(closings.c.use)
        return [Closing(use=row["use"], until=row["until"], why=row["why"]) for row in read(self._connection, query)]

    def bill(self, account: str, day: date, kind: str, chat: str, keys: Collection[str], price: int) -> int:
        """Charge things of a kind, each once a day whatever the chat; return how many were new."""
        named = {"account": account, "day": day, "kind": kind}
        new = sum(add_once(self._connection, billed, {**named, "key": key}) for key in keys)
        if new:
            its = (costs.c.account == account, costs.c.day == day, costs.c.kind == kind, costs.c.chat == chat)
            known = next(iter(read(self._connection, select(costs).where(*its))), {"items": 0, "micros": 0})
            row = {**named, "chat": chat, "items": known["items"] + new, "micros": known["micros"] + new * price}
            put(self._connection, costs, row)
        return new

    def owed(self, account: str, since: Moment) -> int:
        """Return what the account owes for the UTC days from then on, in millionths of a dollar."""
        its = (costs.c.account == account, costs.c.day >= since.date())
        return int(self._connection.scalar(select(func.coalesce(func.sum(costs.c.micros), 0)).where(*its)) or 0)

    def costs(self, since: date) -> list[CostRow]:
        """Return the costs of all accounts from that day on, by account, day, kind and chat."""
        by = (costs.c.account, costs.c.day, costs.c.kind, costs.c.chat)
        query = select(costs).where(costs.c.day >= since).order_by(*by)
        return [CostRow.model_validate(row) for row in read(self._connection, query)]

    def prune(self, before: Moment) -> int:
        """Forget single requests and billed ids from before then; return how many. Costs stay."""
        old = self._connection.execute(delete(requests).where(requests.c.at < before)).rowcount
        return old + self._connection.execute(delete(billed).where(billed.c.day < before.date())).rowcount
