"""Uvicorn, kept quiet, that starts and stops at once and can close one client's connection."""

import asyncio
import socket
import threading
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol


class Server(uvicorn.Server):
    """Serves one application, in whichever thread calls ``run``. ``is_up`` is set once it answers."""

    def __init__(self, application: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                http="h11",
                ws="none",
                lifespan="off",
                log_level="critical",
                access_log=False,
                # The date is the gate's to tell, by the injected clock.
                date_header=False,
                server_header=False,
            )
        )
        self.is_up = threading.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve on sockets that are bound already."""
        self.loop = asyncio.get_running_loop()
        self._ending = asyncio.Event()
        await super().startup(sockets)
        self.is_up.set()

    async def main_loop(self) -> None:
        """Wait for ``stop``; uvicorn's own loop would look every tenth of a second."""
        if self._ending is not None:
            await self._ending.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close everything now: nobody waits for a slow answer of a server that is a test's."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in self._connections():
            connection.transport.abort()
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def stop(self) -> None:
        """End ``run`` soon; called from any thread, while it runs."""
        if self.loop is not None and self._ending is not None:
            self.loop.call_soon_threadsafe(self._ending.set)

    def cut(self, client: tuple[Any, ...]) -> None:
        """Close the connection of this client, as the ASGI scope names it, without an answer."""
        for connection in self._connections():
            if connection.client == client:
                connection.transport.close()

    def _connections(self) -> list[H11Protocol]:
        return [one for one in self.server_state.connections if isinstance(one, H11Protocol)]
