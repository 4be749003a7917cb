"""Bare histories, one JSON line each: read, and refused line by line where they cannot be true."""

from collections.abc import Iterable
from datetime import timedelta
from difflib import get_close_matches
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.app.transcript import Remark
from bot.domain.model import Value
from bot.domain.presence import ABSENT, PRESENT, SEEN, Record

CADENCES: Final = {
    "daily": timedelta(days=1),
    "twice-weekly": timedelta(days=3.5),
    "weekly": timedelta(weeks=1),
    "biweekly": timedelta(weeks=2),
    "fortnightly": timedelta(weeks=2),
    "monthly": timedelta(days=365.25 / 12),
    "quarterly": timedelta(days=365.25 / 4),
    "yearly": timedelta(days=365.25),
}
"""How often chats meet."""

SPELLINGS: Final = {  # what people write for them
    "two-weekly": "biweekly",
    "bi-weekly": "biweekly",
    "2-weekly": "biweekly",
    "every-two-weeks": "biweekly",
    "every-2-weeks": "biweekly",
    "every-other-week": "biweekly",
    "twice-a-week": "twice-weekly",
    "first-friday": "monthly",
    "semiweekly": "twice-weekly",
}


def _flag(given: object) -> object:
    if isinstance(given, bool | int) and given in {0, 1}:
        return bool(given)
    raise ValueError("should be 0 or 1")


def _cadence(given: object) -> object:
    word = str(given).strip().lower().replace("_", "-").replace(" ", "-")
    word = SPELLINGS.get(word, word)
    if word not in CADENCES:
        raise ValueError(f"should be one of {', '.join(CADENCES)}")
    return word


Flag = Annotated[bool, BeforeValidator(_flag)]


class History(BaseModel):
    """One person's past in a chat, oldest session first and without the current one, and what is true of them now.

    `held` and `observed` are as long as `history`; left out, every session was. `live_minutes` are since the start of
    a session of 60 minutes and six questions. `last_reminded_sessions_ago`: 1 is the last session of `history`, 0 the
    current one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str | int
    history: tuple[Flag, ...] = Field(strict=False)
    live: Flag
    cadence: Annotated[str, BeforeValidator(_cadence)] = "weekly"
    live_minutes: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    held: tuple[Flag, ...] | None = Field(default=None, strict=False)
    observed: tuple[Flag, ...] | None = Field(default=None, strict=False)
    seen_now: Flag = False
    opted_out: Flag = False
    declared_absence: Flag = False
    last_reminded_sessions_ago: int | None = Field(default=None, ge=0)
    reminders_unanswered: int = Field(default=0, ge=0)
    role: Literal["host", "guest", "bot", "member"] = "member"
    account_moved: Flag = False
    calls: int = Field(default=0, ge=0)
    questions_left: int | None = Field(default=None, ge=0)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, row: object) -> object:
        """Take null for a key that was left out."""
        return {key: value for key, value in row.items() if value is not None} if isinstance(row, dict) else row

    @model_validator(mode="after")
    def _true(self) -> Self:
        for name, flags in (("held", self.held), ("observed", self.observed)):
            if flags is not None and len(flags) != len(self.history):
                raise ValueError(f"'{name}' has {len(flags)} sessions and 'history' {len(self.history)}; give as many")
        for number, (came, was_held) in enumerate(zip(self.history, self.was_held, strict=True), start=1):
            if came and not was_held:
                raise ValueError(f"session {number} was attended and not held; one of both is wrong")
        return self

    @property
    def was_held(self) -> tuple[bool, ...]:
        """Which sessions took place."""
        return self.held if self.held is not None else (True,) * len(self.history)

    @property
    def was_observed(self) -> tuple[bool, ...]:
        """Which sessions the bot was watching."""
        return self.observed if self.observed is not None else (True,) * len(self.history)

    @property
    def record(self) -> Record:
        """The past as standing is told from: what was held and observed, and where somebody was seen all the same."""
        sessions = zip(self.history, self.was_held, self.was_observed, strict=True)
        return bytes(
            (PRESENT if came else ABSENT) if held and observed else SEEN
            for came, held, observed in sessions
            if came or (held and observed)
        )

    @property
    def reminded_held_sessions_ago(self) -> int | None:
        """How many held sessions ago the last reminder was, the current one counted; None without a reminder."""
        ago = self.last_reminded_sessions_ago
        return ago if not ago else 1 + sum(self.was_held[len(self.history) - ago + 1 :] if ago > 1 else ())


class Histories(Value):
    """A file that was read: histories by line, and the lines that cannot be."""

    histories: tuple[History, ...] = ()
    refused: tuple[Remark, ...] = ()


def read(rows: Iterable[bytes]) -> Histories:
    """Read lines of UTF-8; empty ones are passed over, and what cannot be is refused with a reason."""
    good: list[History] = []
    refused: list[Remark] = []
    for number, raw in enumerate(rows, start=1):
        written = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if not written:
            continue
        try:
            good.append(History.model_validate_json(written))
        except ValidationError as error:
            refused.append(Remark(number=number, says=_problem(error.errors(include_url=False)[0])))
    return Histories(histories=tuple(good), refused=tuple(refused))


def _problem(found: ErrorDetails) -> str:
    """Say what is wrong with a line, and with which key."""
    key = str(found["loc"][0]) if found["loc"] else ""
    says = found["msg"].removeprefix("Value error, ").removeprefix("Input ")
    says = f"{says[:1].lower()}{says[1:]}"
    place = f"{key!r}" + "".join(f"[{part + 1}]" for part in found["loc"][1:] if isinstance(part, int))
    match found["type"]:
        case "json_invalid":
            return "is not valid JSON; write one object a line"
        case "model_type" | "model_attributes_type":
            return "is not a JSON object; write one a line"
        case "missing":
            return f"lacks {key!r}; add it"
        case "extra_forbidden":
            near = get_close_matches(key, History.model_fields, n=1)
            return f"{key!r} is not a known key; " + (f"did you mean {near[0]!r}?" if near else "remove it")
        case _:
            return f"{place}: {says}" if key else says
