"""`missed run`: watch, decide, deliver."""

import signal
import threading
from types import FrameType
from typing import Annotated

import typer

from bot.cli import exits, logs, options


@exits.told
def run(
    config: options.Config = None,
    once: Annotated[bool, typer.Option("--once", help="Do one full cycle and end.")] = False,
) -> None:
    """Watch the chats and tell members when they are missed.

    Ends cleanly on Ctrl-C or SIGTERM: the message being sent is finished and recorded.

    Example: missed run --config missed.toml
    """
    from adapters.clock import SystemClock
    from bot import bootstrap

    settings = options.settings_of(config)
    logs.begin()
    clock, stop = SystemClock(), threading.Event()
    with bootstrap.storage_of(settings, is_writer=True) as storage:
        those = bootstrap.connections(settings, clock, storage)
        if once:
            for one in those:
                one.account.open()
            bot = bootstrap.compose(settings, storage, those, clock, logs.journal)
            if not bot.cycle(clock.now()):
                exits.fail("not everything could be read, for the reason above; the next run goes on from here")
            logs.log.info("one cycle is done; `missed outbox` shows what was sent")
            return
        _stop_on_signals(stop)
        if found := bootstrap.open_patiently(those, clock, logs.journal, stop):
            bot = bootstrap.compose(settings, storage, those, clock, logs.journal)
            logs.log.info("watching as %s", ", ".join(me.handle for me in found))
            bot.run(clock, settings.watch.every_seconds, stop)
    logs.log.info("stopped")


def _stop_on_signals(stop: threading.Event) -> None:
    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
