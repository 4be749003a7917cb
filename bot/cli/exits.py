"""How a command ends: 0 ok, 1 failed, 2 wrong use or configuration, 130 interrupted; a sentence, no traceback."""

from collections.abc import Callable
from functools import wraps
from typing import Final, NoReturn, ParamSpec

import typer
from rich.console import Console

from bot.app.errors import Misconfigured, Transient

OK: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2
INTERRUPTED: Final = 130

P = ParamSpec("P")


def stderr() -> Console:
    """Return where people read what went wrong. Rich respects NO_COLOR and pipes."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def fail(text: str, code: int = FAILED) -> NoReturn:
    """End the command with a sentence."""
    stderr().print(f"missed: {text}", markup=False, style="red")
    raise typer.Exit(code)


def told(command: Callable[P, None]) -> Callable[P, None]:
    """Turn what a person can mend into a sentence and an exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except Misconfigured as error:
            fail(str(error), WRONG_USE)
        except Transient as error:
            fail(str(error), FAILED)
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None

    return run
