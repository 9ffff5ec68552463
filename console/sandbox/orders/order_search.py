"""Finding orders: by who, what, where, when and how much; and a customer's history.

Answered out of the store.
"""

from decimal import Decimal

from console.sandbox.answers import Answer, Code, Json, RefusalError, done, local, money, success
from console.sandbox.orders import order_state
from console.sandbox.orders.order_prints import payment, people, summary
from console.sandbox.orders.order_state import Order, reached
from console.sandbox.places import slots
from console.sandbox.requests import Call, Fields, Handler, decimal
from console.sandbox.schema import digits

DAY = 86_400
MAX_FOUND = 500
SEARCH_DATES = ("%m/%d/%Y",)
HISTORY_DATES = ("%m-%d-%Y %H:%M:%S", "%d-%m-%Y %H:%M:%S", "%m-%d-%Y", "%d-%m-%Y")
"""The documents say month first, and print a day first: what cannot be a month is a day."""
CHECK_OUT = {
    "COD": "Cash on Delivery",
    "OBT": "Bank Transfer",
    "TPG": "Online Payment",
    "CREDIT": "Online Payment",
    "GV": "Gift Voucher",
}


def search(call: Call) -> Answer:
    """Search Orders: those that all of what is asked is true of, the newest first."""
    fields = call.input().fields("OrderSearch")
    first, last = fields.integer("RecordFrom", 0), fields.integer("RecordTo", 0) or MAX_FOUND
    if last < first:
        raise RefusalError(Code.INVALID_INPUT, "RecordTo is before RecordFrom")
    found = [order for order in order_state.every(call) if _is_wanted(call, order, fields)]
    page: list[Json] = [summary(call, order) for order in found[first : min(last, first + MAX_FOUND)]]
    return success(Orders=page)


def _is_wanted(call: Call, order: Order, fields: Fields) -> bool:
    return (
        _status_is(call, order, fields.text("OrderStatus"))
        and _dated(call, order, fields)
        and _is_of(call, order, fields)
        and _costs(fields, "OrderPrice", order.amount("total"))
        and _costs(fields, "ShippingCost", order.amount("shipping"))
    )


def _status_is(call: Call, order: Order, wanted: str) -> bool:
    return not wanted or order_state.status(call, order)[0] == wanted.upper()


def _dated(call: Call, order: Order, fields: Fields) -> bool:
    """Whether the day asked for, of whatever kind, is one of those asked for."""
    first, last = fields.text("DateFrom"), fields.text("DateTo")
    if not first and not last:
        return True
    pace = call.store.fulfilment.pace
    kind = fields.text("DateType").upper() or "OD"
    moments = {
        "OD": order.placed_at,
        "SD": reached(call, order, pace.shipped),
        "DS": reached(call, order, pace.shipped),
        "DD": reached(call, order, pace.delivered),
        "RD": None,
    }
    if kind not in moments:
        raise RefusalError(Code.INVALID_INPUT, "DateType is not one of OD, SD, RD, DD and DS")
    return _between(moments[kind], first, last, SEARCH_DATES, whole_days=True)


def _between(
    when: float | None, first: str, last: str, formats: tuple[str, ...], *, whole_days: bool = False
) -> bool:
    begins = slots.moment(first, formats).timestamp() if first else 0.0
    ends = slots.moment(last, formats).timestamp() if last else float("inf")
    return when is not None and begins <= when < ends + (DAY if whole_days else 1)


def _is_of(call: Call, order: Order, fields: Fields) -> bool:
    store = fields.text("store").casefold()
    location = call.store.merchant.location(order.location_id)
    code = "" if location is None else location.code.casefold()
    number, check_out = fields.integer("OrderNo", 0), fields.text("CheckOutType").casefold()
    mobile = digits(fields.text("MobileNo"))
    kind = CHECK_OUT.get(order.text("payment_type").upper(), "")
    return (
        number in (0, order.order_id)
        and store in ("", "all", code)
        and check_out in ("", kind.casefold())
        and (not mobile or digits(order.text("Bill_Mobile")).endswith(mobile))
        and all(
            not fields.text(key) or fields.text(key).casefold() == order.text(kept).casefold()
            for key, kept in (
                ("EmailID", "Bill_Email"),
                ("FristName", "Bill_FirstName"),
                ("LastName", "Bill_LastName"),
            )
        )
        and _has(call, order, fields.text("ProductSku"), whole=True)
    )


