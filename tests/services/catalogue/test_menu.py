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


async def whole_menu(desk: OperatorSession, heard: RecordedEvents) -> None:
    """Wait until products and variants are there."""

    def there() -> bool:
        products = [desk.menu.product(PEPSI), desk.menu.product(LEMON_MINT)]
        return all(product is not None and product.variants is not None for product in products)

    await heard.until(there)
    await menu_fetched(desk.menu)


async def test_the_menu_is_fetched_behind_with_categories_prices_and_stock(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (desk, heard):
        await whole_menu(desk, heard)
        bread = desk.menu.product(GARLIC_BREAD)
        assert bread is not None
        assert (bread.title, bread.stock) == ("Garlic Bread", backend.store.stock(LOCATION_ID, GARLIC_BREAD))
        assert len(desk.menu.categories) >= 8
        assert sum(category.product_count for category in desk.menu.categories) >= 60


async def test_words_find_products_and_a_category_narrows_them(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (desk, heard):
        await whole_menu(desk, heard)
        found = await desk.menu.search("garlic")
        assert {product.title for product in found} >= {"Garlic Bread", "Garlic Dip", "Garlic Stick"}
        category = found[0].category_id
        narrowed = await desk.menu.search("garlic", category)
        assert narrowed
        assert {product.category_id for product in narrowed} == {category}
        assert len(await desk.menu.search("")) >= 60
        assert await desk.menu.search("no such thing") == ()


async def test_the_menu_is_there_without_a_line_as_last_seen(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (desk, heard):
        await whole_menu(desk, heard)
        before = await desk.menu.search("")
        pepsi = desk.menu.product(PEPSI)
        assert pepsi is not None
        variants = await desk.menu.variants(pepsi)
    backend.go_offline()
    async with operator_session(backend) as (desk, heard):
        await heard.until(lambda: any("Showing the saved menu." in s for s in heard.notifications))
        assert await desk.menu.search("") == before
        assert await desk.menu.variants(pepsi) == variants


async def test_variants_that_are_not_known_cannot_be_had_without_a_line(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (desk, heard):
        await whole_menu(desk, heard)
        pepsi = desk.menu.product(PEPSI)
        assert pepsi is not None
        desk.menu._products.clear()
        backend.go_offline()
        with pytest.raises(ServiceError) as trouble:
            await desk.menu.variants(type(pepsi)(PEPSI, "Pepsi", "", "", "", pepsi.price, pepsi.price))
        assert trouble.value.offline


async def test_a_refresh_brings_new_prices_and_stock_of_variants_too(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (desk, heard):
        await whole_menu(desk, heard)
        backend.store.run("UPDATE stock SET quantity = 77 WHERE product_id = ?", PEPSI)
        desk.menu.refresh()
        await whole_menu(desk, heard)
        pepsi = desk.menu.product(PEPSI)
        assert pepsi is not None
        assert {variant.stock for variant in await desk.menu.variants(pepsi)} == {77}


async def test_what_is_refused_for_one_product_does_not_hide_the_others(backend: SandboxBackend) -> None:
    backend.store.run("DELETE FROM stock WHERE product_id = ?", LEMON_MINT)
    async with operator_session(backend) as (desk, heard):
        await heard.until(lambda: (p := desk.menu.product(PEPSI)) is not None and p.variants is not None)


async def test_a_failing_platform_is_told_with_what_is_shown_instead(backend: SandboxBackend) -> None:
    backend.switch(Switches(faults=(Fault("products.*", FaultKind.STATUS_500),)))
    async with operator_session(backend) as (_, heard):
        await heard.until(lambda: any("No menu yet. F5 retries." in s for s in heard.notifications))


async def test_a_fault_of_the_program_while_fetching_is_told(
    backend: SandboxBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: broken.append(what["exception"]))
    async with operator_session(backend) as (desk, heard):
        await whole_menu(desk, heard)
        fault = ZeroDivisionError()

        async def breaks() -> None:
            raise fault

        monkeypatch.setattr(desk.menu, "_fetch_once", breaks)
        desk.menu.refresh()
        await heard.until(lambda: any("A program fault stopped" in s for s in heard.notifications))
        assert broken == [fault]


async def test_stock_has_this_store_first_and_the_others_by_distance(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (desk, _):
        report = await desk.stock.fetch_report(GARLIC_BREAD, 0)
        first, *others = report.levels
        assert (first.location.location_id, first.quantity) == (
            LOCATION_ID,
            backend.store.stock(LOCATION_ID, GARLIC_BREAD),
        )
        distances = [desk.location.distance_km(level.location) or 0 for level in others]
        assert distances == sorted(distances)
        assert len(others) >= 5


async def test_the_last_report_is_kept_for_when_there_is_no_line(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (desk, _):
        assert await desk.stock.saved_report(GARLIC_BREAD, 0) is None
        report = await desk.stock.fetch_report(GARLIC_BREAD, 0)
        assert desk.stock.last_report(GARLIC_BREAD, 0) == report
    backend.go_offline()
    async with operator_session(backend) as (desk, heard):
        await heard.until(lambda: bool(heard.notifications))
        with pytest.raises(ServiceError) as trouble:
            await desk.stock.fetch_report(GARLIC_BREAD, 0)
        assert trouble.value.offline
        assert desk.stock.last_report(GARLIC_BREAD, 0) is None
        assert await desk.stock.saved_report(GARLIC_BREAD, 0) == report
        assert desk.stock.last_report(GARLIC_BREAD, 0) == report


async def test_a_menu_that_could_not_be_fetched_comes_by_itself_once_the_line_is_back(
    backend: SandboxBackend,
) -> None:
    async with operator_session(backend) as (desk, heard):
        await whole_menu(desk, heard)
        backend.go_offline()
        desk.menu.refresh()
        await heard.until(lambda: any(isinstance(change, Notification) for change in heard.events))
        backend.go_online()
        backend.store.run("UPDATE stock SET quantity = 78 WHERE product_id = ?", GARLIC_BREAD)
        desk.context.monitor.succeeded()
        await heard.until(lambda: (p := desk.menu.product(GARLIC_BREAD)) is not None and p.stock == 78)


async def test_a_menu_too_long_to_be_listed_is_listed_in_part_with_all_its_categories(
    backend: SandboxBackend,
) -> None:
    async with operator_session(backend) as (desk, heard):
        await whole_menu(desk, heard)
        desk.menu._set_catalogue(menu(3000, location_id=LOCATION_ID))
        assert len(await desk.menu.search("")) == MAX_BROWSED
        assert sum(category.product_count for category in desk.menu.categories) == 3000
