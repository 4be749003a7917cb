"""What happens in a storm, drawn from one seed: who calls whom and when, and which troubles strike between.

What must come of it follows from the plan alone. Every member is absent from every session and, but for a few, is
called in it, once or several times, with time enough to be told: one reminder each. Some ask for HELP: one answer each.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Final

BEGINS_AT: Final = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)
"""Noon is far from quiet hours, and from midnight."""

FIRST_AT: Final = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WAITS_FOR: Final = timedelta(minutes=3)
USELESS_BEFORE_END: Final = timedelta(minutes=5)
"""What the shipped rule says of calls while a session is on: waits for more, and when it is too late to join."""

CALLED_UNTIL: Final = 0.45
STORMY_UNTIL: Final = 0.6
"""Shares of a session. Afterwards processes are killed as before, but the world around them works: a server that fails
in the last minutes can cost a message, for then it is too late to prove that it did not arrive."""


@dataclass(frozen=True)
class Scale:
    """How large a storm is. About so many `kills` come of it, `minutes` is a session's length, `speed` stage seconds a
    second.
    """

    members: int = 30
    sessions: int = 12
    kills: int = 530
    minutes: int = 60
    speed: float = 30.0
    replicas: int = 1
    every_seconds: int = 15
    questions: int = 4
    at_once: int = 2


@dataclass(frozen=True)
class Talk:
    """One session of one chat."""

    tag: str
    starts_at: datetime
    minutes: int

    def is_stormy(self, now: datetime) -> bool:
        """Say whether more may go wrong than that processes die."""
        return self.starts_at <= now < self.starts_at + STORMY_UNTIL * timedelta(minutes=self.minutes)

    @property
    def useful_until(self) -> datetime:
        """When a reminder to join stops being of use."""
        return self.starts_at + timedelta(minutes=self.minutes) - USELESS_BEFORE_END


@dataclass(frozen=True, order=True)
class Deed:
    """What somebody on the network does: `ask` a question, `call` a member, ask for `help`, or be `back`."""

    at: datetime
    what: str
    tag: str
    member: int = -1
    number: int = 0


class Trouble(StrEnum):
    """What goes wrong while a process lives."""

    NONE = "nothing"
    CUT_BEFORE = "cut before the write"
    CUT_AFTER = "cut after the write"
    LIMITED = "429"
    BROKEN = "5xx, not written"
    BROKEN_AFTER = "5xx, written"
    SLOW = "slow"
    EMPTY = "empty 200, written"
    HTML = "HTML for JSON, written"
    DEAF = "reading fails"
    AWAY = "the server is away"
    ASLEEP = "clock jumps forward"
    SKEWED = "clock a little wrong"
    SET_BACK = "clock set back by hours"
    FULL = "disk full"
    LOCKED = "database locked"
    LOCKED_LONG = "database locked for longer than anybody waits"


class Moment(StrEnum):
    """When a process is killed."""

    STARTING = "while it starts"
    WORKING = "at a random moment"
    SENDING = "while a message is being sent"


@dataclass(frozen=True)
class Life:
    """One life of a process: its trouble, how it ends, how long it lasts, and how long nobody is there afterwards.

    `lasts`, `after` are seconds of the stage; `is_forgotten` says that the server never carries out what is being sent
    when the process dies; `chance` is for whoever needs one number more, in [0, 1).
    """

    trouble: Trouble
    moment: Moment
    lasts: float
    after: float
    is_forgotten: bool
    chance: float


@dataclass
class Plan:
    """The whole storm."""

    seed: int
    scale: Scale
    talks: list[Talk] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)

    def __post_init__(self) -> None:
        random = Random(self.seed)
        for number in range(self.scale.sessions):
            slot = number // self.scale.at_once
            starts_at = FIRST_AT + slot * timedelta(minutes=self.scale.minutes + 10)
            self.talks.append(Talk(f"storm{number}", starts_at, self.scale.minutes))
        for talk in self.talks:
            self._fill(talk, random)
        self.deeds.sort()

    def _fill(self, talk: Talk, random: Random) -> None:
        """Draw one session. Whoever is called is so in its first half, and comes once it is too late to be told."""
        half = talk.minutes * CALLED_UNTIL
        for number in range(1, self.scale.questions + 1):
            self._add(talk, 0.5 + (number - 1) * 4, "ask", number=number)
        for member in range(self.scale.members):
            if random.random() < 0.95:
                for _ in range(random.choice((1, 1, 1, 2, 3))):
                    self._add(talk, random.uniform(1.5, half), "call", member)
            if random.random() < 0.2:
                self._add(talk, random.uniform(2, talk.minutes - 6), "help", member)
            self._add(talk, talk.minutes - 4 + random.uniform(0, 3), "back", member)

    def _add(self, talk: Talk, minute: float, what: str, member: int = -1, number: int = 0) -> None:
        self.deeds.append(Deed(talk.starts_at + timedelta(minutes=minute), what, talk.tag, member, number))

    @property
    def ends_at(self) -> datetime:
        """When the last session is over."""
        return self.talks[-1].starts_at + timedelta(minutes=self.scale.minutes)

    @property
    def due(self) -> set[tuple[str, int]]:
        """Who is to be reminded of which chat: (tag, member)."""
        return {(deed.tag, deed.member) for deed in self.deeds if deed.what == "call"}

    def lives(self, troubles: tuple[Trouble, ...]) -> Iterator[Life]:
        """Draw lives without end. Each trouble comes once before any comes again."""
        random = Random(f"{self.seed} lives with {len(troubles)}")
        busy = sum(1 for talk in self.talks[:: self.scale.at_once]) * self.scale.minutes * 60
        each = busy / self.scale.kills
        while True:
            deck = list(troubles)
            random.shuffle(deck)
            for trouble in deck:
                moment = random.choices(tuple(Moment), weights=(1, 4, 4))[0]
                after = 0.0 if random.random() < 0.6 else random.uniform(0, each * 1.5)
                is_forgotten = len(troubles) > 1 and random.random() < 0.5
                yield Life(trouble, moment, random.uniform(0.1, 1.1) * each, after, is_forgotten, random.random())
