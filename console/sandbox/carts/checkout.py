"""Checkout: vouchers, addresses, slot, shipping mode and attributes of the order to be placed.

Each write shows in the cart, and attributes in the order.
"""

from dataclasses import replace

from console.sandbox.carts import checkout_state, discounts
from console.sandbox.carts import state as cart_state
from console.sandbox.carts.availability import check_sellable, check_stock
from console.sandbox.carts.checkout_state import CheckoutAttribute, SandboxCheckout
from console.sandbox.carts.echo import echo
from console.sandbox.carts.state import SandboxCart
from console.sandbox.data.merchant import MerchantLocation
from console.sandbox.data.promotions import PromotionKind
from console.sandbox.people.sessions import Session, require_session
from console.sandbox.places import slots
from console.sandbox.requests import Call, Handler, RequestFields
from console.sandbox.responses import Code, RefusalError, Reply, ok

MAX_ATTRIBUTES = 50
MAX_VOUCHERS = 5
NO_PIN = "0"
"""The PIN code of a place without one, as the documents print it (Get Order Information, V2)."""
FIELD_KINDS = frozenset({"", "1", "2", "3"})

# The keys of the two operations for an echo's FirstName, LastName and so on.
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


def apply_voucher(call: Call) -> Reply:
    """Apply Voucher to Cart Items."""
    session, cart, checkout = _load_checkout(call)
    promotion = discounts.find_voucher(call, call.path_argument("voucherCode"))
    if promotion.voucher in checkout.vouchers or len(checkout.vouchers) >= MAX_VOUCHERS:
        raise RefusalError(Code.COUPON_NOT_APPLICABLE, "The coupon is applied already, or there are too many")
    if promotion.kind is PromotionKind.FREE:
        raise RefusalError(Code.COUPON_NOT_APPLICABLE)
    discounts.check_voucher(call, session, cart, checkout, promotion)
    checkout_state.save(call, cart, replace(checkout, vouchers=(*checkout.vouchers, promotion.voucher)))
    message = f"Discount Voucher {promotion.voucher} has been applied successfully"
    return ok(message, Carts=echo(call, session, cart), FailedItems=[])


def remove_voucher(call: Call) -> Reply:
    """Remove Applied Voucher."""
    session, cart, checkout = _load_checkout(call)
    promotion = discounts.find_voucher(call, call.path_argument("voucherCode"))
    if promotion.voucher not in checkout.vouchers:
        raise RefusalError(Code.INVALID_COUPON)
    remaining = tuple(code for code in checkout.vouchers if code != promotion.voucher)
    checkout_state.save(call, cart, replace(checkout, vouchers=remaining))
    message = f"Discount Voucher {promotion.voucher} has been Removed  successfully"
    return ok(message, Carts=echo(call, session, cart), FailedItems=[])


def update_address(call: Call) -> Reply:
    """Update Address: change the named fields, leave the rest."""
    session, cart, checkout = _load_checkout(call)
    fields = call.input_data().nested("Cart")
    bill = {to: fields.text(f"Bill{key}") for key, to in (CART_ADDRESS | BILL_LINES).items()}
    ship = {to: fields.text(f"Ship{key}") for key, to in (CART_ADDRESS | SHIP_LINES).items()}
    is_different = fields.flag("IsShippingAddressDifferent") or "IsShippingAddressDifferent" not in fields
    changed = _with_addresses(checkout, bill, ship if is_different else bill)
    if fields.flag("SkipDeliveryAreaValidation"):
        check_area(call, cart, changed)
    checkout_state.save(call, cart, changed)
    return ok(Carts=echo(call, session, cart))


def update_properties(call: Call) -> Reply:
    """Update Cart Properties: slot, location, addresses and attributes at once."""
    session, cart, checkout = _load_checkout(call)
    fields = call.input_data()
    location_id = fields.integer("locationID", 0) or cart.location_id
    cart = _moved_to_location(call, session, cart, call.location(location_id))
    slot_id = fields.integer("DeliverySlotID")
    when = slots.parse_date(fields.text("DemandedDeliveryDate"))
    if slot_id:
        when = slots.require_open_slot(call, location_id, slot_id, when).starts
    changed = replace(checkout, slot_id=slot_id, demanded_at=when.timestamp())
    bill, ship = _property_address(fields, "BillingAddress"), _property_address(fields, "ShippingAddress")
    is_different = fields.flag("IsShippingAddressDifferent") or "IsShippingAddressDifferent" not in fields
    changed = _with_addresses(changed, bill, ship if is_different or not bill else bill)
    changed = _with_attributes(call, changed, fields.objects("OrderAttributes", limit=MAX_ATTRIBUTES))
    if "GiftMessage" in fields:
        changed = replace(changed, note=fields.text("GiftMessage"))
    if fields.flag("SkipDeliveryAreaValidation"):
        check_area(call, cart, changed)
    checkout_state.save(call, cart, changed)
    return ok(Carts=echo(call, session, cart))


