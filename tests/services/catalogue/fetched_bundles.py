"""Layla at work with every bundle known, and where the groups of bundles are known from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from console.ordering.configuration.bundle import BundleSource
from console.sandbox.switches import Switches
from console.services.operator_session import OperatorSession
from tests.saved_menu import menu_fetched
from tests.services.connections import RecordedEvents, operator_session
from tests.shops import SandboxBackend

SUPREME, BOGOF, LUNCH_BREAK = 13047273, 13047461, 13047471


@asynccontextmanager
async def session_with_bundles(
    backend: SandboxBackend,
) -> AsyncIterator[tuple[OperatorSession, RecordedEvents]]:
    """Layla at work, and everything fetched."""
    async with operator_session(backend) as (session, events):
        await menu_fetched(session.menu)
        yield session, events


def use_only_source(backend: SandboxBackend, source: BundleSource) -> None:
    """Let the groups of bundles be known from nothing but this source."""
    if source is not BundleSource.SUPPLEMENT:
        backend.supplement = ""
    backend.switch(Switches(group_data=source is BundleSource.PLATFORM))
