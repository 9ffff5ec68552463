"""A connection lost while a response is awaited is reported before the wait ends."""

import asyncio
import threading
from pathlib import Path

import pytest

from console.sandbox.switches import Fault, FaultKind, Switches
from console.services.events import ConnectionChanged, ConnectionState
from console.services.profile_connection import ProfileConnection
from console.services.settings import SettingsService
from console.sync.connection.monitor import SILENT_SECONDS
from tests.services.connections import TIMEOUT_SECONDS, RecordedEvents, sign_in
from tests.shops import SandboxBackend
from tests.sync.virtual_time import VirtualClock

pytestmark = pytest.mark.anyio


async def test_request_hanging_offline_is_reported_as_offline(tmp_path: Path) -> None:
    response, recorded, timer = threading.Event(), RecordedEvents(), VirtualClock(auto_advance=False)

    async def hold(_seconds: float) -> None:
        await asyncio.to_thread(response.wait, TIMEOUT_SECONDS)

    backend = SandboxBackend(tmp_path, clock=timer.now, sleep=hold)
    settings = await SettingsService.open(backend.paths)
    connection = await ProfileConnection.open(
        settings,
        settings.find_profile(""),
        open_sandbox=backend.open_sandbox,
        publish=recorded,
        clock=timer,
    )
    try:
        session = await sign_in(connection)
        slow = Fault("customers.search", FaultKind.LATENCY, seconds=9.0)
        gone = Fault("oauth.timestamp", FaultKind.DROP_BEFORE)
        backend.switch(Switches(faults=(slow, gone)))
        searching = asyncio.create_task(session.customers.search("tom"))
        await timer.advance(SILENT_SECONDS)
        await recorded.until(lambda: ConnectionChanged(ConnectionState.OFFLINE) in recorded.events)
        assert not searching.done()
        response.set()
        assert await searching
        assert connection.context.monitor.state is ConnectionState.ONLINE
    finally:
        response.set()
        await connection.close()
