"""Placing and authorising an order, and reordering.

Placing is one transaction: the order is there, stock, slot and vouchers are taken and the cart is empty, or
nothing of it happened.
"""

import json

from console.sandbox.carts import checkout_state, discounts
from console.sandbox.carts import state as cart_state
from console.sandbox.carts.availability import (
    check_quantities,
    check_sellable,
    check_stock,
    required_stock,
)
from console.sandbox.carts.checkout_state import SandboxCheckout
from console.sandbox.carts.echo import echo
from console.sandbox.carts.state import CartShipment, SandboxCart
from console.sandbox.data.merchant import MerchantPayment
from console.sandbox.menu.configuration import configure
from console.sandbox.orders import state as order_state
from console.sandbox.orders.formatting import addresses_from_echo
from console.sandbox.orders.refusals import (
    PRINTED,
    Refused,
    order_refusals,
    payment_refusals,
    refused_reply,
)
from console.sandbox.orders.state import SandboxOrder, SandboxOrderLine
from console.sandbox.people.sessions import IDLE_SECONDS, Session, require_session
from console.sandbox.requests import Call, Handler, RequestFields
from console.sandbox.responses import (
    Code,
    Json,
    RefusalError,
    Reply,
    merchant_datetime,
    ok,
    ok_without_error_code,
)

CASH_ON_DELIVERY = "COD"
"""The payment type that needs no authorisation: it is paid on delivery."""


def place(call: Call) -> Reply:
    """Place Order (Single): turn the session's cart into an order, and empty it."""
    session = require_session(call)
    fields = call.input_data()
    if refused := _requested_refusals(call) or payment_refusals(call, fields):
        return refused_reply(refused)
    payment = _payment(call, fields)
    cart = cart_state.load(call, session)
    if cart is None or not cart.lines:
        raise RefusalError(Code.NO_RECORD, "The cart is empty")
    checkout = checkout_state.load(call, cart)
    refused = order_refusals(
        call,
        session,
        cart,
        checkout,
        is_gateway=payment.kind != CASH_ON_DELIVERY,
        validates_area=fields.flag("skipDeliveryAreaValidation"),
    )
    if refused:
        return refused_reply(refused)
    check_quantities(call, cart.lines)
    is_paid = fields.boolean("transaction", default=True)
    order_id = _save_order(call, session, cart, checkout, payment, is_paid=is_paid)
    for (location_id, product_id, variant_id), quantity in required_stock(cart.lines).items():
        call.store.change_stock(location_id, product_id, variant_id, delta=-quantity)
    if fields.boolean("ClearCart", default=True):
        cart_state.clear_cart(call, cart)
    echo(call, session, cart_state.load(call, session))
    return ok_without_error_code(OrderCreationResponse={"OrderID": order_id, "ValidationResponse": None})


def _requested_refusals(call: Call) -> list[Refused]:
    """Return the refusals that a switch asks for, in the documents' order."""
    return [Refused(refusal) for refusal in PRINTED if refusal in call.switches.refuse_orders]


def _payment(call: Call, fields: RequestFields) -> MerchantPayment:
    """Return the requested payment option of the merchant.

    Raises:
        RefusalError: 1016, there is none.
    """
    option, kind = fields.text("PaymentOption").casefold(), fields.text("paymentType").casefold()
    gateway_id = fields.text("gatewayId")
    for payment in call.store.merchant.payments:
        kinds = {payment.kind.casefold(), _payment_code(call, payment).casefold()}
        if (option, gateway_id) == (payment.option.casefold(), payment.gateway_id) and kind in kinds:
            return payment
    raise RefusalError(Code.INVALID_INPUT, "There is no such payment option")


def _payment_code(call: Call, payment: MerchantPayment) -> str:
    return call.store.fulfilment.payment_codes.get(payment.kind, payment.kind)


def _save_order(
    call: Call,
    session: Session,
    cart: SandboxCart,
    checkout: SandboxCheckout,
    payment: MerchantPayment,
    *,
    is_paid: bool,
) -> int:
    """Save the order, and the payment's transaction unless the request leaves it out."""
    costs = discounts.price_cart(call, session, cart, checkout)
    record: dict[str, Json] = {
        **addresses_from_echo(echo(call, session, cart)),
        "currency": call.store.merchant.currency,
        "digits": call.store.merchant.digits,
        "product_cost": str(costs.product_cost),
        "shipping": str(costs.shipping),
        "voucher_discount": str(costs.voucher_discount),
        "promotion_discount": str(costs.promotion_discount),
        "total": str(costs.total),
        "vouchers": ",".join(checkout.vouchers),
        "demanded": checkout.demanded_at,
        "payment_option": payment.option,
        "payment_type": _payment_code(call, payment),
        "attributes": [[a.field_id, a.name, a.value] for a in checkout.attributes],
        "note": checkout.note,
    }
    operator = call.store.row("SELECT operator_id FROM token WHERE token = ?", session.token)
    operator_id = "" if operator is None else str(operator["operator_id"] or "")
    last = call.store.row("SELECT max(order_id) AS last FROM placed_order")
    order_id = call.store.fulfilment.first_order_id
    if last is not None and last["last"] is not None:
        order_id = int(last["last"]) + 2
    references = [a.value for a in checkout.attributes if a.name == call.switches.reference_attribute]
    call.store.run(
        "INSERT INTO placed_order (order_id, user_id, operator_id, location_id, mode, placed_at,"
        " authorised_at, slot_id, slot_day, reference, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        order_id,
        session.user_id,
        operator_id,
        cart.location_id,
        cart.mode,
        call.now,
        call.now if is_paid and payment.kind == CASH_ON_DELIVERY else None,
        checkout.slot_id,
        merchant_datetime(checkout.demanded_at).date().isoformat() if checkout.slot_id else "",
        references[-1] if references else "",
        json.dumps(record),
    )
    for row in costs.lines:
        order_state.add_line(
            call,
            order_id,
            location_id=row.line.location_id,
            quantity=row.line.quantity,
            priced=row.priced,
            free_rule_id=row.line.free_rule_id if row.is_free else 0,
        )
    for code in checkout.vouchers:
        call.store.run("INSERT INTO voucher_use VALUES (?, ?, ?)", code, session.user_id, order_id)
    message = f"Order ID: {order_id} has been created successfully. "
    order_state.log_action(call, order_id, "P", message, operator_id=operator_id)
    if is_paid:
        message = f"Payment through '{payment.option}' mode has been saved successfully."
        order_state.log_action(call, order_id, "P", message, operator_id=operator_id)
    return order_id


