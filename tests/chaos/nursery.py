"""Starts the installed command without its second of imports: a process that has them forks, and the child runs it.

Each child is a process of its own, with its own connections and locks, and dies by a real SIGKILL. Only its clock is
the stage's. Orders come and answers go as lines of JSON; run as `python -m tests.chaos.nursery STAGE SPEED`.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NoReturn, Self

ENDED_BADLY: Final = 70
"""The exit code of a child that an exception ended (EX_SOFTWARE)."""


class Nursery:
    """The other end: asks for children. Use it in a `with`; nothing outlives it."""

    def __init__(self, stage: Path, speed: float, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.nursery", str(stage), str(speed)],
            cwd=Path(__file__).parents[2],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, log: Path, *arguments: str) -> int:
        """Start the command with its output in a file; return its process id."""
        return int(self._ask({"start": list(arguments), "log": str(log)}))

    def end(self, process: int, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal and wait for the end; return the exit code, negative for a signal."""
        return int(self._ask({"end": process, "signal": int(number)}))

    def has_ended(self, process: int) -> int | None:
        """Return the exit code of a child that ended by itself, None while it runs."""
        code = self._ask({"look": process})
        return None if code is None else int(code)

    def _ask(self, order: Mapping[str, object]) -> Any:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the nursery has no pipes")
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        if not (said := self._process.stdout.readline()):
            raise RuntimeError("the nursery has died")
        return json.loads(said)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def main() -> None:
    """Obey until nobody speaks any more; then no child is left."""
    import bot.bootstrap  # noqa: F401 - imported for the children, as below
    import bot.cli.run  # noqa: F401
    from config import catalogue

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
        from bot.cli.main import app

        app(arguments, prog_name="missed")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else ENDED_BADLY
    except BaseException:  # noqa: BLE001 - the child ends here, whatever it was
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _live_by(stage: Path, speed: float) -> None:
    import adapters.clock
    from tests.chaos.stage import ShownClock, StageTime

    shown = ShownClock(StageTime(stage), speed)
    setattr(adapters.clock, "SystemClock", lambda: shown)  # noqa: B010 - mypy refuses to assign to a type


if __name__ == "__main__":
    main()
