"""The sandbox's menu, fetched once a process by the console itself and copied into the home of each test.

A fetch costs more than all the rest of a short test. Tests of fetching are marked ``fetches_menu``.
"""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

import pytest

from console.config.paths import Paths
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order import QuickMenu, build_quick_menu
from console.services.catalogue.service import MenuService
from console.services.operator_session import OperatorSession
from tests.shops import LAYLA, LAYLAS_PASSWORD, SandboxBackend

Result = TypeVar("Result")
FETCH_SECONDS = 60
"""Real seconds after which the fetch has hung."""


def fetch_menu(home: Path) -> Path:
    """Sign in at the sandbox's first store and fetch its menu; the file that it is saved in."""
    asyncio.run(_with_menu(home, lambda _session: None))
    return Paths.under(home).catalogue_file


def copy_menu(saved: Path, home: Path) -> None:
    """Put a saved menu into a home, as if it had been fetched just now."""
    file = Paths.under(home).catalogue_file
    file.parent.mkdir(parents=True, mode=0o700)
    shutil.copyfile(saved, file)
    file.chmod(0o600)
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("UPDATE catalogue SET seen_at = ?", (time.time(),))


def skip_first_refresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a menu that was read from this machine be as good as fetched; F5 still fetches."""
    refresh = MenuService.refresh
    begun = WeakSet[MenuService]()

    def refresh_unless_saved(menu: MenuService) -> None:
        is_first = menu not in begun
        begun.add(menu)
        if not (is_first and menu.products):
            refresh(menu)

    monkeypatch.setattr(MenuService, "refresh", refresh_unless_saved)


def fetch_quick_menu(home: Path) -> QuickMenu:
    """Fetch the menu of the sandbox's first store; the menu of its one-line order."""
    return asyncio.run(_with_menu(home, _quick_menu))


def _quick_menu(session: OperatorSession) -> QuickMenu:
    menu = session.menu
    return build_quick_menu(menu.products, menu.bundles, currency=session.currency, half_rule=HalfRule.HALF)


async def menu_fetched(menu: MenuService) -> None:
    """Wait until the fetch that is under way has ended, if there is one."""
    task = menu._fetch_task  # asking again and again would cost more than the fetch
    if task is not None:
        await asyncio.wait([task], timeout=FETCH_SECONDS)
    assert not menu.is_fetching


async def _with_menu(home: Path, use: Callable[[OperatorSession], Result]) -> Result:
    backend = SandboxBackend(home)
    connection = (await backend.connect(lambda _event: None)).connection
    assert connection is not None
    try:
        signed_in = await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
        session = await connection.start_session(signed_in, signed_in.locations[0])
        await menu_fetched(session.menu)
        return use(session)
    finally:
        await connection.close()
        backend.store.close()
