"""More ways into and out of a cart: edit a line, add by address alone, add what is free, take all out.

Answered out of the store; a request that is refused changes nothing.
"""

from console.sandbox.answers import Answer, Code, Json, RefusalError, success, wire_date
from console.sandbox.carts import cart_requests, cart_state, checkout_state
from console.sandbox.carts.availability import check_place, check_stock
from console.sandbox.carts.cart_echo import echo
from console.sandbox.carts.cart_state import Cart, Shipment
from console.sandbox.carts.carts import after_edit
from console.sandbox.menu.composing import composed
from console.sandbox.people.sessions import Session, session
from console.sandbox.pricing.discounts import totals
from console.sandbox.pricing.pricing import Part
from console.sandbox.pricing.promotion_data import Promotion, PromotionKind
from console.sandbox.requests import Call, Handler


def get(call: Call) -> Answer:
    """Get Cart Items: the session's cart, and what each promotion took off where that is asked for."""
    here = session(call)
    cart = cart_state.load(call, here)
    printed = echo(call, here, cart, apart=True)
    if call.query.flag("promotionDetails"):
        printed |= _promotion_details(call, here, cart)
    row = call.store.row("SELECT * FROM token WHERE token = ?", here.token)
    issued = 0.0 if row is None else float(row["issued_at"])
    token: Json = {
        "AccessToken": here.token,
        "issued_at": wire_date(issued),
        "UserId": here.user_id,
        "IsLoggedInUser": bool(here.customer_id),
        "MerchantId": call.store.merchant.merchant_id,
    }
    return success(Carts=printed, Token=token)


def edit(call: Call) -> Answer:
    """Edit Cart Item: the item takes the place of the one with its key, where that stands."""
    here = session(call)
    fields = call.input()
    if not fields.text("CartID"):
        raise RefusalError(Code.INVALID_INPUT, "CartID is missing")
    mode = cart_requests.delivery_mode(fields.text("DeliveryMode"))
    cart = cart_state.load(call, here)
    usual = here.location_id or call.store.merchant.default_location
    item = cart_requests.item(fields.fields("Item"), location_id=usual)
    line = cart_state.line_of(cart, item.key)
    if item.remove:
        cart_state.set_quantity(call, line, 0)
    else:
        part = composed(call.menu, item.part)
        check_place(call, part, item.location_id, mode)
        cart_state.replace_line(call, line, part=part, quantity=item.quantity, location_id=item.location_id)
        check_stock(call, _lines(call, here))
    if cart is not None:
        call.store.run("UPDATE cart SET mode = ? WHERE cart_id = ?", mode, cart.cart_id)
    return success(Carts=after_edit(call, here))


def add_at_location(call: Call) -> Answer:
    """Location Add to Cart: one product of a location, named in the path."""
    here = session(call)
    merchant = call.store.merchant
    if call.argument("currency").upper() != merchant.currency:
        raise RefusalError(Code.INVALID_INPUT, f"The currency is not {merchant.currency}")
    location = call.location(call.number("locationId"))
    quantity = cart_state.checked_quantity(call.number("quantity"))
    cart = cart_state.load(call, here)
    shipment = Shipment(location.modes[0], "", "", "")
    if cart is not None:
        shipment = Shipment(cart.mode, cart.ship_city, cart.ship_country, cart.ship_state)
    part = composed(call.menu, Part(call.number("productId"), call.number("varProductId")))
    check_place(call, part, location.location_id, shipment.mode)
    cart = cart_state.begin(call, here, location_id=location.location_id, shipment=shipment)
    cart_state.add(call, cart, part=part, quantity=quantity, location_id=location.location_id)
    check_stock(call, _lines(call, here))
    return success(Carts=after_edit(call, here))


