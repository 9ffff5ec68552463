"""What was bought, down to each part: of the cart before it was placed, and of an order that may be it.

Used by ``placing`` before the mark, and by ``lookup`` to tell orders from each other.
"""

from collections.abc import Iterable

from console.api.orders.models import WireOrder, WireOrderLine
from console.ordering.draft import Portion
from console.sync.cart import CartLine, Configuration
from console.sync.placing_state import Bought, together


def in_cart(lines: Iterable[CartLine]) -> tuple[Bought, ...]:
    """The lines of a cart, in the shape of ``Placing.lines``."""
    return together(_of(line.configuration, line.quantity) for line in lines)


def in_order(order: WireOrder) -> tuple[Bought, ...]:
    """The lines of an order, in the same shape; its parts come as lines of their own."""
    below: dict[int, list[WireOrderLine]] = {}
    for line in order.lines:
        below.setdefault(line.parent_line_id, []).append(line)

    def build(line: WireOrderLine, of: int) -> Bought:
        # Popped, so that lines which are parts of each other come to an end.
        parts = below.pop(line.line_id, [])
        portion = Portion(line.portion) if line.portion in set(Portion) else Portion.WHOLE
        return Bought(
            line.product_id,
            line.variant_id,
            line.quantity // of,
            portion,
            together(build(part, max(1, line.quantity)) for part in parts),
        )

    return together(build(line, 1) for line in below.pop(0, []))


def tells_parts(lines: Iterable[Bought]) -> bool:
    """Whether any line has parts."""
    return any(line.parts for line in lines)


def are_alike(one: tuple[Bought, ...], other: tuple[Bought, ...], *, whole: bool = True) -> bool:
    """Whether both are of the same; without ``whole``, or where one tells of no parts, parts count not."""
    if whole and tells_parts(one) and tells_parts(other):
        return one == other
    return _tops(one) == _tops(other)


def _tops(lines: Iterable[Bought]) -> tuple[Bought, ...]:
    return together(Bought(line.product_id, line.variant_id, line.quantity) for line in lines)


def _of(configuration: Configuration, quantity: int) -> Bought:
    return Bought(
        configuration.product_id,
        configuration.variant_id,
        quantity,
        configuration.portion,
        together(_of(part, part.quantity) for part in configuration.components),
    )
