"""How well the chance to come is predicted, and what the shipped rules would have done, on real attendance; as JSON.

By rolling origin: every session is predicted from the sessions before it and nothing else, for every person, from the
second session on. The same once more only from when somebody was first seen, which is when a bot may know them.
Baselines: the person's own rate so far with add-one smoothing, and "as last time" (certain but for 1 %; and, with
hindsight, as uncertain as suits it best). The reminders are those of `missed judge`, one session after the other.

Run: python -m benchmarks.attendance HISTORIES.jsonl [CADENCE], a line being {"member": …, "history": [1, 0, …]}
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from math import log
from pathlib import Path
from typing import Any

from bot.app.histories import History
from bot.app.judge import judge
from bot.domain.rules import Rule
from config import catalogue

RETURNS_WITHIN = 3
Past = Sequence[int]
Pair = tuple[float, int]
"""What was predicted, and what came."""


def read(path: Path) -> list[list[int]]:
    """Read everybody's history.

    Raises:
        SystemExit: a line is none, with its number.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            history = [int(one) for one in json.loads(line)["history"]]
        except (ValueError, TypeError, KeyError):
            raise SystemExit(f"{path}, line {number}: is not a JSON object with a history of 0 and 1") from None
        found.append(history)
    if not any(len(history) > 1 for history in found):
        raise SystemExit(f"{path}: holds no history of two sessions or more")
    return found


def own_rate(past: Past) -> float:
    """Predict from the person's rate so far, with add-one smoothing."""
    return (sum(past) + 1) / (len(past) + 2)


def as_last_time(unsure: float) -> Callable[[Past], float]:
    """Predict what was last, but for so much."""
    return lambda past: 1 - unsure if past[-1] else unsure


def pairs(histories: Iterable[Past], predict: Callable[[Past], float], *, since_seen: bool) -> list[Pair]:
    """Predict each next session from the past."""
    return [
        (predict(history[:at]), history[at])
        for history in histories
        for at in range(1, len(history))
        if not since_seen or any(history[:at])
    ]


def scores(found: Sequence[Pair]) -> dict[str, float]:
    """Return log loss (nats) and Brier score."""
    losses = [-log(p if came else 1 - p) for p, came in found]
    squares = [(p - came) ** 2 for p, came in found]
    return {
        "predictions": len(found),
        "log_loss": round(sum(losses) / len(found), 4),
        "brier": round(sum(squares) / len(found), 4),
    }


def predicted(rules: Sequence[Rule], cadence: str) -> Callable[[Past], float]:
    """Return the chance that `missed judge` states."""

    def predict(past: Past) -> float:
        row = History(id="", history=tuple(map(bool, past)), live=False, cadence=cadence)
        return judge(row, rules).p_attend

    return predict


def measured(histories: Sequence[Past], rules: Sequence[Rule], cadence: str) -> dict[str, Any]:
    """Hold the prediction against the baselines."""
    found = {}
    for name, since_seen in (("all", False), ("since first seen", True)):
        last_times = [scores(pairs(histories, as_last_time(n / 100), since_seen=since_seen)) for n in range(1, 50)]
        found[name] = {
            "p_attend": scores(pairs(histories, predicted(rules, cadence), since_seen=since_seen)),
            "own rate, add-one": scores(pairs(histories, own_rate, since_seen=since_seen)),
            "as last time": last_times[0],
            "as last time, best in hindsight": min(last_times, key=lambda one: one["log_loss"]),
        }
    return found


def reminders(histories: Sequence[Past], rules: Sequence[Rule], cadence: str) -> dict[str, int]:
    """Count the `lapsed` reminders that were due, and what people did by themselves.

    Whoever came to that very session would have been seen there, or not much later: what is sent is to the others.
    """
    counts = {"due": 0, "came to that very session": 0, "sent": 0, "people": 0, f"back within {RETURNS_WITHIN}": 0}
    for history in histories:
        sent_at: list[int] = []
        for at in range(len(history)):
            silent = [one for one in sent_at if not any(history[one:at])]
            row = History(
                id="",
                history=tuple(map(bool, history[:at])),
                live=True,
                cadence=cadence,
                last_reminded_sessions_ago=at - sent_at[-1] if sent_at else None,
                reminders_unanswered=len(silent),
            )
            if judge(row, rules).kind != "lapsed":
                continue
            counts["due"] += 1
            if history[at]:
                counts["came to that very session"] += 1
                continue
            counts["sent"] += 1
            counts[f"back within {RETURNS_WITHIN}"] += any(history[at + 1 : at + 1 + RETURNS_WITHIN])
            sent_at.append(at)
        counts["people"] += bool(sent_at)
    return counts


def main() -> None:
    """Measure a file."""
    if len(sys.argv) < 2:
        raise SystemExit("Name a file of histories: python -m benchmarks.attendance HISTORIES.jsonl [CADENCE]")
    histories = read(Path(sys.argv[1]))
    cadence = sys.argv[2] if len(sys.argv) > 2 else "monthly"
    rules = catalogue.rules()
    sums = {"people": len(histories), "sessions": max(map(len, histories)), **measured(histories, rules, cadence)}
    print(json.dumps({**sums, "lapsed reminders": reminders(histories, rules, cadence)}, indent=2))


if __name__ == "__main__":
    main()
