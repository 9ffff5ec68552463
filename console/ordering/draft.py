"""The draft order: an immutable value made of edits. Undo drops the last edit."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from console.ordering.checkout import Checkout
from console.ordering.edit_error import EditError

MAX_QUANTITY = 999
"""A higher quantity in one line is a typing error, not an order."""


class Portion(StrEnum):
    """The part of a base that a component is on (Add to Cart, parameter Portion)."""

    WHOLE = "W"
    LEFT = "L"
    RIGHT = "R"


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a bundle or a deal. ``quantity`` is for one unit of the item around it."""

    product_id: int
    variant_id: int = 0
    quantity: int = 1
    portion: Portion = Portion.WHOLE
    group_id: int = 0
    title: str = ""
    components: tuple["Component", ...] = ()


@dataclass(frozen=True, slots=True)
class OrderItem:
    """The content of an order line: a product, the chosen variant (0 for none) and its components.

    ``unit_price`` is the local estimate for one, in the store's currency, by the menu when it was added.
    A bundle or deal without components is ordered as the menu has it. ``details`` describes the
    configuration, empty if it is as on the menu.
    """

    product_id: int
    variant_id: int
    title: str
    options: str
    unit_price: Decimal
    components: tuple[Component, ...] = ()
    details: str = ""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One order line. ``line_id`` is our own ULID and is never sent."""

    line_id: str
    item: OrderItem
    quantity: int


@dataclass(frozen=True, slots=True)
class AddLine:
    """Add a line at the end."""

    line: DraftLine


@dataclass(frozen=True, slots=True)
class SetQuantity:
    """Set the quantity of a line, 1 to ``MAX_QUANTITY``."""

    line_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """Remove a line."""

    line_id: str


@dataclass(frozen=True, slots=True)
class ReplaceItem:
    """Replace the item of a line, which keeps its id, position and quantity."""

    line_id: str
    item: OrderItem


@dataclass(frozen=True, slots=True)
class DecideLine:
    """Decide every difference of a line at once: it becomes ``quantity`` of ``item``; 0 removes it."""

    line_id: str
    quantity: int
    item: OrderItem


@dataclass(frozen=True, slots=True)
class SetCheckout:
    """Set fulfilment, payment and notes."""

    checkout: Checkout


@dataclass(frozen=True, slots=True)
class DecideCheckout:
    """Decide a difference of the checkout, which becomes ``checkout``.

    ``accepted`` identifies a difference that no checkout can express, such as a voucher that the platform
    does not remove; empty where ``checkout`` says it all.
    """

    checkout: Checkout
    accepted: str = ""


class Resolution(StrEnum):
    """What to do with an unexpected line of the cart."""

    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class ResolveUnexpected:
    """Keep or remove what the cart holds of an item beyond this order's lines.

    It holds for exactly this ``quantity``, and a kept one for this unit price: another one needs another
    decision. ``free`` is a gift of the platform, which is a line of its own.
    """

    item: OrderItem
    resolution: Resolution
    quantity: int = 0
    free: bool = False


@dataclass(frozen=True, slots=True)
class NameOrder:
    """Park the order under a name, such as ``blue coat``; an empty name clears it."""

    name: str


Edit = (
    AddLine
    | SetQuantity
    | RemoveLine
    | ReplaceItem
    | DecideLine
    | SetCheckout
    | DecideCheckout
    | ResolveUnexpected
    | NameOrder
)


@dataclass(frozen=True, slots=True)
class LineDecision:
    """What was decided about a line: ``before`` was ordered, ``after`` is bought instead, or ``None``."""

    before: DraftLine
    after: DraftLine | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An order as the operator entered it. ``edits`` is the whole history; the rest follows from it."""

    edits: tuple[Edit, ...] = ()
    lines: tuple[DraftLine, ...] = field(default=(), compare=False)
    checkout: Checkout = field(default=Checkout(), compare=False)
    resolutions: tuple[ResolveUnexpected, ...] = field(default=(), compare=False)
    line_decisions: tuple[LineDecision, ...] = field(default=(), compare=False)
    """One for each line that differed, until the operator changes it in another way."""
    checkout_before: Checkout | None = field(default=None, compare=False)
    """The checkout before the first decision about it; ``None`` without one."""
    accepted_checkout: tuple[str, ...] = field(default=(), compare=False)
    name: str = field(default="", compare=False)

    @classmethod
    def replay(cls, edits: Iterable[Edit]) -> "Draft":
        """Apply the edits in this order.

        Raises:
            EditError: an edit does not fit the draft before it.
        """
        draft = cls()
        for edit in edits:
            draft = draft.apply(edit)
        return draft

    def apply(self, edit: Edit) -> "Draft":
        """The draft after one more edit.

        Raises:
            EditError: the order has no such line, or the quantity is out of bounds.
        """
        return Draft(
            edits=(*self.edits, edit),
            lines=_apply_to_lines(self.lines, edit),
            checkout=edit.checkout if isinstance(edit, SetCheckout | DecideCheckout) else self.checkout,
            resolutions=(*self.resolutions, edit)
            if isinstance(edit, ResolveUnexpected)
            else self.resolutions,
            line_decisions=_apply_to_decisions(self.line_decisions, self.lines, edit),
            checkout_before=(self.checkout_before or self.checkout)
            if isinstance(edit, DecideCheckout)
            else self.checkout_before,
            accepted_checkout=(*self.accepted_checkout, edit.accepted)
            if isinstance(edit, DecideCheckout) and edit.accepted
            else self.accepted_checkout,
            name=edit.name if isinstance(edit, NameOrder) else self.name,
        )

    def undo(self) -> "Draft":
        """The draft without its last edit; an empty draft stays as it is."""
        return Draft.replay(self.edits[:-1])

    def line(self, line_id: str) -> DraftLine | None:
        """Find a line by its id, ``None`` if it was removed."""
        return next((line for line in self.lines if line.line_id == line_id), None)

    @property
    def is_empty(self) -> bool:
        """Return True if the draft has no lines."""
        return not self.lines


