"""Result of reading a one-line order: lines, amounts, the first mistake, completions."""

from dataclasses import dataclass
from decimal import Decimal

from console.ordering.draft import OrderItem
from console.ordering.money import ZERO
from console.ordering.quick_order.parser import Mistake


@dataclass(frozen=True, slots=True)
class QuickOrderLine:
    """One order line, from ``start`` to ``end`` of the text: all that ``AddLine`` needs but an id.

    ``dropped_titles`` has the defaults that do not come in the requested size. ``notes`` are for the kitchen:
    the platform has no field for them at a line, so they belong into the note of the order.
    """

    quantity: int
    item: OrderItem
    start: int
    end: int
    dropped_titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def order_note(self) -> str:
        """The notes as a part of the order's note: ``2 Margherita: no Mushrooms``."""
        return f"{self.quantity} {self.item.title}: {', '.join(self.notes)}" if self.notes else ""

    @property
    def description(self) -> str:
        """The line in words."""
        item = self.item
        name = f"{item.options} {item.title}" if item.options and item.components else item.title
        form = item.options if not item.components else ""
        notes = f"note: {', '.join(self.notes)}" if self.notes else ""
        return ", ".join(part for part in (f"{self.quantity} {name}", form, item.details, notes) if part)


@dataclass(frozen=True, slots=True)
class Completion:
    """A text to put between ``start`` and ``end``, and its description."""

    text: str
    description: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuickOrderResult:
    """The meaning of a text. Amounts are in the menu's currency and in its digits.

    A line with a mistake is included as far as it can be read.
    """

    text: str
    lines: tuple[QuickOrderLine, ...] = ()
    amounts: tuple[Decimal, ...] = ()
    mistake: Mistake | None = None
    completions: tuple[Completion, ...] = ()

    @property
    def total(self) -> Decimal:
        """The sum of all lines."""
        return sum(self.amounts, ZERO)

    @property
    def is_ready(self) -> bool:
        """Return True if the order can be added as shown."""
        return bool(self.lines) and self.mistake is None
