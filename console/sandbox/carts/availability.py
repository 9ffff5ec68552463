"""Availability of products: on the menu, at this hour, for this delivery mode, and in stock at the location.

Checked when a line is added, when a cart is shown, and when an order is placed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from console.sandbox.carts.state import SandboxLine
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.sale_rules import sale_rules
from console.sandbox.requests import Call
from console.sandbox.responses import Code, RefusalError


@dataclass(frozen=True, slots=True)
class UnavailableLine:
    """A line that is no longer available, with the reason."""

    line: SandboxLine
    code: Code
    reason: str


def check_sellable(call: Call, part: ConfiguredPart, location_id: int, mode: str) -> None:
    """Require that a location sells the product now for this delivery mode.

    Raises:
        RefusalError: 1046, 5002, 5003 or 5005.
    """
    location = call.location(location_id)
    if location_id in call.switches.closed_locations:
        raise RefusalError(Code.MODE_NOT_FOR_LOCATION, f"{location.name} is closed")
    if not _on_menu(call, part):
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    if reason := _outside_hours_reason(call, part):
        raise RefusalError(Code.UNKNOWN_PRODUCT, reason)
    if mode not in call.store.menu.products[part.product_id].modes:
        text = f"Invalid Delivery Mode: {mode} for Product as IsShip/IsOnline/Instore Pickup is not set"
        raise RefusalError(Code.MODE_NOT_FOR_PRODUCT, text)
    if mode not in location.modes:
        text = f"Invalid Delivery Mode: {mode} for Location Id: {location_id}"
        raise RefusalError(Code.MODE_NOT_FOR_LOCATION, text)


def check_stock(call: Call, lines: Iterable[SandboxLine]) -> None:
    """Require stock at each location for all lines together, parts included.

    Raises:
        RefusalError: 5004, a location has too few.
    """
    for (location_id, product_id, variant_id), quantity in required_stock(lines).items():
        if call.orderable_stock(location_id, product_id, variant_id) < quantity:
            raise RefusalError(Code.NOT_AT_LOCATION)


def check_quantities(call: Call, lines: Iterable[SandboxLine]) -> None:
    """Require for each product that its lines together are a quantity that an order can have.

    Raises:
        RefusalError: 1016, one is too few, too many, or no multiple of the product's lot.
    """
    quantities: Counter[int] = Counter()
    for line in lines:
        quantities[line.part.product_id] += line.quantity
    for product_id, quantity in quantities.items():
        product = call.store.menu.products[product_id]
        if problem := sale_rules(product.updates).quantity_problem(quantity):
            raise RefusalError(Code.INVALID_INPUT, f"{product.title}: {problem}")


def unavailable_lines(call: Call, lines: Iterable[SandboxLine]) -> Iterator[UnavailableLine]:
    """Yield the lines that are no longer available, in order; each reserves stock before the next."""
    reserved: Counter[tuple[int, int, int]] = Counter()
    for line in lines:
        required = required_stock([line])
        if not _on_menu(call, line.part):
            yield UnavailableLine(line, Code.UNKNOWN_PRODUCT, Code.UNKNOWN_PRODUCT.text)
        elif reason := _outside_hours_reason(call, line.part):
            yield UnavailableLine(line, Code.UNKNOWN_PRODUCT, reason)
        elif any(
            call.orderable_stock(*stock_key) < reserved[stock_key] + quantity
            for stock_key, quantity in required.items()
        ):
            yield UnavailableLine(line, Code.NOT_AT_LOCATION, Code.NOT_AT_LOCATION.text)
        else:
            reserved += required


def required_stock(lines: Iterable[SandboxLine]) -> Counter[tuple[int, int, int]]:
    """Count the required units by location, product and variant."""
    required: Counter[tuple[int, int, int]] = Counter()
    for line in lines:
        for part, quantity in flatten_parts(line.part, line.quantity):
            required[line.location_id, part.product_id, part.variant_id] += quantity
    return required


def flatten_parts(part: ConfiguredPart, quantity: int) -> list[tuple[ConfiguredPart, int]]:
    """Return a part and all of its own parts, each with its units in ``quantity`` of it."""
    parts = [(part, quantity)]
    for child in part.parts:
        parts += flatten_parts(child, quantity * child.quantity)
    return parts


def _on_menu(call: Call, part: ConfiguredPart) -> bool:
    off_sale = call.off_sale
    parts = flatten_parts(part, 1)
    return not any(inner.product_id in off_sale or inner.variant_id in off_sale for inner, _ in parts)


def _outside_hours_reason(call: Call, part: ConfiguredPart) -> str:
    """Return why a deal of certain hours cannot be ordered now, empty if it can."""
    deal = call.menu.deals.get(part.product_id)
    if deal is None or deal.hours is None or deal.hours.contains(call.now):
        return ""
    return f"{call.menu.products[part.product_id].title} can be ordered from {deal.hours} only"
