"""The draft: edits make it, each can be taken back, and what does not fit changes nothing."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.draft import (
    MAX_QUANTITY,
    AddLine,
    Draft,
    DraftLine,
    Edit,
    NameOrder,
    OrderItem,
    RemoveLine,
    ReplaceItem,
    Resolution,
    ResolveUnexpected,
    SetCheckout,
    SetQuantity,
)
from console.ordering.edit_error import EditError

IDS = st.sampled_from("ABCD")
EDITS = st.one_of(
    st.builds(
        lambda line_id, quantity: AddLine(DraftLine(line_id, item(), quantity)),
        IDS,
        st.integers(-1, MAX_QUANTITY + 1),
    ),
    st.builds(SetQuantity, IDS, st.integers(-1, MAX_QUANTITY + 1)),
    st.builds(RemoveLine, IDS),
    st.builds(lambda line_id: ReplaceItem(line_id, OrderItem(2, 0, "Fries", "", Decimal(1))), IDS),
    st.builds(SetCheckout, st.builds(Checkout, st.sampled_from(DeliveryMode), notes=st.text(max_size=3))),
)


def item() -> OrderItem:
    return OrderItem(1, 0, "Garlic Bread", "", Decimal("0.750"))


def applied(draft: Draft, edit: Edit) -> Draft:
    """The draft after an edit that fits, and the same draft after one that does not."""
    try:
        return draft.apply(edit)
    except EditError:
        return draft


@given(st.lists(EDITS, max_size=20), EDITS)
def test_undo_is_the_inverse_of_any_edit(edits: list[Edit], last: Edit) -> None:
    draft = Draft()
    for edit in edits:
        draft = applied(draft, edit)
    after = applied(draft, last)
    if after != draft:
        assert after.undo() == draft
        assert after.undo().lines == draft.lines


@given(st.lists(EDITS, max_size=20))
def test_the_edits_alone_make_the_draft_again(edits: list[Edit]) -> None:
    draft = Draft()
    for edit in edits:
        draft = applied(draft, edit)
    again = Draft.replay(draft.edits)
    assert (again, again.lines) == (draft, draft.lines)


@given(st.lists(EDITS, max_size=20))
def test_quantities_stay_within_bounds_whatever_is_tried(edits: list[Edit]) -> None:
    draft = Draft()
    for edit in edits:
        draft = applied(draft, edit)
    assert all(1 <= line.quantity <= MAX_QUANTITY for line in draft.lines)


@given(st.lists(EDITS, max_size=20))
def test_everything_undone_is_the_empty_draft(edits: list[Edit]) -> None:
    draft = Draft()
    for edit in edits:
        draft = applied(draft, edit)
    for _ in draft.edits:
        draft = draft.undo()
    assert draft == Draft()
    assert draft.is_empty


def test_an_untouched_draft_stays_as_it_is() -> None:
    assert Draft().undo() == Draft()


def test_a_line_keeps_its_place_when_its_quantity_changes() -> None:
    draft = Draft.replay(
        [AddLine(DraftLine("A", item(), 1)), AddLine(DraftLine("B", item(), 1)), SetQuantity("A", 5)]
    )
    assert [(line.line_id, line.quantity) for line in draft.lines] == [("A", 5), ("B", 1)]


@pytest.mark.parametrize("edit", [SetQuantity("A", 2), RemoveLine("A")])
def test_a_line_that_is_gone_is_said_to_be(edit: Edit) -> None:
    with pytest.raises(EditError, match="no longer in the order"):
        Draft().apply(edit)


@pytest.mark.parametrize("quantity", [0, -1, MAX_QUANTITY + 1])
def test_a_quantity_out_of_bounds_is_said_with_the_bounds(quantity: int) -> None:
    with pytest.raises(EditError, match="1 to 999"):
        Draft().apply(AddLine(DraftLine("A", item(), quantity)))


def test_a_line_is_found_by_its_id() -> None:
    line = DraftLine("A", item(), 1)
    draft = Draft().apply(AddLine(line))
    assert (draft.line("A"), draft.line("B")) == (line, None)


def test_a_line_configured_anew_keeps_its_place_and_its_quantity() -> None:
    lines = [DraftLine(line_id, item(), 2) for line_id in "ABC"]
    pan = OrderItem(1, 3, "Garlic Bread", "Pan", Decimal(1))
    draft = Draft.replay([*map(AddLine, lines), ReplaceItem("B", pan)])
    assert [line.line_id for line in draft.lines] == ["A", "B", "C"]
    assert draft.lines[1] == DraftLine("B", pan, 2)


def test_every_decision_about_unexpected_lines_stays() -> None:
    first, second = (ResolveUnexpected(item(), resolution) for resolution in Resolution)
    draft = Draft.replay([first, second])
    assert draft.resolutions == (first, second)
    assert draft.undo().resolutions == (first,)


def test_each_edit_leaves_everything_else_as_it_was() -> None:
    line, ruling = DraftLine("A", item(), 1), ResolveUnexpected(item(), Resolution.KEEP)
    noted = Checkout(notes="ring twice")
    edits: list[Edit] = [AddLine(line), SetCheckout(noted), ruling, NameOrder("blue coat")]
    for order in permutations(edits):
        draft = Draft.replay(order)
        assert (draft.lines, draft.checkout) == ((line,), noted)
        assert (draft.resolutions, draft.name) == ((ruling,), "blue coat")


def test_order_is_named_and_unnamed() -> None:
    draft = Draft.replay([NameOrder("blue coat"), SetCheckout(Checkout())])
    assert draft.name == "blue coat"
    assert draft.apply(NameOrder("")).name == ""


def test_line_that_is_removed_leaves_the_others() -> None:
    lines = [DraftLine(line_id, item(), 1) for line_id in "ABC"]
    draft = Draft.replay([*map(AddLine, lines), RemoveLine("B")])
    assert draft.lines == (lines[0], lines[2])


@pytest.mark.parametrize("quantity", [1, MAX_QUANTITY])
def test_bounds_of_a_quantity_are_quantities(quantity: int) -> None:
    added = Draft().apply(AddLine(DraftLine("A", item(), quantity)))
    assert added.apply(SetQuantity("A", quantity)).lines[0].quantity == quantity


@pytest.mark.parametrize("quantity", [0, MAX_QUANTITY + 1])
def test_quantity_out_of_bounds_is_not_set(quantity: int) -> None:
    with pytest.raises(EditError, match="1 to 999"):
        Draft().apply(AddLine(DraftLine("A", item(), 1))).apply(SetQuantity("A", quantity))


def test_undo_of_a_checkout_change_restores_the_one_before() -> None:
    home, noted = Checkout(DeliveryMode.DELIVERY), Checkout(DeliveryMode.DELIVERY, notes="ring twice")
    draft = Draft.replay([SetCheckout(home), SetCheckout(noted)])
    assert draft.checkout == noted
    assert draft.undo().checkout == home
    assert draft.undo().undo().checkout == Checkout()
