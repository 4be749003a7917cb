"""What a member's past in a chat tells: standing, how unexpected their absence is, how likely they come.

A past is a `Record`: one byte a session, oldest first. The model is a renewal process with shrinkage: the chance to
come depends on how many sessions somebody has just missed (that is their rhythm), learned from their own past with
old sessions counting less, and held near their overall rate while there is little to learn from. ARCHITECTURE.md,
"Presence", says why and how well it predicts.
"""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from math import ceil, log2
from typing import Final

from bot.domain.model import Value

Record = bytes
"""Sessions that were held and observed, oldest first, each ABSENT or PRESENT; SEEN where somebody was there although
the session itself does not count."""

ABSENT: Final = 0
PRESENT: Final = 1
SEEN: Final = 2

REGULAR_OF: Final = 16
REGULAR_AT_LEAST: Final = 8
REGULAR_AT_FIRST: Final = 4
KNOWN_FROM: Final = 3
LAPSE_AT_LEAST: Final = 2
"""One absence is weak evidence: people have lives."""

HALF_YEAR: Final = timedelta(days=182)

_HALF_LIFE: Final = 5
"""Sessions after which a session counts half as much."""

_LOOK_BACK: Final = 64
"""Older sessions weigh less than a five-thousandth."""

_WEIGHTS: Final = tuple(0.5 ** ((_LOOK_BACK - 1 - i) / _HALF_LIFE) for i in range(_LOOK_BACK))
_PRIOR_CAME: Final = 0.4
_PRIOR_STAYED_AWAY: Final = 3.0
"""Of people seen once in a chat, most are not seen again; so much is assumed before anything is known."""

_SHRINKAGE: Final = 4.0
"""So many sessions at the same point of their rhythm weigh as much as all the rest of somebody's past."""

_USUAL: Final = 0.9
"""Nine of ten gaps are no longer than usual: three in four sessions are missed twice in a row by chance at 6 %."""

_OUTLIER_OF: Final = 6
_RHYTHM_GAPS: Final = 3
_RHYTHM_SHARE: Final = 0.75


class Standing(StrEnum):
    """Where a member stands in a chat; `standing_of` says how it is told."""

    NEW = "new"
    REGULAR = "regular"
    OCCASIONAL = "occasional"
    LAPSED = "lapsed"
    GONE = "gone"
    EXCUSED = "excused"


class Presence(Value):
    """A member's past in one chat, as rules may ask for it.

    `p_attend`: the probability, 0 to 1, that they come to the next session. `absent_run`: how many sessions they have
    missed since the last they came to. `surprise`: how unexpected that run is, in bits: 1 is a coin's toss, 4 is one
    in 16. `usual_gap`: the longest run of absences that is usual for them. `is_off_week`: their own rhythm leaves the
    next session out. `usual_arrival`: from a session's start, None where nothing is known.
    """

    standing: Standing
    attended: int
    sessions: int
    absent_run: int
    usual_gap: int
    is_off_week: bool
    p_attend: float
    surprise: float
    usual_arrival: timedelta | None = None


def presence(record: Record, half_year: int, *, is_excused: bool = False, arrivals: Sequence[float] = ()) -> Presence:
    """Read a past. `half_year` is how many sessions the chat holds in one; `arrivals` are minutes, oldest first."""
    counted = record.replace(b"\x02", b"")
    gaps = record.replace(b"\x02", b"\x01").split(b"\x01")
    run = len(gaps[-1])
    usual_gap = _usual_gap(gaps)
    attended = counted.count(PRESENT)
    is_off_week = _is_off_week(gaps, run)
    is_lapse = run >= LAPSE_AT_LEAST and run > usual_gap and not is_off_week
    standing = Standing.EXCUSED if is_excused else _standing(counted, attended, run, half_year, is_lapse=is_lapse)
    p_attend, surprise = _chances(record, run)
    return Presence.model_construct(  # values of our own making: 100,000 of them are read in one go
        standing=standing,
        attended=attended,
        sessions=len(counted),
        absent_run=run,
        usual_gap=usual_gap,
        is_off_week=is_off_week,
        p_attend=p_attend,
        surprise=surprise,
        usual_arrival=usual_arrival(arrivals),
    )


def half_year_of(every: timedelta) -> int:
    """Return how many sessions a chat that meets so often holds in half a year, at least two."""
    return max(LAPSE_AT_LEAST, round(HALF_YEAR / every))


