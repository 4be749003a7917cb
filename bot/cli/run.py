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
    account = bootstrap.mastodon_account(settings, clock)
    with bootstrap.storage_of(settings, is_writer=True) as storage:
        if once:
            account.open()
            bot = bootstrap.compose(settings, storage, account, clock, logs.journal)
            if not bot.cycle(clock.now()):
                exits.fail("the server did not answer everything; the next run goes on from here")
            logs.log.info("one cycle is done; `missed outbox` shows what was sent")
            return
        _stop_on_signals(stop)
        where = bootstrap.mastodon_section(settings).base_url
        me = bootstrap.open_patiently(account, where, clock, logs.journal, stop)
        if me is not None:
            bot = bootstrap.compose(settings, storage, account, clock, logs.journal)
            logs.log.info("watching as %s", me.handle)
            bot.run(clock, settings.watch.every_seconds, stop)
    logs.log.info("stopped")


def _stop_on_signals(stop: threading.Event) -> None:
    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
