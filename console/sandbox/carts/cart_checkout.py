"""Checkout: vouchers, addresses, slot, way of shipping and attributes of the order to be.

Answered out of the store; each write shows in the cart, and attributes in the order.
"""

from dataclasses import replace

from console.sandbox.answers import Answer, Code, RefusalError, success
from console.sandbox.carts import cart_state, checkout_state
from console.sandbox.carts.availability import check_place, check_stock
from console.sandbox.carts.cart_echo import echo
from console.sandbox.carts.cart_state import Cart
from console.sandbox.carts.checkout_state import Attribute, Checkout
from console.sandbox.merchant import Location
from console.sandbox.people.sessions import Session, session
from console.sandbox.places import slots
from console.sandbox.pricing import discounts
from console.sandbox.pricing.promotion_data import PromotionKind
from console.sandbox.requests import Call, Fields, Handler

MAX_ATTRIBUTES = 50
MAX_VOUCHERS = 5
NO_PIN = "0"
"""The PIN code of a place that has none, as the documents print it (Get Order Information, V2)."""
FIELD_KINDS = frozenset({"", "1", "2", "3"})

# How the two operations spell what an echo has as FirstName, LastName and so on.
CART_ADDRESS = {
    "FirstName": "FirstName",
    "LastName": "LastName",
    "Email": "Email",
    "Mobile": "Mobile",
    "Zip": "PostCode",
    "City": "CityCode",
    "CountryCode": "CountryCode",
    "State": "StateCode",
    "OtherCity": "OtherCityName",
    "Telephone": "Telephone",
}
BILL_LINES = {"Address": "Address1", "Address1": "Address2"}
SHIP_LINES = {"Address1": "Address1", "Address2": "Address2"}
PROPERTIES_ADDRESS = {
    "FirstName": "FirstName",
    "LastName": "LastName",
    "Street": "Address1",
    "Street1": "Address2",
    "Country": "CountryCode",
    "State": "StateCode",
    "City": "CityCode",
    "CityName": "City",
    "OtherCityName": "OtherCityName",
    "Phone": "Telephone",
    "Mobile": "Mobile",
    "PIN": "PostCode",
    "EmailID": "Email",
}


def apply_voucher(call: Call) -> Answer:
    """Apply Voucher to Cart Items."""
    here, cart, checkout = _begun(call)
    promotion = discounts.voucher(call, call.argument("voucherCode"))
    if promotion.voucher in checkout.vouchers or len(checkout.vouchers) >= MAX_VOUCHERS:
        raise RefusalError(Code.COUPON_NOT_APPLICABLE, "The coupon is applied already, or one too many")
    if promotion.kind is PromotionKind.FREE:
        raise RefusalError(Code.COUPON_NOT_APPLICABLE)
    discounts.check_voucher(call, here, cart, checkout, promotion)
    checkout_state.save(call, cart, replace(checkout, vouchers=(*checkout.vouchers, promotion.voucher)))
    said = f"Discount Voucher {promotion.voucher} has been applied successfully"
    return success(said, Carts=echo(call, here, cart), FailedItems=[])


def remove_voucher(call: Call) -> Answer:
    """Remove Applied Voucher."""
    here, cart, checkout = _begun(call)
    promotion = discounts.voucher(call, call.argument("voucherCode"))
    if promotion.voucher not in checkout.vouchers:
        raise RefusalError(Code.INVALID_COUPON)
    left = tuple(code for code in checkout.vouchers if code != promotion.voucher)
    checkout_state.save(call, cart, replace(checkout, vouchers=left))
    said = f"Discount Voucher {promotion.voucher} has been Removed  successfully"
    return success(said, Carts=echo(call, here, cart), FailedItems=[])


def update_address(call: Call) -> Answer:
    """Update Address: what is named changes, the rest stays."""
    here, cart, checkout = _begun(call)
    fields = call.input().fields("Cart")
    bill = {to: fields.text(f"Bill{key}") for key, to in (CART_ADDRESS | BILL_LINES).items()}
    ship = {to: fields.text(f"Ship{key}") for key, to in (CART_ADDRESS | SHIP_LINES).items()}
    differs = fields.flag("IsShippingAddressDifferent") or "IsShippingAddressDifferent" not in fields
    changed = _addressed(checkout, bill, ship if differs else bill)
    if fields.flag("SkipDeliveryAreaValidation"):
        check_area(call, cart, changed)
    checkout_state.save(call, cart, changed)
    return success(Carts=echo(call, here, cart))


def update_properties(call: Call) -> Answer:
    """Update Cart Properties: slot, location, addresses and attributes at once."""
    here, cart, checkout = _begun(call)
    fields = call.input()
    location_id = fields.integer("locationID", 0) or cart.location_id
    cart = _moved(call, here, cart, call.location(location_id))
    slot_id = fields.integer("DeliverySlotID")
    when = slots.moment(fields.text("DemandedDeliveryDate"))
    if slot_id:
        when = slots.checked(call, location_id, slot_id, when).starts
    changed = replace(checkout, slot_id=slot_id, demanded=when.timestamp())
    bill, ship = _property_address(fields, "BillingAddress"), _property_address(fields, "ShippingAddress")
    differs = fields.flag("IsShippingAddressDifferent") or "IsShippingAddressDifferent" not in fields
    changed = _addressed(changed, bill, ship if differs or not bill else bill)
    changed = _attributed(call, changed, fields.many("OrderAttributes", limit=MAX_ATTRIBUTES))
    if fields.flag("SkipDeliveryAreaValidation"):
        check_area(call, cart, changed)
    checkout_state.save(call, cart, changed)
    return success(Carts=echo(call, here, cart))


