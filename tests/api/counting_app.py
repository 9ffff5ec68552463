"""An ASGI application in front of another, for tests that count requests."""

from collections.abc import Awaitable, Callable, MutableMapping

from console.sandbox.app import Sandbox

Message = MutableMapping[str, object]


class RequestCounter:
    """Records the paths of requests, and passes every request on."""

    def __init__(self, app: Sandbox) -> None:
        self.app = app
        self.paths: list[str] = []

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        self.paths.append(str(scope["path"]))
        await self.app(scope, receive, send)
