"""Reads Add Items to Cart requests: all four documented shapes become one.

Used by the cart's handlers. A child's quantity on the wire is per unit times the line's; here it is per unit.
"""

from dataclasses import dataclass

from console.sandbox.answers import Code, RefusalError
from console.sandbox.carts.cart_state import Shipment, checked_quantity
from console.sandbox.menu.composing import PORTIONS
from console.sandbox.pricing.half_rules import WHOLE
from console.sandbox.pricing.pricing import Part
from console.sandbox.requests import Call, Fields

MAX_ITEMS = 50
MAX_CHILDREN = 100
MODES = frozenset("HS")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a request. ``part`` is one unit; ``remove`` says it is to be taken out by its key."""

    part: Part
    quantity: int
    location_id: int
    key: str
    remove: bool


@dataclass(frozen=True, slots=True)
class AddRequest:
    """What an Add Items to Cart request asks for."""

    shipment: Shipment
    items: tuple[Item, ...]


def read(call: Call, *, location_id: int) -> AddRequest:
    """The request's ``cart``. An item that names no location is for ``location_id``.

    Raises:
        RefusalError: 1016, it is malformed or out of bounds.
    """
    cart = call.input().fields("cart")
    mode = delivery_mode(cart.text("DelveryMode"))
    items = cart.many("Item", limit=MAX_ITEMS)
    if not items:
        raise RefusalError(Code.INVALID_INPUT, "Item is missing")
    return AddRequest(
        shipment=Shipment(mode, cart.text("ShipCity"), cart.text("ShipCountry"), cart.text("ShipState")),
        items=tuple(item(fields, location_id=location_id) for fields in items),
    )


def delivery_mode(text: str) -> str:
    """A way of delivery, as a letter.

    Raises:
        RefusalError: 1016, it is neither H nor S.
    """
    mode = text.upper()
    if mode not in MODES:
        raise RefusalError(Code.INVALID_INPUT, "The delivery mode is not H or S")
    return mode


def item(fields: Fields, *, location_id: int) -> Item:
    """One item. One that names no location is for ``location_id``.

    Raises:
        RefusalError: 1016, it is malformed or out of bounds.
    """
    status = fields.text("Status").upper()
    if status not in ("A", "D"):
        raise RefusalError(Code.INVALID_INPUT, "Status is not A or D")
    quantity = checked_quantity(fields.integer("Quantity"))
    children = fields.many("ChildItem", "childItems", limit=MAX_CHILDREN)
    return Item(
        part=Part(
            product_id=fields.integer("ProductID"),
            variant_id=fields.integer("VariantProductID", 0),
            parts=tuple(_child(child, quantity, depth=1) for child in children),
        ),
        quantity=quantity,
        location_id=fields.integer("LocationId", 0) or location_id,
        key=fields.text("CartReferenceKey").casefold(),
        remove=status == "D",
    )


def _child(fields: Fields, line_quantity: int, *, depth: int) -> Part:
    portion = fields.text("Portion").upper() or WHOLE
    quantity = checked_quantity(fields.integer("Quantity", line_quantity))
    if portion not in PORTIONS or quantity % line_quantity:
        raise RefusalError(Code.INVALID_INPUT, "A child's portion or quantity does not fit its line")
    children = fields.many("ChildItem", "childItems", limit=MAX_CHILDREN)
    if children and depth > 1:
        raise RefusalError(Code.INVALID_INPUT, "Child items are nested too deeply")
    return Part(
        product_id=fields.integer("ProductID"),
        variant_id=fields.integer("VariantProductID", 0),
        quantity=quantity // line_quantity,
        portion=portion,
        group_id=fields.integer("GroupID", 0),
        parts=tuple(_child(child, line_quantity, depth=depth + 1) for child in children),
    )
