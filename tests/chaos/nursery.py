"""Asks a cradle (`tests.chaos.cradle`) for processes of the bot, and ends them."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Nursery:
    """The other end: asks for children. Use it in a `with`; nothing outlives it."""

    def __init__(self, stage: Path, speed: float, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.cradle", str(stage), str(speed)],
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
