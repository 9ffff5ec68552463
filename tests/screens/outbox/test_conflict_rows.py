"""The rows of what differs, the totals beneath, and what placing it as it is now asks; all of it pure."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot, PaymentMethod
from console.ordering.customer import Customer
from console.ordering.draft import (
    AddLine,
    DecideLine,
    Draft,
    DraftLine,
    Edit,
    OrderItem,
    Resolution,
    SetCheckout,
)
from console.ordering.money import Currency
from console.ordering.stores import Location
from console.services.views import (
    Activity,
    Aspect,
    CartTotals,
    CheckoutRejection,
    LineComparison,
    LineStatus,
    OrderView,
    PlacementStatus,
    PlacementView,
    Problem,
    ProblemCode,
    Rejection,
    RejectionCode,
    RejectionSubject,
    UnexpectedLine,
)
from screens.outbox.conflict_rows import (
    CheckoutConflict,
    UnexpectedConflict,
    acceptance_blocker,
    call_back_name,
    conflicts,
    current_total,
    is_blocked_by_conflicts,
    placement_questions,
    rows,
    total_texts,
)
from widgets.lists.columns import RowStyle

KWD = Currency("KWD")
COLA, TEA = OrderItem(1, 0, "Cola", "Can", Decimal("0.500")), OrderItem(2, 0, "Tea", "", Decimal("0.250"))
SLOT, HOME = DeliverySlot(7, "Mon 2 Mar, 12:00-13:00", 0.0), Address("Salem Street 5")
QUOTED = Decimal("1.250")
PLACING = PlacementView(
    PlacementStatus.NEEDS_ATTENTION,
    quoted_total=QUOTED,
    problem=Problem(ProblemCode.PLATFORM_ERROR, message="The order differs."),
)


def view(
    *facts: LineComparison,
    total: str = "1.250",
    unexpected: Sequence[UnexpectedLine] = (),
    refused: Sequence[CheckoutRejection] = (),
    checkout: Checkout | None = None,
    placing: PlacementView = PLACING,
    activity: Activity = Activity.NEEDS_ATTENTION,
    decided: Sequence[Edit] = (),
    **more: Any,
) -> OrderView:
    """Two colas and a tea, quoted at KWD 1.250; a fact for each, confirmed where none is given.

    ``decided`` are decisions made since.
    """
    draft = Draft.replay(
        [
            AddLine(DraftLine("C", COLA, 2)),
            AddLine(DraftLine("T", TEA, 1)),
            SetCheckout(checkout or Checkout(payment=PaymentMethod("COD", "COD", "0"))),
            *decided,
        ]
    )
    given = {fact.line_id: fact for fact in facts}
    agreed = [LineComparison("C", LineStatus.CONFIRMED, 2, COLA.unit_price, COLA), tea()]
    return OrderView(
        draft_id="D",
        store=Location(27299, "SAL", "Salmiya"),
        customer=Customer("U", "tom", "Tom", "Sawyer", mobile="+965 5551 2345"),
        created_at=0.0,
        draft=draft,
        currency=KWD,
        estimate=Decimal("1.250"),
        comparisons=tuple(
            given.get(fact.line_id, fact) for fact in agreed if draft.line(fact.line_id) is not None
        ),
        unexpected=tuple(unexpected),
        totals=CartTotals("KWD", Decimal(total), Decimal(0), Decimal(0), Decimal(0), Decimal(total)),
        pending_lines=0,
        differences=len(facts),
        activity=activity,
        problem="",
        is_saved=True,
        rejected=tuple(refused),
        placement=placing,
        **more,
    )


def refusal(message: str) -> Rejection:
    return Rejection(RejectionCode.REFUSED, message=message)


def tea() -> LineComparison:
    return LineComparison("T", LineStatus.CONFIRMED, 1, TEA.unit_price, TEA)


def cola(
    price: str | None, state: LineStatus = LineStatus.DIFFERS, quantity: int = 2, **more: Any
) -> LineComparison:
    return LineComparison(
        "C",
        state,
        quantity,
        None if price is None else Decimal(price),
        rejection=refusal("the cause"),
        **more,
    )


def test_only_differences_have_rows_with_a_sign_and_both_values() -> None:
    """A row shows what it was, what it is and a sign that needs no colour."""
    (row,) = rows(view(cola("0.600"), total="1.450"))
    assert row.cells == ("2", "Cola, Can", "1.000", "1.200")
    assert row.notes == ("     the cause",)
    assert row.style is RowStyle.WARN


def test_rejected_is_shown_as_nothing_and_partial_as_its_part() -> None:
    """A line not accepted shows nothing now; one accepted in part shows that part."""
    (none,) = rows(view(cola(None, LineStatus.REJECTED, 0)))
    (one,) = rows(view(cola("0.500", LineStatus.REJECTED, 1)))
    assert (none.cells[3], one.cells[3]) == ("-", "0.500")


def test_unavailable_line_is_deducted_and_total_is_estimate() -> None:
    """A line no longer available is taken off the platform's total, then uncertain."""
    gone = view(cola("0.500", LineStatus.REJECTED, 0, unavailable=True))
    assert rows(gone)[0].cells[3] == "-"
    assert (current_total(gone).amount, current_total(gone).is_confirmed) == (Decimal("0.250"), False)
    assert total_texts(QUOTED, gone)[1:] == ("Now  ~ KWD 0.250", "KWD 1.000 less")
    decided = view(decided=[DecideLine("C", 0, COLA)], total="0.250")
    assert placement_questions(QUOTED, decided)[1] == "Without 2 Cola."


