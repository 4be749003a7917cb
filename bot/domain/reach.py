"""Which rules can ever decide? A rule is refused whose conditions exclude each other, or that others always precede.

Facts hang together: no session that is over has minutes left, nobody is called without a caller. So each rule's
conditions become regions (a range or a choice for each fact) that such cases split and tighten; from a rule's
regions those of the rules before it are taken away, and what is left is where it decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import inf, nextafter
from typing import Any, Final, NamedTuple, cast

from bot.domain.conditions import Conditions, fact_of
from bot.domain.facts import Facts, Kind
from bot.domain.model import Value
from bot.domain.presence import Standing
from bot.domain.rules import Rule


class Range(NamedTuple):
    """Numbers from `low` on and below `high`."""

    low: float
    high: float


Part = Range | frozenset[Any]
Region = Mapping[str, Part]
"""A part of what can be true: a range or a choice for every fact that rules may ask for."""

_ALL: Final = Range(0, inf)
_SHARE: Final = Range(0, nextafter(1.0, inf))
WORLD: Final[Region] = {
    "phase": frozenset({"live", "after"}),  # the only ones in which anything is decided
    "standing": frozenset(Standing) - {Standing.EXCUSED},  # whoever is excused is left alone
    "calls": _ALL,
    "callers": _ALL,
    "tie": _ALL,
    "questions_left": _ALL,
    "minutes_left": _ALL,
    "share_gone": _SHARE,
    "is_past_arrival": frozenset({True, False}),
    "absent_run": _ALL,
    "surprise": _ALL,
    "p_attend": _SHARE,
}

_NONE: Final = Range(0, 1)
_SOME: Final = Range(1, inf)
CASES: Final[tuple[tuple[Region, ...], ...]] = (
    (
        {"phase": frozenset({"live"}), "minutes_left": Range(nextafter(0.0, inf), inf), "share_gone": Range(0, 1)},
        {
            "phase": frozenset({"after"}),
            "minutes_left": Range(0, nextafter(0.0, inf)),
            "share_gone": Range(1, nextafter(1.0, inf)),
        },
    ),
    (
        {"calls": _NONE, "callers": _NONE, "tie": Range(0, nextafter(0.0, inf))},
        {"calls": _SOME, "callers": _SOME},
    ),
    (
        {"standing": frozenset({Standing.LAPSED}), "absent_run": Range(2, inf)},
        {"standing": frozenset({Standing.GONE}), "absent_run": _SOME},
        {"standing": frozenset(Standing) - {Standing.LAPSED, Standing.GONE}},
    ),
)
"""How facts hang together: of each group exactly one case is true."""

NEEDS: Final[Mapping[Kind, tuple[str, Region]]] = {
    "called": ("names who called, so it needs calls_at_least or callers_at_least", {"calls": _SOME}),
    "lapsed": (
        "tells somebody who stays away what is on, so it needs phase = 'live' and standing = 'lapsed' (or 'gone')",
        {"phase": frozenset({"live"}), "standing": frozenset({Standing.LAPSED, Standing.GONE})},
    ),
}
"""What the words of a reminder need to be true."""


class Refusal(Value):
    """Why a rule of a file is refused; `at` is its place, `key` what is to be changed."""

    at: int
    key: tuple[str, ...]
    says: str


def refusals(rules: Sequence[Rule]) -> tuple[Refusal, ...]:
    """Say which rules can never decide, or would decide what cannot be said, and why."""
    return tuple(found for at in range(len(rules)) if (found := _refusal(rules, at)) is not None)


def _refusal(rules: Sequence[Rule], at: int) -> Refusal | None:
    rule, before = rules[at], rules[:at]
    if rule.name in {one.name for one in before}:
        return Refusal(at=at, key=("name",), says=f"{rule.name!r} is the name of an earlier rule; choose another")
    own = regions(rule.when)
    if not own:
        both = _contradiction(rule.when)
        named = " and ".join(f"{name} = {_written(getattr(rule.when, name))}" for name in both)
        how = "can never hold together" if len(both) > 1 else "can never hold"
        return Refusal(at=at, key=("when", both[-1]), says=f"{named} {how}, so the rule never decides")
    needs, world = NEEDS[rule.kind]
    if any(left_over(region, world) for region in own):
        return Refusal(at=at, key=("kind",), says=f"{rule.kind!r} {needs}")
    hiding = _hiding(own, before)
    if hiding:
        names = " and ".join(repr(one.name) for one in hiding)
        verb = "always decides" if len(hiding) == 1 else "together always decide"
        says = f"{rule.name!r} never decides: {names}, before it, {verb} first; put it higher or ask for less"
        return Refusal(at=at, key=(), says=says)
    return None


def regions(when: Conditions) -> list[dict[str, Part]]:
    """Return where conditions hold, as regions that do not overlap; none where they exclude each other."""
    asked = dict(WORLD)
    for name, fact, wanted in when.asked:
        asked[fact] = _both(asked[fact], _part(name, wanted))
    found = []
    for cases in product(*CASES):
        region: dict[str, Part] = dict(asked)
        for case in cases:
            region |= {fact: _both(region[fact], part) for fact, part in case.items()}
        region = _with_callers(region)
        if all(map(_is_some, region.values())):
            found.append(region)
    return found


def left_over(region: Region, taken: Region) -> list[dict[str, Part]]:
    """Return what of a region lies outside another, which holds everywhere for facts that it does not name."""
    if not all(_is_some(_both(region[fact], part)) for fact, part in taken.items()):
        return [dict(region)]
    rest: list[dict[str, Part]] = []
    inside = dict(region)
    for fact, part in taken.items():
        rest += [{**inside, fact: piece} for piece in _outside(inside[fact], part)]
        inside[fact] = _both(inside[fact], part)
    return rest


def _hiding(own: Sequence[Region], before: Sequence[Rule]) -> list[Rule]:
    """Return the fewest earlier rules that take everything: one if one does, else all that take part."""
    for rule in before:
        if not _without(own, regions(rule.when)):
            return [rule]
    left, taking = list(own), []
    for rule in before:
        rest = _without(left, regions(rule.when))
        if rest != left:
            taking.append(rule)
        left = rest
    return [] if left else taking


def _without(own: Sequence[Region], taken: Sequence[Region]) -> list[Region]:
    left: list[Region] = list(own)
    for region in taken:
        left = [piece for one in left for piece in left_over(one, region)]
    return left


def _contradiction(when: Conditions) -> tuple[str, ...]:
    """Return the fewest conditions that exclude each other."""
    given = {name: wanted for name, _, wanted in when.asked}
    choices: Iterator[tuple[str, ...]] = (some for n in range(1, len(given) + 1) for some in combinations(given, n))
    return next(
        some for some in choices if not regions(Conditions.model_validate({name: given[name] for name in some}))
    )


def _part(name: str, wanted: Any) -> Part:
    if name == fact_of(name):
        return frozenset(wanted if isinstance(wanted, tuple) else (wanted,))
    if name.endswith("_at_least"):
        return Range(wanted, inf)
    is_counted = Facts.model_fields[fact_of(name)].annotation is int
    return Range(-inf, wanted + 1 if is_counted else nextafter(wanted, inf))


def _both(one: Part, other: Part) -> Part:
    if isinstance(one, Range) and isinstance(other, Range):
        return Range(max(one.low, other.low), min(one.high, other.high))
    return frozenset(one) & frozenset(other)


def _outside(one: Part, other: Part) -> list[Part]:
    """Return what of one lies outside the other; they overlap."""
    if isinstance(one, Range) and isinstance(other, Range):
        pieces: list[Part] = [Range(one.low, other.low), Range(other.high, one.high)]
    else:
        pieces = [frozenset(one) - frozenset(other)]
    return [piece for piece in pieces if _is_some(piece)]


def _is_some(part: Part) -> bool:
    return part.low < part.high if isinstance(part, Range) else bool(part)


def _with_callers(region: dict[str, Part]) -> dict[str, Part]:
    """Nobody calls without a call: there are at least as many calls as callers."""
    calls, callers = cast("Range", region["calls"]), cast("Range", region["callers"])
    low, high = max(calls.low, callers.low), min(calls.high, callers.high)
    return {**region, "calls": Range(low, calls.high), "callers": Range(callers.low, high)}


def _written(value: object) -> str:
    """Write a value as it stands in the file, nearly."""
    return repr(list(value) if isinstance(value, tuple) else value)
