"""The fault benchmark's operator knows an order again, with the added lines that were kept."""

from decimal import Decimal

import pytest

from benchmarks.faults.deciding import is_same_order
from console.ordering.checkout import Checkout, DeliveryMode, PaymentMethod
from console.ordering.draft import OrderItem, Resolution, ResolveUnexpected
from console.ordering.placed.order_states import ACCEPTED
from console.ordering.placed.past_orders import PastLine, PastOrder
from tests.screens.outbox.test_conflict_rows import COLA, TEA, view

NUGGETS = OrderItem(13047615, 0, "Chicken Nuggets", "", Decimal("1.250"))
CHECKOUT = Checkout(DeliveryMode.PICKUP, payment=PaymentMethod("COD", "COD", "0"))
KEPT = ResolveUnexpected(NUGGETS, Resolution.KEEP, 1)


def past_order(*lines: tuple[OrderItem, int]) -> PastOrder:
    past = (PastLine(n, item.product_id, item.variant_id, item.title, count, item.unit_price)
            for n, (item, count) in enumerate(lines, 1))  # fmt: skip
    return PastOrder(
        7400001, ACCEPTED, None, Decimal("1.250"), mode=DeliveryMode.PICKUP, payment="COD", lines=tuple(past)
    )


ORDERED = ((COLA, 2), (TEA, 1))


@pytest.mark.parametrize(
    ("lines", "decided", "is_same"),
    [
        (ORDERED, (), True),
        ((*ORDERED, (NUGGETS, 1)), (), False),
        ((*ORDERED, (NUGGETS, 1)), (KEPT,), True),
        (((COLA, 2), (NUGGETS, 1)), (KEPT,), False),
    ],
)
def test_order_is_the_draft_with_what_was_kept(
    lines: tuple[tuple[OrderItem, int], ...], decided: tuple[ResolveUnexpected, ...], *, is_same: bool
) -> None:
    assert is_same_order(past_order(*lines), view(checkout=CHECKOUT, decided=decided)) is is_same
