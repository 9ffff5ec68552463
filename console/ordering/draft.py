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
class SetCheckout:
    """Set fulfilment, payment and notes."""

    checkout: Checkout


class Resolution(StrEnum):
    """What to do with an unexpected line of the cart."""

    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class ResolveUnexpected:
    """Keep or remove what the cart holds of an item beyond this order's lines."""

    item: OrderItem
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class NameOrder:
    """Park the order under a name, such as ``blue coat``; an empty name clears it."""

    name: str


Edit = AddLine | SetQuantity | RemoveLine | ReplaceItem | SetCheckout | ResolveUnexpected | NameOrder


@dataclass(frozen=True, slots=True)
class Draft:
    """An order as the operator entered it. ``edits`` is the whole history; the rest follows from it."""

    edits: tuple[Edit, ...] = ()
    lines: tuple[DraftLine, ...] = field(default=(), compare=False)
    checkout: Checkout = field(default=Checkout(), compare=False)
    resolutions: tuple[ResolveUnexpected, ...] = field(default=(), compare=False)
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
            checkout=edit.checkout if isinstance(edit, SetCheckout) else self.checkout,
            resolutions=(*self.resolutions, edit)
            if isinstance(edit, ResolveUnexpected)
            else self.resolutions,
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
            index = _line_index(lines, line_id)
            return (*lines[:index], replace(lines[index], quantity=quantity), *lines[index + 1 :])
        case RemoveLine(line_id):
            index = _line_index(lines, line_id)
            return (*lines[:index], *lines[index + 1 :])
        case ReplaceItem(line_id, item):
            index = _line_index(lines, line_id)
            return (*lines[:index], replace(lines[index], item=item), *lines[index + 1 :])
        case SetCheckout() | ResolveUnexpected() | NameOrder():
            return lines
        case _:
            assert_never(edit)


def _line_index(lines: tuple[DraftLine, ...], line_id: str) -> int:
    for index, line in enumerate(lines):
        if line.line_id == line_id:
            return index
    raise EditError("That line is no longer in the order.")


def _check_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise EditError(f"A quantity is 1 to {MAX_QUANTITY}.")
