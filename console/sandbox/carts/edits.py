"""More edits of a cart: replace a line, add by URL, add free products, remove all.

A refused request changes nothing.
"""

from console.sandbox.carts import checkout_state
from console.sandbox.carts import requests as cart_requests
from console.sandbox.carts import state as cart_state
from console.sandbox.carts.availability import check_quantities, check_sellable, check_stock
from console.sandbox.carts.discounts import price_cart
from console.sandbox.carts.echo import echo
from console.sandbox.carts.items import echo_after_edit
from console.sandbox.carts.promotion_details import promotion_details
from console.sandbox.carts.state import CartShipment, SandboxCart
from console.sandbox.data.promotions import PromotionKind, SandboxPromotion
from console.sandbox.menu.configuration import configure
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.people.sessions import Session, require_session, token_record
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, RefusalError, Reply, ok


def get(call: Call) -> Reply:
    """Get Cart Items: the session's cart, with the discount of each promotion if requested."""
    session = require_session(call)
    cart = cart_state.load(call, session)
    cart_echo = echo(call, session, cart, children_apart=True)
    if call.query.flag("promotionDetails"):
        cart_echo |= promotion_details(call, session, cart)
    return ok(Carts=cart_echo, Token=token_record(call, session))


def edit(call: Call) -> Reply:
    """Edit Cart Item: the item replaces the one with its key, in the same position."""
    session = require_session(call)
    fields = call.input_data()
    if not fields.text("CartID"):
        raise RefusalError(Code.INVALID_INPUT, "CartID is missing")
    mode = cart_requests.parse_delivery_mode(fields.text("DeliveryMode"))
    cart = cart_state.load(call, session)
    default_location = session.location_id or call.store.merchant.default_location
    item = cart_requests.read_item(fields.nested("Item"), location_id=default_location)
    line = cart_state.find_line(cart, item.key)
    if item.remove:
        cart_state.set_quantity(call, line, 0)
    else:
        part = configure(call.menu, item.part)
        check_sellable(call, part, item.location_id, mode)
        cart_state.replace_line(call, line, part=part, quantity=item.quantity, location_id=item.location_id)
        check_stock(call, _lines(call, session))
        check_quantities(call, _lines(call, session))
    if cart is not None:
        call.store.run("UPDATE cart SET mode = ? WHERE cart_id = ?", mode, cart.cart_id)
    return ok(Carts=echo_after_edit(call, session))


def add_at_location(call: Call) -> Reply:
    """Location Add to Cart: one product of a location, named in the path."""
    session = require_session(call)
    merchant = call.store.merchant
    if call.path_argument("currency").upper() != merchant.currency:
        raise RefusalError(Code.INVALID_INPUT, f"The currency is not {merchant.currency}")
    location = call.location(call.path_number("locationId"))
    quantity = cart_state.validate_quantity(call.path_number("quantity"))
    cart = cart_state.load(call, session)
    shipment = CartShipment(location.modes[0], "", "", "")
    if cart is not None:
        shipment = CartShipment(cart.mode, cart.ship_city, cart.ship_country, cart.ship_state)
    part = configure(
        call.menu, ConfiguredPart(call.path_number("productId"), call.path_number("varProductId"))
    )
    check_sellable(call, part, location.location_id, shipment.mode)
    cart = cart_state.begin(call, session, location_id=location.location_id, shipment=shipment)
    cart_state.add(call, cart, part=part, quantity=quantity, location_id=location.location_id)
    check_stock(call, _lines(call, session))
    check_quantities(call, _lines(call, session))
    return ok(Carts=echo_after_edit(call, session))


def add_free_products(call: Call) -> Reply:
    """Add Free Products to Cart: products of a promotion, once the cart is large enough for it."""
    session = require_session(call)
    add_request = cart_requests.read_add_items(
        call, location_id=session.location_id or call.store.merchant.default_location
    )
    rule_id = call.path_number("promotionruleid")
    rule_key = (PromotionKind.FREE, rule_id)
    promotion = next((p for p in call.store.promotions if (p.kind, p.rule_id) == rule_key), None)
    if promotion is None:
        raise RefusalError(Code.COUPON_NOT_APPLICABLE)
    cart = cart_state.load(call, session)
    _check_free_promotion(call, session, cart, promotion)
    for item in add_request.items:
        if item.part.product_id not in promotion.products or item.part.parts or item.remove:
            raise RefusalError(Code.COUPON_NOT_APPLICABLE)
        part = configure(call.menu, item.part)
        check_sellable(call, part, item.location_id, add_request.shipment.mode)
        cart = cart_state.load(call, session)
        if cart is not None:
            cart_state.add(
                call,
                cart,
                part=part,
                quantity=item.quantity,
                location_id=item.location_id,
                free_rule_id=rule_id,
            )
    lines = _lines(call, session)
    if sum(line.quantity for line in lines if line.free_rule_id == rule_id) > promotion.quantity:
        raise RefusalError(Code.COUPON_NOT_APPLICABLE, f"At most {promotion.quantity} are free")
    check_stock(call, lines)
    cart_echo = echo_after_edit(call, session)
    details = promotion_details(call, session, cart_state.load(call, session))
    return ok(Carts=cart_echo | details, FailedItems=[])


def remove_all(call: Call) -> Reply:
    """Remove All Cart Items: every line goes; address, slot and vouchers stay."""
    session = require_session(call)
    cart = cart_state.load(call, session)
    if cart is not None:
        call.store.run("DELETE FROM line WHERE cart_id = ?", cart.cart_id)
        echo(call, session, cart_state.load(call, session))
    return ok()


def clear(call: Call) -> Reply:
    """Clear Cart Items: reset the cart as if it had never been begun."""
    session = require_session(call)
    cart = cart_state.load(call, session)
    if cart is not None:
        cart_state.clear_cart(call, cart)
        echo(call, session, cart_state.load(call, session))
    return ok()


def _lines(call: Call, session: Session) -> tuple[cart_state.SandboxLine, ...]:
    cart = cart_state.load(call, session)
    return () if cart is None else cart.lines


def _check_free_promotion(
    call: Call, session: Session, cart: SandboxCart | None, promotion: SandboxPromotion
) -> None:
    if not promotion.starts <= call.now < promotion.ends:
        raise RefusalError(Code.EXPIRED_COUPON)
    costs = price_cart(call, session, cart, checkout_state.load(call, cart))
    if costs.product_cost < promotion.minimum:
        raise RefusalError(Code.BELOW_MINIMUM)


HANDLERS: dict[str, Handler] = {
    "carts.get": get,
    "carts.edit": edit,
    "carts.add_at_location": add_at_location,
    "carts.add_free_products": add_free_products,
    "carts.remove_all": remove_all,
    "carts.clear": clear,
}
