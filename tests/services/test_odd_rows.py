"""Records with odd fields: the others stay, what cannot be read is counted, no price becomes another one."""

from collections.abc import Callable
from typing import Any

import pytest

from console.ordering.catalogue import Product
from console.ordering.checkout import Address
from console.services.operator_session import OperatorSession
from console.services.unreadable_text import faults_text, unreadable_text
from tests.altered_app import alter
from tests.past_orders import place_order, side_item
from tests.saved_menu import menu_fetched
from tests.services.connections import operator_session
from tests.services.samples import TOM
from tests.shops import LOCATION_ID, SandboxBackend

pytestmark = pytest.mark.anyio

BREAD, PEPSI = 13047603, 13047633
PRODUCTS, STOCK = "GetMultipleProductInformation", "LocationStockPrice"


def set_fields(envelope: str, product_id: int, **fields: object) -> Callable[[Any], None]:
    """Return a change of the records of one product."""

    def change(answer: Any) -> None:
        for record in answer.get(envelope) or ():
            if record["ProductId"] == product_id:
                record.update(fields)

    return change


def set_in_first(envelope: str, **fields: object) -> Callable[[Any], None]:
    """Return a change of the first record."""
    return lambda answer: answer.get(envelope) and answer[envelope][0].update(fields)


async def fetched_menu(backend: SandboxBackend) -> tuple[dict[int, Product], list[str]]:
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: bool(session.menu.products))
        await menu_fetched(session.menu)
        return {product.product_id: product for product in session.menu.products}, recorded.notifications


@pytest.mark.fetches_menu
@pytest.mark.parametrize("price", ["NA", "", None, -1, "1,234", [], True])
async def test_product_whose_price_cannot_be_read_is_left_out_and_counted(
    backend: SandboxBackend, price: object
) -> None:
    usual, _ = await fetched_menu(backend)
    await fresh_menu(backend)
    alter(backend, PRODUCTS, set_fields("Products", BREAD, WebPrice=price))
    found, said = await fetched_menu(backend)
    assert found.keys() == usual.keys() - {BREAD}
    assert "1 product could not be read (WebPrice). F5 fetches the menu again." in said


@pytest.mark.fetches_menu
async def test_price_with_separators_is_read(backend: SandboxBackend) -> None:
    def change(answer: Any) -> None:
        set_fields("LocationStockPrices", BREAD, Webprice=0, WebPrice=0)(answer)
        set_fields("Products", BREAD, WebPrice="1,234.500")(answer)

    alter(backend, "Product/", change)
    found, _ = await fetched_menu(backend)
    assert str(found[BREAD].price) == "1234.500"


@pytest.mark.fetches_menu
@pytest.mark.parametrize("stock", ["NA", "", None, "1,234.500", {}])
async def test_product_with_an_odd_stock_is_for_sale(backend: SandboxBackend, stock: object) -> None:
    def change(answer: Any) -> None:
        set_fields("LocationStockPrices", BREAD, Inventory=stock)(answer)
        set_fields("Products", BREAD, Inventory=stock)(answer)

    alter(backend, "Product/", change)
    found, said = await fetched_menu(backend)
    assert found[BREAD].stock is None
    assert not [text for text in said if "could not be read" in text]


@pytest.mark.fetches_menu
async def test_odd_price_of_the_store_does_not_become_the_merchants(backend: SandboxBackend) -> None:
    alter(backend, STOCK, set_fields("LocationStockPrices", BREAD, Webprice="NA", WebPrice="NA"))
    found, said = await fetched_menu(backend)
    assert BREAD not in found
    assert PEPSI in found
    assert "1 product could not be read (Webprice). F5 fetches the menu again." in said


@pytest.mark.fetches_menu
async def test_menu_without_a_readable_product_keeps_the_saved_one(backend: SandboxBackend) -> None:
    usual, _ = await fetched_menu(backend)
    await fresh_menu(backend)

    def change(answer: Any) -> None:
        for record in answer["Products"]:
            record["WebPrice"] = "NA"

    alter(backend, PRODUCTS, change)
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: any("could not be read" in text for text in recorded.notifications))
        assert {product.product_id for product in session.menu.products} == usual.keys()


async def fresh_menu(backend: SandboxBackend) -> None:
    """Let the next session fetch everything again: an interrupted fetch would be resumed."""
    async with operator_session(backend) as (session, _):
        await session.context.storage.fetched_pages.clear(session.context.profile.name, LOCATION_ID)


Reading = Callable[[OperatorSession], Any]


@pytest.mark.parametrize(
    ("path", "envelope", "fields", "read"),
    [
        ("History", "Orders", {"TotalAmount": "NA"}, lambda s: s.history.of_customer(TOM)),
        ("order/Search", "Orders", {"TotalAmount": []}, lambda s: s.history.of_today()),
        ("Customer/", "Customers", {"UserId": {}}, lambda s: s.customers.search("tom")),
        (
            "GetShippingAddress",
            "ShippingAddresses",
            {"shippingaddressid": "NA"},
            lambda s: s.checkout.addresses(TOM),
        ),
    ],
    ids=["orders of a customer", "orders of today", "customers", "addresses"],
)
async def test_list_loses_only_the_odd_record(
    backend: SandboxBackend, path: str, envelope: str, fields: dict[str, object], read: Reading
) -> None:
    async with operator_session(backend) as (session, _):
        for number in (1, 2):
            await place_order(backend.endpoint(), side_item(number))
            await session.checkout.save_address(TOM, Address(f"Amman Street {number}", pin="22001"))
        usual = await read(session)
    alter(backend, path, set_in_first(envelope, **fields))
    async with operator_session(backend) as (session, _):
        found = await read(session)
    assert len(found) == len(usual) - 1
    assert set(found) < set(usual)
    assert unreadable_text(found, "record").startswith("1 record could not be read (")


async def test_store_whose_stock_is_odd_is_counted(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        usual = await session.stock.fetch_report(BREAD, 0)
    alter(backend, STOCK, set_in_first("LocationStockPrices", Inventory="NA"))
    async with operator_session(backend) as (session, _):
        found = await session.stock.fetch_report(BREAD, 0)
    assert (len(found.levels), found.unreadable) == (len(usual.levels) - 1, 1)


@pytest.mark.parametrize(
    ("faults", "noun", "text"),
    [
        ([], "order", ""),
        (["TotalAmount: value_error"], "order", "1 order could not be read (TotalAmount)."),
        (["A: x; B: y", "A: x; C.0.D: z"], "address", "2 addresses could not be read (A, B)."),
        ([": model_type"] * 3, "store", "3 stores could not be read."),
    ],
)
def test_sentence_counts_and_names_the_odd_fields(faults: list[str], noun: str, text: str) -> None:
    assert faults_text(faults, noun) == text
