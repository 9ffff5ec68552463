"""The checkout's rows say what the platform refused: nothing refused looks applied."""

from dataclasses import replace

import pytest

from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot
from console.ordering.draft import SetCheckout
from console.services.views import OrderView, PlacementView, RejectionSubject
from console.sync.problems import (
    Aspect,
    CheckoutRejection,
    Problem,
    ProblemCode,
    Rejection,
    RejectionCode,
)
from screens.checkout.rows import rows
from tests.screens.order_views import CASH, bread_order
from widgets.lists.columns import ListRow, RowStyle

CHOSEN = Checkout(
    DeliveryMode.DELIVERY,
    Address("Salem Street 5"),
    delivery_slot=DeliverySlot(3, "Mon 2 Mar, 12:00", 0.0),
    voucher="TenOff",
)
VALUES = {"a": "Salem Street 5", "t": "Mon 2 Mar, 12:00", "v": "TenOff"}


def shown(view: OrderView) -> dict[str, ListRow]:
    draft = view.draft.apply(SetCheckout(CHOSEN))
    changed = replace(view, draft=draft)
    return {
        row.key: row for row in rows(changed, payment=CASH, lead_time="", serving_text="served", width=60)
    }


@pytest.mark.parametrize(
    ("aspect", "letter"), [(Aspect.ADDRESS, "a"), (Aspect.DELIVERY_SLOT, "t"), (Aspect.VOUCHER, "v")]
)
def test_refused_field_says_so_with_its_reason(aspect: Aspect, letter: str) -> None:
    refusal = CheckoutRejection(aspect, Rejection(RejectionCode.REFUSED, message="Not today."))
    found = shown(replace(bread_order(), rejected=(refusal,)))
    assert found[letter].cells[2] == f"{VALUES[letter]}: refused"
    assert (found[letter].style, found[letter].notes) == (RowStyle.WARN, ("     Not today.",))
    others = [found[other].cells[2] for other in VALUES if other != letter]
    assert others == [VALUES[other] for other in VALUES if other != letter]


def test_voucher_without_a_discount_says_so() -> None:
    refusal = CheckoutRejection(Aspect.VOUCHER, Rejection(RejectionCode.NO_DISCOUNT))
    row = shown(replace(bread_order(), rejected=(refusal,)))["v"]
    assert row.cells[2] == "TenOff: refused"
    assert row.notes == ("     It takes nothing off this order.",)


@pytest.mark.parametrize(
    ("subject", "letter"), [(RejectionSubject.VOUCHER, "v"), (RejectionSubject.DELIVERY_SLOT, "t")]
)
def test_field_that_place_order_refused_says_so(subject: RejectionSubject, letter: str) -> None:
    problem = Problem(ProblemCode.PLATFORM_ERROR, message="It has expired.")
    placement = PlacementView(rejection=subject, problem=problem)
    row = shown(replace(bread_order(), placement=placement))[letter]
    assert row.cells[2] == f"{VALUES[letter]}: refused"
    assert row.notes == ("     It has expired.",)
