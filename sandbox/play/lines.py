"""What a play is written in: characters, lines, acts, the season. Each checks itself; `proof` the whole."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Role = Literal["host", "regular", "newcomer", "guest", "lurker"]
Kind = Literal["host", "question", "answer", "talk", "call", "near-miss", "mention", "greeting"]

Handle = Annotated[str, Field(pattern=r"^[a-z0-9_]{2,30}$")]
Words = Annotated[str, Field(min_length=1, max_length=460)]


def _listed(words: object) -> object:
    return [words] if isinstance(words, str) else words


class Part(BaseModel):
    """Anything in the file: it does not change, and a key nobody knows is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Character(Part):
    """One person of the cast. `domain` is None for people whose home is the sandbox itself."""

    handle: Handle
    name: str = Field(min_length=1, max_length=30)
    role: Role
    language: str = Field(pattern=r"^[a-z]{2}$")
    domain: str | None = None

    @property
    def acct(self) -> str:
        """The address as the sandbox's own people write it: `ana`, or `pat@far.example`."""
        return f"{self.handle}@{self.domain}" if self.domain else self.handle


class Line(Part):
    """One post. `at` is in minutes from the session's start, `number` is its place in the script, from 1.

    `reply_to` and `repost_of` are labels of earlier lines. `kind` is for those who watch: it is never posted.
    """

    at: float
    by: Handle
    says: Annotated[tuple[Words, ...], BeforeValidator(_listed)] = ()
    kind: Kind = "talk"
    label: str | None = None
    reply_to: str | None = Field(default=None, alias="to")
    repost_of: str | None = None
    untagged: bool = False
    language: str = "en"
    number: int = 0

    @property
    def text(self) -> str:
        """The words, before the hashtag is added; empty for a repost."""
        return self.says[0] if self.says else ""

    @model_validator(mode="after")
    def _speaks_or_reposts(self) -> "Line":
        if bool(self.says) == (self.repost_of is not None):
            raise ValueError("a line either says something or is a repost_of something")
        if len(self.says) > 1 and self.kind not in ("talk", "host"):
            raise ValueError(f"only talk has alternatives: there is one {self.kind}, in every performance")
        return self


class Act(Part):
    """A stretch of the evening."""

    title: str
    lines: tuple[Line, ...]


class Joins(Part):
    """Once the absentee hears: `at` is in minutes from the message, {q} the question that is on by then."""

    lines: tuple[Line, ...]


class Week(Part):
    """One earlier Thursday: who hosted, who came (the host among them), and its three questions."""

    topic: str
    host: Handle
    came: tuple[Handle, ...] = Field(min_length=2)
    questions: tuple[Words, Words, Words]


class Season(Part):
    """The weeks before, the oldest first, and the phrases that people say in them."""

    welcomes: tuple[Words, ...] = Field(min_length=1)
    answers: tuple[Words, ...] = Field(min_length=1)
    replies: tuple[Words, ...] = Field(min_length=1)
    closes: tuple[Words, ...] = Field(min_length=1)
    ties: tuple[tuple[Handle, Handle], ...]
    weeks: tuple[Week, ...] = Field(min_length=1)


class Script(Part):
    """The whole file, as written: before a seed has chosen among alternatives."""

    title: str
    hashtag: str = Field(pattern=r"^\w+$")
    absentee: Handle
    cast: tuple[Character, ...] = Field(min_length=1)
    acts: tuple[Act, ...] = Field(min_length=1)
    joins: Joins
    season: Season

    @property
    def evening(self) -> tuple[Line, ...]:
        """All lines of all acts, numbered from 1 as they stand in the file."""
        lines = (line for act in self.acts for line in act.lines)
        return tuple(line.model_copy(update={"number": number}) for number, line in enumerate(lines, start=1))

    @property
    def entrance(self) -> tuple[Line, ...]:
        """The lines of `joins`, numbered on from the evening's last; `at` from the moment she reads."""
        first = 1 + sum(len(act.lines) for act in self.acts)
        return tuple(
            line.model_copy(update={"number": number}) for number, line in enumerate(self.joins.lines, start=first)
        )