def add_free_products(call: Call) -> Answer:
    """Add Free Products to Cart: what a promotion gives, once the cart is large enough for it."""
    here = session(call)
    asked = cart_requests.read(call, location_id=here.location_id or call.store.merchant.default_location)
    rule_id = call.number("promotionruleid")
    gives = (PromotionKind.FREE, rule_id)
    promotion = next((p for p in call.store.promotions if (p.kind, p.rule_id) == gives), None)
    if promotion is None:
        raise RefusalError(Code.COUPON_NOT_APPLICABLE)
    cart = cart_state.load(call, here)
    _check_gift(call, here, cart, promotion)
    for item in asked.items:
        if item.part.product_id not in promotion.products or item.part.parts or item.remove:
            raise RefusalError(Code.COUPON_NOT_APPLICABLE)
        part = composed(call.menu, item.part)
        check_place(call, part, item.location_id, asked.shipment.mode)
        cart = cart_state.load(call, here)
        if cart is not None:
            cart_state.add(
                call, cart, part=part, quantity=item.quantity, location_id=item.location_id, free=rule_id
            )
    lines = _lines(call, here)
    if sum(line.quantity for line in lines if line.free == rule_id) > promotion.quantity:
        raise RefusalError(Code.COUPON_NOT_APPLICABLE, f"At most {promotion.quantity} are free")
    check_stock(call, lines)
    printed = after_edit(call, here)
    details = _promotion_details(call, here, cart_state.load(call, here))
    return success(Carts=printed | details, FailedItems=[])


def remove_all(call: Call) -> Answer:
    """Remove All Cart Items: every line goes; address, slot and vouchers stay."""
    here = session(call)
    cart = cart_state.load(call, here)
    if cart is not None:
        call.store.run("DELETE FROM line WHERE cart_id = ?", cart.cart_id)
        echo(call, here, cart_state.load(call, here))
    return success()


def clear(call: Call) -> Answer:
    """Clear Cart Items: the cart is as if it had never been begun."""
    here = session(call)
    cart = cart_state.load(call, here)
    if cart is not None:
        cart_state.empty(call, cart)
        echo(call, here, cart_state.load(call, here))
    return success()


def _lines(call: Call, here: Session) -> tuple[cart_state.Line, ...]:
    cart = cart_state.load(call, here)
    return () if cart is None else cart.lines


def _check_gift(call: Call, here: Session, cart: Cart | None, promotion: Promotion) -> None:
    if not promotion.starts <= call.now < promotion.ends:
        raise RefusalError(Code.EXPIRED_COUPON)
    costs = totals(call, here, cart, checkout_state.load(call, cart))
    if costs.product_cost < promotion.minimum:
        raise RefusalError(Code.BELOW_MINIMUM)


def _promotion_details(call: Call, here: Session, cart: Cart | None) -> dict[str, Json]:
    """What counts for a cart, and what of it gives products."""
    costs = totals(call, here, cart, checkout_state.load(call, cart))
    applied: list[Json] = [
        {
            "PromotionId": one.promotion.rule_id,
            "PromotionTitle": one.promotion.title,
            "VoucherCode": one.promotion.voucher or None,
            "PromotionAction": 6,
            "RuleMessage": "",
            "Description": one.promotion.description,
            "DiscountAmount": float(one.amount),
        }
        for one in costs.applied
    ]
    gifts: list[Json] = [
        {
            "RuleId": promotion.rule_id,
            "RuleDescription": promotion.title,
            "IsShowCaseCrietriaSet": True,
            "RuleProductShowCase": {
                "Attributes": [],
                "Brands": [],
                "Categories": [],
                "Groups": [],
                "Products": [str(product_id) for product_id in promotion.products],
                "Suppliers": [],
                "Tags": [],
                "Variants": [],
            },
            "IsAutoAdd": False,
            "IsFreeActionInstructionType": True,
        }
        for promotion in call.store.promotions
        if promotion.kind is PromotionKind.FREE and 0 < promotion.minimum <= costs.product_cost
    ]
    return {"BusinessRuleDescriptionView": gifts, "AppliedPromotionDetailsList": applied or None}


HANDLERS: dict[str, Handler] = {
    "carts.get": get,
    "carts.edit": edit,
    "carts.add_at_location": add_at_location,
    "carts.add_free_products": add_free_products,
    "carts.remove_all": remove_all,
    "carts.clear": clear,
}
