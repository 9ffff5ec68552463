"""Search for orders by customer, product, location, date and amount; and a customer's history."""

from decimal import Decimal

from console.sandbox.database.schema import digits_only
from console.sandbox.orders import state as order_state
from console.sandbox.orders.formatting import address_fields, order_summary, payment_record
from console.sandbox.orders.state import SandboxOrder, reached_at
from console.sandbox.places import slots
from console.sandbox.requests import Call, Handler, RequestFields, parse_decimal
from console.sandbox.responses import (
    Code,
    Json,
    RefusalError,
    Reply,
    merchant_datetime,
    money,
    ok,
    ok_without_error_code,
)

DAY = 86_400
MAX_FOUND = 500
SEARCH_DATES = ("%m/%d/%Y",)
HISTORY_DATES = ("%m-%d-%Y %H:%M:%S", "%d-%m-%Y %H:%M:%S", "%m-%d-%Y", "%d-%m-%Y")
"""The documents say month first, and print a day first: a number too large for a month is a day."""
CHECKOUT_TYPES = {
    "COD": "Cash on Delivery",
    "OBT": "Bank Transfer",
    "TPG": "Online Payment",
    "CREDIT": "Online Payment",
    "GV": "Gift Voucher",
}


def search(call: Call) -> Reply:
    """Search Orders: those that match every field of the request, the newest first."""
    fields = call.input_data().nested("OrderSearch")
    first, last = fields.integer("RecordFrom", 0), fields.integer("RecordTo", 0) or MAX_FOUND
    if last < first:
        raise RefusalError(Code.INVALID_INPUT, "RecordTo is before RecordFrom")
    found = [order for order in order_state.all_orders(call) if _matches(call, order, fields)]
    page: list[Json] = [order_summary(call, order) for order in found[first : min(last, first + MAX_FOUND)]]
    return ok(Orders=page)


def _matches(call: Call, order: SandboxOrder, fields: RequestFields) -> bool:
    return (
        _has_status(call, order, fields.text("OrderStatus"))
        and _in_date_range(call, order, fields)
        and _matches_fields(call, order, fields)
        and _amount_in_range(fields, "OrderPrice", order.amount("total"))
        and _amount_in_range(fields, "ShippingCost", order.amount("shipping"))
    )


def _has_status(call: Call, order: SandboxOrder, letter: str) -> bool:
    return not letter or order_state.status(call, order)[0] == letter.upper()


def _in_date_range(call: Call, order: SandboxOrder, fields: RequestFields) -> bool:
    """Return True if the order's date of the requested kind is in the requested range."""
    first, last = fields.text("DateFrom"), fields.text("DateTo")
    if not first and not last:
        return True
    pace = call.store.fulfilment.pace
    kind = fields.text("DateType").upper() or "OD"
    moments = {
        "OD": order.placed_at,
        "SD": reached_at(call, order, pace.seconds_to_shipped),
        "DS": reached_at(call, order, pace.seconds_to_shipped),
        "DD": reached_at(call, order, pace.seconds_to_delivered),
        "RD": None,
    }
    if kind not in moments:
        raise RefusalError(Code.INVALID_INPUT, "DateType is not one of OD, SD, RD, DD and DS")
    return _is_between(moments[kind], first, last, SEARCH_DATES, whole_days=True)


def _is_between(
    when: float | None, first: str, last: str, formats: tuple[str, ...], *, whole_days: bool = False
) -> bool:
    begins = slots.parse_date(first, formats).timestamp() if first else 0.0
    ends = slots.parse_date(last, formats).timestamp() if last else float("inf")
    return when is not None and begins <= when < ends + (DAY if whole_days else 1)


def _matches_fields(call: Call, order: SandboxOrder, fields: RequestFields) -> bool:
    store = fields.text("store").casefold()
    location = call.store.merchant.location(order.location_id)
    code = "" if location is None else location.code.casefold()
    number, check_out = fields.integer("OrderNo", 0), fields.text("CheckOutType").casefold()
    mobile = digits_only(fields.text("MobileNo"))
    kind = CHECKOUT_TYPES.get(order.text("payment_type").upper(), "")
    return (
        number in (0, order.order_id)
        and store in ("", "all", code)
        and check_out in ("", kind.casefold())
        and (not mobile or digits_only(order.text("Bill_Mobile")).endswith(mobile))
        and all(
            not fields.text(key) or fields.text(key).casefold() == order.text(record_key).casefold()
            for key, record_key in (
                ("EmailID", "Bill_Email"),
                ("FristName", "Bill_FirstName"),
                ("LastName", "Bill_LastName"),
            )
        )
        and _contains_sku(call, order, fields.text("ProductSku"), exact=True)
    )


