"""Every code has its sentence, and a sentence is for operators: short, and without internal words."""

import re
from decimal import Decimal

import pytest

from console.ordering.money import Currency
from console.services.orders.problem_texts import (
    checkout_rejection_text,
    line_difference_text,
    problem_text,
    rejection_text,
)
from console.sync.cart.differences import PriceChanged
from console.sync.problems import Aspect, CheckoutRejection, Problem, ProblemCode, Rejection, RejectionCode

KWD = Currency("KWD")
INTERNAL = re.compile(r"\b(otherwise|told|wish|settle|draft|None)\b", re.IGNORECASE)


@pytest.mark.parametrize("code", ProblemCode)
def test_every_problem_has_a_sentence(code: ProblemCode) -> None:
    rejected = CheckoutRejection(Aspect.VOUCHER, Rejection(RejectionCode.REFUSED, message="It has expired."))
    counts = (1, 2, 3) if code is ProblemCode.UNSEEN_DIFFERENCES else (2,)
    problem = Problem(code, "It says why.", "Sara", counts, Decimal(1), Decimal(2), rejected)
    sentence = problem_text(problem, KWD)
    assert sentence[-1] in ".?"
    assert not INTERNAL.search(sentence)
    assert len(sentence) < 140


@pytest.mark.parametrize("code", RejectionCode)
def test_every_rejection_has_a_sentence(code: RejectionCode) -> None:
    sentence = rejection_text(Rejection(code, subject="TENOFF"))
    assert sentence.endswith(".")
    assert not INTERNAL.search(sentence)


def test_no_problem_has_no_sentence() -> None:
    assert problem_text(None, KWD) == ""


def test_platform_reply_comes_before_the_question() -> None:
    problem = Problem(ProblemCode.ONE_MATCH, reply="Code 7777.")
    assert problem_text(problem, KWD).startswith("Code 7777. One order")


def test_unseen_differences_are_counted_by_kind() -> None:
    problem = Problem(ProblemCode.UNSEEN_DIFFERENCES, counts=(1, 0, 3))
    assert problem_text(problem, KWD) == (
        "One item is not available. 3 items were not added here. Review the order and place it again."
    )


def test_checkout_rejection_names_its_subject_once() -> None:
    full = Rejection(RejectionCode.REFUSED, message="It is full.")
    assert checkout_rejection_text(CheckoutRejection(Aspect.DELIVERY_SLOT, full)) == "Slot: It is full."
    unexpected = Rejection(RejectionCode.UNEXPECTED_VOUCHER, subject="tenoff")
    assert checkout_rejection_text(CheckoutRejection(None, unexpected)).startswith("Voucher: tenoff")


@pytest.mark.parametrize(
    ("totals", "fees", "change"),
    [
        (("2.75", "3.15"), ("0.5", "0.5"), "The total was KWD 2.750, is KWD 3.150."),
        (
            ("2.75", "3.15"),
            ("0.5", "0.9"),
            "Delivery was KWD 0.500, is KWD 0.900: the total was KWD 2.750, is KWD 3.150.",
        ),
        (("2.25", "3"), (None, "0.75"), "Delivery is KWD 0.750: the total is KWD 3.000."),
        (
            ("2.25", "4"),
            (None, "0.75"),
            "The total was KWD 2.250 plus delivery, is KWD 4.000 with delivery KWD 0.750.",
        ),
    ],
)
def test_changed_total_names_the_delivery_fee_that_changed(
    totals: tuple[str, str], fees: tuple[str | None, str], change: str
) -> None:
    was, now = map(Decimal, totals)
    fee_was = None if fees[0] is None else Decimal(fees[0])
    problem = Problem(
        ProblemCode.TOTAL_CHANGED, was=was, now=now, delivery_was=fee_was, delivery_now=Decimal(fees[1])
    )
    assert problem_text(problem, KWD) == f"{change} Tell the customer, and place it again."


def test_price_that_differs_by_a_fraction_of_a_coin_shows_the_fraction() -> None:
    changed = PriceChanged(Decimal("0.3335"), Decimal("0.3339"))
    assert line_difference_text(changed, KWD) == "price was 0.3335, is 0.3339"
    assert line_difference_text(PriceChanged(Decimal("0.75"), Decimal("0.9")), KWD) == (
        "price was 0.750, is 0.900"
    )
