"""What is offered with an order: what the platform names for its products, a deal in a line's place first."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.draft import AddLine, Draft, DraftLine, OrderItem, ReplaceItem
from console.sandbox.switches import Switches
from console.services.operator_session import OperatorSession
from console.services.views import SuggestedDeal
from tests.services.connections import RecordedEvents, operator_session
from tests.shops import LOCATION_ID, SandboxBackend

pytestmark = pytest.mark.anyio
GARLIC_BREAD, BOX = 13047603, 8293532


def ordered(*product_ids: int) -> Draft:
    return Draft.replay(
        AddLine(DraftLine(f"L{n}", OrderItem(product_id, 0, "", "", Decimal(1)), 1))
        for n, product_id in enumerate(product_ids)
    )


async def test_dearer_product_of_last_line_is_offered_only_once(
    backend: SandboxBackend,
) -> None:
    """A dearer product of the latest line is offered; one accepted is not offered again."""
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: session.menu.product(GARLIC_BREAD) is not None)
        bread, first = (
            session.menu.product(GARLIC_BREAD),
            await session.suggestions.suggest_product(ordered(GARLIC_BREAD)),
        )
        assert bread is not None
        assert first is not None
        assert first.category_id == bread.category_id
        assert first.price > bread.price
        assert backend.store.stock(LOCATION_ID, first.product_id)
        second = await session.suggestions.suggest_product(ordered(GARLIC_BREAD, first.product_id))
        assert second is not None
        assert second.product_id not in (GARLIC_BREAD, first.product_id)


async def test_empty_order_or_offline_offers_nothing(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        await recorded.until(lambda: session.menu.product(GARLIC_BREAD) is not None)
        assert await session.suggestions.suggest_product(Draft()) is None
        backend.go_offline()
        assert await session.suggestions.suggest_product(ordered(GARLIC_BREAD)) is None
        backend.go_online()
        assert await session.suggestions.suggest_product(ordered(GARLIC_BREAD)) is not None


async def breads(session: OperatorSession, recorded: RecordedEvents, quantity: int = 1) -> str:
    """Send an order of garlic bread to the platform and return its id."""
    await recorded.until(lambda: session.menu.product(GARLIC_BREAD) is not None)
    draft_id = await session.orders.start_order(None)
    bread = OrderItem(GARLIC_BREAD, 0, "Garlic Bread", "", Decimal("0.750"))
    session.orders.change(draft_id, AddLine(DraftLine("L1", bread, quantity)))
    await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
    return draft_id


async def test_suggested_deal_replaces_its_line_and_is_not_repeated(
    backend: SandboxBackend,
) -> None:
    backend.switch(Switches(combo_suggestions={GARLIC_BREAD: BOX}))
    async with operator_session(backend) as (session, recorded):
        draft_id = await breads(session, recorded, 2)
        view = session.orders.view(draft_id)
        offer = session.suggestions.suggest_deal(view)
        assert offer is not None
        assert (offer.line.line_id, offer.item.product_id, offer.item.title) == ("L1", BOX, "Party Box")
        session.orders.change(draft_id, ReplaceItem("L1", offer.item))
        assert session.suggestions.suggest_deal(session.orders.view(draft_id)) is None
        await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
        assert in_the_cart(backend) == [(BOX, 2)]


@pytest.mark.fetches_menu
async def test_deal_not_in_store_or_menu_is_not_offered(
    backend: SandboxBackend,
) -> None:
    backend.switch(Switches(combo_suggestions={GARLIC_BREAD: BOX}, location_stock={LOCATION_ID: {BOX: 0}}))
    async with operator_session(backend) as (session, recorded):
        draft_id = await breads(session, recorded)
        view = session.orders.view(draft_id)
        assert view.suggested_deals != ()
        assert session.suggestions.suggest_deal(view) is None
        elsewhere = replace(view, suggested_deals=(SuggestedDeal("L1", 1),))
        assert session.suggestions.suggest_deal(elsewhere) is None


def in_the_cart(backend: SandboxBackend) -> list[tuple[int, int]]:
    rows = backend.store.rows("SELECT product_id, quantity FROM line ORDER BY line_id")
    return [(int(row["product_id"]), int(row["quantity"])) for row in rows]
