"""Whether what is wanted can be had: on the menu, at this hour, by this way of delivery, and in stock there.

Used when a line goes into a cart, whenever a cart is shown, and when an order is placed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.sandbox.answers import Code, RefusalError
from console.sandbox.carts.cart_state import Line
from console.sandbox.pricing.pricing import Part
from console.sandbox.requests import Call


@dataclass(frozen=True, slots=True)
class Failing:
    """A line that cannot be had any more, and why."""

    line: Line
    code: Code
    why: str


def check_place(call: Call, part: Part, location_id: int, mode: str) -> None:
    """Whether a product is sold now at a location by a way of delivery.

    Raises:
        RefusalError: 1046, 5002, 5003 or 5005.
    """
    location = call.location(location_id)
    if location_id in call.switches.closed_locations:
        raise RefusalError(Code.MODE_NOT_FOR_LOCATION, f"{location.name} is closed")
    if not _on_menu(call, part):
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    if early := _out_of_hours(call, part):
        raise RefusalError(Code.UNKNOWN_PRODUCT, early)
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


def failing(call: Call, lines: Iterable[Line]) -> Iterator[Failing]:
    """The lines that could not be had any more, in order, each with why; a line counts those before it."""
    taken: Counter[tuple[int, int, int]] = Counter()
    for line in lines:
        more = wanted([line])
        if not _on_menu(call, line.part):
            yield Failing(line, Code.UNKNOWN_PRODUCT, Code.UNKNOWN_PRODUCT.text)
        elif early := _out_of_hours(call, line.part):
            yield Failing(line, Code.UNKNOWN_PRODUCT, early)
        elif any(call.stock(*place) < taken[place] + quantity for place, quantity in more.items()):
            yield Failing(line, Code.NOT_AT_LOCATION, Code.NOT_AT_LOCATION.text)
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


def _out_of_hours(call: Call, part: Part) -> str:
    """Why a deal of certain hours cannot be ordered now, empty where it can."""
    deal = call.menu.deals.get(part.product_id)
    if deal is None or deal.hours is None or deal.hours.holds(call.now):
        return ""
    return f"{call.menu.products[part.product_id].title} can be ordered from {deal.hours} only"
