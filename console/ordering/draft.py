"""The draft order: the operator's wish as an immutable value made of edits; undo drops the last edit.

Changed by the screens through the desk, kept by ``local``, compared with the platform's cart by ``sync``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from console.ordering.checkout import Checkout

MAX_QUANTITY = 999
"""More than this in one line is a slip of the finger, not an order."""


class Portion(StrEnum):
    """Which part of a base a component lies on (Add to Cart, parameter Portion)."""

    WHOLE = "W"
    LEFT = "L"
    RIGHT = "R"


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a bundle or a deal. ``quantity`` is for one unit of what it is a part of."""

    product_id: int
    variant_id: int = 0
    quantity: int = 1
    portion: Portion = Portion.WHOLE
    group_id: int = 0
    title: str = ""
    components: tuple["Component", ...] = ()


@dataclass(frozen=True, slots=True)
class OrderItem:
    """What a line is of: a product, the variant chosen (0 for none) and its components.

    ``unit_price`` is the local estimate for one, in the store's currency, as the menu had it when the
    line was added. A bundle or deal without components is ordered as the menu has it. ``details`` says in
    words how it was configured, empty where it is as on the menu.
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
    """One line of the order. ``line_id`` is ours (a ULID) and never travels."""

    line_id: str
    item: OrderItem
    quantity: int


@dataclass(frozen=True, slots=True)
class AddLine:
    """Put a new line at the end."""

    line: DraftLine


@dataclass(frozen=True, slots=True)
class SetQuantity:
    """Give a line another quantity, 1 to ``MAX_QUANTITY``."""

    line_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """Take a line out of the order."""

    line_id: str


@dataclass(frozen=True, slots=True)
class ReplaceItem:
    """Configure a line anew: it keeps its id, its place and its quantity."""

    line_id: str
    item: OrderItem


@dataclass(frozen=True, slots=True)
class SetCheckout:
    """Wish for another way to the customer, another payment or other notes."""

    checkout: Checkout


class Resolution(StrEnum):
    """What is to become of something in the cart that nobody here added."""

    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class ResolveUnexpected:
    """Keep what the cart holds of an item beyond this order's lines, or have it taken out."""

    item: OrderItem
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class NameOrder:
    """Park the order under a name, such as ``blue coat``; empty for none."""

    name: str


Edit = AddLine | SetQuantity | RemoveLine | ReplaceItem | SetCheckout | ResolveUnexpected | NameOrder


class EditError(ValueError):
    """The edit does not fit the draft; the text is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An order as the operator wishes it. ``edits`` is the whole history; all else follows from it."""

    edits: tuple[Edit, ...] = ()
    lines: tuple[DraftLine, ...] = field(default=(), compare=False)
    checkout: Checkout = field(default=Checkout(), compare=False)
    resolutions: tuple[ResolveUnexpected, ...] = field(default=(), compare=False)
    name: str = field(default="", compare=False)

    @classmethod
    def replay(cls, edits: Iterable[Edit]) -> "Draft":
        """The draft that these edits make, in this order.

        Raises:
            EditError: an edit does not fit those before it.
        """
        draft = cls()
        for edit in edits:
            draft = draft.apply(edit)
        return draft

    def apply(self, edit: Edit) -> "Draft":
        """The draft after one more edit.

        Raises:
            EditError: the line is not there, or the quantity is out of bounds.
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
        """The draft without its last edit; an untouched draft stays as it is."""
        return Draft.replay(self.edits[:-1])

    def line(self, line_id: str) -> DraftLine | None:
        """The line with this id, ``None`` once it is gone."""
        return next((line for line in self.lines if line.line_id == line_id), None)

    @property
    def is_empty(self) -> bool:
        """Whether no line is left."""
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
