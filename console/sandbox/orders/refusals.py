"""Refusals of Place Order as the documents print them: no order number, and the validators that refused.

The documents print only the tail of the response, without a message code; so does the sandbox. A rule of the
platform that no validator is printed for is refused with a message code, by ``RefusalError``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from math import inf

from console.sandbox.carts import discounts
from console.sandbox.carts.availability import (
    check_sellable,
    flatten_parts,
    unavailable_lines,
)
from console.sandbox.carts.checkout_state import SandboxCheckout
from console.sandbox.carts.state import SandboxCart
from console.sandbox.menu.sale_rules import sale_rules
from console.sandbox.people.sessions import Session
from console.sandbox.places.slots import DaySlot, require_open_slot
from console.sandbox.requests import Call, RequestFields
from console.sandbox.responses import Code, Json, RefusalError, Reply, merchant_datetime
from console.sandbox.switches import HoursOfDay, PlacingRefusal

HOME_DELIVERY = "H"
NO_PIN = "0"
MOBILE_DIGITS = range(7, 16)
"""Digits of a mobile number that a payment gateway takes."""
_MOBILE = re.compile(r"\+?[\d ()./-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Printed:
    """The documents' name and number of a validator, and its message; empty for most."""

    validator: str
    kind: int
    message: str = ""


PRINTED = {
    PlacingRefusal.MOBILE_NUMBER: _Printed("CapillaryPGValidator", 4),
    PlacingRefusal.DELIVERY_AREA: _Printed("DeliveryAreaValidator", 14),
    PlacingRefusal.DELIVERY_MODE: _Printed("DeliveryModeValidator", 16),
    PlacingRefusal.DISCOUNT_VOUCHER: _Printed("DiscountVoucherValidator", 7),
    PlacingRefusal.GIFT_VOUCHER: _Printed("GiftVoucherValidator", 7),
    PlacingRefusal.TRANSACTION: _Printed("MerchantTransactionValidator", 15),
    PlacingRefusal.AMOUNT: _Printed("OrderAmountValidator", 9, "Min"),
    PlacingRefusal.PAYMENT_INPUT: _Printed("OrderInputValidator", 0),
    PlacingRefusal.SEVERAL_PAYMENTS: _Printed("PartialOrderValidator", 5),
    PlacingRefusal.PAYMENT_COUNTRY: _Printed("PaymentoptionValidator", 21),
    PlacingRefusal.PIN_CODE: _Printed("PincodeServiceablityValidator", 17),
    PlacingRefusal.SHIPPING_MODE: _Printed("ShippingModeValidator", 16),
    PlacingRefusal.ADDRESS: _Printed("ShippingAddressValidator", 18),
    PlacingRefusal.SHIPPING: _Printed("ShippingValidator", 1),
    PlacingRefusal.QUANTITY: _Printed("StockValidator", 13, "Failed products"),
    PlacingRefusal.STOCK: _Printed("StockValidator", 2, "Failed products"),
    PlacingRefusal.STORE_HOURS: _Printed("StoreTimingsValidator", 19, "DeliveryslotNotInStoreTime"),
}
"""Each printed refusal (Place Order, Sample Validation Messages)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal with its message, by default the printed one."""

    refusal: PlacingRefusal
    message: str | None = None

    def to_wire(self) -> Json:
        """Return the refusal in its wire form."""
        printed = PRINTED[self.refusal]
        return {
            "Validator": printed.validator,
            "CheckoutValidationType": printed.kind,
            "Status": "False",
            "ValidationMessage": printed.message if self.message is None else self.message,
        }


def refused_reply(refused: Iterable[Refused]) -> Reply:
    """Return the documented response of a Place Order that is refused."""
    rows: Json = [one.to_wire() for one in refused]
    return Reply({"OrderCreationResponse": {"OrderID": 0, "ValidationResponse": rows}, "ErrorCode": 0})


def refused_validators(reply: Reply) -> tuple[str, ...]:
    """Return the validators that refuse in a reply of Place Order, empty if none does."""
    created = reply.body.get("OrderCreationResponse")
    rows = created.get("ValidationResponse") if isinstance(created, dict) else None
    return tuple(
        f"{row['Validator']} {row['CheckoutValidationType']}"
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    )