def test_unexpected_line_has_a_row_until_it_is_resolved() -> None:
    line = UnexpectedLine("Fries", "Large", 1, Decimal("0.700"), free=False, item=COLA)
    kept, gift = replace(line, resolution=Resolution.KEEP), replace(line, free=True)
    shown = view(unexpected=(kept, replace(gift, resolution=Resolution.KEEP), line), total="1.950")
    assert [row.cells for row in rows(shown)] == [("1", "Fries, Large", "-", "0.700")]
    assert conflicts(shown) == {rows(shown)[0].key: UnexpectedConflict(line)}


def test_gift_has_a_row_that_says_what_it_comes_from() -> None:
    gift = UnexpectedLine("Fries", "", 1, Decimal(0), free=True, item=COLA, promotion="Fries day")
    (row,) = rows(view(unexpected=(gift,)))
    assert row.cells == ("1", "Fries", "-", "0.000")
    assert row.notes[0].strip().startswith("Free: promotion Fries day, a keeps it;")


def test_kept_line_that_is_gone_has_a_row_with_what_it_was() -> None:
    gone = UnexpectedLine("Fries", "", 0, Decimal("0.700"), free=False, item=COLA, kept=2)
    (row,) = rows(view(unexpected=(gone,)))
    assert row.cells == ("2", "Fries", "1.400", "-")
    assert "not in the cart any more" in row.notes[0]


@pytest.mark.parametrize(
    ("rejection", "becomes"),
    [
        (
            CheckoutRejection(None, Rejection(RejectionCode.UNEXPECTED_VOUCHER, subject="tenoff")),
            Checkout(voucher="tenoff"),
        ),
        (CheckoutRejection(Aspect.VOUCHER_REMOVAL, refusal("No."), subject="old"), Checkout()),
        (
            CheckoutRejection(None, Rejection(RejectionCode.MODE_NOT_CHANGED), subject="H"),
            Checkout(mode=DeliveryMode.DELIVERY),
        ),
        (CheckoutRejection(None, Rejection(RejectionCode.MODE_NOT_CHANGED)), None),
        (CheckoutRejection(Aspect.ADDRESS, refusal("Too far.")), None),
    ],
    ids=["foreign voucher", "voucher that stays", "mode", "both modes", "address"],
)
def test_accepted_checkout_part_is_as_the_platform_has_it(
    rejection: CheckoutRejection, becomes: Checkout | None
) -> None:
    assert rejection.accepted(Checkout()) == becomes


@pytest.mark.parametrize(
    ("aspect", "name", "advice"),
    [
        (Aspect.DELIVERY_SLOT, "Slot Mon 2 Mar, 12:00-13:00", "as soon as possible"),
        (Aspect.VOUCHER, "Voucher TENOFF", "removes it"),
        (Aspect.ADDRESS, "Address Salem Street 5", "another address or for pickup"),
        (None, "Checkout", ""),
    ],
)
def test_rejected_checkout_part_names_reason_and_remedy(
    aspect: Aspect | None, name: str, advice: str
) -> None:
    checkout = Checkout(mode=DeliveryMode.DELIVERY, delivery_slot=SLOT, voucher="TENOFF", address=HOME)
    (row,) = rows(view(refused=[CheckoutRejection(aspect, refusal("It is refused."))], checkout=checkout))
    assert row.cells[1] == name
    assert "It is refused." in " ".join(row.notes)
    assert advice in " ".join(row.notes)


def test_a_refusal_says_its_subject_once() -> None:
    (row,) = rows(
        view(
            refused=[CheckoutRejection(Aspect.DELIVERY_SLOT, refusal("It is full."))],
            checkout=Checkout(delivery_slot=SLOT),
        )
    )
    assert row.notes[0].startswith("     It is full.")


@pytest.mark.parametrize(
    ("refused", "name"),
    [
        (RejectionSubject.DELIVERY_SLOT, "Slot Mon 2 Mar, 12:00-13:00"),
        (RejectionSubject.VOUCHER, "Voucher TENOFF"),
        (RejectionSubject.STORE, "The store"),
        (RejectionSubject.ORDER, "The order"),
        (RejectionSubject.LINES, "The order"),
    ],
)
def test_refused_placement_shows_the_platforms_words(refused: RejectionSubject, name: str) -> None:
    placing = replace(PLACING, rejection=refused)
    (row,) = rows(view(placing=placing, checkout=Checkout(delivery_slot=SLOT, voucher="TENOFF")))
    assert row.cells[1] == name
    assert "The order differs." in " ".join(row.notes)


