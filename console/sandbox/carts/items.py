"""Items of a cart: add, read, change a quantity, remove. Switches select the platform's quirks.

A refused request changes nothing.
"""

from console.sandbox.carts import requests as cart_requests
from console.sandbox.carts import state as cart_state
from console.sandbox.carts.availability import check_quantities, check_sellable, check_stock
from console.sandbox.carts.echo import echo
from console.sandbox.carts.promotion_details import promotion_details
from console.sandbox.carts.requests import RequestedItem
from console.sandbox.menu.configuration import configure
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.people.sessions import Session, require_session
from console.sandbox.requests import Call, Handler, parse_whole_number
from console.sandbox.responses import Code, Json, Reply, ok


def add_items(call: Call) -> Reply:
    """Add Items to Cart, in every documented shape."""
    session = require_session(call)
    default_location = session.location_id or call.store.merchant.default_location
    add_request = cart_requests.read_add_items(call, location_id=default_location)
    accepted = [item for item in add_request.items if item.part.product_id not in call.switches.refuse]
    location_id = accepted[-1].location_id if accepted else default_location
    cart = cart_state.begin(call, session, location_id=location_id, shipment=add_request.shipment)
    for item in accepted:
        if item.remove:
            cart_state.set_quantity(call, cart_state.find_line(cart, item.key), 0)
        else:
            part = _configured_part(call, item)
            check_sellable(call, part, item.location_id, add_request.shipment.mode)
            cart_state.add(call, cart, part=part, quantity=item.quantity, location_id=item.location_id)
        cart = cart_state.load(call, session) or cart
    check_stock(call, cart.lines)
    if any(not item.remove for item in accepted):
        check_quantities(call, cart.lines)
    cart_state.refresh_line_keys(call, cart)
    cart = cart_state.load(call, session)
    failed = [_failed_item(item) for item in add_request.items if item not in accepted]
    cart_echo = echo(call, session, cart) | promotion_details(call, session, cart)
    return ok(Carts=cart_echo, FailedItems=failed)


def add_extra_line(call: Call, product_id: int) -> None:
    """Add a unit of a product to the session's cart, which was not asked for; an unknown product is none."""
    session = require_session(call)
    cart = cart_state.load(call, session)
    if cart is not None and product_id in call.menu.products:
        part = configure(call.menu, ConfiguredPart(product_id))
        cart_state.add(call, cart, part=part, quantity=1, location_id=cart.location_id)
        cart_state.refresh_line_keys(call, cart)


def by_token(call: Call) -> Reply:
    """Get Cart Items (by AccessToken): the cart of the path's token, empty if none was begun."""
    session = require_session(call, call.path_argument("accesstoken"))
    cart_echo = echo(call, session, cart_state.load(call, session), children_apart=True)
    return ok(Carts=cart_echo, FailedItems=[])


def update_quantity(call: Call) -> Reply:
    """Update Quantity of a Cart Item: the new quantity replaces the old."""
    session = require_session(call)
    quantity = cart_state.validate_quantity(parse_whole_number(call.path_argument("quantity"), "quantity"))
    cart = cart_state.load(call, session)
    line = cart_state.find_line(cart, call.path_argument("cartReferenceKey"))
    cart_state.set_quantity(call, line, quantity)
    cart = cart_state.load(call, session)
    if cart is not None:
        check_quantities(call, cart.lines)
        if quantity > line.quantity:
            check_stock(call, cart.lines)
    return ok(Carts=echo_after_edit(call, session), FailedItems=[])


def remove(call: Call) -> Reply:
    """Remove a Cart Item: subtract a quantity; an empty line goes. Replies without the cart."""
    session = require_session(call)
    quantity = cart_state.validate_quantity(parse_whole_number(call.path_argument("quantity"), "quantity"))
    line = cart_state.find_line(cart_state.load(call, session), call.path_argument("cartReferenceKey"))
    cart_state.set_quantity(call, line, line.quantity - quantity)
    echo_after_edit(call, session)
    return ok()


def echo_after_edit(call: Call, session: Session) -> dict[str, Json]:
    """Return the cart after a change: its lines have new keys, if the switches say so."""
    cart = cart_state.load(call, session)
    if cart is not None:
        cart_state.refresh_line_keys(call, cart)
    return echo(call, session, cart_state.load(call, session))


def _configured_part(call: Call, item: RequestedItem) -> ConfiguredPart:
    """Return the part to add: the requested one, or its substitute by the switches."""
    substitute = call.store.menu.products.get(call.switches.substitute.get(item.part.product_id, 0))
    if substitute is None:
        return configure(call.menu, item.part)
    variant_id = substitute.variants[0].variant_id if substitute.variants else 0
    return configure(call.menu, ConfiguredPart(substitute.product_id, variant_id))


def _failed_item(item: RequestedItem) -> Json:
    return {
        "ProductId": item.part.product_id,
        "VariantProductId": item.part.variant_id,
        "Quantity": item.quantity,
        "LocationId": item.location_id,
        "messageCode": str(Code.NOT_AT_LOCATION.value),
        "Message": Code.NOT_AT_LOCATION.text,
    }


HANDLERS: dict[str, Handler] = {
    "carts.add_items": add_items,
    # One path for all four shapes: the router sends every name here.
    "carts.add_default_deal": add_items,
    "carts.add_customised_deal": add_items,
    "carts.add_customised_bundle": add_items,
    "carts.by_token": by_token,
    "carts.update_quantity": update_quantity,
    "carts.remove": remove,
}
