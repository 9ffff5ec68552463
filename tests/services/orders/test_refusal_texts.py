"""The sentences for refusals of Place Order and the ways out; docs/refusals.md is the same table."""

import re

import pytest

from console.api.errors import FailedValidation
from console.api.orders.refusals import OrderRefusal, order_refusal
from console.ordering.money import Currency
from console.services.orders.problem_texts import problem_text
from console.services.orders.refusal_texts import (
    REFUSAL_TEXTS,
    FixedAt,
    refusal_sentence,
    way_out_text,
)
from console.sync.problems import Problem, ProblemCode, StatedRefusal
from screens.checkout.commands import LETTERS
from tests.api.test_order_refusals import PRINTED
from tests.paths import ROOT

ABOVE = "The total is above the most that the store takes."
BELOW = "The total is below the least that the store takes."
FIELDS = {letter.keys for letter in LETTERS}


@pytest.mark.parametrize("refusal", OrderRefusal)
def test_every_refusal_has_a_sentence_and_a_way_out(refusal: OrderRefusal) -> None:
    text = REFUSAL_TEXTS[refusal]
    assert re.fullmatch(r"[A-Z][^.]+\.", text.sentence)
    assert text.advice.endswith(".")
    assert len(f"{text.sentence} {way_out_text(refusal)}") < 210, "more than the list has room for"


@pytest.mark.parametrize("refusal", OrderRefusal)
def test_the_way_out_names_the_fields_letter(refusal: OrderRefusal) -> None:
    text = REFUSAL_TEXTS[refusal]
    assert (text.fixed_at is FixedAt.CHECKOUT) == bool(text.field)
    if text.field:
        assert text.field in FIELDS
        assert re.search(rf"\b{text.field} (chooses|changes|corrects|makes|switches)", text.advice)


def test_the_page_lists_every_printed_refusal() -> None:
    page = (ROOT / "docs/refusals.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith("| `")
    ]
    assert rows == [
        [f"`{name}`", str(kind), REFUSAL_TEXTS[refusal].sentence, way_out_text(refusal)]
        for name, kind, _, refusal in PRINTED
    ]
    assert len(rows) == 17


@pytest.mark.parametrize(("name", "kind", "words", "refusal"), PRINTED)
def test_printed_words_are_codes_and_not_said(
    name: str, kind: int, words: str, refusal: OrderRefusal
) -> None:
    assert order_refusal(FailedValidation(name, kind)) is refusal
    assert refusal_sentence(StatedRefusal(refusal, words)) == REFUSAL_TEXTS[refusal].sentence


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        (
            StatedRefusal(OrderRefusal.ORDER_AMOUNT, "Min"),
            "The total is below the least that the store takes.",
        ),
        (
            StatedRefusal(OrderRefusal.ORDER_AMOUNT, "MAX"),
            "The total is above the most that the store takes.",
        ),
        (StatedRefusal(OrderRefusal.ORDER_AMOUNT, "Both"), "The total is outside the store's limits."),
        (
            StatedRefusal(OrderRefusal.OUT_OF_STOCK, "Garlic Bread, Umm Ali"),
            "Something in the order is out of stock. It says: Garlic Bread, Umm Ali.",
        ),
        (
            StatedRefusal(OrderRefusal.OTHER, "Not on Fridays.", "FridayValidator"),
            "The platform refused the order. It says: Not on Fridays.",
        ),
        (
            StatedRefusal(OrderRefusal.OTHER, "", "FridayValidator"),
            "The platform refused the order. It says: FridayValidator.",
        ),
        (StatedRefusal(OrderRefusal.OTHER), "The platform refused the order."),
    ],
)
def test_the_platforms_own_words_follow_the_sentence(stated: StatedRefusal, sentence: str) -> None:
    assert refusal_sentence(stated) == sentence


def test_long_words_are_cut() -> None:
    sentence = refusal_sentence(StatedRefusal(OrderRefusal.OTHER, "no " * 100))
    assert len(sentence) < 140
    assert sentence.endswith("….")


def test_several_refusals_are_said_one_after_the_other() -> None:
    refusals = (StatedRefusal(OrderRefusal.ADDRESS), StatedRefusal(OrderRefusal.ORDER_AMOUNT, "Min"))
    problem = Problem(ProblemCode.ORDER_REFUSED, refusals=refusals)
    assert problem_text(problem, Currency("KWD")) == (
        "The delivery address is not complete. The total is below the least that the store takes."
    )