def _contains_sku(call: Call, order: SandboxOrder, sku: str, *, exact: bool) -> bool:
    """Return True if a product or variant with this SKU, or this prefix, is in the order."""
    folded = sku.casefold()
    for line in order.lines:
        for row in line.rows:
            product = call.store.menu.products[row.product_id]
            variant = product.variant(row.variant_id)
            for own_sku in (product.sku, "" if variant is None else variant.sku):
                if own_sku.casefold() == folded or (not exact and own_sku.casefold().startswith(folded)):
                    return True
    return not sku


def _amount_in_range(fields: RequestFields, name: str, amount: Decimal) -> bool:
    least, most = (parse_decimal(fields.text(f"{name}{end}"), name) for end in ("From", "To"))
    return (least is None or amount >= least) and (most is None or amount <= most)


def history(call: Call) -> Reply:
    """Get Order History: orders of one customer or of all, the newest first."""
    fields = call.input_data()
    user_id = fields.text("UserId").casefold()
    orders = order_state.orders_of_user(call, user_id) if user_id else order_state.all_orders(call)
    found = [order for order in orders if _is_in_history(call, order, fields)]
    if not found:
        raise RefusalError(Code.NO_RECORD)
    with_rewards = fields.boolean("WithRewards")
    records: list[Json] = [
        _history_record(call, order) | ({"Rewards": _rewards(order)} if with_rewards else {})
        for order in found[:MAX_FOUND]
    ]
    return ok_without_error_code(Orders=records)


def _is_in_history(call: Call, order: SandboxOrder, fields: RequestFields) -> bool:
    shipped = reached_at(call, order, call.store.fulfilment.pace.seconds_to_shipped)
    ship_range = fields.text("ShipDateFrom"), fields.text("ShipDateTo")
    if any(ship_range) and not all(ship_range):
        raise RefusalError(Code.INVALID_INPUT, "ShipDateFrom and ShipDateTo go together")
    operator_id = fields.text("OperatorId").casefold()
    return (
        fields.text("Status").upper() in ("", order_state.history_letter(order_state.status(call, order)[0]))
        and _is_between(order.placed_at, fields.text("FromDate"), fields.text("ToDate"), HISTORY_DATES)
        and (not any(ship_range) or _is_between(shipped, *ship_range, HISTORY_DATES))
        and _contains_sku(call, order, fields.text("Sku"), exact=False)
        and str(order.order_id).startswith(fields.text("OrderId"))
        and order.order_id >= fields.integer("FromOrder", 0)
        and fields.integer("LocationId", 0) in (0, order.location_id)
        and operator_id in ("", order.operator_id.casefold())
        and fields.text("store").casefold() in ("", "all", "mystore", call.store.merchant.merchant_id)
    )


def _rewards(order: SandboxOrder) -> Json:
    """Return the loyalty points of an order: one for each whole unit of the currency that is paid."""
    return {"PointsEarned": int(order.payable), "PointsBurned": 0}


def _history_record(call: Call, order: SandboxOrder) -> dict[str, Json]:
    letter, _ = order_state.status(call, order)
    shipped = reached_at(call, order, call.store.fulfilment.pace.seconds_to_shipped)
    record: dict[str, Json] = {
        "AmountPayable": money(order.payable),
        "MerchantId": call.store.merchant.merchant_id,
        "OrderDate": f"{merchant_datetime(order.placed_at):%m-%d-%Y %H:%M:%S}",
        "OrderId": order.order_id,
        "OrderLineId": None,
        "PaymentDetails": [payment_record(order)],
        "PromotionDiscount": money(order.amount("promotion_discount")),
        "Rewards": None,
        "ShipOtherCity": order.text("Ship_OtherCityName"),
        "ShippingDiscount": 0,
        "Status": order_state.history_letter(letter),
        "TotalAmount": money(order.amount("total")),
        "UserId": order.user_id,
        "VocuherDiscount": money(order.amount("voucher_discount")),
        "VoucherDiscount": money(order.amount("voucher_discount")),
        "shipdate": None if shipped is None else f"{merchant_datetime(shipped):%m-%d-%Y %H:%M:%S}",
        "sku": None,
    }
    return address_fields(order) | record


HANDLERS: dict[str, Handler] = {"orders.search": search, "orders.history": history}
