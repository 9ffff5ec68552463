"""The quantities that an order can have of a product."""

from decimal import Decimal

import pytest

from console.ordering.draft import AddLine, Draft, DraftLine, Edit, OrderItem, RemoveLine, SetQuantity
from console.ordering.quantity_limits import QuantityLimits, quantity_problem

COLA, WATER = 7, 8


def line(line_id: str, quantity: int, product_id: int = COLA) -> DraftLine:
    return DraftLine(line_id, OrderItem(product_id, 0, "Cola", "", Decimal("0.5")), quantity)


@pytest.mark.parametrize(
    ("limits", "quantity", "problem"),
    [
        (QuantityLimits(), 999, ""),
        (QuantityLimits(minimum=3), 2, "Cola: at least 3 in an order."),
        (QuantityLimits(minimum=3), 3, ""),
        (QuantityLimits(maximum=5), 5, ""),
        (QuantityLimits(maximum=5), 6, "Cola: at most 5 in an order."),
        (QuantityLimits(multiple=6), 12, ""),
        (QuantityLimits(multiple=6), 13, "Cola is sold in multiples of 6."),
    ],
)
def test_quantity_outside_the_limits_has_a_sentence(
    limits: QuantityLimits, quantity: int, problem: str
) -> None:
    assert limits.problem(quantity, "Cola") == problem


@pytest.mark.parametrize(
    ("limits", "smallest"),
    [
        (QuantityLimits(), 1),
        (QuantityLimits(3), 3),
        (QuantityLimits(multiple=6), 6),
        (QuantityLimits(7, 0, 6), 12),
    ],
)
def test_smallest_quantity_fits_minimum_and_package(limits: QuantityLimits, smallest: int) -> None:
    assert limits.smallest == smallest


@pytest.mark.parametrize(
    ("edit", "is_refused"),
    [
        (AddLine(line("C", 2)), False),
        (AddLine(line("C", 3)), True),
        (AddLine(line("C", 9, WATER)), False),
        (SetQuantity("A", 4), False),
        (SetQuantity("A", 5), True),
        (SetQuantity("gone", 9), False),
        (RemoveLine("A"), False),
    ],
)
def test_limit_counts_for_all_lines_of_the_product(edit: Edit, *, is_refused: bool) -> None:
    """Two and one Cola are in the order, of which five are allowed."""
    draft = Draft.replay([AddLine(line("A", 2)), AddLine(line("B", 1)), AddLine(line("W", 9, WATER))])
    limits = {COLA: QuantityLimits(maximum=5)}
    assert bool(quantity_problem(draft, edit, limits.get)) is is_refused
