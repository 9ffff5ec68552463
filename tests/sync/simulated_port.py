"""A port into the sandbox on the loop of the test, over a connection that can be offline.

The work of a request goes on when its caller is gone, as on any server.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from console.api.errors import Unreachable
from console.api.transport.port import RawResponse, Request
from console.sandbox.app import REPEAT, Sandbox
from console.sandbox.fault_injection import DroppedConnectionError


class SimulatedPort:
    """One console's line. ``is_up`` says whether a connection is to be had at all."""

    def __init__(self, app: Sandbox, *, is_up: Callable[[], bool]) -> None:
        self._app = app
        self._is_up = is_up
        self._closed = False
        self._repeated: RawResponse | None = None

    async def send(self, request: Request) -> RawResponse:
        if self._closed:
            raise asyncio.CancelledError
        if not self._is_up():
            raise Unreachable(operation=request.operation, sent=False, diagnostics="the line is down")
        work = asyncio.create_task(self._exchange(request))
        work.add_done_callback(lambda done: done.cancelled() or done.exception())
        try:
            return await asyncio.shield(work)
        except DroppedConnectionError as error:
            raise Unreachable(operation=request.operation, diagnostics=str(error)) from None

    async def aclose(self) -> None:
        self._closed = True

    async def _exchange(self, request: Request) -> RawResponse:
        url = urlsplit(request.url)
        scope: dict[str, Any] = {
            "type": "http",
            "method": request.method,
            "scheme": url.scheme,
            "server": (url.hostname, 80),
            "path": url.path,
            "raw_path": url.path.encode(),
            "query_string": url.query.encode(),
            "headers": [
                (b"host", url.netloc.encode()),
                *((name.lower().encode(), value.encode()) for name, value in request.headers.items()),
            ],
        }
        head: dict[str, Any] = {}
        body = bytearray()

        body_sent = False

        async def receive() -> dict[str, Any]:
            nonlocal body_sent
            if body_sent:
                # The caller never hangs up: whatever it does, the work goes on.
                await asyncio.get_running_loop().create_future()
            body_sent = True
            return {"type": "http.request", "body": request.body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                head.update(message)
            else:
                body.extend(message.get("body", b""))

        is_repeated = False

        def repeat(_seconds: float) -> None:
            nonlocal is_repeated
            is_repeated = True

        scope[REPEAT] = repeat
        await self._app(scope, receive, send)
        headers = {name.decode().lower(): value.decode() for name, value in head["headers"]}
        response = RawResponse(head["status"], headers, bytes(body))
        return response if request.operation.own_connection else self._shifted(response, is_repeated)

    def _shifted(self, response: RawResponse, is_repeated: bool) -> RawResponse:
        """Return what arrives on the kept connection: a repetition of the response before comes first.

        Then the connection holds more than was asked for, and another one is taken.
        """
        earlier, self._repeated = self._repeated, response if is_repeated else None
        return earlier or response
