"""An application whose answers another party changes on the way."""

import json
from collections.abc import Callable
from typing import Any

from tests.shops import SandboxBackend

Change = Callable[[Any], object]


class AlteredApp:
    """Changes the JSON of each answer whose path contains a text. ``state`` is the application's own."""

    def __init__(self, app: Any, part_of_path: str, change: Change) -> None:
        self.state = app.state
        self._app = app
        self._part_of_path = part_of_path
        self._change = change

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or self._part_of_path not in scope["path"]:
            await self._app(scope, receive, send)
            return
        started: dict[str, Any] = {}
        body = b""

        async def collect(message: Any) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                started.update(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            answer = json.loads(body)
            self._change(answer)
            changed = json.dumps(answer).encode()
            kept = [pair for pair in started["headers"] if pair[0].lower() != b"content-length"]
            await send({**started, "headers": [*kept, (b"content-length", str(len(changed)).encode())]})
            await send({"type": "http.response.body", "body": changed})

        await self._app(scope, receive, collect)


def alter(backend: SandboxBackend, part_of_path: str, change: Change) -> None:
    """Change the answers of a store from now on; later connections see it."""
    setattr(backend, "app", AlteredApp(backend.app, part_of_path, change))  # noqa: B010  # no seam
