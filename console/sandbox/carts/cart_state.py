"""A cart as the store keeps it: whose it is, its lines, and the quirks of how lines are kept.

Used by the cart's handlers, inside the transaction of a request.
"""

import json
import sqlite3
from dataclasses import dataclass, replace
from typing import cast

from console.sandbox.answers import Code, Json, RefusalError
from console.sandbox.menu.composing import default_parts
from console.sandbox.people.sessions import Session
from console.sandbox.pricing.pricing import Part
from console.sandbox.records import WALK_IN
from console.sandbox.requests import Call
from console.sandbox.switches import CartOwner

MAX_QUANTITY = 999
MAX_LINES = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``key`` is its CartReferenceKey of the moment; ``part`` is what one unit of it is.

    ``free`` is the promotion that gives it for nothing, ``converted`` the product that a deal was put in
    the place of; 0 for neither.
    """

    line_id: int
    key: str
    location_id: int
    part: Part
    quantity: int
    free: int = 0
    converted: int = 0


@dataclass(frozen=True, slots=True)
class Cart:
    """A cart. ``location_id``, ``mode`` and where it ships to are those of the last item added."""

    cart_id: int
    location_id: int
    mode: str
    ship_city: str
    ship_country: str
    ship_state: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Shipment:
    """How and where to: what an Add Items request says besides its items."""

    mode: str
    city: str
    country: str
    state: str


def load(call: Call, session: Session) -> Cart | None:
    """The cart of a session, ``None`` where none was begun."""
    cart = call.store.row("SELECT * FROM cart WHERE owner = ?", _owner(call, session))
    if cart is None:
        return None
    lines = call.store.rows("SELECT * FROM line WHERE cart_id = ? ORDER BY line_id", int(cart["cart_id"]))
    return Cart(
        cart_id=int(cart["cart_id"]),
        location_id=int(cart["location_id"]),
        mode=str(cart["mode"]),
        ship_city=str(cart["ship_city"]),
        ship_country=str(cart["ship_country"]),
        ship_state=str(cart["ship_state"]),
        lines=tuple(_converted(call, _line(row)) for row in lines),
    )


def begin(call: Call, session: Session, *, location_id: int, shipment: Shipment) -> Cart:
    """The cart of a session, begun where there was none, with this location and shipment."""
    customer = call.store.row("SELECT user_name FROM customer WHERE user_id = ?", session.customer_id)
    call.store.run(
        "INSERT INTO cart (owner, token, customer, location_id, mode, ship_city, ship_country, ship_state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (owner) DO UPDATE SET token = excluded.token,"
        " location_id = excluded.location_id, mode = excluded.mode, ship_city = excluded.ship_city,"
        " ship_country = excluded.ship_country, ship_state = excluded.ship_state",
        _owner(call, session),
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


def _owner(call: Call, session: Session) -> str:
    if call.switches.cart_owner is CartOwner.CUSTOMER and session.customer_id:
        return f"customer:{session.customer_id}"
    return f"token:{session.token}"


def add(call: Call, cart: Cart, *, part: Part, quantity: int, location_id: int, free: int = 0) -> None:
    """Put a line into the cart: merged into one like it, or split, as the switches say.

    ``free`` is the promotion that gives it for nothing.

    Raises:
        RefusalError: 1016, the line or the cart would be too large.
    """
    like = next(
        (
            line
            for line in cart.lines
            if (line.part, line.location_id, line.free) == (part, location_id, free)
        ),
        None,
    )
    if call.switches.merge_lines and not call.switches.split_lines and like is not None:
        set_quantity(call, like, like.quantity + quantity)
        return
    shares = [1, quantity - 1] if call.switches.split_lines and quantity > 1 else [quantity]
    if len(cart.lines) + len(shares) > MAX_LINES:
        raise RefusalError(Code.INVALID_INPUT, f"A cart has at most {MAX_LINES} lines")
    product = call.store.menu.products[part.product_id]
    variant = product.variant(part.variant_id)
    for share in shares:
        call.store.run(
            "INSERT INTO line (cart_id, key, location_id, product_id, variant_id, quantity, parts, title,"
            " options, free) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            cart.cart_id,
            call.store.fresh_guid(),
            location_id,
            part.product_id,
            part.variant_id,
            checked_quantity(share),
            json.dumps([stored(child) for child in part.parts]),
            product.title,
            "" if variant is None else " ".join(value for _, value in variant.options),
            free,
        )


def replace_line(call: Call, line: Line, *, part: Part, quantity: int, location_id: int) -> None:
    """Make a line another one, where it stands."""
    product = call.store.menu.products[part.product_id]
    variant = product.variant(part.variant_id)
    call.store.run(
        "UPDATE line SET location_id = ?, product_id = ?, variant_id = ?, quantity = ?, parts = ?, title = ?,"
        " options = ? WHERE line_id = ?",
        location_id,
        part.product_id,
        part.variant_id,
        checked_quantity(quantity),
        json.dumps([stored(child) for child in part.parts]),
        product.title,
        "" if variant is None else " ".join(value for _, value in variant.options),
        line.line_id,
    )


def empty(call: Call, cart: Cart) -> None:
    """Take everything out of a cart, and forget what was said of it."""
    call.store.run("DELETE FROM line WHERE cart_id = ?", cart.cart_id)
    call.store.run("DELETE FROM checkout WHERE cart_id = ?", cart.cart_id)


def set_quantity(call: Call, line: Line, quantity: int) -> None:
    """Give a line another quantity; none left removes it."""
    if quantity <= 0:
        call.store.run("DELETE FROM line WHERE line_id = ?", line.line_id)
    else:
        call.store.run(
            "UPDATE line SET quantity = ? WHERE line_id = ?", checked_quantity(quantity), line.line_id
        )


def edited(call: Call, cart: Cart) -> None:
    """After an edit: every line has a new key, where the switches say so."""
    if call.switches.new_keys:
        for row in call.store.rows("SELECT line_id FROM line WHERE cart_id = ?", cart.cart_id):
            call.store.run(
                "UPDATE line SET key = ? WHERE line_id = ?", call.store.fresh_guid(), int(row["line_id"])
            )


def checked_quantity(quantity: int) -> int:
    """The quantity, within bounds.

    Raises:
        RefusalError: 1016, it is not 1 to 999.
    """
    if not 1 <= quantity <= MAX_QUANTITY:
        raise RefusalError(Code.INVALID_INPUT, f"A quantity is 1 to {MAX_QUANTITY}")
    return quantity


def line_of(cart: Cart | None, key: str) -> Line:
    """The line with this key.

    Raises:
        RefusalError: 1009, there is none, or not by this key any more.
    """
    lines = () if cart is None else cart.lines
    found = next((line for line in lines if line.key == key.casefold()), None)
    if found is None:
        raise RefusalError(Code.NO_RECORD)
    return found


def _line(row: sqlite3.Row) -> Line:
    parts = cast("list[list[object]]", json.loads(str(row["parts"])))
    return Line(
        line_id=int(row["line_id"]),
        key=str(row["key"]),
        location_id=int(row["location_id"]),
        part=Part(int(row["product_id"]), int(row["variant_id"]), parts=tuple(restored(p) for p in parts)),
        quantity=int(row["quantity"]),
        free=int(row["free"]),
    )


def _converted(call: Call, line: Line) -> Line:
    """The line, or the deal that the switches show in its place."""
    deal_id = call.switches.convert_deals.get(line.part.product_id, 0)
    if deal_id not in call.store.menu.deals:
        return line
    deal = Part(deal_id, parts=default_parts(call.store.menu, deal_id))
    return replace(line, part=deal, converted=line.part.product_id)


def stored(part: Part) -> Json:
    """A part as the tables keep it: a list, its own parts last."""
    return [
        part.product_id,
        part.variant_id,
        part.quantity,
        part.portion,
        part.group_id,
        [stored(child) for child in part.parts],
    ]


def restored(kept: list[object]) -> Part:
    """The part that ``stored`` made this list of."""
    product_id, variant_id, quantity, portion, group_id, parts = cast(
        "tuple[int, int, int, str, int, list[list[object]]]", tuple(kept)
    )
    part = Part(product_id, variant_id, quantity, portion, group_id)
    return replace(part, parts=tuple(restored(child) for child in parts))
