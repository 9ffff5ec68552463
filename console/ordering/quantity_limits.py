"""The quantities of a product that one order can have, as its merchant set them."""

from collections.abc import Callable
from dataclasses import dataclass

from console.ordering.draft import AddLine, Draft, Edit, SetQuantity


@dataclass(frozen=True, slots=True)
class QuantityLimits:
    """Limits for all lines of a product together; 0 for none. ``multiple`` is the size of its package."""

    minimum: int = 0
    maximum: int = 0
    multiple: int = 1

    @property
    def smallest(self) -> int:
        """The smallest quantity that can be ordered."""
        return max(1, -(-self.minimum // self.multiple)) * self.multiple

    def problem(self, quantity: int, title: str) -> str:
        """Return why no order can have this many, as a sentence; empty if one can."""
        if quantity < self.minimum:
            return f"{title}: at least {self.minimum} in an order."
        if self.maximum and quantity > self.maximum:
            return f"{title}: at most {self.maximum} in an order."
        if quantity % self.multiple:
            return f"{title} is sold in multiples of {self.multiple}."
        return ""


def quantity_problem(draft: Draft, edit: Edit, limits_of: Callable[[int], QuantityLimits | None]) -> str:
    """Return why an edit's quantity is none that the order can have, empty if it is one, or has none."""
    match edit:
        case AddLine(line):
            item, quantity, replaced = line.item, line.quantity, ""
        case SetQuantity(line_id, quantity):
            line = draft.line(line_id)
            if line is None:
                return ""
            item, replaced = line.item, line_id
        case _:
            return ""
    limits = limits_of(item.product_id)
    if limits is None:
        return ""
    others = sum(
        other.quantity
        for other in draft.lines
        if other.item.product_id == item.product_id and other.line_id != replaced
    )
    return limits.problem(others + quantity, item.title)
