"""Parsing of Add Items to Cart requests: all four documented shapes become one.

A child's quantity on the wire is for all units of its line; here it is per unit.
"""

from dataclasses import dataclass

from console.sandbox.carts.state import CartShipment, validate_quantity
from console.sandbox.menu.configuration import PORTIONS
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.half_rule import WHOLE
from console.sandbox.requests import Call, RequestFields
from console.sandbox.responses import Code, RefusalError

MAX_ITEMS = 50
MAX_CHILDREN = 100
MODES = frozenset("HS")


@dataclass(frozen=True, slots=True)
class RequestedItem:
    """One item of a request. ``part`` is one unit; with ``remove``, its key names a line to remove."""

    part: ConfiguredPart
    quantity: int
    location_id: int
    key: str
    remove: bool


@dataclass(frozen=True, slots=True)
class AddItemsRequest:
    """The contents of an Add Items to Cart request."""

    shipment: CartShipment
    items: tuple[RequestedItem, ...]


def read_add_items(call: Call, *, location_id: int) -> AddItemsRequest:
    """Read the request's ``cart``. An item without a location is for ``location_id``.

    Raises:
        RefusalError: 1016, it is malformed or out of bounds.
    """
    cart = call.input_data().nested("cart")
    mode = parse_delivery_mode(cart.text("DelveryMode"))
    items = cart.objects("Item", limit=MAX_ITEMS)
    if not items:
        raise RefusalError(Code.INVALID_INPUT, "Item is missing")
    return AddItemsRequest(
        shipment=CartShipment(mode, cart.text("ShipCity"), cart.text("ShipCountry"), cart.text("ShipState")),
        items=tuple(read_item(fields, location_id=location_id) for fields in items),
    )


def parse_delivery_mode(text: str) -> str:
    """Parse a delivery mode, as a letter.

    Raises:
        RefusalError: 1016, it is neither H nor S.
    """
    mode = text.upper()
    if mode not in MODES:
        raise RefusalError(Code.INVALID_INPUT, "The delivery mode is not H or S")
    return mode


def read_item(fields: RequestFields, *, location_id: int) -> RequestedItem:
    """Read one item. Without a location of its own, it is for ``location_id``.

    Raises:
        RefusalError: 1016, it is malformed or out of bounds.
    """
    status = fields.text("Status").upper()
    if status not in ("A", "D"):
        raise RefusalError(Code.INVALID_INPUT, "Status is not A or D")
    quantity = validate_quantity(fields.integer("Quantity"))
    children = fields.objects("ChildItem", "childItems", limit=MAX_CHILDREN)
    return RequestedItem(
        part=ConfiguredPart(
            product_id=fields.integer("ProductID"),
            variant_id=fields.integer("VariantProductID", 0),
            parts=tuple(_read_child(child, quantity, depth=1) for child in children),
        ),
        quantity=quantity,
        location_id=fields.integer("LocationId", 0) or location_id,
        key=fields.text("CartReferenceKey").casefold(),
        remove=status == "D",
    )


def _read_child(fields: RequestFields, line_quantity: int, *, depth: int) -> ConfiguredPart:
    portion = fields.text("Portion").upper() or WHOLE
    quantity = validate_quantity(fields.integer("Quantity", line_quantity))
    if portion not in PORTIONS or quantity % line_quantity:
        raise RefusalError(Code.INVALID_INPUT, "A child's portion or quantity does not fit its line")
    children = fields.objects("ChildItem", "childItems", limit=MAX_CHILDREN)
    if children and depth > 1:
        raise RefusalError(Code.INVALID_INPUT, "Child items are nested too deeply")
    return ConfiguredPart(
        product_id=fields.integer("ProductID"),
        variant_id=fields.integer("VariantProductID", 0),
        quantity=quantity // line_quantity,
        portion=portion,
        group_id=fields.integer("GroupID", 0),
        parts=tuple(_read_child(child, line_quantity, depth=depth + 1) for child in children),
    )
