"""Edits and customers as text."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot, PaymentMethod
from console.ordering.customer import Customer
from console.ordering.draft import (
    AddLine,
    Component,
    DecideCheckout,
    DecideLine,
    DraftLine,
    Edit,
    NameOrder,
    OrderItem,
    Portion,
    RemoveLine,
    ReplaceItem,
    Resolution,
    ResolveUnexpected,
    SetCheckout,
    SetQuantity,
)
from console.storage.drafts.edit_format import edit_from_text, edit_to_text
from console.storage.errors import UnknownKind, UnreadableRecord
from console.storage.formats import CUSTOMER
from console.storage.record_format import with_check

TEXTS = st.text(max_size=12)
IDS = st.integers(-(2**70), 2**70)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)
COMPONENTS = st.recursive(
    st.builds(Component, IDS, IDS, IDS, st.sampled_from(Portion), IDS, TEXTS),
    lambda parts: st.builds(
        Component, IDS, IDS, IDS, st.sampled_from(Portion), IDS, TEXTS, st.lists(parts, max_size=3).map(tuple)
    ),
    max_leaves=6,
)
ITEMS = st.builds(
    OrderItem, IDS, IDS, TEXTS, TEXTS, AMOUNTS, st.lists(COMPONENTS, max_size=3).map(tuple), TEXTS
)
CHECKOUTS = st.builds(
    Checkout,
    st.sampled_from(DeliveryMode),
    st.none() | st.builds(Address, *[TEXTS] * 13),
    st.none() | st.builds(DeliverySlot, IDS, TEXTS, st.floats(0, 2**40)),
    TEXTS,
    TEXTS,
    st.none() | st.builds(PaymentMethod, *[TEXTS] * 4),
    st.none() | AMOUNTS,
)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(AddLine, st.builds(DraftLine, TEXTS, ITEMS, IDS)),
    st.builds(SetQuantity, TEXTS, IDS),
    st.builds(RemoveLine, TEXTS),
    st.builds(ReplaceItem, TEXTS, ITEMS),
    st.builds(SetCheckout, CHECKOUTS),
    st.builds(NameOrder, TEXTS),
    st.builds(ResolveUnexpected, ITEMS, st.sampled_from(Resolution), IDS, st.booleans()),
    st.builds(DecideLine, TEXTS, IDS, ITEMS),
    st.builds(DecideCheckout, CHECKOUTS, TEXTS),
)
GROUPS = st.none() | st.lists(TEXTS, max_size=3).map(tuple)
CUSTOMERS = st.builds(Customer, *[TEXTS] * 8, groups=GROUPS)


@given(EDITS)
def test_every_edit_comes_back_as_it_was(edit: Edit) -> None:
    back = edit_from_text(edit_to_text(edit))
    assert back == edit
    assert repr(back) == repr(edit), "every digit of an amount counts, trailing zeros too"


LINE = DraftLine("L1", OrderItem(7, 0, "Cola", "", Decimal("0.500")), 2)
ONE_OF_EACH: list[Edit] = [
    AddLine(LINE),
    SetQuantity("L1", 3),
    RemoveLine("L1"),
    ReplaceItem("L1", LINE.item),
    SetCheckout(Checkout(notes="ring twice")),
    NameOrder("blue coat"),
    ResolveUnexpected(LINE.item, Resolution.REMOVE),
]


@pytest.mark.parametrize("edit", ONE_OF_EACH)
def test_one_of_each_kind_comes_back(edit: Edit) -> None:
    assert edit_from_text(edit_to_text(edit)) == edit


@given(EDITS)
def test_the_text_is_one_plain_line(edit: Edit) -> None:
    text = edit_to_text(edit)
    assert text.isascii()
    assert "\n" not in text


@given(CUSTOMERS)
def test_every_customer_comes_back_as_he_was(customer: Customer) -> None:
    assert CUSTOMER.load(CUSTOMER.dump(customer)) == customer


def test_amounts_travel_as_strings() -> None:
    item = OrderItem(7, 0, "Cola", "", Decimal("0.500"))
    record = json.loads(edit_to_text(AddLine(DraftLine("L1", item, 1))))
    assert record["value"]["edit"]["line"]["item"]["unit_price"] == "0.500"


def test_item_saved_before_there_were_details_has_none() -> None:
    record = json.loads(edit_to_text(AddLine(DraftLine("L1", OrderItem(7, 0, "Cola", "", Decimal(1)), 1))))
    del record["value"]["edit"]["line"]["item"]["details"], record["check"]
    edit = edit_from_text(with_check(json.dumps(record)))
    assert isinstance(edit, AddLine)
    assert edit.line.item.details == ""


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_an_amount_that_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        edit_to_text(AddLine(DraftLine("L1", OrderItem(7, 0, "Cola", "", Decimal(amount)), 1)))


def test_an_unknown_kind_says_that_a_newer_console_knows_it() -> None:
    with pytest.raises(UnknownKind) as caught:
        edit_from_text('{"version": 1, "value": {"kind": "gift_wrap"}}')
    assert "newer version" in caught.value.message
    assert "gift_wrap" in caught.value.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "value": {"kind": "remove", "edit": {"line_id": "L1"}}}',
        '{"version": 1, "value": {"kind": "remove", "edit": {"line_id": 5}}}',
        '{"version": 1, "value": {"kind": "quantity", "edit": {"line_id": "L1", "quantity": "3"}}}',
        '{"version": 1, "value": {"kind": "quantity", "edit": {"line_id": "L1", "quantity": true}}}',
        '{"version": 1, "value": {"kind": "quantity", "edit": {"line_id": "L1", "quantity": 3.0}}}',
        '{"version": 1, "value": {"kind": "add", "edit": {"line": []}}}',
        '{"v": 1, "kind": "remove", "line_id": "L1"}',
        "[" * 100_000,
    ],
)
def test_damaged_text_is_refused(text: str) -> None:
    whole = '{"version": 1, "value": {"kind": "remove", "edit": {"line_id": "L1"}}}'
    assert edit_from_text(with_check(whole))
    with pytest.raises(UnreadableRecord):
        edit_from_text(text)


def test_an_unknown_portion_is_refused() -> None:
    text = edit_to_text(
        AddLine(DraftLine("L1", OrderItem(7, 0, "Pizza", "", Decimal(1), (Component(9),)), 1))
    )
    with pytest.raises(UnreadableRecord) as caught:
        edit_from_text(text.replace('"portion":"W"', '"portion":"Q"'))
    assert "portion" in caught.value.diagnostics


def test_what_is_refused_is_not_quoted_at_length() -> None:
    with pytest.raises(UnreadableRecord) as caught:
        edit_from_text(json.dumps({"version": 1, "value": {"kind": "x" * 5000}}))
    assert len(caught.value.diagnostics) < 100
