"""Runs the installed command without its second of imports: this process has them, forks, and the child is the command.

Each child is a process of its own, with its own connections and locks, and dies by a real SIGKILL. Only its clock is
the stage's. Orders come and answers go as lines of JSON; run as `python -m tests.chaos.cradle STAGE SPEED`.
"""

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Final, NoReturn

import adapters.clock
import bot.bootstrap  # noqa: F401 - imported for the children
from adapters.storage.leases import SqlLeases
from bot.cli.main import app
from config import catalogue
from tests.chaos.stage import ShownClock, StageTime

ENDED_BADLY: Final = 70
"""The exit code of a child that an exception ended (EX_SOFTWARE)."""


def main() -> None:
    """Obey until nobody speaks any more; then no child is left."""
    for warm in (catalogue.phrasebooks, catalogue.vocabularies, catalogue.messages):
        warm()
    stage, speed = Path(sys.argv[1]), float(sys.argv[2])
    ended: dict[int, int] = {}
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        answer: int | None
        if "start" in order:
            answer = os.fork()
            if answer == 0:
                _run(order["start"], Path(order["log"]), stage, speed)
            children.add(answer)
        elif "end" in order:
            child = order["end"]
            if child not in ended:
                os.kill(child, order["signal"])
            answer = _wait(child, ended, 0)
        else:
            answer = _wait(order["look"], ended, os.WNOHANG)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for child in children - ended.keys():
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _wait(child: int, ended: dict[int, int], how: int) -> int | None:
    if child not in ended:
        found, status = os.waitpid(child, how)
        if found == 0:
            return None
        ended[child] = os.waitstatus_to_exitcode(status)
    return ended[child]


def _run(arguments: list[str], log: Path, stage: Path, speed: float) -> NoReturn:
    """Be the command, in the child."""
    code = ENDED_BADLY
    try:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for here, there in ((nothing, 0), (out, 1), (out, 2)):
            os.dup2(here, there)
        os.closerange(3, 256)
        _live_by(stage, speed)
        app(arguments, prog_name="missed")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else ENDED_BADLY
    except BaseException:  # noqa: BLE001 - the child ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _live_by(stage: Path, speed: float) -> None:
    time = StageTime(stage)
    shown = ShownClock(time, speed)
    setattr(adapters.clock, "SystemClock", lambda: shown)  # noqa: B010 - mypy refuses to assign to a type
    its_time = SqlLeases.time  # the clock of a database server goes right, whatever a machine of the bot's shows
    setattr(SqlLeases, "time", lambda leases: its_time(leases) and time.now())  # noqa: B010 - as above


if __name__ == "__main__":
    main()
