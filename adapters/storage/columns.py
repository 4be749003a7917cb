"""Two column types: times that cannot be naive, and words of an enumeration."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.domain.model import as_utc


class Utc(TypeDecorator[datetime]):
    """An aware time, in UTC on both ways.

    SQLite has no type for times: there it is ISO 8601 text of one fixed width, so that text sorts as time does and
    an operator can read it. PostgreSQL has `timestamptz`.

    Raises:
        ValueError: the time is naive (SQLAlchemy wraps it in a StatementError).
    """

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose what the database itself stores."""
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # text or time: the dialect's
        """Turn an aware time into what is stored."""
        if value is None:
            return None
        moment = as_utc(value)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base's signature
        """Turn what is stored into an aware time in UTC."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


class Word(TypeDecorator[str]):
    """A member of a StrEnum, kept as its plain text: drivers disagree on what an enumeration is."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the base's signature
        """Turn the member into its text."""
        return value.value if isinstance(value, StrEnum) else value
