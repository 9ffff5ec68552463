"""Connections on which each request gets one response: one that holds more is not used again.

A proxy that repeats a response would shift every later response of a kept-alive connection.
"""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any

import h11
import httpcore

_READ_BYTES = 1024 * 1024
"""More than one chunk of asyncio: what arrived with a response is seen here, not left in its buffer."""


LARGE_READ_BYTES = 16 * 1024
EVENTS_A_TURN = 200
"""Chunks of a response that are followed in one turn of the event loop: about three milliseconds."""


class SingleResponseBackend(httpcore.AsyncNetworkBackend):
    """Opens connections of another backend, each guarded by ``SingleResponseStream``."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = backend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Open a guarded connection."""
        stream = await self._backend.connect_tcp(host, port, timeout, local_address, socket_options)
        return SingleResponseStream(stream)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Open a guarded connection to a socket of this machine."""
        return SingleResponseStream(await self._backend.connect_unix_socket(path, timeout, socket_options))

    async def sleep(self, seconds: float) -> None:
        """Sleep as the other backend does."""
        await self._backend.sleep(seconds)


class SingleResponseStream(httpcore.AsyncNetworkStream):
    """A connection that refuses the next request while anything unread may be on it."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._framing = ResponseFraming()
        self._has_response = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes, and note where the response ends among them; may return more than asked."""
        data = await self._stream.read(max(max_bytes, _READ_BYTES), timeout)
        self._has_response = True
        await self._framing.receive(data)
        if len(data) > LARGE_READ_BYTES:
            # Who asked parses them as well: in another turn of the event loop.
            await asyncio.sleep(0)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write some bytes; the first after a response begin another request.

        Raises:
            httpcore.ConnectionNotAvailable: unread bytes could be taken for its response. Nothing was
                sent, and the pool takes another connection.
        """
        if self._has_response:
            if self._has_unread_bytes():
                raise httpcore.ConnectionNotAvailable
            self._framing, self._has_response = ResponseFraming(), False
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Encrypt the connection; a proxy's response to CONNECT does not count."""
        return SingleResponseStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Return what the other stream knows; ``is_readable`` is also true for bytes already read."""
        if info == "is_readable" and self._has_response:
            return self._has_unread_bytes()
        return self._stream.get_extra_info(info)

    def _has_unread_bytes(self) -> bool:
        if self._framing.has_excess or self._stream.get_extra_info("is_readable"):
            return True
        encrypted: ssl.SSLObject | None = self._stream.get_extra_info("ssl_object")
        if encrypted is None:
            return False
        try:
            # Decrypts what is buffered already, and never waits.
            encrypted.read(1)
        except ssl.SSLWantReadError:
            return False
        except ssl.SSLError:
            return True
        return True


class ResponseFraming:
    """Follows the bytes of one response to see whether any come after its end."""

    def __init__(self) -> None:
        self._parser = h11.Connection(h11.CLIENT)
        # The parser reads a response only to a request; GET and POST have the same framing.
        self._parser.send(h11.Request(method="GET", target="/", headers=[("Host", "any")]))
        self._parser.send(h11.EndOfMessage())
        self._is_over = False
        self.has_excess = False
        """True once the connection holds more than one response, or something that is none."""

    async def receive(self, data: bytes) -> None:
        """Follow some more bytes; the event loop gets its turn while they hold many small chunks."""
        if self._is_over:
            self.has_excess = self.has_excess or bool(data)
            return
        self._parser.receive_data(data)
        events = 0
        try:
            while (event := self._parser.next_event()) not in (h11.NEED_DATA, h11.PAUSED):
                events += 1
                if events % EVENTS_A_TURN == 0:
                    await asyncio.sleep(0)
                if isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
                    self._is_over = True
                    break
        except h11.RemoteProtocolError:
            self._is_over = self.has_excess = True
            return
        self.has_excess = self._is_over and bool(self._parser.trailing_data[0])
