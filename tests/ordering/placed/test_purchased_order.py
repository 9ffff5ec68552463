"""What was bought: lines and charges add up to the total, and two records of it can be compared."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Portion
from console.ordering.money import ZERO, Currency
from console.ordering.placed.order_states import ACCEPTED
from console.ordering.placed.past_orders import PastLine, PastOrder
from console.ordering.placed.purchased_order import (
    PurchasedOrder,
    TotalKind,
    balance,
    line_amounts,
    payment_rows,
    purchased_from_past,
    reconciled,
    record_differences,
    total_rows,
)

KWD, JPY = Currency("KWD"), Currency("JPY")
BREAD = PastLine(1, 500, 0, "Garlic Bread", 3, Decimal("0.750"))
TEA = PastLine(2, 510, 0, "Karak Tea", 1, Decimal("0.350"))
OLIVES = PastLine(0, 7, 71, "Olives", 1, ZERO)
PIZZA = PastLine(3, 600, 0, "Margherita", 1, Decimal("4.500"), parts=(OLIVES,))
ORDER = PurchasedOrder((BREAD, TEA), Decimal("2.600"))

AMOUNTS = st.decimals(-50, 5000, places=6)
LINES = st.builds(
    PastLine, st.just(1), st.integers(1, 9), st.just(0), st.text(max_size=3), st.integers(1, 40), AMOUNTS
)
ORDERS = st.builds(
    PurchasedOrder,
    st.lists(LINES, max_size=5).map(tuple),
    AMOUNTS,
    st.one_of(st.none(), AMOUNTS),
    AMOUNTS,
    AMOUNTS,
    tax=AMOUNTS,
    mode=st.sampled_from(DeliveryMode),
    unreadable_lines=st.integers(0, 2),
)


def rows(order: PurchasedOrder, currency: Currency = KWD) -> list[tuple[str, str]]:
    return [(row.label, currency.format_number(row.amount)) for row in total_rows(order, currency)]


@given(ORDERS, st.sampled_from([KWD, JPY, Currency("USD")]))
def test_lines_and_charges_always_add_up_to_the_total(order: PurchasedOrder, currency: Currency) -> None:
    amounts = line_amounts(order, currency)
    found = total_rows(order, currency)
    assert balance(amounts, found) == 0
    assert [row.amount for row in found if row.kind is TotalKind.TOTAL] == [currency.round(order.total)]


def test_order_without_charges_has_its_total_alone() -> None:
    assert rows(ORDER) == [("Total", "2.600")]


def test_charges_follow_the_goods_in_order() -> None:
    order = replace(
        ORDER,
        total=Decimal("2.350"),
        discount=Decimal("0.250"),
        voucher_discount=Decimal("0.500"),
        voucher="HALFDINAR",
        delivery=Decimal("0.500"),
    )
    assert rows(order) == [
        ("Goods", "2.600"),
        ("Discount", "-0.250"),
        ("Voucher HALFDINAR", "-0.500"),
        ("Delivery", "0.500"),
        ("Total", "2.350"),
    ]


def test_tax_on_top_of_the_prices_is_added() -> None:
    assert rows(replace(ORDER, total=Decimal("2.730"), tax=Decimal("0.130"))) == [
        ("Goods", "2.600"),
        ("Tax", "0.130"),
        ("Total", "2.730"),
    ]


def test_tax_in_the_prices_is_named_and_not_added() -> None:
    assert rows(replace(ORDER, tax=Decimal("0.130"))) == [("Total", "2.600"), ("Includes tax", "0.130")]


def test_line_is_rounded_once_for_its_whole_quantity() -> None:
    order = PurchasedOrder((replace(BREAD, quantity=4, price=Decimal("0.3335")),), Decimal("1.334"))
    assert (line_amounts(order, KWD)[0], rows(order)) == (Decimal("1.334"), [("Total", "1.334")])


def test_rest_of_a_smallest_coin_is_called_rounding() -> None:
    lines = (replace(BREAD, quantity=1, price=Decimal("0.3335")),) * 3
    assert rows(PurchasedOrder(lines, Decimal("1.001"))) == [("Total", "1.001")]
    assert rows(PurchasedOrder(lines, Decimal("1.002"))) == [
        ("Goods", "1.001"),
        ("Rounding", "0.001"),
        ("Total", "1.002"),
    ]


def test_rest_that_nothing_explains_has_a_row_of_its_own() -> None:
    assert rows(replace(ORDER, total=Decimal("0.350"))) == [
        ("Goods", "2.600"),
        ("Other (platform)", "-2.250"),
        ("Total", "0.350"),
    ]


@pytest.mark.parametrize(
    ("mode", "label"), [(DeliveryMode.DELIVERY, "Delivery"), (DeliveryMode.PICKUP, "Other (platform)")]
)
def test_past_order_has_its_delivery_as_the_rest(mode: DeliveryMode, label: str) -> None:
    past = PastOrder(7, ACCEPTED, None, Decimal("3.100"), mode=mode, lines=(BREAD, TEA))
    assert rows(purchased_from_past(past))[1] == (label, "0.500")


def test_lines_that_cannot_be_read_are_a_row() -> None:
    assert ("Not readable", "0.350") in rows(replace(ORDER, lines=(BREAD,), unreadable_lines=1))


def test_change_is_for_the_total_of_what_was_bought() -> None:
    found = payment_rows(replace(ORDER, tendered=Decimal(5)))
    assert [(row.label, row.amount) for row in found] == [
        ("Cash given", Decimal(5)),
        ("Change", Decimal("2.400")),
    ]
    assert payment_rows(replace(ORDER, tendered=Decimal(2))) == ()


@pytest.mark.parametrize(
    ("record", "differences"),
    [
        (replace(ORDER, lines=(TEA,)), ("3 x Garlic Bread less",)),
        (replace(ORDER, lines=(replace(BREAD, quantity=4), TEA)), ("1 x Garlic Bread more",)),
        (replace(ORDER, lines=(*ORDER.lines, PIZZA)), ("1 x Margherita more",)),
        (replace(ORDER, total=Decimal("2.500")), ("total 2.500, not 2.600",)),
        (replace(ORDER, mode=DeliveryMode.DELIVERY), ("delivery",)),
        (replace(ORDER, unreadable_lines=1), ("1 not readable",)),
        (replace(ORDER, is_cancelled=True), ("cancelled",)),
        (replace(ORDER, is_cancelled=True, cancelled_text="rejected"), ("rejected",)),
        (replace(ORDER, lines=(replace(BREAD, cancelled_quantity=2), TEA)), ("2 x Garlic Bread cancelled",)),
        (replace(ORDER, lines=(replace(BREAD, quantity=2), replace(BREAD, quantity=1), TEA)), ()),
    ],
)
def test_records_are_compared_by_content(record: PurchasedOrder, differences: tuple[str, ...]) -> None:
    assert record_differences(ORDER, record, KWD) == differences


def test_other_parts_are_said_where_both_records_have_parts() -> None:
    sent = PurchasedOrder((PIZZA,), Decimal("4.500"))
    halved = replace(PIZZA, parts=(replace(OLIVES, portion=Portion.LEFT),))
    assert record_differences(sent, replace(sent, lines=(halved,)), KWD) == ("other parts in Margherita",)
    assert record_differences(sent, replace(sent, lines=(replace(PIZZA, parts=()),)), KWD) == ()


def test_record_that_differs_wins_with_what_was_entered_here() -> None:
    sent = replace(ORDER, notes="ring twice", tendered=Decimal(5), payment="Cash", draft_digest="d")
    record = replace(ORDER, lines=(TEA,), total=Decimal("0.350"), payment="COD")
    merged, differences = reconciled(sent, record, KWD)
    assert differences == ("3 x Garlic Bread less", "total 0.350, not 2.600")
    assert (merged.lines, merged.total) == ((TEA,), Decimal("0.350"))
    assert (merged.notes, merged.tendered, merged.payment) == ("ring twice", Decimal(5), "Cash")


def test_record_that_agrees_leaves_the_cart_with_its_names_and_charges() -> None:
    sent = replace(ORDER, delivery=Decimal("0.500"), total=Decimal("3.100"))
    assert reconciled(sent, replace(sent, delivery=None, payment="COD"), KWD) == (sent, ())
