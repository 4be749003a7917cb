"""What a rule asks of the facts: one field a condition, named after the fact and the operator."""

from collections.abc import Callable, Sequence
from functools import cached_property
from operator import eq, ge, le
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from bot.domain.facts import Facts
from bot.domain.model import Value
from bot.domain.presence import Standing

Wanted = str | int | float | bool

OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {"_at_least": ge, "_at_most": le}
"""How a condition's name ends, and what that asks; any other condition asks that fact and value are the same."""


def _listed(given: object) -> object:
    return (given,) if isinstance(given, str) else given


class Check(Value):
    """One condition held against one fact."""

    name: str
    wanted: Wanted
    actual: Wanted | None
    is_met: bool


class Conditions(Value):
    """What a rule asks of the facts; the operator is in the name. A condition left out asks nothing.

    `standing` may be one or several. Shares and probabilities go from 0 to 1, `surprise` is in bits.
    """

    phase: Literal["live", "after"] | None = None
    standing: Annotated[tuple[Standing, ...], BeforeValidator(_listed), Field(min_length=1)] | None = None
    calls_at_least: int | None = Field(default=None, ge=1)
    calls_at_most: int | None = Field(default=None, ge=0)
    callers_at_least: int | None = Field(default=None, ge=1)
    callers_at_most: int | None = Field(default=None, ge=0)
    tie_at_least: float | None = Field(default=None, ge=0)
    questions_left_at_least: int | None = Field(default=None, ge=0)
    questions_left_at_most: int | None = Field(default=None, ge=0)
    minutes_left_at_least: float | None = Field(default=None, ge=0)
    minutes_left_at_most: float | None = Field(default=None, ge=0)
    share_gone_at_least: float | None = Field(default=None, ge=0, le=1)
    share_gone_at_most: float | None = Field(default=None, ge=0, le=1)
    is_past_arrival: bool | None = None
    absent_run_at_least: int | None = Field(default=None, ge=0)
    absent_run_at_most: int | None = Field(default=None, ge=0)
    surprise_at_least: float | None = Field(default=None, ge=0)
    p_attend_at_least: float | None = Field(default=None, ge=0, le=1)
    p_attend_at_most: float | None = Field(default=None, ge=0, le=1)

    @cached_property
    def asked(self) -> tuple[tuple[str, str, Any], ...]:
        """The conditions that are asked, as (name, fact, value), in the order of the fields."""
        given = self.model_dump(exclude_none=True)
        return tuple((name, fact_of(name), value) for name, value in given.items())

    @cached_property
    def _tests(self) -> tuple[tuple[str, str, Wanted, Any, Callable[[Any, Any], bool]], ...]:
        """What is asked, as (name, fact, value as shown, value, test): made once, for it is asked of everybody."""
        return tuple((name, fact, _shown(value), value, _test(name, value)) for name, fact, value in self.asked)

    def checks(self, facts: Facts) -> tuple[Check, ...]:
        """Hold every condition that is asked against its fact."""
        return tuple(
            Check(name=name, wanted=shown, actual=(actual := getattr(facts, fact)), is_met=test(actual, wanted))
            for name, fact, shown, wanted, test in self._tests
        )


def fact_of(name: str) -> str:
    """Return the fact that a condition asks for."""
    return name.removesuffix("_at_least").removesuffix("_at_most")


def _shown(wanted: Any) -> Wanted:
    return either(wanted) if isinstance(wanted, tuple) else wanted


def _test(name: str, wanted: Any) -> Callable[[Any, Any], bool]:
    if isinstance(wanted, tuple):
        return _is_one_of
    return next((test for ending, test in OPERATORS.items() if name.endswith(ending)), eq)


def _is_one_of(actual: Any, wanted: Sequence[Any]) -> bool:
    return actual in wanted


def either(words: Sequence[str]) -> str:
    """Write a choice."""
    return " or ".join(words)
