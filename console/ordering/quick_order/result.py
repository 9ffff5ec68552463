"""What a typed line means so far: its order lines, what they cost, the first mistake, what may follow.

Made by ``reading``, shown by the quick line's widget, added to the draft by the order screen.
"""

from dataclasses import dataclass
from decimal import Decimal

from console.ordering.draft import OrderItem
from console.ordering.money import ZERO
from console.ordering.quick_order.parser import Mistake


@dataclass(frozen=True, slots=True)
class QuickOrderLine:
    """One line of the order as read, from ``start`` to ``end`` of the text: what ``AddLine`` needs but an id.

    ``dropped_titles`` are those of what the menu puts in and what has no form in the size asked for.
    """

    quantity: int
    item: OrderItem
    start: int
    end: int
    dropped_titles: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        """The line as people say it."""
        item = self.item
        name = f"{item.options} {item.title}" if item.options and item.components else item.title
        form = item.options if not item.components else ""
        return ", ".join(part for part in (f"{self.quantity} {name}", form, item.details) if part)


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in the text from ``start`` to ``end``, and what that means."""

    text: str
    description: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuickOrderResult:
    """What a text means. Amounts are in the menu's currency and in its digits.

    A line with a mistake in it is there as far as it could be read.
    """

    text: str
    lines: tuple[QuickOrderLine, ...] = ()
    amounts: tuple[Decimal, ...] = ()
    mistake: Mistake | None = None
    completions: tuple[Completion, ...] = ()

    @property
    def total(self) -> Decimal:
        """What all lines cost."""
        return sum(self.amounts, ZERO)

    @property
    def is_ready(self) -> bool:
        """Whether it is an order that may be added as it is shown."""
        return bool(self.lines) and self.mistake is None