def payment_refusals(call: Call, fields: RequestFields) -> list[Refused]:
    """Return what is wrong with the parameters of the payment, before a payment is looked for."""
    names = ("PaymentOption", "paymentType", "gatewayId")
    if not all(fields.text(name) for name in names):
        return [Refused(PlacingRefusal.PAYMENT_INPUT)]
    option, kind = fields.text("PaymentOption").casefold(), fields.text("paymentType").casefold()
    payments = call.store.merchant.payments
    options = {payment.option.casefold(): payment for payment in payments}
    several = [part.strip() for part in option.split(",")]
    if len(several) > 1 and any(part in options and options[part].gateway_id == "0" for part in several):
        return [Refused(PlacingRefusal.SEVERAL_PAYMENTS)]
    kinds = {
        name.casefold(): payment.option.casefold()
        for payment in payments
        for name in (payment.kind, call.store.fulfilment.payment_codes.get(payment.kind, payment.kind))
    }
    if option in options and kind in kinds and kinds[kind] != option:
        return [Refused(PlacingRefusal.TRANSACTION)]
    return []


def order_refusals(
    call: Call,
    session: Session,
    cart: SandboxCart,
    checkout: SandboxCheckout,
    *,
    is_gateway: bool,
    validates_area: bool,
) -> list[Refused]:
    """Return every refusal of an order, in the documents' order; none for one that may be placed.

    ``is_gateway`` is for a payment through a gateway. ``validates_area`` is what the request asks for, which
    the documents name ``skipDeliveryAreaValidation`` and explain as its opposite.

    Raises:
        RefusalError: something refuses that no validator is printed for.
    """
    costs = discounts.price_cart(call, session, cart, checkout)
    found = (
        *_payer_refusals(call, checkout, is_gateway=is_gateway),
        *(_area_refusals(call, cart, checkout) if validates_area else ()),
        *_line_refusals(call, cart),
        *_voucher_refusals(call, session, cart, checkout),
        *_amount_refusals(call, costs.total),
        *_address_refusals(call, cart, checkout),
        *_time_refusals(call, cart, checkout),
    )
    order = list(PRINTED)
    return sorted(dict.fromkeys(found), key=lambda one: order.index(one.refusal))


def _payer_refusals(call: Call, checkout: SandboxCheckout, *, is_gateway: bool) -> Iterator[Refused]:
    if not is_gateway:
        return
    mobile = checkout.bill.get("Mobile", "") or checkout.ship.get("Mobile", "")
    digits = sum(character.isdigit() for character in mobile)
    if mobile and (_MOBILE.fullmatch(mobile) is None or digits not in MOBILE_DIGITS):
        yield Refused(PlacingRefusal.MOBILE_NUMBER)
    if not _is_home_country(call, checkout.bill.get("CountryCode", "")):
        yield Refused(PlacingRefusal.PAYMENT_COUNTRY)


def _area_refusals(call: Call, cart: SandboxCart, checkout: SandboxCheckout) -> Iterator[Refused]:
    """Yield an area or a PIN code that the location does not serve; an area that nobody knows is no reason.

    Raises:
        RefusalError: 1023, the city is not one of the merchant's.
    """
    if cart.mode != HOME_DELIVERY:
        return
    city = checkout.ship.get("CityCode", cart.ship_city)
    if city and city not in {location.city_code for location in call.store.merchant.locations}:
        raise RefusalError(Code.INVALID_CITY)
    area = checkout.ship.get("Address2", "").casefold()
    serving = [data.locations for data in call.store.fulfilment.areas if data.name.casefold() == area]
    if serving and not any(cart.location_id in locations for locations in serving):
        yield Refused(PlacingRefusal.DELIVERY_AREA)
    pin = checkout.ship.get("PostCode", "")
    if pin not in ("", NO_PIN) and pin not in call.location(cart.location_id).pins:
        yield Refused(PlacingRefusal.PIN_CODE)


