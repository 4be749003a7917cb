"""What a platform can answer other than success; each error carries the next move."""

from bot.domain.model import Moment


class Transient(Exception):
    """It did not work now and may later: `retry_at` is when the platform said so, None where it did not."""

    def __init__(self, what: str, retry_at: Moment | None = None) -> None:
        super().__init__(what)
        self.retry_at = retry_at


class Permanent(Exception):
    """It will never work for this message: closed, blocked, gone, refused."""


class Uncertain(Exception):
    """Nobody knows whether it worked: read back before anything else, by `post_id` where the platform named one."""

    def __init__(self, what: str, post_id: str | None = None) -> None:
        super().__init__(what)
        self.post_id = post_id


class Misconfigured(Exception):
    """The person who runs the bot must change something; the text says what."""
