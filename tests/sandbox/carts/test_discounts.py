"""Discounts: rules that hold for any cart."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from console.sandbox.carts.discounts import PricedCart, PricedLine, PromotionDiscount
from console.sandbox.carts.state import SandboxLine
from console.sandbox.data.promotions import load_promotions
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.pricing.rules import PricedPart

ALWAYS = next(promotion for promotion in load_promotions() if not promotion.voucher)
amounts = st.decimals(min_value=0, max_value=500, places=3)


def line(place: int, price: Decimal, quantity: int) -> PricedLine:
    part = ConfiguredPart(place)
    return PricedLine(SandboxLine(place, str(place), 27299, part, quantity), PricedPart(part, price, price))


@given(st.lists(st.tuples(amounts, st.integers(1, 20)), min_size=1, max_size=12), st.data())
def test_the_lines_bear_the_whole_promotion_to_the_last_fils(
    wanted: list[tuple[Decimal, int]], data: st.DataObject
) -> None:
    rows = tuple(line(place, price, quantity) for place, (price, quantity) in enumerate(wanted))
    cost = sum((row.total for row in rows), Decimal(0))
    discount = data.draw(st.decimals(min_value=0, max_value=cost, places=3))
    totals = PricedCart(rows, cost, Decimal("0.500"), (PromotionDiscount(ALWAYS, discount),))

    assert sum(totals.line_discount(row.line) for row in rows) == discount
    assert totals.total == cost + Decimal("0.500") - discount
