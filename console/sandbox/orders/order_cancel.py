"""Cancelling an order, whole or by the line: stock comes back, and with a whole order its slot and vouchers.

Refused once the order is on its way.
"""

from console.sandbox.answers import Answer, Code, RefusalError, done
from console.sandbox.carts.availability import all_parts
from console.sandbox.orders import order_state
from console.sandbox.orders.order_state import Order, OrderLine, Status
from console.sandbox.places import slots
from console.sandbox.requests import Call, Fields, Handler

MAX_LINES = 200
DATES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y")


def cancel(call: Call) -> Answer:
    """Cancel Order."""
    fields = call.input()
    order = _cancellable(call, fields)
    for line in order.lines:
        _give_back(call, line, line.left)
    _end(call, order)
    return done(Code.CANCELLED)


def cancel_line(call: Call) -> Answer:
    """Cancel Order Lineitem: a quantity of some lines. With nothing left of any, the order is cancelled."""
    fields = call.input()
    order = _cancellable(call, fields)
    asked = fields.many("TobeCancelledOrderItems", limit=MAX_LINES)
    if not asked:
        raise RefusalError(Code.INVALID_INPUT, "TobeCancelledOrderItems is missing")
    left = {line.line_id: line.left for line in order.lines}
    lines = {line.line_id: line for line in order.lines}
    for item in asked:
        line_id, quantity = item.integer("OrderItemID"), item.integer("CancelQuantity")
        if not 1 <= quantity <= left.get(line_id, 0):
            raise RefusalError(Code.INVALID_INPUT, "There is no such line, or not as many are left of it")
        before = left[line_id]
        left[line_id] -= quantity
        _give_back(call, lines[line_id], quantity)
        said = f"{quantity} of item {line_id} cancelled: {_reason(call, fields)}"
        order_state.log(
            call,
            order.order_id,
            "F",
            said,
            operator_id=fields.text("OperatorID"),
            line_id=line_id,
            before=before,
            after=left[line_id],
        )
    if not any(left.values()):
        _end(call, order)
    return done(Code.CANCELLED)


def _cancellable(call: Call, fields: Fields) -> Order:
    """The order that a request names with a reason and a date, if it can still be cancelled."""
    order = order_state.load(call, fields.integer("OrderId"))
    slots.moment(fields.text("Date"), DATES)
    reason = _reason(call, fields)
    status, _ = order_state.status(call, order)
    if status is Status.CANCELLED:
        raise RefusalError(Code.ALREADY_CANCELLED)
    if status in (Status.SHIPPED, Status.DELIVERED):
        raise RefusalError(Code.UPDATE_FAILED)
    comment = fields.text("Comment")
    said = f"Order ID: {order.order_id} cancellation: {reason}. {comment}".strip()
    order_state.log(call, order.order_id, "F", said, operator_id=fields.text("OperatorID"))
    return order


def _reason(call: Call, fields: Fields) -> str:
    reason = call.store.fulfilment.cancel_reasons.get(fields.text("CancelReason").upper())
    if reason is None:
        raise RefusalError(Code.INVALID_INPUT, "CancelReason is not a documented one")
    return reason


def _give_back(call: Call, line: OrderLine, quantity: int) -> None:
    for part, units in all_parts(line.part, quantity):
        call.store.change_stock(line.location_id, part.product_id, part.variant_id, by=units)
    call.store.run(
        "UPDATE order_line SET cancelled = cancelled + ? WHERE line_id = ?", quantity, line.line_id
    )


def _end(call: Call, order: Order) -> None:
    call.store.run("UPDATE placed_order SET cancelled_at = ? WHERE order_id = ?", call.now, order.order_id)
    call.store.run("DELETE FROM voucher_use WHERE order_id = ?", order.order_id)


HANDLERS: dict[str, Handler] = {"orders.cancel": cancel, "orders.cancel_line": cancel_line}
