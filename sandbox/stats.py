"""How often the server was asked, so that a test can bound it."""

from collections import Counter
from typing import Any

from sandbox.model import Account


class Stats:
    """Counts of requests to the API, the refused and the faulty ones included; the control paths are not counted."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str | None, str | None, str, str]] = Counter()
        self._over: Counter[str | None] = Counter()

    def count(self, token: str | None, account: Account | None, method: str, path: str) -> None:
        """Count one request."""
        self._counts[token, account.id if account else None, method, path] += 1

    def count_over(self, account: Account | None) -> None:
        """Count one request that was over a rate limit; a fault that only says so is none."""
        self._over[account.id if account else None] += 1

    def over_by(self, account_id: str) -> int:
        """Return how many requests of this account were over a rate limit."""
        return self._over[account_id]

    @property
    def total(self) -> int:
        """How many requests arrived."""
        return self._counts.total()

    def requests_by(self, token_or_account_id: str, *, method: str | None = None, path: str = "") -> int:
        """Return how many requests came with this token or of this account, optionally of one method and to paths
        that begin so.
        """
        return sum(
            count
            for (token, account_id, asked, where), count in self._counts.copy().items()
            if token_or_account_id in {token, account_id} and method in {None, asked} and where.startswith(path)
        )

    def as_json(self) -> dict[str, Any]:
        """Return the counts: ``total``, ``by_account`` (by id) and ``by_path`` (by ``METHOD path``)."""
        by_account: Counter[str] = Counter()
        by_path: Counter[str] = Counter()
        for (_, account_id, method, path), count in self._counts.items():
            by_account[account_id or "nobody"] += count
            by_path[f"{method} {path}"] += count
        return {"total": self.total, "by_account": dict(by_account), "by_path": dict(by_path)}
