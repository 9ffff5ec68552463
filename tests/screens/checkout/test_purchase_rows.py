"""The rows of what was bought on the screen after placing."""

from dataclasses import replace
from decimal import Decimal

from console.ordering.money import Currency
from console.ordering.placed.past_orders import PastLine
from console.ordering.placed.purchased_order import PurchasedOrder
from screens.checkout.purchase_rows import purchase_rows
from widgets.text_rows import Spans

KWD = Currency("KWD")
BREAD = PastLine(1, 500, 0, "Garlic Bread", 3, Decimal("0.750"))
ORDER = PurchasedOrder((BREAD,), Decimal("2.750"), delivery=Decimal("0.500"))


def texts(rows: tuple[Spans, ...]) -> list[str]:
    return ["".join(span.text for span in row) for row in rows]


def test_lines_and_charges_have_a_row_each() -> None:
    assert texts(purchase_rows(ORDER, {}, KWD, width=26, height=9)) == [
        "3 x Garlic Bread     2.250",
        "Delivery             0.500",
    ]


def test_lines_without_room_are_counted() -> None:
    long_order = replace(ORDER, lines=(BREAD,) * 7, total=Decimal("16.250"), unreadable_lines=1)
    found = texts(purchase_rows(long_order, {}, KWD, width=26, height=5))
    assert [row.split("  ")[0].strip() for row in found] == [
        "3 x Garlic Bread",
        "3 x Garlic Bread",
        "and 5 more",
        "One entry cannot be read.",
        "Delivery",
    ]
    assert purchase_rows(long_order, {}, KWD, width=26, height=0) == ()
