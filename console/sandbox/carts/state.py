"""The stored state of a cart: its owner, its lines, and the quirks of how lines are stored.

Read and written inside the transaction of a request.
"""

import json
import sqlite3
from dataclasses import dataclass, replace
from typing import cast

from console.sandbox.menu.configuration import default_parts
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.people.sessions import Session
from console.sandbox.requests import Call
from console.sandbox.responses import Code, Json, RefusalError
from console.sandbox.self_description import WALK_IN
from console.sandbox.switches import SandboxCartOwner

MAX_QUANTITY = 999
MAX_LINES = 200


@dataclass(frozen=True, slots=True)
class SandboxLine:
    """One line. ``key`` is its current CartReferenceKey; ``part`` is one unit of it.

    ``free_rule_id`` is the promotion that gives it, ``converted_from`` the product that a deal replaced; 0
    for neither.
    """

    line_id: int
    key: str
    location_id: int
    part: ConfiguredPart
    quantity: int
    free_rule_id: int = 0
    converted_from: int = 0


@dataclass(frozen=True, slots=True)
class SandboxCart:
    """A cart. Location, mode and destination are those of the last item added."""

    cart_id: int
    location_id: int
    mode: str
    ship_city: str
    ship_country: str
    ship_state: str
    lines: tuple[SandboxLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CartShipment:
    """Delivery mode and destination in an Add Items request."""

    mode: str
    city: str
    country: str
    state: str


def load(call: Call, session: Session) -> SandboxCart | None:
    """Load the cart of a session, ``None`` if none was begun."""
    cart = call.store.row("SELECT * FROM cart WHERE owner = ?", _owner_key(call, session))
    if cart is None:
        return None
    lines = call.store.rows("SELECT * FROM line WHERE cart_id = ? ORDER BY line_id", int(cart["cart_id"]))
    return SandboxCart(
        cart_id=int(cart["cart_id"]),
        location_id=int(cart["location_id"]),
        mode=str(cart["mode"]),
        ship_city=str(cart["ship_city"]),
        ship_country=str(cart["ship_country"]),
        ship_state=str(cart["ship_state"]),
        lines=tuple(_with_deal_conversion(call, _line(row)) for row in lines),
    )


def begin(call: Call, session: Session, *, location_id: int, shipment: CartShipment) -> SandboxCart:
    """Return the cart of a session with this location and shipment; begin it if there was none."""
    customer = call.store.row("SELECT user_name FROM customer WHERE user_id = ?", session.customer_id)
    call.store.run(
        "INSERT INTO cart (owner, token, customer, location_id, mode, ship_city, ship_country, ship_state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (owner) DO UPDATE SET token = excluded.token,"
        " location_id = excluded.location_id, mode = excluded.mode, ship_city = excluded.ship_city,"
        " ship_country = excluded.ship_country, ship_state = excluded.ship_state",
        _owner_key(call, session),
        session.token,
        WALK_IN if customer is None else str(customer["user_name"]),
        location_id,
        shipment.mode,
        shipment.city,
        shipment.country,
        shipment.state,
    )
    cart = load(call, session)
    if cart is None:
        raise RefusalError(Code.UNHANDLED)
    return cart


def _owner_key(call: Call, session: Session) -> str:
    if call.switches.cart_owner is SandboxCartOwner.CUSTOMER and session.customer_id:
        return f"customer:{session.customer_id}"
    return f"token:{session.token}"


def add(
    call: Call,
    cart: SandboxCart,
    *,
    part: ConfiguredPart,
    quantity: int,
    location_id: int,
    free_rule_id: int = 0,
) -> None:
    """Add a line to the cart: merged into an equal one, or split, as the switches say.

    ``free_rule_id`` is the promotion that gives it for nothing.

    Raises:
        RefusalError: 1016, line or cart would be too large.
    """
    same_line = next(
        (
            line
            for line in cart.lines
            if (line.part, line.location_id, line.free_rule_id) == (part, location_id, free_rule_id)
        ),
        None,
    )
    if call.switches.merge_lines and not call.switches.split_lines and same_line is not None:
        set_quantity(call, same_line, same_line.quantity + quantity)
        return
    quantities = [1, quantity - 1] if call.switches.split_lines and quantity > 1 else [quantity]
    if len(cart.lines) + len(quantities) > MAX_LINES:
        raise RefusalError(Code.INVALID_INPUT, f"A cart has at most {MAX_LINES} lines")
    product = call.store.menu.products[part.product_id]
    variant = product.variant(part.variant_id)
    for line_quantity in quantities:
        call.store.run(
            "INSERT INTO line (cart_id, key, location_id, product_id, variant_id, quantity, parts, title,"
            " options, free) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            cart.cart_id,
            call.store.new_guid(),
            location_id,
            part.product_id,
            part.variant_id,
            validate_quantity(line_quantity),
            json.dumps([part_to_json(child) for child in part.parts]),
            product.title,
            "" if variant is None else " ".join(value for _, value in variant.options),
            free_rule_id,
        )


def replace_line(
    call: Call, line: SandboxLine, *, part: ConfiguredPart, quantity: int, location_id: int
) -> None:
    """Replace a line with another one, in the same position."""
    product = call.store.menu.products[part.product_id]
    variant = product.variant(part.variant_id)
    call.store.run(
        "UPDATE line SET location_id = ?, product_id = ?, variant_id = ?, quantity = ?, parts = ?, title = ?,"
        " options = ? WHERE line_id = ?",
        location_id,
        part.product_id,
        part.variant_id,
        validate_quantity(quantity),
        json.dumps([part_to_json(child) for child in part.parts]),
        product.title,
        "" if variant is None else " ".join(value for _, value in variant.options),
        line.line_id,
    )


def clear_cart(call: Call, cart: SandboxCart) -> None:
    """Remove everything from a cart, checkout data included."""
    call.store.run("DELETE FROM line WHERE cart_id = ?", cart.cart_id)
    call.store.run("DELETE FROM checkout WHERE cart_id = ?", cart.cart_id)


def set_quantity(call: Call, line: SandboxLine, quantity: int) -> None:
    """Set a line's quantity; zero removes it."""
    if quantity <= 0:
        call.store.run("DELETE FROM line WHERE line_id = ?", line.line_id)
    else:
        call.store.run(
            "UPDATE line SET quantity = ? WHERE line_id = ?", validate_quantity(quantity), line.line_id
        )


def refresh_line_keys(call: Call, cart: SandboxCart) -> None:
    """Give every line a new key after an edit, if the switches say so."""
    if call.switches.new_keys:
        for row in call.store.rows("SELECT line_id FROM line WHERE cart_id = ?", cart.cart_id):
            call.store.run(
                "UPDATE line SET key = ? WHERE line_id = ?", call.store.new_guid(), int(row["line_id"])
            )


def validate_quantity(quantity: int) -> int:
    """Return the quantity if it is within bounds.

    Raises:
        RefusalError: 1016, it is not 1 to 999.
    """
    if not 1 <= quantity <= MAX_QUANTITY:
        raise RefusalError(Code.INVALID_INPUT, f"A quantity is 1 to {MAX_QUANTITY}")
    return quantity


def find_line(cart: SandboxCart | None, key: str) -> SandboxLine:
    """Find a line by its key.

    Raises:
        RefusalError: 1009, there is none, or its key has changed.
    """
    lines = () if cart is None else cart.lines
    line_found = next((line for line in lines if line.key == key.casefold()), None)
    if line_found is None:
        raise RefusalError(Code.NO_RECORD)
    return line_found


def _line(row: sqlite3.Row) -> SandboxLine:
    parts = cast("list[list[object]]", json.loads(str(row["parts"])))
    return SandboxLine(
        line_id=int(row["line_id"]),
        key=str(row["key"]),
        location_id=int(row["location_id"]),
        part=ConfiguredPart(
            int(row["product_id"]), int(row["variant_id"]), parts=tuple(part_from_json(p) for p in parts)
        ),
        quantity=int(row["quantity"]),
        free_rule_id=int(row["free"]),
    )


def _with_deal_conversion(call: Call, line: SandboxLine) -> SandboxLine:
    """Replace a line with the deal that the switches show instead, if any."""
    deal_id = call.switches.convert_deals.get(line.part.product_id, 0)
    if deal_id not in call.store.menu.deals:
        return line
    deal = ConfiguredPart(deal_id, parts=default_parts(call.store.menu, deal_id))
    return replace(line, part=deal, converted_from=line.part.product_id)


def part_to_json(part: ConfiguredPart) -> Json:
    """Encode a part for the tables: a list, its own parts last."""
    return [
        part.product_id,
        part.variant_id,
        part.quantity,
        part.portion,
        part.group_id,
        [part_to_json(child) for child in part.parts],
    ]


def part_from_json(values: list[object]) -> ConfiguredPart:
    """Decode the list that ``part_to_json`` made."""
    product_id, variant_id, quantity, portion, group_id, parts = cast(
        "tuple[int, int, int, str, int, list[list[object]]]", tuple(values)
    )
    part = ConfiguredPart(product_id, variant_id, quantity, portion, group_id)
    return replace(part, parts=tuple(part_from_json(child) for child in parts))
