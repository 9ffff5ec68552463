"""Decisions about a draft: each is one edit, is taken back by one undo, and is named until it is changed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Checkout
from console.ordering.draft import (
    AddLine,
    DecideCheckout,
    DecideLine,
    Draft,
    DraftLine,
    Edit,
    EditError,
    LineDecision,
    OrderItem,
    RemoveLine,
    ReplaceItem,
    SetCheckout,
    SetQuantity,
)

BREAD = OrderItem(1, 0, "Garlic Bread", "", Decimal("0.750"))
WEDGES = OrderItem(2, 0, "Potato Wedges", "", Decimal("0.850"))
DEARER = replace(BREAD, unit_price=Decimal("0.800"))
ORDERED = Draft.replay([AddLine(DraftLine("B", BREAD, 3))])
LINE = ORDERED.lines[0]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (DecideLine("B", 0, BREAD), ()),
        (DecideLine("B", 1, BREAD), (DraftLine("B", BREAD, 1),)),
        (DecideLine("B", 3, WEDGES), (DraftLine("B", WEDGES, 3),)),
        (DecideLine("B", 2, DEARER), (DraftLine("B", DEARER, 2),)),
    ],
    ids=["missing", "fewer", "another product", "fewer and dearer"],
)
def test_decision_makes_the_line_the_carts_and_one_undo_takes_it_back(
    edit: DecideLine, lines: tuple[DraftLine, ...]
) -> None:
    decided = ORDERED.apply(edit)
    assert decided.lines == lines
    assert decided.line_decisions == (LineDecision(LINE, lines[0] if lines else None),)
    assert decided.undo().line_decisions == ()
    assert decided.undo().lines == ORDERED.lines


def test_second_decision_of_a_line_is_told_against_what_was_ordered() -> None:
    twice = ORDERED.apply(DecideLine("B", 3, DEARER)).apply(DecideLine("B", 1, DEARER))
    assert twice.line_decisions == (LineDecision(LINE, DraftLine("B", DEARER, 1)),)


def test_decision_that_leads_back_to_what_was_ordered_is_none() -> None:
    back = ORDERED.apply(DecideLine("B", 3, DEARER)).apply(DecideLine("B", 3, BREAD))
    assert back.line_decisions == ()


@pytest.mark.parametrize(
    ("change", "decisions"),
    [
        (RemoveLine("B"), ()),
        (ReplaceItem("B", WEDGES), ()),
        (SetQuantity("B", 5), (LineDecision(DraftLine("B", BREAD, 5), DraftLine("B", DEARER, 5)),)),
    ],
    ids=["removed", "replaced", "another quantity"],
)
def test_operators_own_change_takes_the_place_of_the_decision(
    change: Edit, decisions: tuple[LineDecision, ...]
) -> None:
    assert ORDERED.apply(DecideLine("B", 2, DEARER)).apply(change).line_decisions == decisions


def test_quantity_of_the_operators_own_ends_the_decision_about_fewer() -> None:
    assert ORDERED.apply(DecideLine("B", 1, BREAD)).apply(SetQuantity("B", 2)).line_decisions == ()


def test_decision_about_a_line_that_is_gone_does_not_fit() -> None:
    with pytest.raises(EditError, match="no longer in the order"):
        ORDERED.apply(RemoveLine("B")).apply(DecideLine("B", 1, BREAD))
    with pytest.raises(EditError, match="A quantity is"):
        ORDERED.apply(DecideLine("B", 1000, BREAD))


def test_checkout_is_told_against_what_it_was_before_the_first_decision() -> None:
    chosen = Checkout(voucher="TENOFF", notes="ring twice")
    draft = ORDERED.apply(SetCheckout(chosen))
    assert draft.checkout_before is None
    decided = draft.apply(DecideCheckout(replace(chosen, voucher="")))
    again = decided.apply(DecideCheckout(decided.checkout, accepted="no voucher|old|refused"))
    assert (again.checkout_before, again.checkout.voucher) == (chosen, "")
    assert again.accepted_checkout == ("no voucher|old|refused",)
    assert again.undo().accepted_checkout == ()
