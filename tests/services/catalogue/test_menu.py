"""The menu and the stock of the operator's store, as they are and as last seen."""

import asyncio

import pytest

from benchmarks.menus import menu
from console.sandbox.switches import Fault, FaultKind, Switches
from console.services.catalogue.service import MAX_BROWSED
from console.services.events import Notification, ServiceError
from console.services.operator_session import OperatorSession
from tests.saved_menu import menu_fetched
from tests.services.connections import RecordedEvents, operator_session
from tests.shops import LOCATION_ID, SandboxBackend

pytestmark = [pytest.mark.anyio, pytest.mark.fetches_menu]

GARLIC_BREAD, PEPSI, LEMON_MINT = 13047603, 13047633, 14106036


async def whole_menu(session: OperatorSession, recorded: RecordedEvents) -> None:
    """Wait until products and variants are there."""

    def there() -> bool:
        products = [session.menu.product(PEPSI), session.menu.product(LEMON_MINT)]
        return all(product is not None and product.variants is not None for product in products)

    await recorded.until(there)
    await menu_fetched(session.menu)


async def test_menu_is_fetched_with_categories_prices_and_stock(backend: SandboxBackend) -> None:
    """The menu is fetched in the background with categories, prices and stock."""
    async with operator_session(backend) as (session, recorded):
        await whole_menu(session, recorded)
        bread = session.menu.product(GARLIC_BREAD)
        assert bread is not None
        assert (bread.title, bread.stock) == ("Garlic Bread", backend.store.stock(LOCATION_ID, GARLIC_BREAD))
        assert len(session.menu.categories) >= 8
        assert sum(category.product_count for category in session.menu.categories) >= 60


async def test_words_find_products_and_a_category_narrows_them(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        await whole_menu(session, recorded)
        found = (await session.menu.search("garlic")).products
        assert {product.title for product in found} >= {"Garlic Bread", "Garlic Dip", "Garlic Stick"}
        category = found[0].category_id
        narrowed = (await session.menu.search("garlic", category)).products
        assert narrowed
        assert {product.category_id for product in narrowed} == {category}
        assert len((await session.menu.search("")).products) >= 60
        assert (await session.menu.search("no such thing")).products == ()


async def test_offline_menu_is_as_last_seen(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        await whole_menu(session, recorded)
        before = (await session.menu.search("")).products
        pepsi = session.menu.product(PEPSI)
        assert pepsi is not None
        variants = await session.menu.variants(pepsi)
    backend.go_offline()
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: any("Showing the saved menu." in s for s in recorded.notifications))
        assert (await session.menu.search("")).products == before
        assert await session.menu.variants(pepsi) == variants


async def test_unknown_variants_are_unavailable_offline(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        await whole_menu(session, recorded)
        pepsi = session.menu.product(PEPSI)
        assert pepsi is not None
        session.menu._products.clear()
        backend.go_offline()
        with pytest.raises(ServiceError) as error:
            await session.menu.variants(type(pepsi)(PEPSI, "Pepsi", "", "", "", pepsi.price, pepsi.price))
        assert error.value.offline


async def test_a_refresh_brings_new_prices_and_stock_of_variants_too(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        await whole_menu(session, recorded)
        backend.store.run("UPDATE stock SET quantity = 77 WHERE product_id = ?", PEPSI)
        session.menu.refresh()
        await whole_menu(session, recorded)
        pepsi = session.menu.product(PEPSI)
        assert pepsi is not None
        assert {variant.stock for variant in await session.menu.variants(pepsi)} == {77}


async def test_product_refused_alone_does_not_hide_the_others(backend: SandboxBackend) -> None:
    backend.store.run("DELETE FROM stock WHERE product_id = ?", LEMON_MINT)
    async with operator_session(backend) as (session, recorded):
        await recorded.until(
            lambda: (p := session.menu.product(PEPSI)) is not None and p.variants is not None
        )


async def test_failing_platform_is_reported_with_what_is_shown(backend: SandboxBackend) -> None:
    backend.switch(Switches(faults=(Fault("products.*", FaultKind.STATUS_500),)))
    async with operator_session(backend) as (_, recorded):
        await recorded.until(lambda: any("No menu yet. F5 retries." in s for s in recorded.notifications))


async def test_error_of_the_program_while_fetching_is_reported(
    backend: SandboxBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: broken.append(what["exception"]))
    async with operator_session(backend) as (session, recorded):
        await whole_menu(session, recorded)
        fault = ZeroDivisionError()

        async def breaks() -> None:
            raise fault

        monkeypatch.setattr(session.menu, "_fetch_once", breaks)
        session.menu.refresh()
        await recorded.until(lambda: any("A program fault stopped" in s for s in recorded.notifications))
        assert broken == [fault]


async def test_stock_has_this_store_first_and_the_others_by_distance(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        report = await session.stock.fetch_report(GARLIC_BREAD, 0)
        first, *others = report.levels
        assert (first.location.location_id, first.quantity) == (
            LOCATION_ID,
            backend.store.stock(LOCATION_ID, GARLIC_BREAD),
        )
        distances = [session.location.distance_km(level.location) or 0 for level in others]
        assert distances == sorted(distances)
        assert len(others) >= 5


async def test_the_last_report_is_saved_for_offline_use(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        assert await session.stock.saved_report(GARLIC_BREAD, 0) is None
        report = await session.stock.fetch_report(GARLIC_BREAD, 0)
        assert session.stock.last_report(GARLIC_BREAD, 0) == report
    backend.go_offline()
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: bool(recorded.notifications))
        with pytest.raises(ServiceError) as error:
            await session.stock.fetch_report(GARLIC_BREAD, 0)
        assert error.value.offline
        assert session.stock.last_report(GARLIC_BREAD, 0) is None
        assert await session.stock.saved_report(GARLIC_BREAD, 0) == report
        assert session.stock.last_report(GARLIC_BREAD, 0) == report


async def test_failed_menu_fetch_is_retried_on_reconnection(
    backend: SandboxBackend,
) -> None:
    async with operator_session(backend) as (session, recorded):
        await whole_menu(session, recorded)
        backend.go_offline()
        session.menu.refresh()
        await recorded.until(lambda: any(isinstance(change, Notification) for change in recorded.events))
        backend.go_online()
        backend.store.run("UPDATE stock SET quantity = 78 WHERE product_id = ?", GARLIC_BREAD)
        session.context.monitor.succeeded()
        await recorded.until(lambda: (p := session.menu.product(GARLIC_BREAD)) is not None and p.stock == 78)


async def test_too_long_menu_is_listed_in_part_by_all_categories(
    backend: SandboxBackend,
) -> None:
    """A menu too long to list is listed in part, with all its categories."""
    async with operator_session(backend) as (session, recorded):
        await whole_menu(session, recorded)
        session.menu._set_catalogue(menu(3000, location_id=LOCATION_ID))
        assert len((await session.menu.search("")).products) == MAX_BROWSED
        assert sum(category.product_count for category in session.menu.categories) == 3000