def add_attributes(call: Call) -> Answer:
    """Add Order Attributes: kept for the order to be; only what the merchant has configured is taken."""
    _, cart, checkout = _begun(call)
    rows = call.input().many("items", limit=MAX_ATTRIBUTES)
    if not rows:
        raise RefusalError(Code.INVALID_INPUT, "There is no attribute")
    checkout_state.save(call, cart, _attributed(call, checkout, rows))
    return success()


def set_slot(call: Call) -> Answer:
    """Set Delivery Slot."""
    here, cart, checkout = _begun(call)
    fields = call.input()
    day = slots.moment(fields.text("DeliveryDate"))
    slot = slots.checked(call, cart.location_id, fields.integer("DeliverySlotId"), day)
    changed = replace(checkout, slot_id=slot.slot_id, demanded=slot.starts.timestamp())
    checkout_state.save(call, cart, changed)
    return success(Carts=echo(call, here, cart))


def set_shipping_mode(call: Call) -> Answer:
    """Update Shipping Mode: to be collected, or brought to the house."""
    here, cart, checkout = _begun(call)
    mode_id, pickup = call.number("shippingModeID"), call.argument("ispickupshippingMode").casefold()
    known = call.store.fulfilment.shipping_modes
    if mode_id not in known or pickup != str(known[mode_id]).casefold():
        raise RefusalError(Code.INVALID_INPUT, "There is no such shipping mode")
    mode = "S" if known[mode_id] else "H"
    for line in cart.lines:
        check_place(call, line.part, line.location_id, mode)
    call.store.run("UPDATE cart SET mode = ? WHERE cart_id = ?", mode, cart.cart_id)
    checkout_state.save(call, cart, replace(checkout, shipping_mode=mode_id))
    return success(Carts=echo(call, here, cart_state.load(call, here)))


def check_area(call: Call, cart: Cart, checkout: Checkout) -> None:
    """Whether a cart's location delivers to its address; what is collected goes anywhere.

    Raises:
        RefusalError: 1023, the city is not one of the merchant's; 1025, the PIN code is not served.
    """
    if cart.mode != "H":
        return
    merchant = call.store.merchant
    city, pin = checkout.ship.get("CityCode", cart.ship_city), checkout.ship.get("PostCode", "")
    if city and city not in {location.city_code for location in merchant.locations}:
        raise RefusalError(Code.INVALID_CITY)
    if pin not in ("", NO_PIN) and pin not in call.location(cart.location_id).pins:
        raise RefusalError(Code.ADDRESS_NOT_SERVED)


def _begun(call: Call) -> tuple[Session, Cart, Checkout]:
    """The session, its cart and what it was told; a cart that was never begun is refused."""
    here = session(call)
    cart = cart_state.load(call, here)
    if cart is None:
        raise RefusalError(Code.NO_RECORD, "There is no cart")
    return here, cart, checkout_state.load(call, cart)


def _addressed(checkout: Checkout, bill: dict[str, str], ship: dict[str, str]) -> Checkout:
    def named(address: dict[str, str]) -> dict[str, str]:
        return {key: text for key, text in address.items() if text}

    return replace(checkout, bill={**checkout.bill, **named(bill)}, ship={**checkout.ship, **named(ship)})


def _property_address(fields: Fields, key: str) -> dict[str, str]:
    if key not in fields:
        return {}
    address = fields.fields(key)
    return {to: address.text(name) for name, to in PROPERTIES_ADDRESS.items()}


def _attributed(call: Call, checkout: Checkout, rows: list[Fields]) -> Checkout:
    configured = {*call.store.fulfilment.attributes, *call.switches.order_attributes}
    kept = {attribute.name: attribute for attribute in checkout.attributes}
    for row in rows:
        name = row.text("EntityFieldName")
        if name not in configured or row.text("Type") not in FIELD_KINDS:
            raise RefusalError(Code.INVALID_INPUT, "The merchant has configured no such attribute")
        kept[name] = Attribute(row.integer("EntityFieldID"), name, row.text("SelectedValue"))
    return replace(checkout, attributes=tuple(kept.values()))


def _moved(call: Call, here: Session, cart: Cart, location: Location) -> Cart:
    """The cart at another location, if that can give all of it."""
    if location.location_id == cart.location_id:
        return cart
    moved = tuple(replace(line, location_id=location.location_id) for line in cart.lines)
    for line in moved:
        check_place(call, line.part, line.location_id, cart.mode)
    check_stock(call, moved)
    for statement in (
        "UPDATE line SET location_id = ? WHERE cart_id = ?",
        "UPDATE cart SET location_id = ? WHERE cart_id = ?",
    ):
        call.store.run(statement, location.location_id, cart.cart_id)
    return cart_state.load(call, here) or cart


HANDLERS: dict[str, Handler] = {
    "carts.apply_voucher": apply_voucher,
    "carts.remove_voucher": remove_voucher,
    "carts.update_address": update_address,
    "carts.update_properties": update_properties,
    "carts.add_attributes": add_attributes,
    "carts.set_slot": set_slot,
    "carts.set_shipping_mode": set_shipping_mode,
}