def _has(call: Call, order: Order, sku: str, *, whole: bool) -> bool:
    """Whether a product or variant of this SKU, or one that begins so, is in the order."""
    wanted = sku.casefold()
    for line in order.lines:
        for row in line.rows:
            product = call.store.menu.products[row.product_id]
            variant = product.variant(row.variant_id)
            for kept in (product.sku, "" if variant is None else variant.sku):
                if kept.casefold() == wanted or (not whole and kept.casefold().startswith(wanted)):
                    return True
    return not sku


def _costs(fields: Fields, name: str, amount: Decimal) -> bool:
    least, most = (decimal(fields.text(f"{name}{end}"), name) for end in ("From", "To"))
    return (least is None or amount >= least) and (most is None or amount <= most)


def history(call: Call) -> Answer:
    """Get Order History: a customer's orders, or everybody's, the newest first."""
    fields = call.input()
    user_id = fields.text("UserId").casefold()
    orders = order_state.of_user(call, user_id) if user_id else order_state.every(call)
    found = [order for order in orders if _is_in_history(call, order, fields)]
    if not found:
        raise RefusalError(Code.NO_RECORD)
    return done(Orders=[_past(call, order) for order in found[:MAX_FOUND]])


def _is_in_history(call: Call, order: Order, fields: Fields) -> bool:
    shipped = reached(call, order, call.store.fulfilment.pace.shipped)
    wants_shipped = fields.text("ShipDateFrom"), fields.text("ShipDateTo")
    if any(wants_shipped) and not all(wants_shipped):
        raise RefusalError(Code.INVALID_INPUT, "ShipDateFrom and ShipDateTo go together")
    operator_id = fields.text("OperatorId").casefold()
    return (
        _status_is(call, order, fields.text("Status"))
        and _between(order.placed_at, fields.text("FromDate"), fields.text("ToDate"), HISTORY_DATES)
        and (not any(wants_shipped) or _between(shipped, *wants_shipped, HISTORY_DATES))
        and _has(call, order, fields.text("Sku"), whole=False)
        and str(order.order_id).startswith(fields.text("OrderId"))
        and order.order_id >= fields.integer("FromOrder", 0)
        and fields.integer("LocationId", 0) in (0, order.location_id)
        and operator_id in ("", order.operator_id.casefold())
        and fields.text("store").casefold() in ("", "all", "mystore", call.store.merchant.merchant_id)
    )


def _past(call: Call, order: Order) -> Json:
    letter, _ = order_state.status(call, order)
    shipped = reached(call, order, call.store.fulfilment.pace.shipped)
    past: dict[str, Json] = {
        "AmountPayable": money(order.payable),
        "MerchantId": call.store.merchant.merchant_id,
        "OrderDate": f"{local(order.placed_at):%m-%d-%Y %H:%M:%S}",
        "OrderId": order.order_id,
        "OrderLineId": None,
        "PaymentDetails": [payment(order)],
        "PromotionDiscount": money(order.amount("promotion_discount")),
        "Rewards": None,
        "ShipOtherCity": order.text("Ship_OtherCityName"),
        "ShippingDiscount": 0,
        "Status": letter.value,
        "TotalAmount": money(order.amount("total")),
        "UserId": order.user_id,
        "VocuherDiscount": money(order.amount("voucher_discount")),
        "VoucherDiscount": money(order.amount("voucher_discount")),
        "shipdate": None if shipped is None else f"{local(shipped):%m-%d-%Y %H:%M:%S}",
        "sku": None,
    }
    return people(order) | past


HANDLERS: dict[str, Handler] = {"orders.search": search, "orders.history": history}
