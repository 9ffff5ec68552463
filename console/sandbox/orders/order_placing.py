"""Placing an order, authorising it, and filling a cart with what was ordered before.

Placing is one transaction: the order is there, stock, slot and vouchers are taken and the cart is empty, or
nothing of it happened.
"""

import json

from console.sandbox.answers import Answer, Code, Json, RefusalError, done, local, success
from console.sandbox.carts import cart_state, checkout_state
from console.sandbox.carts.availability import check_place, check_stock, failing, wanted
from console.sandbox.carts.cart_checkout import check_area
from console.sandbox.carts.cart_echo import echo
from console.sandbox.carts.cart_state import Cart, Shipment
from console.sandbox.carts.checkout_state import Checkout
from console.sandbox.menu.composing import composed
from console.sandbox.merchant import Payment
from console.sandbox.orders import order_state
from console.sandbox.orders.order_prints import addresses_of
from console.sandbox.orders.order_state import Order, OrderLine
from console.sandbox.people.sessions import IDLE_SECONDS, Session, session
from console.sandbox.places import slots
from console.sandbox.pricing import discounts
from console.sandbox.requests import Call, Fields, Handler

AT_ONCE = "COD"
"""The payment type that needs no authorisation: it is paid at the door."""


def place(call: Call) -> Answer:
    """Place Order (Single): the session's cart becomes an order, and is empty after."""
    here = session(call)
    fields = call.input()
    payment = _payment(call, fields)
    cart = cart_state.load(call, here)
    if cart is None or not cart.lines:
        raise RefusalError(Code.NO_RECORD, "The cart is empty")
    checkout = checkout_state.load(call, cart)
    _check(call, here, cart, checkout)
    if fields.flag("skipDeliveryAreaValidation"):
        check_area(call, cart, checkout)
    order_id = _write(call, here, cart, checkout, payment)
    for (location_id, product_id, variant_id), quantity in wanted(cart.lines).items():
        call.store.change_stock(location_id, product_id, variant_id, by=-quantity)
    cart_state.empty(call, cart)
    echo(call, here, cart_state.load(call, here))
    return done(OrderCreationResponse={"OrderID": order_id, "ValidationResponse": None})


def _payment(call: Call, fields: Fields) -> Payment:
    """The merchant's own way to pay that is asked for.

    Raises:
        RefusalError: 1016, there is none such.
    """
    option, kind = fields.text("PaymentOption").casefold(), fields.text("paymentType").casefold()
    gateway_id = fields.text("gatewayId")
    for payment in call.store.merchant.payments:
        kinds = {payment.kind.casefold(), _payment_code(call, payment).casefold()}
        if (option, gateway_id) == (payment.option.casefold(), payment.gateway_id) and kind in kinds:
            return payment
    raise RefusalError(Code.INVALID_INPUT, "There is no such way to pay")


def _payment_code(call: Call, payment: Payment) -> str:
    return call.store.fulfilment.payment_codes.get(payment.kind, payment.kind)


def _check(call: Call, here: Session, cart: Cart, checkout: Checkout) -> None:
    """Whether the cart can be ordered as it is now."""
    for failed in failing(call, cart.lines):
        documented = failed.why == failed.code.text
        raise RefusalError(Code.UNAVAILABLE, "" if documented else failed.why)
    for line in cart.lines:
        check_place(call, line.part, line.location_id, cart.mode)
    if checkout.slot_id:
        slots.checked(call, cart.location_id, checkout.slot_id, local(checkout.demanded))
    for code in checkout.vouchers:
        discounts.check_voucher(call, here, cart, checkout, discounts.voucher(call, code))


def _write(call: Call, here: Session, cart: Cart, checkout: Checkout, payment: Payment) -> int:
    costs = discounts.totals(call, here, cart, checkout)
    record: dict[str, Json] = {
        **addresses_of(echo(call, here, cart)),
        "currency": call.store.merchant.currency,
        "digits": call.store.merchant.digits,
        "product_cost": str(costs.product_cost),
        "shipping": str(costs.shipping),
        "voucher_discount": str(costs.voucher_discount),
        "promotion_discount": str(costs.promotion_discount),
        "total": str(costs.total),
        "vouchers": ",".join(checkout.vouchers),
        "demanded": checkout.demanded,
        "payment_option": payment.option,
        "payment_type": _payment_code(call, payment),
        "attributes": [[a.field_id, a.name, a.value] for a in checkout.attributes],
    }
    operator = call.store.row("SELECT operator_id FROM token WHERE token = ?", here.token)
    operator_id = "" if operator is None else str(operator["operator_id"] or "")
    last = call.store.row("SELECT max(order_id) AS last FROM placed_order")
    order_id = call.store.fulfilment.first_order
    if last is not None and last["last"] is not None:
        order_id = int(last["last"]) + 2
    call.store.run(
        "INSERT INTO placed_order (order_id, user_id, operator_id, location_id, mode, placed_at,"
        " authorised_at, slot_id, slot_day, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        order_id,
        here.user_id,
        operator_id,
        cart.location_id,
        cart.mode,
        call.now,
        call.now if payment.kind == AT_ONCE else None,
        checkout.slot_id,
        local(checkout.demanded).date().isoformat() if checkout.slot_id else "",
        json.dumps(record),
    )
    for row in costs.lines:
        order_state.add_line(
            call,
            order_id,
            location_id=row.line.location_id,
            quantity=row.line.quantity,
            priced=row.priced,
            free=row.line.free if row.is_free else 0,
        )
    for code in checkout.vouchers:
        call.store.run("INSERT INTO voucher_use VALUES (?, ?, ?)", code, here.user_id, order_id)
    said = f"Order ID: {order_id} has been created successfully. "
    order_state.log(call, order_id, "P", said, operator_id=operator_id)
    said = f"Payment through '{payment.option}' mode has been saved successfully."
    order_state.log(call, order_id, "P", said, operator_id=operator_id)
    return order_id