def authorise(call: Call) -> Reply:
    """Authorize Order: record the payment. An order paid on delivery is authorised from the start."""
    fields = call.input_data().nested("AuthorizeOrder")
    order = order_state.load(call, fields.integer("OrderId"))
    kinds = {name for p in call.store.merchant.payments for name in (p.kind, _payment_code(call, p))}
    accepted_types = {"OBT", "TPG", "CREDIT", "GV", *(kind.upper() for kind in kinds)}
    if fields.text("PaymentType").upper() not in accepted_types or not fields.text("PGResponse"):
        raise RefusalError(Code.INVALID_INPUT, "PaymentType or PGResponse is missing or not known")
    if order.cancelled_at is not None:
        raise RefusalError(Code.ALREADY_CANCELLED)
    if order.authorised_at is not None:
        raise RefusalError(Code.ALREADY_AUTHORISED)
    call.store.run("UPDATE placed_order SET authorised_at = ? WHERE order_id = ?", call.now, order.order_id)
    message = f"Order ID: {order.order_id} has been authorized. {fields.text('Comment')}".strip()
    order_state.log_action(call, order.order_id, "A", message)
    code = Code.AUTHORISED
    return Reply({"Code": str(code.value), "Message": code.text, "ErrorCode": "0", "AllocatedItems": "false"})


def reorder(call: Call) -> Reply:
    """Reorder: put the order's lines that are still sold, or its requested line, into the customer's cart."""
    fields = call.input_data()
    order = order_state.load(call, fields.integer("orderId"))
    if order.user_id != fields.text("userId").casefold():
        raise RefusalError(Code.UNKNOWN_ORDER)
    session = _latest_session(call, order)
    line_id = fields.integer("orderItemId", 0)
    lines = [line for line in order.lines if line_id in (0, line.line_id) and not line.free_rule_id]
    if not lines:
        raise RefusalError(Code.NO_RECORD)
    shipment = CartShipment(
        order.mode, order.text("Ship_City"), order.text("Ship_CountryCode"), order.text("Ship_StateCode")
    )
    added = 0
    for line in lines:
        try:
            with call.store.savepoint():
                _reorder_line(call, session, order, line, shipment)
            added += 1
        except RefusalError:
            continue  # Not sold any more, or too few: the other lines are still worth having.
    if not added:
        raise RefusalError(Code.UNAVAILABLE)
    return ok_without_error_code(Carts=echo(call, session, cart_state.load(call, session)))


def _reorder_line(
    call: Call, session: Session, order: SandboxOrder, line: SandboxOrderLine, shipment: CartShipment
) -> None:
    cart = cart_state.begin(call, session, location_id=order.location_id, shipment=shipment)
    part = configure(call.menu, line.part)
    check_sellable(call, part, line.location_id, order.mode)
    cart_state.add(call, cart, part=part, quantity=line.quantity, location_id=line.location_id)
    updated_cart = cart_state.load(call, session)
    check_stock(call, () if updated_cart is None else updated_cart.lines)


def _latest_session(call: Call, order: SandboxOrder) -> Session:
    """Return the session whose cart is filled: the customer's newest open one, as the request names none."""
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


def update_reference(call: Call) -> Reply:
    """Update Order Reference."""
    fields = call.input_data()
    order = order_state.load(call, fields.integer("OrderId"))
    reference = fields.text("ReferenceNo") or fields.text("referenceNumber")
    if not reference:
        raise RefusalError(Code.INVALID_INPUT, "ReferenceNo is missing")
    call.store.run("UPDATE placed_order SET reference = ? WHERE order_id = ?", reference, order.order_id)
    order_state.log_action(call, order.order_id, "R", f"Order reference is {reference}")
    return ok(f"Order Reference ={reference}-success has been applied successfully")


HANDLERS: dict[str, Handler] = {
    "orders.place": place,
    "orders.authorise": authorise,
    "orders.reorder": reorder,
    "orders.update_reference": update_reference,
}