def usual_arrival(arrivals: Sequence[float]) -> timedelta | None:
    """Return when somebody usually comes, from the start: the median of their last eight arrivals, old ones lighter.

    `arrivals` are minutes from the start, oldest first; before the start is negative. None where there are none.
    """
    latest = sorted(zip(arrivals[-8:], _WEIGHTS[-len(arrivals[-8:]) :], strict=True)) if arrivals else []
    half = sum(weight for _, weight in latest) / 2
    for minutes, weight in latest:
        half -= weight
        if half <= 0:
            return timedelta(minutes=minutes)
    return None


def _standing(counted: Record, attended: int, run: int, half_year: int, *, is_lapse: bool) -> Standing:
    """Tell the standing, in this order: new, gone, lapsed, regular, occasional.

    What counts is whether they were regular when they last came: in the middle of an absence nobody is.
    """
    if attended < KNOWN_FROM:
        return Standing.NEW
    if run >= half_year:
        return Standing.GONE
    if not _is_regular(counted.rstrip(b"\x00")):
        return Standing.OCCASIONAL
    return Standing.LAPSED if is_lapse else Standing.REGULAR


def _is_regular(counted: Record) -> bool:
    """At least 8 of the last 16; on a shorter history at least 4 and at least half."""
    latest = counted[-REGULAR_OF:]
    came = latest.count(PRESENT)
    if len(latest) == REGULAR_OF:
        return came >= REGULAR_AT_LEAST
    return came >= REGULAR_AT_FIRST and 2 * came >= len(latest)


def _usual_gap(gaps: Sequence[bytes]) -> int:
    """Return the longest run of absences that is usual: nine of ten gaps between two visits are no longer.

    One gap that was longer than all others (a long holiday, an illness) is no habit, once there are some to compare.
    """
    between = sorted(map(len, gaps[1:-1][-REGULAR_OF * 2 :]))
    if not between:
        return 0
    if len(between) >= _OUTLIER_OF and between[-1] > between[-2]:
        between.pop()
    return between[ceil(_USUAL * len(between)) - 1]


def _is_off_week(gaps: Sequence[bytes], run: int) -> bool:
    """Say whether somebody with a strict rhythm of their own, every other week say, is not expected next.

    Until they have missed two sessions of their rhythm, only those count.
    """
    between = list(map(len, gaps[1:-1][-REGULAR_AT_LEAST:]))
    if len(between) < _RHYTHM_GAPS:
        return False
    gap = max(set(between), key=between.count)
    if gap == 0 or between.count(gap) < _RHYTHM_SHARE * len(between):
        return False
    return run <= 2 * gap and run % (gap + 1) != gap


def _chances(record: Record, run: int) -> tuple[float, float]:
    """Return the chance that they come next, and the surprise at the run of absences they are in, in bits.

    One pass over what was before the run, weighed as it was then: that tells the surprise. For the chance it has
    faded since, and the run's absences are added.
    """
    before = record[: len(record) - run][-_LOOK_BACK:]
    came = [0.0] * (run + 1)  # by how many absences came right before
    asked = [0.0] * (run + 1)
    all_came = all_asked = 0.0
    missed = 0
    for what, weight in zip(before, _WEIGHTS[_LOOK_BACK - len(before) :], strict=True):
        if what != SEEN:
            all_asked += weight
            all_came += weight * what
            if missed <= run:
                asked[missed] += weight
                came[missed] += weight * what
        missed = 0 if what else missed + 1
    faded = 0.5 ** (run / _HALF_LIFE)
    since = (1 - faded) / (1 - 0.5 ** (1 / _HALF_LIFE))
    p_attend = _held_near(came[run] * faded, asked[run] * faded, _rate(all_came * faded, all_asked * faded + since))
    if not (run and before):
        return p_attend, 0.0
    rate = _rate(all_came, all_asked)
    return p_attend, -sum(log2(1 - _held_near(came[k], asked[k], rate)) for k in range(run))


def _rate(came: float, asked: float) -> float:
    return (_PRIOR_CAME + came) / (_PRIOR_CAME + _PRIOR_STAYED_AWAY + asked)


def _held_near(came: float, asked: float, rate: float) -> float:
    return (_SHRINKAGE * rate + came) / (_SHRINKAGE + asked)