def authorise(call: Call) -> Answer:
    """Authorize Order: the payment is there. What is paid at the door is authorised from the start."""
    fields = call.input().fields("AuthorizeOrder")
    order = order_state.load(call, fields.integer("OrderId"))
    kinds = {name for p in call.store.merchant.payments for name in (p.kind, _payment_code(call, p))}
    known = {"OBT", "TPG", "CREDIT", "GV", *(kind.upper() for kind in kinds)}
    if fields.text("PaymentType").upper() not in known or not fields.text("PGResponse"):
        raise RefusalError(Code.INVALID_INPUT, "PaymentType or PGResponse is missing or not known")
    if order.cancelled_at is not None:
        raise RefusalError(Code.ALREADY_CANCELLED)
    if order.authorised_at is not None:
        raise RefusalError(Code.ALREADY_AUTHORISED)
    call.store.run("UPDATE placed_order SET authorised_at = ? WHERE order_id = ?", call.now, order.order_id)
    said = f"Order ID: {order.order_id} has been authorized. {fields.text('Comment')}".strip()
    order_state.log(call, order.order_id, "A", said)
    code = Code.AUTHORISED
    return Answer(
        {"Code": str(code.value), "Message": code.text, "ErrorCode": "0", "AllocatedItems": "false"}
    )


def reorder(call: Call) -> Answer:
    """Reorder: the customer's cart has the order's lines that are still sold, or the one line asked for."""
    fields = call.input()
    order = order_state.load(call, fields.integer("orderId"))
    if order.user_id != fields.text("userId").casefold():
        raise RefusalError(Code.UNKNOWN_ORDER)
    here = _session_of(call, order)
    line_id = fields.integer("orderItemId", 0)
    lines = [line for line in order.lines if line_id in (0, line.line_id) and not line.free]
    if not lines:
        raise RefusalError(Code.NO_RECORD)
    shipment = Shipment(
        order.mode, order.text("Ship_City"), order.text("Ship_CountryCode"), order.text("Ship_StateCode")
    )
    added = 0
    for line in lines:
        try:
            with call.store.attempt():
                _order_again(call, here, order, line, shipment)
            added += 1
        except RefusalError:
            continue  # not sold, or not as many: the rest is still worth having
    if not added:
        raise RefusalError(Code.UNAVAILABLE)
    return done(Carts=echo(call, here, cart_state.load(call, here)))


def _order_again(call: Call, here: Session, order: Order, line: OrderLine, shipment: Shipment) -> None:
    cart = cart_state.begin(call, here, location_id=order.location_id, shipment=shipment)
    part = composed(call.menu, line.part)
    check_place(call, part, line.location_id, order.mode)
    cart_state.add(call, cart, part=part, quantity=line.quantity, location_id=line.location_id)
    now = cart_state.load(call, here)
    check_stock(call, () if now is None else now.lines)


def _session_of(call: Call, order: Order) -> Session:
    """The session whose cart is filled: the customer's newest that is open, as the request names none."""
    row = call.store.row(
        "SELECT * FROM token WHERE user_id = ? AND state = 'open' AND used_at >= ?"
        " ORDER BY issued_at DESC, rowid DESC LIMIT 1",
        order.user_id,
        call.now - IDLE_SECONDS,
    )
    if row is None:
        raise RefusalError(Code.NO_RECORD, "The customer has no session")
    return Session(
        token=str(row["token"]),
        user_id=order.user_id,
        customer_id=str(row["customer_id"] or ""),
        location_id=int(row["location_id"] or 0),
    )


def update_reference(call: Call) -> Answer:
    """Update Order Reference."""
    fields = call.input()
    order = order_state.load(call, fields.integer("OrderId"))
    reference = fields.text("ReferenceNo") or fields.text("referenceNumber")
    if not reference:
        raise RefusalError(Code.INVALID_INPUT, "ReferenceNo is missing")
    call.store.run("UPDATE placed_order SET reference = ? WHERE order_id = ?", reference, order.order_id)
    order_state.log(call, order.order_id, "R", f"Order reference is {reference}")
    return success(f"Order Reference ={reference}-success has been applied successfully")


HANDLERS: dict[str, Handler] = {
    "orders.place": place,
    "orders.authorise": authorise,
    "orders.reorder": reorder,
    "orders.update_reference": update_reference,
}
