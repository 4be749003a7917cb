"""The bot as people run it: the installed command in a process of its own, on a house of its own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

MISSED = Path(sys.executable).with_name("missed")
RULES = Path(__file__).parents[2] / "config/rules.toml"
PATIENCE = 30.0
"""Seconds until something is said not to happen. Machines are noisy; nobody waits that long when all is well."""
STARTS_WITHIN = 60.0
"""The same for a process to start, or to start and end."""

Found = TypeVar("Found")


def eventually(probe: Callable[[], Found], what: str, *, within: float = PATIENCE, every: float = 0.1) -> Found:
    """Ask until the answer is true, and return it."""
    never, deadline = threading.Event(), time.monotonic() + within
    while time.monotonic() < deadline:
        if found := probe():
            return found
        never.wait(every)
    raise AssertionError(f"it did not happen in {within:.0f} s: {what}")


def free_port() -> int:
    """Return a port that nobody listens on, for a server that goes away and comes back."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class House:
    """Where a bot lives: its configuration, its rules, its token, its database.

    The one chat is on since ten minutes, in a zone where it is about noon: far from quiet hours and midnight.
    """

    def __init__(
        self,
        folder: Path,
        base_url: str,
        token: str,
        *,
        tag: str = "lrnchat",
        hosts: Sequence[str] = (),
        every: int = 1,
    ) -> None:
        self.folder = folder
        self.config, self.database = folder / "missed.toml", folder / "missed.db"
        self.token, self._token_file = token, folder / "token"
        self._token_file.write_text(token, encoding="utf-8")
        (folder / "rules.toml").write_text(_rules_without_waiting(), encoding="utf-8")
        begun = datetime.now(UTC) - timedelta(minutes=10)  # noqa: TID251 # the process lives in real time
        hours = 12 - begun.hour
        noon = begun + timedelta(hours=hours)
        self.write(f"""
            database_url = "sqlite:///{self.database}"
            rules = "rules.toml"
            [mastodon]
            base_url = "{base_url}"
            [watch]
            every_seconds = {every}
            [[chat]]
            tag = "{tag}"
            title = "A chat that is on"
            zone = "Etc/GMT{-hours:+d}"
            repeats = "FREQ=DAILY"
            time = "{noon:%H:%M}"
            minutes = 60
            hosts = {list(hosts)}
        """)

    def write(self, config: str) -> None:
        """Write another configuration file."""
        self.config.write_text(config, encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """What the process is told: ours without our own switches, the token by the name of its file."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("MISSED_", "PYTHON"))}
        # Compiled once a test run, where the environment leaves modules uncompiled: a start then takes a third.
        compiled = {"PYTHONPYCACHEPREFIX": str(self.folder.parent / "bytecode")}
        no_proxy = ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1")))
        return ours | compiled | {"MISSED_MASTODON_TOKEN_FILE": str(self._token_file), "NO_PROXY": no_proxy}

    def rows(self, query: str, *values: str) -> list[Any]:
        """Look into the bot's database as an operator may; nothing as long as there is none."""
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(self.database, timeout=10)) as connection:
            try:
                return connection.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return []
                raise

    def has_read(self, post_id: str) -> bool:
        """Say whether the bot has taken that post in."""
        return bool(self.rows("SELECT 1 FROM post WHERE id = ?", post_id))

    def states(self, kind: str = "called") -> list[str]:
        """The states of the messages of a kind, oldest first."""
        query = "SELECT state FROM outbox WHERE kind = ? ORDER BY created_at"
        return [state for (state,) in self.rows(query, kind)]

    def let_pass(self, minutes: float) -> None:
        """Let time pass for what is on its way, as if the machine had been off so long."""
        with closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
            for column in ("attempted_at", "lease_until", "not_before"):
                waiting = f"state IN ('pending', 'sending', 'uncertain') AND {column} IS NOT NULL"
                for key, at in connection.execute(f"SELECT id, {column} FROM outbox WHERE {waiting}").fetchall():
                    earlier = datetime.fromisoformat(at) - timedelta(minutes=minutes)
                    then = (earlier.isoformat(timespec="microseconds"), key)
                    connection.execute(f"UPDATE outbox SET {column} = ? WHERE id = ?", then)


def _rules_without_waiting() -> str:
    return re.sub(r"(?m)^wait_for_more_minutes = \d+", "wait_for_more_minutes = 0", RULES.read_text(encoding="utf-8"))


class Bot:
    """One process of the command. Constructing starts it; use it in a `with`, which leaves none behind."""

    def __init__(self, house: House, *arguments: str, prefix: Sequence[str] = ()) -> None:
        self._out = house.folder / f"out-{len(list(house.folder.glob('out-*')))}"
        command = [*prefix, str(MISSED), *(arguments or ("run",)), "--config", str(house.config)]
        with self._out.open("wb") as out:
            self._process = subprocess.Popen(
                command, cwd=house.folder, env=house.environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )

    @property
    def log(self) -> str:
        """Everything it has said so far."""
        return self._out.read_text(encoding="utf-8")

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def watches(self) -> None:
        """Wait until it has found its server."""
        self.says("watching as", within=STARTS_WITHIN)

    def says(self, words: str, *, times: int = 1, within: float = PATIENCE) -> None:
        """Wait until it has said that."""
        told = f"the bot says {words!r}"
        eventually(lambda: self.log.count(words) >= times or not self.is_running, told, within=within)
        assert self.log.count(words) >= times, f"the bot ended without saying {words!r}:\n{self.log}"

    def told_to(self, number: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        self._process.send_signal(number)
        return self._process.wait(PATIENCE)

    def stop(self) -> int:
        """End it as a service manager does."""
        return self.told_to(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._process.wait()

    def ended(self) -> int:
        """Wait until it ends by itself and return the exit code."""
        return self._process.wait(STARTS_WITHIN)

    def __enter__(self) -> "Bot":
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_running:
            self.kill()
