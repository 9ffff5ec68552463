"""Cancelling of an order, whole or by line: stock is released, and with a whole order its slot and vouchers.

An order on its way cannot be cancelled.
"""

from console.sandbox.carts.availability import flatten_parts
from console.sandbox.orders import state as order_state
from console.sandbox.orders.state import SandboxOrder, SandboxOrderLine, Status
from console.sandbox.places import slots
from console.sandbox.requests import Call, Handler, RequestFields
from console.sandbox.responses import Code, RefusalError, Reply, ok_without_error_code

MAX_LINES = 200
DATE_FORMATS = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y")


def cancel(call: Call) -> Reply:
    """Cancel Order."""
    fields = call.input_data()
    order = _cancellable(call, fields)
    for line in order.lines:
        _restock(call, line, line.remaining)
    _mark_cancelled(call, order)
    return ok_without_error_code(Code.CANCELLED)


def cancel_line(call: Call) -> Reply:
    """Cancel Order Lineitem: a quantity of some lines. An order with no lines left is cancelled."""
    fields = call.input_data()
    order = _cancellable(call, fields)
    items = fields.objects("TobeCancelledOrderItems", limit=MAX_LINES)
    if not items:
        raise RefusalError(Code.INVALID_INPUT, "TobeCancelledOrderItems is missing")
    remaining = {line.line_id: line.remaining for line in order.lines}
    lines = {line.line_id: line for line in order.lines}
    for item in items:
        line_id, quantity = item.integer("OrderItemID"), item.integer("CancelQuantity")
        if not 1 <= quantity <= remaining.get(line_id, 0):
            raise RefusalError(Code.INVALID_INPUT, "There is no such line, or not as many are left of it")
        before = remaining[line_id]
        remaining[line_id] -= quantity
        _restock(call, lines[line_id], quantity)
        message = f"{quantity} of item {line_id} cancelled: {_reason(call, fields)}"
        order_state.log_action(
            call,
            order.order_id,
            "F",
            message,
            operator_id=fields.text("OperatorID"),
            line_id=line_id,
            before=before,
            after=remaining[line_id],
        )
    if not any(remaining.values()):
        _mark_cancelled(call, order)
    return ok_without_error_code(Code.CANCELLED)


def _cancellable(call: Call, fields: RequestFields) -> SandboxOrder:
    """Return the order of a request with a reason and a date, if it can still be cancelled."""
    order = order_state.load(call, fields.integer("OrderId"))
    slots.parse_date(fields.text("Date"), DATE_FORMATS)
    reason = _reason(call, fields)
    status, _ = order_state.status(call, order)
    if status in (Status.CANCELLED, Status.FAILED):
        raise RefusalError(Code.ALREADY_CANCELLED)
    if status in (Status.SHIPPED, Status.WAITING, Status.DELIVERED):
        raise RefusalError(Code.UPDATE_FAILED)
    comment = fields.text("Comment")
    message = f"Order ID: {order.order_id} cancellation: {reason}. {comment}".strip()
    order_state.log_action(call, order.order_id, "F", message, operator_id=fields.text("OperatorID"))
    return order


def _reason(call: Call, fields: RequestFields) -> str:
    reason = call.store.fulfilment.cancel_reasons.get(fields.text("CancelReason").upper())
    if reason is None:
        raise RefusalError(Code.INVALID_INPUT, "CancelReason is not a documented one")
    return reason


def _restock(call: Call, line: SandboxOrderLine, quantity: int) -> None:
    for part, units in flatten_parts(line.part, quantity):
        call.store.change_stock(line.location_id, part.product_id, part.variant_id, delta=units)
    call.store.run(
        "UPDATE order_line SET cancelled = cancelled + ? WHERE line_id = ?", quantity, line.line_id
    )


def _mark_cancelled(call: Call, order: SandboxOrder) -> None:
    call.store.run("UPDATE placed_order SET cancelled_at = ? WHERE order_id = ?", call.now, order.order_id)
    call.store.run("DELETE FROM voucher_use WHERE order_id = ?", order.order_id)


HANDLERS: dict[str, Handler] = {"orders.cancel": cancel, "orders.cancel_line": cancel_line}
