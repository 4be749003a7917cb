"""Identifiers, all of them text to a client.

A status's id derives from when it was written: on Mastodon milliseconds << 16 with a sequence in the low bits, on
GoToSocial a ULID. So a status that federates late sorts behind newer ones. Notifications have their own increasing
sequence (https://docs.joinmastodon.org/api/guidelines/#id).
"""

from datetime import datetime, timedelta
from itertools import count
from typing import Literal

from sandbox.clock import EPOCH

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SEQUENCE_BITS = {"snowflake": 16, "ulid": 80}
"""How many low bits of an id tell apart what came to be in the same millisecond."""


class IdSource:
    """Hands out ids, each only once."""

    def __init__(self, style: Literal["snowflake", "ulid"]) -> None:
        self._style = style
        self._sequence = count()
        self._numbers = count(1)
        self._issued: set[int] = set()

    def at(self, moment: datetime) -> str:
        """Return an id for something that came to be at ``moment`` (aware UTC)."""
        bits = SEQUENCE_BITS[self._style]
        milliseconds = (moment - EPOCH) // timedelta(milliseconds=1)
        number = milliseconds << bits | next(self._sequence) % (1 << bits)
        while number in self._issued:
            number += 1
        self._issued.add(number)
        return str(number) if self._style == "snowflake" else _base32(number)

    def number(self, moment: datetime) -> str:
        """Return the next id of the increasing sequence (a ULID where the server uses those throughout)."""
        return str(next(self._numbers)) if self._style == "snowflake" else self.at(moment)


def _base32(number: int) -> str:
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))
