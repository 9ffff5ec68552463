"""A port that reports requests in flight to the connection monitor."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from console.api.transport.port import Port, RawResponse, Request
from console.operations import OPERATIONS_BY_NAME

PROBE = OPERATIONS_BY_NAME["oauth.timestamp"]
"""The monitor's own request: tracked, it would be probed in its turn."""


class MonitoredPort:
    """Carries requests over another port, each inside the context that ``track`` returns."""

    def __init__(self, port: Port, *, track: Callable[[], AbstractContextManager[None]]) -> None:
        self._port = port
        self._track = track

    async def send(self, request: Request) -> RawResponse:
        """Send a request over the other port."""
        if request.operation is PROBE:
            return await self._port.send(request)
        with self._track():
            return await self._port.send(request)

    async def aclose(self) -> None:
        """Let go of connections. Closing twice does no harm."""
        await self._port.aclose()
