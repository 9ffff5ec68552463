"""An open connection and its recorded events, for the tests of the session's services."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from console.services.events import Event, Notification
from console.services.operator_session import OperatorSession
from console.services.profile_connection import ProfileConnection
from console.sync.clock import Clock
from tests.shops import LAYLA, LAYLAS_PASSWORD, SandboxBackend

TIMEOUT_SECONDS = 10
"""Real seconds after which a test has hung; nothing ever takes a part of it."""


class RecordedEvents:
    """The events that the session reported, and a wait for more of them."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._arrived = asyncio.Event()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        self._arrived.set()

    @property
    def notifications(self) -> list[str]:
        return [change.message for change in self.events if isinstance(change, Notification)]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until the reported events make the condition true."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while not condition():
                self._arrived.clear()
                await self._arrived.wait()


@asynccontextmanager
async def connected(
    backend: SandboxBackend, clock: Clock | None = None
) -> AsyncIterator[tuple[ProfileConnection, RecordedEvents]]:
    """The connection of the sandbox's profile; ``clock`` stands for the machine's own."""
    events = RecordedEvents()
    connection = (
        (await backend.connect(events)).connection
        if clock is None
        else await backend.connect_by(clock, events)
    )
    assert connection is not None
    try:
        yield connection, events
    finally:
        await connection.close()


@asynccontextmanager
async def operator_session(
    backend: SandboxBackend, clock: Clock | None = None
) -> AsyncIterator[tuple[OperatorSession, RecordedEvents]]:
    """Layla signed in and at work at her store."""
    async with connected(backend, clock) as (connection, events):
        yield await sign_in(connection), events


async def sign_in(
    connection: ProfileConnection, user_name: str = LAYLA, password: str = LAYLAS_PASSWORD
) -> OperatorSession:
    signed_in = await connection.sign_in_service.sign_in(user_name, password)
    return await connection.start_session(signed_in, signed_in.locations[0])
