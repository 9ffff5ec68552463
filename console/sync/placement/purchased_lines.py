"""Purchased lines with their parts, of a cart before it is placed and of an order that may be it."""

from collections.abc import Iterable

from console.api.orders.models import WireOrder, WireOrderLine
from console.ordering.draft import Portion
from console.sync.cart.observed_cart import CartLine, Configuration
from console.sync.placement.state import PurchasedLine, merge_equal


def cart_contents(lines: Iterable[CartLine]) -> tuple[PurchasedLine, ...]:
    """The lines of a cart, in the shape of ``Placement.lines``."""
    return merge_equal(_purchased_line(line.configuration, line.quantity) for line in lines)


def order_contents(order: WireOrder) -> tuple[PurchasedLine, ...]:
    """The lines of an order, in the same shape; its parts come as lines of their own."""
    children_by_parent: dict[int, list[WireOrderLine]] = {}
    for line in order.lines:
        children_by_parent.setdefault(line.parent_line_id, []).append(line)

    def build(line: WireOrderLine, parent_quantity: int) -> PurchasedLine:
        # Pop to guard against cyclic parent ids.
        parts = children_by_parent.pop(line.line_id, [])
        portion = Portion(line.portion) if line.portion in set(Portion) else Portion.WHOLE
        return PurchasedLine(
            line.product_id,
            line.variant_id,
            line.quantity // parent_quantity,
            portion,
            merge_equal(build(part, max(1, line.quantity)) for part in parts),
        )

    return merge_equal(build(line, 1) for line in children_by_parent.pop(0, []))


def has_parts(lines: Iterable[PurchasedLine]) -> bool:
    """Return True if any line has parts."""
    return any(line.parts for line in lines)


def same_contents(
    one: tuple[PurchasedLine, ...], other: tuple[PurchasedLine, ...], *, with_parts: bool = True
) -> bool:
    """Return True if both have the same lines. Parts count only ``with_parts``, and if both have any."""
    if with_parts and has_parts(one) and has_parts(other):
        return one == other
    return _without_parts(one) == _without_parts(other)


def _without_parts(lines: Iterable[PurchasedLine]) -> tuple[PurchasedLine, ...]:
    return merge_equal(PurchasedLine(line.product_id, line.variant_id, line.quantity) for line in lines)


def _purchased_line(configuration: Configuration, quantity: int) -> PurchasedLine:
    return PurchasedLine(
        configuration.product_id,
        configuration.variant_id,
        quantity,
        configuration.portion,
        merge_equal(_purchased_line(part, part.quantity) for part in configuration.components),
    )
