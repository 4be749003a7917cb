"""Every dialect of the sandbox with the bot on it, and the rude server."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, get_args

import pytest

from adapters.mastodon import MastodonAccount, connect
from sandbox import Sandbox
from sandbox.dialect import DialectName
from tests.mastodon.world import Hand, Rude, World


@pytest.fixture(params=get_args(DialectName))
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    yield from _world(request.param)


@pytest.fixture
def mastodon() -> Iterator[World]:
    yield from _world("mastodon")


@pytest.fixture
def takahe() -> Iterator[World]:
    yield from _world("takahe")


def _world(dialect: DialectName) -> Iterator[World]:
    clock = Hand()
    with Sandbox(clock.now, domain="learn.example", dialect=dialect) as sandbox:
        world = World(sandbox, clock, dialect)
        yield world
        world.close()


@pytest.fixture
def rude() -> Iterator[Rude]:
    book = Rude()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            book.asked.append(f"{self.command} {self.path}")
            status, headers, body = book.say(self.command, self.path)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    book.base_url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield book
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def rudely(rude: Rude) -> Iterator[MastodonAccount]:
    with connect(rude.base_url, "secret-token-of-ours", Hand()) as account:
        yield account