def test_rejected_lines_are_not_repeated_for_the_order() -> None:
    shown = view(
        cola(None, LineStatus.REJECTED, 0), placing=replace(PLACING, rejection=RejectionSubject.LINES)
    )
    assert [row.key for row in rows(shown)] == ["C"]


def test_slot_and_voucher_can_be_dropped_but_not_address() -> None:
    checkout = Checkout(delivery_slot=SLOT, voucher="TENOFF")
    refused = [
        CheckoutRejection(aspect, refusal("no"))
        for aspect in (Aspect.DELIVERY_SLOT, Aspect.VOUCHER, Aspect.ADDRESS, None)
    ]
    shown = view(refused=refused, checkout=checkout)
    assert list(conflicts(shown)) == [row.key for row in rows(shown)]
    rejected = [one for one in conflicts(shown).values() if isinstance(one, CheckoutConflict)]
    assert [conflict.rejection.accepted(checkout) for conflict in rejected] == [
        replace(checkout, delivery_slot=None),
        replace(checkout, voucher=""),
        None,
        None,
    ]


def test_an_order_is_stopped_by_a_row_or_by_the_total_alone() -> None:
    assert is_blocked_by_conflicts(view(cola("0.500"), total="1.250"))
    assert is_blocked_by_conflicts(view(total="1.300"))
    assert not is_blocked_by_conflicts(view(total="1.250"))


@pytest.mark.parametrize(
    "placing",
    [
        replace(PLACING, state=PlacementStatus.WAITING),
        replace(PLACING, state=PlacementStatus.PLACED),
        replace(PLACING, needs_decision=True),
        replace(PLACING, quoted_total=None),
    ],
    ids=["waiting", "placed", "undecided", "not to be placed"],
)
def test_order_needing_no_second_question_is_not_stopped(placing: PlacementView) -> None:
    assert not is_blocked_by_conflicts(view(cola("0.600"), total="1.450", placing=placing))


def test_missing_platform_total_is_an_estimate_and_not_a_stop() -> None:
    unknown = replace(view(), totals=None, estimate=Decimal(9))
    assert not is_blocked_by_conflicts(unknown)
    assert current_total(unknown).amount == Decimal(9)
    assert not current_total(unknown).is_confirmed


def test_draft_being_sent_has_an_estimate_and_waits() -> None:
    """A draft still being sent shows an estimated total and waits to be placed."""
    draft = PlacementView()
    sending = view(total="1.250", placing=draft, activity=Activity.SENDING)
    assert not current_total(sending).is_confirmed
    assert "computing the new total" in acceptance_blocker(sending)
    assert acceptance_blocker(view(total="1.250", placing=draft, activity=Activity.IDLE)) == ""


def test_an_address_that_is_not_delivered_to_cannot_be_accepted() -> None:
    checkout = Checkout(mode=DeliveryMode.DELIVERY, address=HOME)
    shown = view(refused=[CheckoutRejection(Aspect.ADDRESS, refusal("Too far."))], checkout=checkout)
    assert acceptance_blocker(shown).startswith("No delivery there.")


def test_where_nothing_would_be_left_nothing_is_placed() -> None:
    out = [LineComparison(line_id, LineStatus.REJECTED) for line_id in ("C", "T")]
    assert acceptance_blocker(view(*out)).startswith("Nothing would be left to place.")
    assert acceptance_blocker(view(out[0])) == ""


def test_changed_total_is_said_in_words_and_same_is_not() -> None:
    """A total above or below the quoted one is said in words; the same is not."""
    assert total_texts(QUOTED, view(total="1.450")) == (
        "Customer was told  = KWD 1.250",
        "Now  = KWD 1.450",
        "KWD 0.200 more",
    )
    assert total_texts(QUOTED, view())[1:] == ("Now  = KWD 1.250", "")


def test_the_question_has_both_totals_and_what_the_cash_lacks() -> None:
    cash = Checkout(payment=PaymentMethod("COD", "COD", "0"), tendered=Decimal("1.300"))
    first, short = placement_questions(QUOTED, view(cola("0.600"), total="1.450", checkout=cash))
    assert first.startswith("Place for Tom Sawyer at KWD 1.450 instead of KWD 1.250?")
    assert short == "The cash given is KWD 0.150 short."


def test_partly_accepted_line_names_what_is_missing() -> None:
    decided = view(decided=[DecideLine("C", 1, COLA)], total="0.750")
    assert placement_questions(QUOTED, decided)[1] == "Without 1 Cola."


def test_call_back_names_the_customers_number_if_known() -> None:
    assert call_back_name(view()) == "call back +965 5551 2345"
    assert call_back_name(replace(view(), customer=None)) == "call back"