def _line_refusals(call: Call, cart: SandboxCart) -> Iterator[Refused]:
    """Yield what cannot be ordered: by mode, by quantity, or out of stock."""
    for line in cart.lines:
        try:
            check_sellable(call, line.part, line.location_id, cart.mode)
        except RefusalError as error:
            if error.code is Code.MODE_NOT_FOR_LOCATION:
                yield Refused(PlacingRefusal.DELIVERY_MODE)
            elif error.code is Code.MODE_NOT_FOR_PRODUCT:
                yield Refused(PlacingRefusal.SHIPPING_MODE)
    if too_many := _titles(call, _over_quantity(call, cart)):
        yield Refused(PlacingRefusal.QUANTITY, too_many)
    failed = list(unavailable_lines(call, cart.lines))
    for one in failed:
        if one.code is not Code.NOT_AT_LOCATION:
            raise RefusalError(Code.UNAVAILABLE, "" if one.reason == one.code.text else one.reason)
    if failed:
        yield Refused(PlacingRefusal.STOCK, _titles(call, (one.line.part.product_id for one in failed)))


def _over_quantity(call: Call, cart: SandboxCart) -> list[int]:
    """Return the products of which the order has more than it may."""
    ordered: Counter[int] = Counter()
    for line in cart.lines:
        for part, quantity in flatten_parts(line.part, line.quantity):
            ordered[part.product_id] += quantity
    return [product_id for product_id, quantity in ordered.items() if quantity > _greatest(call, product_id)]


def _greatest(call: Call, product_id: int) -> float:
    """Return how many of a product one order may have: by the switches, else by the product's own rules."""
    own = sale_rules(call.store.menu.products[product_id].updates).maximum
    return call.switches.order_quantities.get(product_id, own or inf)


def _titles(call: Call, product_ids: Iterable[int]) -> str:
    return ", ".join(dict.fromkeys(call.store.menu.products[product_id].title for product_id in product_ids))


def _voucher_refusals(
    call: Call, session: Session, cart: SandboxCart, checkout: SandboxCheckout
) -> Iterator[Refused]:
    for code in checkout.vouchers:
        promotion = discounts.find_voucher(call, code)
        try:
            discounts.check_voucher(call, session, cart, checkout, promotion)
        except RefusalError:
            yield Refused(
                PlacingRefusal.GIFT_VOUCHER if promotion.is_gift else PlacingRefusal.DISCOUNT_VOUCHER
            )


def _amount_refusals(call: Call, total: Decimal) -> Iterator[Refused]:
    """Yield the limit that the total breaks; a merchant may have set both so that each total breaks them."""
    limits, switches = call.store.merchant.order_limits, call.switches
    least = limits.least if switches.minimum_order is None else switches.minimum_order
    greatest = limits.greatest if switches.maximum_order is None else switches.maximum_order
    broken = [name for name, is_broken in (("Min", total < least), ("Max", total > greatest)) if is_broken]
    if broken:
        yield Refused(PlacingRefusal.AMOUNT, broken[0] if len(broken) == 1 else "Both")


def _address_refusals(call: Call, cart: SandboxCart, checkout: SandboxCheckout) -> Iterator[Refused]:
    if cart.mode != HOME_DELIVERY:
        return
    ship = checkout.ship
    if ship and not ship.get("Address1", ""):
        yield Refused(PlacingRefusal.ADDRESS)
    if not _is_home_country(call, ship.get("CountryCode", "")):
        yield Refused(PlacingRefusal.SHIPPING)


def _is_home_country(call: Call, country: str) -> bool:
    return country.casefold() in ("", call.store.merchant.country.casefold())


def _time_refusals(call: Call, cart: SandboxCart, checkout: SandboxCheckout) -> Iterator[Refused]:
    """Yield a slot outside the store's hours; with hours set by a switch, as soon as possible counts too.

    Raises:
        RefusalError: 1044, the slot is not on offer on that day, begins too soon, or is full.
    """
    changed = call.switches.store_hours.get(cart.location_id)
    location = call.location(cart.location_id)
    hours = changed or HoursOfDay.parse(location.opens, location.closes)
    if checkout.slot_id:
        demanded = merchant_datetime(checkout.demanded_at)
        slot = require_open_slot(call, cart.location_id, checkout.slot_id, demanded)
        if not all(hours.contains(_minutes(moment)) for moment in _ends_of(slot)):
            yield Refused(PlacingRefusal.STORE_HOURS)
    elif changed is not None and not changed.contains(_minutes(merchant_datetime(call.now))):
        yield Refused(PlacingRefusal.STORE_HOURS)


def _ends_of(slot: DaySlot) -> Sequence[datetime]:
    return (slot.starts, slot.ends)


def _minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
