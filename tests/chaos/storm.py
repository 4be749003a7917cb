"""A storm: lives of processes one after the other, each ended by SIGKILL, until the last session is over."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from signal import SIGTERM
from typing import Any, Final

from sandbox import Fault
from sandbox.faults import FaultKind
from tests.chaos.nursery import Nursery
from tests.chaos.plan import BEGINS_AT, Life, Moment, Plan, Trouble
from tests.chaos.stage import StageTime, queued
from tests.chaos.town import Town, configuration
from tests.chaos.troubles import POSTING, Troubles
from tests.chaos.verdict import FAULTS, verdict

STARTS_WITHIN: Final = 8.0
"""Seconds until a process watches that nothing hinders."""

GLANCE: Final = 0.005
WINDOW: Final = 0.12
"""Seconds between two looks; and for which a request is held, so that a kill may fall into it."""

SLOWEST: Final = 25
"""However busy the machine is, the play's time goes on at that fraction at the least."""

WAITED_FOR: Final = 3
"""So many times longer a life may last so that its trouble meets a request."""

CALM: Final = timedelta(minutes=4)


class Storm:
    """One run of a plan in a folder."""

    def __init__(self, plan: Plan, folder: Path, database_url: str = "") -> None:
        """Prepare; `database_url` is an empty database, by default a file in the folder."""
        self._plan = plan
        self._folder = folder
        self._database = None if database_url else folder / "missed.db"
        self._url = database_url or f"sqlite:///{self._database}"
        self._stage = StageTime(folder / "stage", BEGINS_AT)
        self._deeds = list(plan.deeds)
        self._alive: dict[int, tuple[Path, datetime | None]] = {}
        self._spans: list[tuple[datetime, datetime]] = []
        self._logs: list[Path] = []
        self._told: Counter[str] = Counter()
        self._kills = 0

    def play(self, environment: Mapping[str, str]) -> dict[str, Any]:
        """Play it to the end; return what came of it."""
        began, scale = time.monotonic(), self._plan.scale
        with Town(self._plan, self._stage) as town, ExitStack() as stack:
            config = self._folder / "missed.toml"
            config.write_text(configuration(town.sandbox.base_url, self._plan), encoding="utf-8")
            (self._folder / "token").write_text(town.bot.token, encoding="utf-8")
            ours = {
                **environment,
                "MISSED_MASTODON_TOKEN_FILE": str(self._folder / "token"),
                "MISSED_DATABASE_URL": self._url,
            }
            nursery = stack.enter_context(Nursery(self._folder / "stage", scale.speed, ours))
            self._town, self._nursery, self._config = town, nursery, config
            self._troubles = Troubles(town.sandbox, self._stage, scale.speed, self._database)
            self._sign_up()
            self._rage()
            self._calm_down()
            found = verdict(town, self._spans)
        broke = [name.name for name in self._logs if "Traceback" in name.read_text(encoding="utf-8")]
        found |= {"broke": len(broke), "kills": self._kills, "replicas": scale.replicas, "seed": self._plan.seed}
        found["which"]["broke"] = broke
        struck = {"struck": dict(sorted(self._troubles.struck.items()))}
        found |= {"troubles": dict(sorted(self._told.items())), **struck, "seconds": round(time.monotonic() - began, 1)}
        return {"is_well": not any(found[name] for name in FAULTS), **found}

    def _sign_up(self) -> None:
        self._fill()
        self._stage.run(self._plan.scale.speed)
        self._town.sign_up()
        for process in list(self._alive):
            self._end(process, SIGTERM)
        self._stage.run(0)

    def _rage(self) -> None:
        chance = Random(f"{self._plan.seed} who")
        stormy, fair = self._plan.lives(self._troubles.kinds()), self._plan.lives((Trouble.NONE,))
        first = self._plan.talks[0].starts_at - timedelta(seconds=30)
        self._stage.jump(max(timedelta(), first - self._stage.now()))
        while self._stage.now() < self._plan.ends_at:
            self._skip_silence()
            is_stormy = any(talk.is_stormy(self._stage.now()) for talk in self._plan.talks)
            self._live(next(stormy if is_stormy else fair), chance)

    def _skip_silence(self) -> None:
        """Where nothing is to be done for long, the whole world sleeps until a minute before."""
        now = self._stage.now()
        coming = self._deeds[0].at - timedelta(minutes=1) if self._deeds else now
        if coming - now > timedelta(minutes=2) and all(
            not talk.starts_at <= now <= talk.useful_until for talk in self._plan.talks
        ):
            self._sleep(coming - now)

    def _live(self, life: Life, chance: Random) -> None:
        self._told[life.trouble] += 1
        is_starting = life.moment is Moment.STARTING
        if life.trouble is Trouble.ASLEEP:
            self._sleep(timedelta())
        self._fill(wait=not is_starting)
        lasts = life.lasts / self._plan.scale.speed
        with self._troubles.strike(life, self._alive):
            if is_starting:
                self._pass(min(lasts, 0.3))
            elif life.moment is Moment.SENDING and life.trouble in {Trouble.NONE, Trouble.SKEWED, Trouble.SET_BACK}:
                self._until_sending(lasts, life)
            elif life.moment is Moment.SENDING:
                self._until_struck(lasts * WAITED_FOR, life.chance)
            else:
                self._pass(lasts)
        if life.trouble in {Trouble.FULL, Trouble.SKEWED, Trouble.SET_BACK} and life.chance < 0.5:
            self._pass(lasts / 2)  # it recovers by itself, before it dies
        victim = chance.choice(sorted(self._alive, key=list(self._alive).index)) if self._alive else None
        if victim is not None:
            self._end(victim)
            self._kills += 1
        if life.after:
            self._sleep(timedelta(seconds=life.after))

    def _sleep(self, span: timedelta) -> None:
        """Let nothing happen in the whole world for so long, once the server has done what it has in hand."""
        self._pass(self._troubles.in_hand)
        self._stage.jump(span)

    def _until_sending(self, lasts: float, life: Life) -> None:
        """Hold the next request that sends something, and go on to some point in it."""
        kind: FaultKind = "stuck" if life.is_forgotten else "slow"
        held = Fault(kind, method="POST", path=POSTING, account="missed", seconds=WINDOW)
        self._town.sandbox.faults.add(held)
        self._pass(lasts, lambda: held.fired > 0)
        self._pass(life.chance * WINDOW * 1.5 if held.fired else 0)
        self._town.sandbox.faults.remove(held)
        self._troubles.take_in_hand(held)

    def _until_struck(self, lasts: float, chance: float) -> None:
        """Go on until the trouble has met a request, and a little longer."""
        faults = list(self._town.sandbox.faults)
        self._pass(lasts, lambda: any(fault.fired for fault in faults))
        self._pass(chance * WINDOW)

    def _pass(self, seconds: float, until: Callable[[], object] = lambda: False) -> None:
        """Let so many seconds pass, but for those in which a process wants to work and must wait for a processor.

        Meanwhile people do what their time has come for.
        """
        never, passed = threading.Event(), 0.0
        last, waited = time.monotonic(), queued(self._alive)
        while passed < seconds and not until():
            if self._deeds and self._deeds[0].at <= self._stage.now():
                self._town.do(self._deeds.pop(0))
            never.wait(GLANCE)
            now, waits = time.monotonic(), queued(self._alive)
            step = max((now - last) / SLOWEST, now - last - max(0.0, waits - waited))
            last, waited = now, waits
            passed += step
            self._stage.jump(timedelta(seconds=step * self._plan.scale.speed))

    def _fill(self, *, wait: bool = True) -> None:
        """Start as many processes as there shall be, and wait until they watch."""
        for process in list(self._alive):
            if self._nursery.has_ended(process) is not None:
                self._bury(process)
        for _ in range(self._plan.scale.replicas - len(self._alive)):
            log = self._folder / f"out-{len(self._logs)}"
            self._logs.append(log)
            log.touch()
            self._alive[self._nursery.start(log, "run", "--config", str(self._config))] = (log, None)
        if wait:
            deadline = time.monotonic() + STARTS_WITHIN
            while not all(self._watches(process) for process in self._alive) and time.monotonic() < deadline:
                threading.Event().wait(GLANCE)

    def _watches(self, process: int) -> bool:
        log, since = self._alive[process]
        if since is None and "watching as" in log.read_text(encoding="utf-8"):
            self._alive[process] = (log, since := self._stage.now())
        return since is not None

    def _end(self, process: int, number: int = 9) -> None:
        self._watches(process)
        self._nursery.end(process, number)  # type: ignore[arg-type] # any signal
        self._bury(process)

    def _bury(self, process: int) -> None:
        _, since = self._alive.pop(process)
        if since is not None:
            self._spans.append((since, self._stage.now()))

    def _calm_down(self) -> None:
        """Let the last ones finish in peace what is still of use, and stop."""
        for deed in self._deeds:
            self._town.do(deed)
        self._fill()
        self._pass(CALM.total_seconds() / self._plan.scale.speed)
        for process in list(self._alive):
            self._end(process, SIGTERM)
