"""The question before placing names what was decided, in few words and never in too many rows."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Checkout, DeliveryMode, DeliverySlot
from console.ordering.draft import (
    AddLine,
    Component,
    DecideCheckout,
    DecideLine,
    Draft,
    DraftLine,
    Edit,
    OrderItem,
    Resolution,
    ResolveUnexpected,
    SetCheckout,
)
from console.ordering.money import Currency
from console.ordering.stores import Location
from console.services.views import Activity, OrderView
from screens.dialogs.confirm import MAX_SENTENCE_ROWS, WIDTH
from screens.order_view.decided import decided_sentences
from widgets.text_cells import wrap

BREAD = OrderItem(1, 0, "Garlic Bread", "", Decimal("0.750"))
TEA = OrderItem(2, 0, "Karak Tea", "", Decimal("0.350"))
PIZZA = OrderItem(3, 0, "Margherita", "", Decimal(4), (Component(11), Component(12)))
SLOT = DeliverySlot(7, "Mon, 12:00", 0.0)
ORDERED = [
    AddLine(DraftLine("B", BREAD, 3)),
    AddLine(DraftLine("T", TEA, 1)),
    AddLine(DraftLine("P", PIZZA, 1)),
]


def sentences(*edits: Edit, ordered: Sequence[Edit] = ORDERED) -> tuple[str, ...]:
    view = OrderView(
        draft_id="D",
        store=Location(1, "", "Salmiya"),
        customer=None,
        created_at=0.0,
        draft=Draft.replay([*ordered, *edits]),
        currency=Currency("KWD"),
        estimate=Decimal(0),
        comparisons=(),
        unexpected=(),
        totals=None,
        pending_lines=0,
        differences=0,
        activity=Activity.IDLE,
        problem="",
        is_saved=True,
    )
    return decided_sentences(view)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (DecideLine("B", 0, BREAD), "Without 3 Garlic Bread."),
        (DecideLine("B", 1, BREAD), "Without 2 Garlic Bread."),
        (DecideLine("T", 1, replace(TEA, unit_price=Decimal("0.400"))), "Karak Tea 0.400, was 0.350."),
        (
            DecideLine("B", 3, OrderItem(9, 0, "Wedges", "Large", Decimal("0.850"))),
            "Wedges Large instead of Garlic Bread, 0.850, was 0.750.",
        ),
        (
            DecideLine("P", 1, replace(PIZZA, components=PIZZA.components[:1])),
            "Margherita with other parts.",
        ),
        (ResolveUnexpected(TEA, Resolution.KEEP, 2), "With 2 Karak Tea."),
        (ResolveUnexpected(TEA, Resolution.KEEP, 1, free=True), "With 1 Karak Tea, free."),
        (ResolveUnexpected(TEA, Resolution.REMOVE, 2), "2 Karak Tea taken out."),
    ],
)
def test_each_decision_is_one_phrase(edit: Edit, sentence: str) -> None:
    assert sentences(edit) == (sentence,)


def test_nothing_decided_says_nothing() -> None:
    assert sentences() == ()


def test_missing_lines_come_first_and_together() -> None:
    dearer = replace(TEA, unit_price=Decimal("0.400"))
    assert sentences(DecideLine("T", 1, dearer), DecideLine("B", 0, BREAD), DecideLine("P", 0, PIZZA)) == (
        "Without 3 Garlic Bread, 1 Margherita; Karak Tea 0.400, was 0.350.",
    )


def test_latest_decision_about_an_unexpected_line_counts() -> None:
    assert sentences(
        ResolveUnexpected(TEA, Resolution.KEEP, 2), ResolveUnexpected(TEA, Resolution.REMOVE, 3)
    ) == ("3 Karak Tea taken out.",)


def test_decided_checkout_is_told_part_by_part() -> None:
    chosen = Checkout(mode=DeliveryMode.DELIVERY, delivery_slot=SLOT, voucher="TENOFF")
    assert sentences(SetCheckout(chosen), DecideCheckout(Checkout())) == (
        "Pickup, not delivery.",
        "As soon as possible instead of the slot.",
        "Without the voucher TENOFF.",
    )
    assert sentences(DecideCheckout(Checkout(), accepted="no voucher|old|refused")) == (
        "With the voucher old, which the platform does not remove.",
    )


def test_long_list_is_folded_with_a_count_and_hides_nothing_silently() -> None:
    items = [OrderItem(n, 0, f"Product number {n}", "", Decimal(1)) for n in range(30)]
    ordered = [AddLine(DraftLine(f"L{n}", item, 1)) for n, item in enumerate(items)]
    (sentence,) = sentences(*(DecideLine(f"L{n}", 0, item) for n, item in enumerate(items)), ordered=ordered)
    assert len(wrap(sentence, WIDTH, 100)) <= MAX_SENTENCE_ROWS
    shown = sentence.count("Product number")
    assert shown > 1
    assert sentence.endswith(f"and {30 - shown} more.")