def _apply_to_lines(lines: tuple[DraftLine, ...], edit: Edit) -> tuple[DraftLine, ...]:
    match edit:
        case AddLine(line):
            _check_quantity(line.quantity)
            return (*lines, line)
        case SetQuantity(line_id, quantity):
            _check_quantity(quantity)
            return _with_line(lines, line_id, replace(_line(lines, line_id), quantity=quantity))
        case RemoveLine(line_id) | DecideLine(line_id, quantity=0):
            return _with_line(lines, line_id, None)
        case ReplaceItem(line_id, item):
            return _with_line(lines, line_id, replace(_line(lines, line_id), item=item))
        case DecideLine(line_id, quantity, item):
            _check_quantity(quantity)
            return _with_line(lines, line_id, DraftLine(line_id, item, quantity))
        case SetCheckout() | DecideCheckout() | ResolveUnexpected() | NameOrder():
            return lines
        case _:
            assert_never(edit)


def _with_line(lines: tuple[DraftLine, ...], line_id: str, line: DraftLine | None) -> tuple[DraftLine, ...]:
    """The lines with one replaced in its place, or with ``None`` removed."""
    index = lines.index(_line(lines, line_id))
    return (*lines[:index], *((line,) if line is not None else ()), *lines[index + 1 :])


def _apply_to_decisions(
    decisions: tuple[LineDecision, ...], lines: tuple[DraftLine, ...], edit: Edit
) -> tuple[LineDecision, ...]:
    """The decisions after an edit; the operator's own change of a line replaces what was decided of it."""
    match edit:
        case DecideLine(line_id, quantity, item):
            current = _line(lines, line_id)
            earlier = next((one for one in decisions if one.before.line_id == line_id), None)
            before = earlier.before if earlier else current
            after = DraftLine(line_id, item, quantity) if quantity else None
            others = _without_line(decisions, line_id)
            return others if before == after else (*others, LineDecision(before, after))
        case SetQuantity(line_id, quantity):
            # The quantity is the operator's own now; another item or price is still a decision.
            return tuple(
                LineDecision(replace(one.before, quantity=quantity), replace(one.after, quantity=quantity))
                if one.after is not None and one.after.line_id == line_id
                else one
                for one in decisions
                if one.after is None or one.after.line_id != line_id or one.before.item != one.after.item
            )
        case RemoveLine(line_id) | ReplaceItem(line_id):
            return _without_line(decisions, line_id)
        case _:
            return decisions


def _without_line(decisions: tuple[LineDecision, ...], line_id: str) -> tuple[LineDecision, ...]:
    return tuple(one for one in decisions if one.before.line_id != line_id)


def _line(lines: tuple[DraftLine, ...], line_id: str) -> DraftLine:
    for line in lines:
        if line.line_id == line_id:
            return line
    raise EditError("That line is no longer in the order.")


def _check_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise EditError(f"A quantity is 1 to {MAX_QUANTITY}.")
