"""What is offered with an order: one row for a product, two for a deal, and none of it to be misread."""

from decimal import Decimal

import pytest

from console.ordering.catalogue import Product
from console.ordering.draft import DraftLine, OrderItem
from console.ordering.money import Currency
from tests.widgets.harness import HOSTILE, WidgetApp, rendered_rows
from widgets.suggestion_line import SuggestionLine

pytestmark = pytest.mark.anyio
KWD = Currency("KWD")
PIZZA = OrderItem(1, 0, "Chicken Supreme", "", Decimal("4.700"))
DEAL = OrderItem(9, 0, "Two for One", "", Decimal("5.650"))
BREAD = Product(2, "Garlic Bread", "", "", "", Decimal("0.750"), Decimal("0.750"))


async def test_deal_precedes_a_product_and_names_what_it_replaces() -> None:
    offer = SuggestionLine(KWD, key=",")
    async with WidgetApp(offer).run_test(size=(40, 5)) as pilot:
        offer.show(BREAD)
        offer.show_deal(DEAL, DraftLine("L1", PIZZA, 2))
        await pilot.pause()
        assert rendered_rows(offer) == [
            " ,  Two for One                  5.650  ",
            "    deal, replaces 2 Chicken Supreme    ",
        ]
        offer.clear_deal()
        await pilot.pause()
        assert rendered_rows(offer) == [" ,  Garlic Bread                 0.750  "]


async def test_with_nothing_to_offer_it_is_one_empty_row() -> None:
    offer = SuggestionLine(KWD, key=",")
    async with WidgetApp(offer).run_test(size=(40, 5)):
        assert rendered_rows(offer) == [" " * 40]


@pytest.mark.parametrize("width", [20, 80])
async def test_a_hostile_title_takes_no_effect(width: int) -> None:
    offer = SuggestionLine(KWD, key=",")
    async with WidgetApp(offer).run_test(size=(width, 5)) as pilot:
        offer.show_deal(OrderItem(9, 0, HOSTILE, "", Decimal(1)), DraftLine("L1", PIZZA, 1))
        await pilot.pause()
        assert [len(row) for row in rendered_rows(offer)] == [width, width]
        assert not any(sign in row for row in rendered_rows(offer) for sign in "\x1b\x07\u202e\n")