def add_attributes(call: Call) -> Reply:
    """Add Order Attributes: stored for the order; refused unless the merchant has configured them."""
    _, cart, checkout = _load_checkout(call)
    rows = call.input_data().objects("items", limit=MAX_ATTRIBUTES)
    if not rows:
        raise RefusalError(Code.INVALID_INPUT, "There is no attribute")
    checkout_state.save(call, cart, _with_attributes(call, checkout, rows))
    return ok()


def set_slot(call: Call) -> Reply:
    """Set Delivery Slot."""
    session, cart, checkout = _load_checkout(call)
    fields = call.input_data()
    day = slots.parse_date(fields.text("DeliveryDate"))
    slot = slots.require_open_slot(call, cart.location_id, fields.integer("DeliverySlotId"), day)
    changed = replace(checkout, slot_id=slot.slot_id, demanded_at=slot.starts.timestamp())
    checkout_state.save(call, cart, changed)
    return ok(Carts=echo(call, session, cart))


def set_shipping_mode(call: Call) -> Reply:
    """Update Shipping Mode: pickup or delivery."""
    session, cart, checkout = _load_checkout(call)
    mode_id, pickup = (
        call.path_number("shippingModeID"),
        call.path_argument("ispickupshippingMode").casefold(),
    )
    modes = call.store.fulfilment.shipping_modes
    if mode_id not in modes or pickup != str(modes[mode_id]).casefold():
        raise RefusalError(Code.INVALID_INPUT, "There is no such shipping mode")
    mode = "S" if modes[mode_id] else "H"
    for line in cart.lines:
        check_sellable(call, line.part, line.location_id, mode)
    call.store.run("UPDATE cart SET mode = ? WHERE cart_id = ?", mode, cart.cart_id)
    checkout_state.save(call, cart, replace(checkout, shipping_mode=mode_id))
    return ok(Carts=echo(call, session, cart_state.load(call, session)))


def check_area(call: Call, cart: SandboxCart, checkout: SandboxCheckout) -> None:
    """Require that a cart's location delivers to its address; pickup has no limit.

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


def _load_checkout(call: Call) -> tuple[Session, SandboxCart, SandboxCheckout]:
    """Return the session, its cart and its checkout data; refuse a cart that was never begun."""
    session = require_session(call)
    cart = cart_state.load(call, session)
    if cart is None:
        raise RefusalError(Code.NO_RECORD, "There is no cart")
    return session, cart, checkout_state.load(call, cart)


def _with_addresses(checkout: SandboxCheckout, bill: dict[str, str], ship: dict[str, str]) -> SandboxCheckout:
    def non_empty(address: dict[str, str]) -> dict[str, str]:
        return {key: text for key, text in address.items() if text}

    return replace(
        checkout, bill={**checkout.bill, **non_empty(bill)}, ship={**checkout.ship, **non_empty(ship)}
    )


def _property_address(fields: RequestFields, key: str) -> dict[str, str]:
    if key not in fields:
        return {}
    address = fields.nested(key)
    return {to: address.text(name) for name, to in PROPERTIES_ADDRESS.items()}


def _with_attributes(call: Call, checkout: SandboxCheckout, rows: list[RequestFields]) -> SandboxCheckout:
    configured = {*call.store.fulfilment.attributes, *call.switches.order_attributes}
    by_name = {attribute.name: attribute for attribute in checkout.attributes}
    for row in rows:
        name = row.text("EntityFieldName")
        if name not in configured or row.text("Type") not in FIELD_KINDS:
            raise RefusalError(Code.INVALID_INPUT, "The merchant has configured no such attribute")
        by_name[name] = CheckoutAttribute(row.integer("EntityFieldID"), name, row.text("SelectedValue"))
    return replace(checkout, attributes=tuple(by_name.values()))


def _moved_to_location(
    call: Call, session: Session, cart: SandboxCart, location: MerchantLocation
) -> SandboxCart:
    """Return the cart at another location, if that has all of its products."""
    if location.location_id == cart.location_id:
        return cart
    moved = tuple(replace(line, location_id=location.location_id) for line in cart.lines)
    for line in moved:
        check_sellable(call, line.part, line.location_id, cart.mode)
    check_stock(call, moved)
    for statement in (
        "UPDATE line SET location_id = ? WHERE cart_id = ?",
        "UPDATE cart SET location_id = ? WHERE cart_id = ?",
    ):
        call.store.run(statement, location.location_id, cart.cart_id)
    return cart_state.load(call, session) or cart


HANDLERS: dict[str, Handler] = {
    "carts.apply_voucher": apply_voucher,
    "carts.remove_voucher": remove_voucher,
    "carts.update_address": update_address,
    "carts.update_properties": update_properties,
    "carts.add_attributes": add_attributes,
    "carts.set_slot": set_slot,
    "carts.set_shipping_mode": set_shipping_mode,
}
