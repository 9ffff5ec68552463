"""A port that tells the link of every request under way, so that one without an answer is noticed.

Put around the API's port by the desk.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from console.api.transport.port import Port, RawResponse, Request

PROBE_OPERATION = "oauth.timestamp"
"""What the link itself asks; it must not be listened to, or it would be probed in its turn."""


class MonitoredPort:
    """Carries requests over another port. ``asked`` is entered for as long as one is not answered."""

    def __init__(self, port: Port, *, track: Callable[[], AbstractContextManager[None]]) -> None:
        self._port = port
        self._track = track

    async def send(self, request: Request) -> RawResponse:
        """Send it as the other port does."""
        if request.operation.name == PROBE_OPERATION:
            return await self._port.send(request)
        with self._track():
            return await self._port.send(request)

    async def aclose(self) -> None:
        """Let go of connections. Closing twice does no harm."""
        await self._port.aclose()
