"""The delivery fee in what the screens say: in the total, "plus delivery", or named before placing."""

from decimal import Decimal

import pytest

from console.services.views import OrderView
from screens.checkout.rows import change_due, missing_for_placement, placement_question
from screens.checkout.rows import rows as checkout_rows
from screens.order_view.read_back import read_back_sentences
from screens.order_view.rows import delivery_note, totals
from screens.outbox.conflict_rows import is_blocked_by_conflicts, placement_questions, total_texts
from screens.outbox.rows import outbox_row
from tests.screens.order_views import CASH, bread_order

UNKNOWN, REMEMBERED, CONFIRMED = (
    bread_order(),
    bread_order(fee="0.500"),
    bread_order(fee="0.500", confirmed_fee="0.900"),
)
IN_WORDS = pytest.mark.parametrize(
    ("view", "total"),
    [
        (UNKNOWN, "KWD 2.250 plus delivery"),
        (REMEMBERED, "KWD 2.750"),
        (CONFIRMED, "KWD 3.150"),
        (bread_order(fee="0.500", quoted=("2.250", None)), "KWD 2.250 plus delivery"),
        (bread_order(fee="0.900", quoted=("2.750", "0.500")), "KWD 2.750"),
    ],
)


@IN_WORDS
def test_total_reads_the_same_in_every_place(view: OrderView, total: str) -> None:
    """Read-back, the row that places and the question say the total, and "plus delivery" only with it."""
    (spoken,) = [text for text in read_back_sentences(view, {}) if text.startswith("Together")]
    assert spoken == f"Together {total}, as soon as possible."
    place = checkout_rows(view, payment=CASH, lead_time="", serving_text="", width=80)[-1]
    assert place.cells[2] == f"{'=' if view.is_confirmed else '~'} {total}"
    question = placement_question(view, payment=CASH)
    assert question.endswith(f"{'' if view.is_confirmed else 'about '}{total}, Cash?")
    assert bool(delivery_note(view)) is total.endswith("plus delivery")
    notes = "".join(outbox_row(view).notes)
    assert ("The total is plus delivery." in notes) is total.endswith("plus delivery")


def test_totals_have_either_the_estimate_or_the_confirmed_total() -> None:
    estimated, confirmed = totals(REMEMBERED), totals(CONFIRMED)
    assert (estimated.confirmed, estimated.estimate, estimated.estimated_delivery) == (
        None,
        Decimal("2.750"),
        Decimal("0.500"),
    )
    assert confirmed.confirmed is not None
    assert confirmed.confirmed.total == Decimal("3.150")


@pytest.mark.parametrize(
    ("tendered", "due", "blocker"),
    [
        ("5.000", None, ""),
        ("2.250", None, ""),
        ("2.000", Decimal("-0.250"), "The cash given is KWD 0.250 short. c changes it."),
    ],
)
def test_change_is_not_claimed_while_the_fee_is_unknown(
    tendered: str, due: Decimal | None, blocker: str
) -> None:
    view = bread_order(tendered=tendered)
    assert (change_due(view), missing_for_placement(view)) == (due, blocker)
    assert change_due(bread_order(fee="0.500", tendered="5.000")) == Decimal("2.250")


@pytest.mark.parametrize(
    ("view", "told", "sentences"),
    [
        (
            bread_order(confirmed_fee="0.750", quoted=("2.250", None)),
            ("2.250", None),
            (
                "Place for Walk-in at KWD 3.000 instead of KWD 2.250 plus delivery?"
                " The customer must know the new total.",
                "Delivery is KWD 0.750.",
            ),
        ),
        (
            bread_order(confirmed_fee="0.900", quoted=("2.750", "0.500")),
            ("2.750", "0.500"),
            (
                "Place for Walk-in at KWD 3.150 instead of KWD 2.750? The customer must know the new total.",
                "Delivery is KWD 0.900, was KWD 0.500.",
            ),
        ),
    ],
)
def test_question_after_a_stop_names_the_fee(
    view: OrderView, told: tuple[str, str | None], sentences: tuple[str, ...]
) -> None:
    assert is_blocked_by_conflicts(view)
    total, fee = Decimal(told[0]), None if told[1] is None else Decimal(told[1])
    assert placement_questions(total, view, quoted_delivery=fee) == sentences


def test_conflict_totals_say_what_was_told_without_a_fee() -> None:
    view = bread_order(confirmed_fee="0.750", quoted=("2.250", None))
    assert total_texts(Decimal("2.250"), view, quoted_delivery=None) == (
        "Customer was told  = KWD 2.250 plus delivery",
        "Now  = KWD 3.000",
        "",
    )
