"""Performs the play: each line is posted over real HTTP, by its character, with their own token."""

from collections.abc import Iterator, Mapping
from typing import Protocol, Self

from sandbox.play.lines import Line
from sandbox.play.member import DirectMessage, Member
from sandbox.play.script import Play, Question
from sandbox.play.wire import PostedStatus, StageError, connect, post_status, repost


class Insider(Protocol):
    """One of the cast in private, wherever they live."""

    def say(self, text: str, to: str | None = None, in_reply_to_id: str | None = None) -> PostedStatus:
        """Send a direct message, by default to the bot."""
        ...

    def inbox(self) -> list[DirectMessage]:
        """Return the direct messages that reached them, the oldest first."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...


class Stage:
    """Where a play meets a network. `tokens` maps handles to access tokens; members write to `bot_handle`.

    The stage has no clock: whoever directs says which minute of the session it is.
    """

    def __init__(
        self, base_url: str, tokens: Mapping[str, str], bot_handle: str, hashtag: str = "lrnchat", *, play: Play
    ) -> None:
        self.play = play
        self.posted: dict[str, PostedStatus] = {}
        self._base_url = base_url
        self._tokens = tokens
        self._bot_handle = bot_handle
        self._hashtag = hashtag
        self._client = connect(base_url)
        self._pending = list(play.evening)
        self._has_entered = False

    def due(self, minute: float) -> list[Line]:
        """Return the lines up to this minute that nobody has said yet, in order. Changes nothing."""
        return [line for line in self._pending if line.at <= minute]

    def next_at(self) -> float | None:
        """Return the minute of the next line, None when the play is over."""
        return self._pending[0].at if self._pending else None

    def perform(self, line: Line) -> PostedStatus:
        """Post one line, or pass a post on, and remember it under its label.

        Raises KeyError for somebody without a token and for a label not yet posted, StageError for a refusal.
        """
        try:
            status = self._speak(line)
        except StageError as error:
            raise StageError(f"line {line.number} ({line.by} at {line.at:g}): {error}") from error
        if line.label is not None:
            self.posted[line.label] = status
        self._pending = [other for other in self._pending if other is not line]
        return status

    def _speak(self, line: Line) -> PostedStatus:
        token = self._tokens[line.by]
        if line.repost_of is not None:
            return repost(self._client, token, self.posted[line.repost_of].id)
        return post_status(
            self._client,
            token,
            self.play.words(line, self._hashtag),
            in_reply_to_id=self.posted[line.reply_to].id if line.reply_to is not None else None,
            language=line.language,
        )

    def play_until(self, minute: float) -> Iterator[tuple[Line, PostedStatus]]:
        """Perform everything due up to this minute, one line a step."""
        for line in self.due(minute):
            yield line, self.perform(line)

    def enter(self, minute: float) -> tuple[Line, ...]:
        """Let the absentee have read her message at this minute: her entrance is put among the lines to come.

        Returns the new lines, with their minutes of the session. A second call changes nothing: she enters once.
        """
        if self._has_entered:
            return ()
        self._has_entered = True
        lines = tuple(self._set_to(line, minute + line.at) for line in self.play.joins)
        self._pending = sorted([*self._pending, *lines], key=lambda line: line.at)
        return lines

    def question_at(self, minute: float) -> Question | None:
        """Return the number and text of the question that is on; None before Q1."""
        return self.play.question_at(minute)

    def member(self, handle: str) -> Insider:
        """Return one of the cast as a private person, who can write to the bot and read their messages."""
        return Member(self._base_url, self._tokens[handle], bot=self._bot_handle)

    def token(self, handle: str) -> str:
        """Return a person's token, for whoever wants to look around as them."""
        return self._tokens[handle]

    def _set_to(self, line: Line, at: float) -> Line:
        question = self.play.question_at(at)
        number = str(question.number) if question else "1"
        says = tuple(words.replace("{q}", number) for words in line.says)
        return line.model_copy(update={"at": round(at, 3), "says": says})

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
