"""Whether what is wanted can be had: on the menu, by this way of delivery, and in stock where it is wanted.

Used when a line goes into a cart, whenever a cart is shown, and when an order is placed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from console.sandbox.answers import Code, RefusalError
from console.sandbox.cart_state import Line
from console.sandbox.pricing import Part
from console.sandbox.requests import Call


def check_place(call: Call, part: Part, location_id: int, mode: str) -> None:
    """Whether a product is sold at a location by a way of delivery.

    Raises:
        RefusalError: 1046, 5002, 5003 or 5005.
    """
    location = call.location(location_id)
    if not _on_menu(call, part):
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    if mode not in call.store.menu.products[part.product_id].modes:
        raise RefusalError(Code.MODE_NOT_FOR_PRODUCT)
    if mode not in location.modes:
        raise RefusalError(Code.MODE_NOT_FOR_LOCATION)


def check_stock(call: Call, lines: Iterable[Line]) -> None:
    """Each location has as much as all lines together want of it, parts counted too.

    Raises:
        RefusalError: 5004, one has not.
    """
    for (location_id, product_id, variant_id), quantity in wanted(lines).items():
        if call.stock(location_id, product_id, variant_id) < quantity:
            raise RefusalError(Code.NOT_AT_LOCATION)


def failing(call: Call, lines: Iterable[Line]) -> Iterator[tuple[Line, Code]]:
    """The lines that could not be had any more, in order, each with why; a line counts those before it."""
    taken: Counter[tuple[int, int, int]] = Counter()
    for line in lines:
        more = wanted([line])
        if not _on_menu(call, line.part):
            yield line, Code.UNKNOWN_PRODUCT
        elif any(call.stock(*place) < taken[place] + quantity for place, quantity in more.items()):
            yield line, Code.NOT_AT_LOCATION
        else:
            taken += more


def wanted(lines: Iterable[Line]) -> Counter[tuple[int, int, int]]:
    """How many are wanted by location, product and variant."""
    counted: Counter[tuple[int, int, int]] = Counter()
    for line in lines:
        for part, quantity in all_parts(line.part, line.quantity):
            counted[line.location_id, part.product_id, part.variant_id] += quantity
    return counted


def all_parts(part: Part, quantity: int) -> list[tuple[Part, int]]:
    """A part and all of its own, each with how many there are in ``quantity`` of it."""
    parts = [(part, quantity)]
    for child in part.parts:
        parts += all_parts(child, quantity * child.quantity)
    return parts


def _on_menu(call: Call, part: Part) -> bool:
    gone = call.switches.delisted
    return not any(inner.product_id in gone for inner, _ in all_parts(part, 1))
