"""What this store has is set by an operator with the role, taken back, and on record."""

from collections.abc import AsyncIterator

import pytest

from console.ordering.catalogue import Option, Product, Variant
from console.ordering.money import ZERO
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.services.stores.stock_adjustment import StockAdjustment
from tests.altered_app import alter
from tests.services.connections import connected, operator_session
from tests.shops import LOCATION_ID, SandboxBackend

pytestmark = pytest.mark.anyio

BREAD = Product(13047603, "Garlic Bread", "", "", "", ZERO, ZERO)
ELSEWHERE = 22612


@pytest.fixture
async def managers(backend: SandboxBackend) -> AsyncIterator[OperatorSession]:
    """The session of Maryam, who is an Order Manager."""
    async with connected(backend) as (connection, _):
        offer = await connection.sign_in_service.sign_in("maryam@sandbox.example", "manager-3")
        yield await connection.start_session(offer, offer.locations[0])


def bread(backend: SandboxBackend) -> Product:
    product = backend.store.menu.products[BREAD.product_id]
    return Product(product.product_id, product.title, product.sku, "", "", ZERO, ZERO)


async def test_a_product_is_taken_off_sale_here_and_nowhere_else(
    backend: SandboxBackend, managers: OperatorSession
) -> None:
    here, there = (backend.store.stock(place, BREAD.product_id) for place in (LOCATION_ID, ELSEWHERE))
    assert await managers.stock_adjustment.set_stock(bread(backend), None, 0) == StockAdjustment(here, 0)
    assert backend.store.stock(LOCATION_ID, BREAD.product_id) == 0
    assert backend.store.stock(ELSEWHERE, BREAD.product_id) == there


async def test_each_undo_sets_the_figure_of_the_time_before(
    backend: SandboxBackend, managers: OperatorSession
) -> None:
    first = backend.store.stock(LOCATION_ID, BREAD.product_id)
    await managers.stock_adjustment.set_stock(bread(backend), None, 3)
    await managers.stock_adjustment.set_stock(bread(backend), None, 0)
    assert await managers.stock_adjustment.undo_last(bread(backend), None) == StockAdjustment(0, 3)
    assert await managers.stock_adjustment.undo_last(bread(backend), None) == StockAdjustment(3, first)
    assert await managers.stock_adjustment.undo_last(bread(backend), None) is None
    assert backend.store.stock(LOCATION_ID, BREAD.product_id) == first


async def test_an_undo_that_failed_can_be_tried_again(
    backend: SandboxBackend, managers: OperatorSession
) -> None:
    first = backend.store.stock(LOCATION_ID, BREAD.product_id)
    await managers.stock_adjustment.set_stock(bread(backend), None, 0)
    backend.go_offline()
    with pytest.raises(ServiceError):
        await managers.stock_adjustment.undo_last(bread(backend), None)
    backend.go_online()
    assert await managers.stock_adjustment.undo_last(bread(backend), None) == StockAdjustment(0, first)


async def test_a_variant_is_set_by_its_own_sku(backend: SandboxBackend, managers: OperatorSession) -> None:
    product = backend.store.menu.products[13047633]
    can, other = product.variants[:2]
    variant = Variant(can.variant_id, product.product_id, can.sku, (Option("Pack", "Can"),), ZERO, ZERO)
    pepsi = Product(product.product_id, product.title, product.sku, "", "", ZERO, ZERO, has_variants=True)
    before = backend.store.stock(LOCATION_ID, product.product_id, other.variant_id)
    await managers.stock_adjustment.set_stock(pepsi, variant, 7)
    assert backend.store.stock(LOCATION_ID, product.product_id, can.variant_id) == 7
    assert backend.store.stock(LOCATION_ID, product.product_id, other.variant_id) == before
    with pytest.raises(ServiceError, match="SKU is unknown"):
        await managers.stock_adjustment.set_stock(pepsi, None, 7)


async def test_every_change_is_on_record_with_who_made_it(
    backend: SandboxBackend, managers: OperatorSession
) -> None:
    await managers.stock_adjustment.set_stock(bread(backend), None, 0)
    trail = backend.paths.audit_file.read_text()
    assert '"event": "stock set"' in trail
    assert '"now": 0' in trail
    assert "maryam@sandbox.example" in trail


async def test_without_the_role_it_is_refused_in_a_sentence(backend: SandboxBackend) -> None:
    before = backend.store.stock(LOCATION_ID, BREAD.product_id)
    async with operator_session(backend) as (session, _):
        with pytest.raises(ServiceError, match="Only an operator with the role Order Manager may set stock"):
            await session.stock_adjustment.set_stock(bread(backend), None, 0)
        with pytest.raises(ServiceError):
            await session.stock_adjustment.undo_last(bread(backend), None)
    assert backend.store.stock(LOCATION_ID, BREAD.product_id) == before


@pytest.mark.parametrize("quantity", [-1, 1_000_001])
async def test_a_slip_of_the_finger_is_refused(
    backend: SandboxBackend, managers: OperatorSession, quantity: int
) -> None:
    with pytest.raises(ServiceError, match="Stock must be 0 to"):
        await managers.stock_adjustment.set_stock(bread(backend), None, quantity)


async def test_stock_that_cannot_be_read_is_not_changed(backend: SandboxBackend) -> None:
    """What it was could not be restored."""
    alter(
        backend, "LocationStockPrice", lambda answer: answer["LocationStockPrices"][0].update(Inventory="NA")
    )
    async with connected(backend) as (connection, _):
        offer = await connection.sign_in_service.sign_in("maryam@sandbox.example", "manager-3")
        session = await connection.start_session(offer, offer.locations[0])
        before = backend.store.stock(LOCATION_ID, BREAD.product_id)
        with pytest.raises(ServiceError, match="cannot be read"):
            await session.stock_adjustment.set_stock(bread(backend), None, 0)
    assert backend.store.stock(LOCATION_ID, BREAD.product_id) == before
