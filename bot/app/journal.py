"""What happens, as it happens: the live view and the log listen here. Events inform; nothing depends on them."""

from collections.abc import Callable

from bot.domain.model import Moment, Post, Value
from bot.domain.outbox import OutboxMessage
from bot.domain.recognise.observations import Called
from bot.domain.rules import Decision, Remind


class PostRead(Value):
    """A post of a session was stored, with the calls found in it (for anybody, member or not)."""

    session_id: str
    post: Post
    calls: tuple[Called, ...] = ()


class QuestionAsked(Value):
    """The session clock moved on."""

    session_id: str
    number: int
    text: str


class Decided(Value):
    """A new decision about a member was recorded; `is_called` says that somebody had called them."""

    member_id: str
    called: str
    session_id: str
    decision: Decision
    is_called: bool = True
    at: Moment

    @property
    def is_news(self) -> bool:
        """Whether it says more than that somebody whom nobody called gets no message."""
        return self.is_called or isinstance(self.decision, Remind)


class Moved(Value):
    """An outbox message changed its state."""

    message: OutboxMessage


class PostsSkipped(Value):
    """Posts that could not be read were passed over."""

    source: str
    ids: tuple[str, ...]


class SourceChanged(Value):
    """A source stopped answering (`trouble` says how) or answers again (`trouble` is empty)."""

    source: str
    trouble: str
    retry_at: Moment | None = None


Event = PostRead | QuestionAsked | Decided | Moved | PostsSkipped | SourceChanged
Journal = Callable[[Event], None]


def silence(event: Event) -> None:
    """Listen to nothing."""
