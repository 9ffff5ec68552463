"""What the audit trail has of a working day: who, when, which order, and no secret."""

import json
from pathlib import Path

import pytest

from console.services.events import Notification
from tests.services.connections import operator_session
from tests.shops import LAYLA, LAYLAS_PASSWORD, SandboxBackend

pytestmark = pytest.mark.anyio


def trail(backend: SandboxBackend) -> list[dict[str, object]]:
    return [json.loads(line) for line in backend.paths.audit_file.read_text().splitlines()]


def occupy(folder: Path) -> None:
    """Put a file where a folder should be."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("")


async def test_signing_in_an_order_and_signing_out_are_on_record(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        order = await session.orders.start_order(None)
        await session.orders.close_if_done(order)
    events = [(entry["event"], entry.get("operator") or entry.get("order")) for entry in trail(backend)]
    assert events == [
        ("signed in", LAYLA),
        ("order started", order),
        ("order closed", order),
        ("signed out", None),
    ]
    assert LAYLAS_PASSWORD not in backend.paths.audit_file.read_text()


async def test_unwritable_audit_trail_is_reported_and_stops_nobody(
    backend: SandboxBackend,
) -> None:
    occupy(backend.paths.logs)
    async with operator_session(backend) as (session, recorded):
        await session.orders.start_order(None)
        (notice,) = [event for event in recorded.events if isinstance(event, Notification)]
        assert "audit trail" in notice.message
        assert notice.is_current()
        backend.paths.logs.unlink()
        await session.orders.start_order(None)
        assert not notice.is_current()
