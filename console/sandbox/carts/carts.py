"""Carts: add items, read, change a quantity, remove. The platform's quirks are on the switch board.

Answered out of the store; a request that is refused changes nothing.
"""

from console.sandbox.answers import Answer, Code, Json, success
from console.sandbox.carts import cart_requests, cart_state
from console.sandbox.carts.availability import check_place, check_stock
from console.sandbox.carts.cart_echo import echo
from console.sandbox.carts.cart_requests import Item
from console.sandbox.menu.composing import composed
from console.sandbox.people.sessions import Session, session
from console.sandbox.pricing.pricing import Part
from console.sandbox.requests import Call, Handler, whole


def add_items(call: Call) -> Answer:
    """Add Items to Cart, in every documented shape."""
    here = session(call)
    usual = here.location_id or call.store.merchant.default_location
    asked = cart_requests.read(call, location_id=usual)
    taken = [item for item in asked.items if item.part.product_id not in call.switches.refuse]
    location_id = taken[-1].location_id if taken else usual
    cart = cart_state.begin(call, here, location_id=location_id, shipment=asked.shipment)
    for item in taken:
        if item.remove:
            cart_state.set_quantity(call, cart_state.line_of(cart, item.key), 0)
        else:
            part = _part(call, item)
            check_place(call, part, item.location_id, asked.shipment.mode)
            cart_state.add(call, cart, part=part, quantity=item.quantity, location_id=item.location_id)
        cart = cart_state.load(call, here) or cart
    check_stock(call, cart.lines)
    cart_state.edited(call, cart)
    failed = [_failed(item) for item in asked.items if item not in taken]
    return success(Carts=echo(call, here, cart_state.load(call, here)), FailedItems=failed)


def by_token(call: Call) -> Answer:
    """Get Cart Items (by AccessToken): the cart of the path's token, empty where none was begun."""
    here = session(call, call.argument("accesstoken"))
    return success(Carts=echo(call, here, cart_state.load(call, here), apart=True))


def update_quantity(call: Call) -> Answer:
    """Update Quantity of a Cart Item: the new quantity takes the place of the old."""
    here = session(call)
    quantity = cart_state.checked_quantity(whole(call.argument("quantity"), "quantity"))
    cart = cart_state.load(call, here)
    line = cart_state.line_of(cart, call.argument("cartReferenceKey"))
    cart_state.set_quantity(call, line, quantity)
    cart = cart_state.load(call, here)
    if cart is not None and quantity > line.quantity:
        check_stock(call, cart.lines)
    return success(Carts=after_edit(call, here))


def remove(call: Call) -> Answer:
    """Remove a Cart Item: takes a quantity out of a line, the line where none is left. Answers no cart."""
    here = session(call)
    quantity = cart_state.checked_quantity(whole(call.argument("quantity"), "quantity"))
    line = cart_state.line_of(cart_state.load(call, here), call.argument("cartReferenceKey"))
    cart_state.set_quantity(call, line, line.quantity - quantity)
    after_edit(call, here)
    return success()


def after_edit(call: Call, here: Session) -> dict[str, Json]:
    """The cart after a change: its lines have new keys, where the switches say so."""
    cart = cart_state.load(call, here)
    if cart is not None:
        cart_state.edited(call, cart)
    return echo(call, here, cart_state.load(call, here))


def _part(call: Call, item: Item) -> Part:
    """What goes into the cart: what was asked for, or what the switches put in its place."""
    instead = call.store.menu.products.get(call.switches.substitute.get(item.part.product_id, 0))
    if instead is None:
        return composed(call.menu, item.part)
    variant_id = instead.variants[0].variant_id if instead.variants else 0
    return composed(call.menu, Part(instead.product_id, variant_id))


def _failed(item: Item) -> Json:
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
    # One path for all four shapes: the router sends them here whatever they are called.
    "carts.add_default_deal": add_items,
    "carts.add_customised_deal": add_items,
    "carts.add_customised_bundle": add_items,
    "carts.by_token": by_token,
    "carts.update_quantity": update_quantity,
    "carts.remove": remove,
}
