"""``python -m sandbox --accounts bot,ana,pat@far.example``: serve until stopped; the first line says where.

Prints one JSON line: ``base_url``, ``domain``, and, by the names given, ``tokens`` and ``ids``.
"""

import argparse
import json
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import get_args

from sandbox.clock import Now
from sandbox.dialect import DialectName
from sandbox.server import Sandbox


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options = _parser().parse_args(arguments)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    sandbox = Sandbox(
        _clock(options.speed),
        options.domain,
        dialect=options.dialect,
        limits=not options.no_limits,
        port=options.port,
    )
    with sandbox:
        accounts = {}
        for handle in filter(None, options.accounts.split(",")):
            username, _, domain = handle.partition("@")
            accounts[handle] = sandbox.add_account(username, domain=domain or None, bot=username == "bot")
        line = {
            "base_url": sandbox.base_url,
            "domain": options.domain,
            "tokens": {handle: account.token for handle, account in accounts.items()},
            "ids": {handle: account.id for handle, account in accounts.items()},
        }
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        stopped.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--accounts", default="bot,ana", help="names, separated by commas")
    parser.add_argument("--domain", default="learn.example")
    parser.add_argument("--dialect", choices=get_args(DialectName), default="mastodon")
    parser.add_argument("--no-limits", action="store_true", help="lift every rate limit")
    parser.add_argument("--speed", type=float, default=1.0, help="how much faster than the wall clock time passes")
    return parser


def _clock(speed: float) -> Now:
    begun_at, begun = datetime.now(UTC), monotonic()  # noqa: TID251 - the clock of this process starts here
    return lambda: begun_at + timedelta(seconds=(monotonic() - begun) * speed)


if __name__ == "__main__":
    main()
