"""A port whose responses another party changes on the way."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from console.api.transport.port import Port, RawResponse, Request

Change = Callable[[dict[str, Any]], object]


class AlteringPort:
    """A port whose responses another party changes. ``changes`` are by operation; each is used once."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self.changes: list[tuple[str, Change]] = []
        self.last: dict[str, dict[str, Any]] = {}

    async def send(self, request: Request) -> RawResponse:
        response = await self._port.send(request)
        name = request.operation.name
        body = json.loads(response.body)
        for planned in self.changes:
            if planned[0] == name:
                self.changes.remove(planned)
                planned[1](body)
                break
        self.last[name] = body
        return replace(response, body=json.dumps(body).encode())

    async def aclose(self) -> None:
        await self._port.aclose()
