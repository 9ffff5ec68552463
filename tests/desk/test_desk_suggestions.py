"""What is offered with an order: what the platform names for its products, and never what it holds."""

from decimal import Decimal

import pytest

from console.ordering.draft import AddLine, Draft, Item, Line
from tests.desk.doors import at_work
from tests.shops import HERE, Shop

pytestmark = pytest.mark.anyio
GARLIC_BREAD = 13047603


def ordered(*product_ids: int) -> Draft:
    return Draft.replay(
        AddLine(Line(f"L{n}", Item(product_id, 0, "", "", Decimal(1)), 1))
        for n, product_id in enumerate(product_ids)
    )


async def test_a_dearer_product_of_the_latest_line_is_offered_and_what_is_taken_is_not_offered_again(
    shop: Shop,
) -> None:
    async with at_work(shop) as (desk, heard):
        await heard.until(lambda: desk.menu.product(GARLIC_BREAD) is not None)
        bread, first = (
            desk.menu.product(GARLIC_BREAD),
            await desk.suggestions.for_order(ordered(GARLIC_BREAD)),
        )
        assert bread is not None
        assert first is not None
        assert first.category_id == bread.category_id
        assert first.price > bread.price
        assert shop.store.stock(HERE, first.product_id)
        second = await desk.suggestions.for_order(ordered(GARLIC_BREAD, first.product_id))
        assert second is not None
        assert second.product_id not in (GARLIC_BREAD, first.product_id)


async def test_nothing_is_offered_with_an_empty_order_or_without_a_line(shop: Shop) -> None:
    async with at_work(shop) as (desk, heard):
        await heard.until(lambda: desk.menu.product(GARLIC_BREAD) is not None)
        assert await desk.suggestions.for_order(Draft()) is None
        shop.cut_the_line()
        assert await desk.suggestions.for_order(ordered(GARLIC_BREAD)) is None
        shop.mend_the_line()
        assert await desk.suggestions.for_order(ordered(GARLIC_BREAD)) is not None
