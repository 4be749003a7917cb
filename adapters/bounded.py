"""HTTP answers within bounds, for every platform's session: an endless or dripping one is ended."""

import time
from collections.abc import Iterator
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter

PATIENCE: Final = 30.0
"""Seconds for a whole answer, however slowly its pieces drip."""

SIZE_LIMIT: Final = 8 * 1024 * 1024
"""Bytes of an answer, unpacked."""


class TooMuch(Exception):
    """An answer was larger or slower than any honest one."""


class _Bounded:
    """A urllib3 response that ends an answer beyond all measure."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def stream(self, amount: int, decode_content: bool | None = None) -> Iterator[bytes]:
        """Yield the answer's pieces. Raises TooMuch beyond the limits."""
        size, deadline = 0, time.monotonic() + PATIENCE
        for piece in self._raw.stream(amount, decode_content=decode_content):
            size += len(piece)
            if size > SIZE_LIMIT or time.monotonic() > deadline:
                self._raw.close()
                raise TooMuch
            yield piece


class BoundedAdapter(HTTPAdapter):
    """Never tries again by itself, and hands out bounded answers."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """Bound the answer."""
        response = super().build_response(req, resp)
        response.raw = _Bounded(resp)
        return response
