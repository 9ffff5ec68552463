"""Fetching a menu page by page: what a lost connection costs, and stopping it."""

from collections import Counter
from collections.abc import Callable

import pytest

from console.api.products.models import ProductSearch
from console.api.products.service import Products
from console.services.catalogue import fetch
from console.services.events import MenuProgress
from tests.saved_menu import menu_fetched
from tests.services.connections import RecordedEvents, operator_session
from tests.shops import SandboxBackend

pytestmark = [pytest.mark.anyio, pytest.mark.fetches_menu]

PAGE = 10


class Asked:
    """Counts what the platform is asked for, and does something at one of the requests."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pages: list[int] = []
        self.products: Counter[int] = Counter()
        self.at: dict[int, Callable[[], object]] = {}
        search, multiple = Products.search, Products.multiple

        async def counted_search(products: Products, asked: ProductSearch) -> tuple[int, ...]:
            self.pages.append(asked.page)
            return await search(products, asked)

        async def counted_multiple(products: Products, *, product_ids: list[int]) -> object:
            self.at.pop(len(self.products) // PAGE, lambda: None)()
            records = await multiple(products, product_ids=product_ids)
            self.products.update(product_ids)
            return records

        monkeypatch.setattr(fetch, "PAGE_SIZE", PAGE)
        monkeypatch.setattr(Products, "search", counted_search)
        monkeypatch.setattr(Products, "multiple", counted_multiple)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


def progress(recorded: RecordedEvents) -> list[MenuProgress]:
    return [c for c in recorded.events if isinstance(c, MenuProgress) and c.label == "Menu"]


async def test_progress_is_reported_after_each_page(backend: SandboxBackend, asked: Asked) -> None:
    async with operator_session(backend) as (session, recorded):
        await menu_fetched(session.menu)
        reported = progress(recorded)
        assert [change.done for change in reported[:3]] == [10, 20, 30]
        assert reported[0].total == len(asked.products)
        assert reported[-1].done == reported[-1].total == len((await session.menu.search("")).products)


async def test_after_a_lost_connection_no_page_is_fetched_twice(
    backend: SandboxBackend, asked: Asked
) -> None:
    asked.at[3] = backend.go_offline
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: bool(recorded.notifications))
        assert len(asked.products) == 3 * PAGE
        backend.go_online()
        session.context.monitor.succeeded()
        await menu_fetched(session.menu)
        assert set(asked.products.values()) == {1}
        assert len(set(asked.pages)) == len(asked.pages)
        assert len((await session.menu.search("")).products) >= 60


async def test_restarted_console_resumes_the_fetch(backend: SandboxBackend, asked: Asked) -> None:
    asked.at[4] = backend.go_offline
    async with operator_session(backend) as (_, recorded):
        await recorded.until(lambda: bool(recorded.notifications))
    backend.go_online()
    async with operator_session(backend) as (session, _):
        await menu_fetched(session.menu)
        assert set(asked.products.values()) == {1}
        assert len((await session.menu.search("")).products) >= 60


async def test_a_complete_menu_is_fetched_anew_from_its_beginning(
    backend: SandboxBackend, asked: Asked
) -> None:
    async with operator_session(backend) as (session, _):
        await menu_fetched(session.menu)
        session.menu.refresh()
        await menu_fetched(session.menu)
        assert set(asked.products.values()) == {2}


async def test_what_came_too_long_ago_is_fetched_anew(
    backend: SandboxBackend, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.at[3] = backend.go_offline
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: bool(recorded.notifications))
        monkeypatch.setattr(fetch, "RESUME_SECONDS", -1.0)
        backend.go_online()
        session.context.monitor.succeeded()
        await menu_fetched(session.menu)
        assert asked.products.most_common(1)[0][1] == 2
        assert len((await session.menu.search("")).products) >= 60


async def test_it_can_be_stopped_and_goes_on_when_asked(backend: SandboxBackend, asked: Asked) -> None:
    async with operator_session(backend) as (session, recorded):
        asked.at[2] = session.menu.cancel
        await recorded.until(lambda: any("F5 resumes" in sentence for sentence in recorded.notifications))
        await menu_fetched(session.menu)
        assert not session.menu.is_fetching
        assert (await session.menu.search("")).products == ()
        session.menu.refresh()
        assert session.menu.is_fetching
        await menu_fetched(session.menu)
        assert set(asked.products.values()) == {1}


async def test_stopping_what_is_not_under_way_says_nothing(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        await menu_fetched(session.menu)
        session.menu.cancel()
        assert recorded.notifications == []


async def test_damaged_menu_is_reported_and_stops_nobody(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        await menu_fetched(session.menu)
        await session.context.storage.catalogue._database.write(
            lambda connection: connection.execute("UPDATE product SET product = '{' WHERE place = 3")
        )
    async with operator_session(backend) as (session, recorded):
        assert any("is damaged. Fetching it again" in sentence for sentence in recorded.notifications)
        await menu_fetched(session.menu)
        assert len((await session.menu.search("")).products) >= 60


async def test_the_age_of_the_menu_is_that_of_its_oldest_page(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        assert session.menu.age is None
        await menu_fetched(session.menu)
        assert session.menu.seen_at is not None
        assert session.menu.age is not None
        session.menu.seen_at -= 3600
        assert 3600 <= session.menu.age < 3700
