"""Settling and deciding one session of a large chat: seconds and megabytes, as JSON.

Every member has a past of 100 sessions. Who came tonight is entered into the pasts, then everybody's past is read and
the shipped rules decide, as `bot.app.decide` has it, without the database around it. Each size runs in a process of
its own, so that its memory is its own; the goal is held against the processor's time of one core.

Run: python -m benchmarks.settle
"""

import json
import resource
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter, process_time

from bot.domain.chat import Session
from bot.domain.facts import Facts
from bot.domain.model import Consent
from bot.domain.presence import presence
from bot.domain.rules import Remind, decide
from config import catalogue

SIZES = (25_000, 50_000, 100_000)
SESSIONS = 100
START = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
SESSION = Session(chat="lrnchat", starts_at=START, ends_at=START + timedelta(minutes=60))
GOAL_SECONDS, GOAL_MEGABYTES = 10, 300


def pasts(members: int, random: Random) -> dict[str, bytearray]:
    """Make up members of every sort: steady, loose, every other week, lapsed, gone."""
    return {f"member{number}": _past(number, random) for number in range(members)}


def _past(number: int, random: Random) -> bytearray:
    rate = random.random()
    came = bytearray(random.random() < rate for _ in range(SESSIONS))
    if number % 5 == 0:
        came = bytearray(place % 2 for place in range(SESSIONS))
    if number % 3 == 0:
        away = random.randrange(1, 40)
        came[-away:] = bytes(away)
    return came


def settle(members: dict[str, bytearray], came: set[str]) -> None:
    """Enter who came into everybody's past."""
    for member_id, past in members.items():
        past.append(member_id in came)


def decide_all(members: dict[str, bytearray]) -> dict[str, int]:
    """Decide for everybody, 20 minutes into the next session; count what was decided."""
    rules, now, counts = catalogue.rules(), START + timedelta(minutes=20), {"remind": 0, "skip": 0}
    for past in members.values():
        seen = presence(bytes(past), 26)
        facts = Facts(
            consent=Consent.LIVE,
            is_enrolled=True,
            is_bot=False,
            is_present=False,
            is_held=True,
            is_observed=True,
            is_reminded=False,
            phase="live",
            calls=0,
            callers=0,
            minutes_left=40,
            questions_left=4,
            share_gone=1 / 3,
            is_past_arrival=True,
            standing=seen.standing,
            absent_run=seen.absent_run,
            surprise=seen.surprise,
            p_attend=seen.p_attend,
        )
        counts["remind" if isinstance(decide(facts, rules, SESSION, now), Remind) else "skip"] += 1
    return counts


def measure(members: int) -> dict[str, float]:
    """Settle and decide one session of so many members."""
    random = Random(1)  # the same people every time
    everybody = pasts(members, random)
    came = {member_id for member_id in everybody if random.random() < 0.5}
    begin, cpu = perf_counter(), process_time()
    settle(everybody, came)
    counts = decide_all(everybody)
    return {
        "members": members,
        "past_sessions": SESSIONS,
        "seconds": round(perf_counter() - begin, 2),
        "cpu_seconds": round(process_time() - cpu, 2),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        **counts,
    }


def main() -> None:
    """Measure every size; end with 1 where the largest misses the goal."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
        return
    found = []
    for members in SIZES:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.settle", str(members)], check=True, capture_output=True, text=True
        )
        found.append(json.loads(ran.stdout))
    per_member = [one["cpu_seconds"] / one["members"] * 1e6 for one in found]
    largest = found[-1]
    is_met = largest["cpu_seconds"] <= GOAL_SECONDS and largest["megabytes"] <= GOAL_MEGABYTES
    sums = {"runs": found, "microseconds_a_member": [round(one, 1) for one in per_member], "goal_met": is_met}
    print(json.dumps({"settle": sums}, indent=2))
    if not is_met:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
