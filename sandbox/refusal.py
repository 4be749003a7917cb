"""An answer that is not what was asked for, raised where the reason is known."""

from typing import Any


class Refusal(Exception):
    """The server refuses.

    ``status`` is the HTTP status. ``body`` is an object sent as JSON (Mastodon: ``{"error": "..."}``, see
    https://docs.joinmastodon.org/entities/Error/), or text sent as HTML, as some servers do.
    """

    def __init__(self, status: int, body: dict[str, Any] | str) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body


def error(status: int, text: str) -> Refusal:
    """Return the refusal whose JSON body is ``{"error": text}``."""
    return Refusal(status, {"error": text})


NOT_FOUND = "Record not found"
"""What Mastodon says of a row that does not exist or that the viewer may not see."""
