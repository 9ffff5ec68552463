"""A served sandbox behind a TCP proxy that repeats responses, as broken gateways do."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import uvicorn

from console.sandbox.app import Sandbox


@contextlib.asynccontextmanager
async def served(app: Sandbox) -> AsyncIterator[int]:
    """Serve a sandbox on this loop. Yields its port."""
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="off", ws="none", http="h11")
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    ticking = asyncio.create_task(server.main_loop())
    try:
        yield int(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        await ticking
        server.force_exit = True
        await server.shutdown()


@dataclass
class RepeatingProxy:
    """Passes requests on, one connection of its own for each of the client's.

    ``repeats`` are parts of paths whose next response arrives twice: in one write, or with ``late`` just
    after the next request on that connection. ``connections`` are the paths that each connection carried.
    """

    upstream: int
    repeats: list[str] = field(default_factory=list)
    late: bool = False
    connections: list[list[str]] = field(default_factory=list)

    @contextlib.asynccontextmanager
    async def run(self) -> AsyncIterator[int]:
        """Run the proxy. Yields its port."""
        tasks: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            tasks.add(asyncio.create_task(self._carry(reader, writer)))

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        try:
            yield int(server.sockets[0].getsockname()[1])
        finally:
            server.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await server.wait_closed()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self.upstream)
        paths: list[str] = []
        self.connections.append(paths)
        late = b""
        try:
            while True:
                request = await _message(reader)
                paths.append(request.split(b" ", 2)[1].decode())
                forth.write(request)
                writer.write(late)
                late = b""
                response = await _message(back)
                writer.write(response + (b"" if self.late else self._repeat(paths[-1], response)))
                if self.late:
                    late = self._repeat(paths[-1], response)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            forth.close()

    def _repeat(self, path: str, response: bytes) -> bytes:
        wanted = next((part for part in self.repeats if part in path), None)
        if wanted is None:
            return b""
        self.repeats.remove(wanted)
        return response


async def _message(reader: asyncio.StreamReader) -> bytes:
    """Read one request or response with its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    length = int(lengths[0].partition(b":")[2]) if lengths else 0
    return head + await reader.readexactly(length)
