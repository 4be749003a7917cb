"""Times: the injected clock's type, and how they are written on the wire."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Now = Callable[[], datetime]
"""Returns the present as an aware UTC time; may run faster than the wall clock."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso(moment: datetime) -> str:
    """Return the time as Mastodon writes it, UTC with milliseconds: ``2026-11-23T12:59:08.467Z``.

    https://docs.joinmastodon.org/api/datetime-format/
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def seconds(moment: datetime) -> int:
    """Return whole seconds since 1970."""
    return (moment - EPOCH) // timedelta(seconds=1)
