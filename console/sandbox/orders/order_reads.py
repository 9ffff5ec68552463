"""Reading one order: its lines, everything about it, how far it is, what was done, what was shipped.

Answered out of the store; an order goes on by the clock.
"""

from console.sandbox.answers import NO_KEY, Answer, Code, Json, RefusalError, done, local, success, wire_date
from console.sandbox.orders import order_state
from console.sandbox.orders.order_prints import full_line, payment, people, plain_line, rows, summary
from console.sandbox.orders.order_state import Order, Status, reached
from console.sandbox.requests import Call, Handler, whole

MAX_ORDERS = 50


def details(call: Call) -> Answer:
    """Get Order Details: the lines, with their parts."""
    order = order_state.load(call, call.number("OrderId"))
    lines: list[Json] = [plain_line(call, order, line, place) for line, place, _ in rows(order)]
    return done(OrderLines=lines)


def information(call: Call) -> Answer:
    """Get Order Information (V2): everything, with the attributes the order was given."""
    order = order_state.load(call, call.number("orderID"))
    lines: list[Json] = [full_line(call, order, line, place) for line, place, _ in rows(order)]
    refunded = order.amount("total") - order.payable
    record: dict[str, Json] = summary(call, order) | people(order)
    more: dict[str, Json] = {
        "ShipOtherCity": order.text("Ship_OtherCityName") or None,
        "OrderLineId": lines,
        "PaymentDetails": [payment(order)],
        "OriginalOrderId": "",
        "ReturnOrderId": "",
        "ReferenceNo": order.reference,
        "DemandedDeliveryDate": _demanded(order),
        "deliveryslots": _slot(call, order),
        "PickupFirstName": order.text("PickupFirstName"),
        "PickupLastName": order.text("PickupLastName"),
        "PickupEmail": order.text("PickupEmail"),
        "PickupMobile": order.text("PickupMobile"),
        "Latitude": "0",
        "Longitude": "0",
        "GiftMessage": "",
        "LanguageCode": "en",
        "ShipCityCode": order.text("Ship_CityCode"),
        "ShipStateCode": order.text("Ship_StateCode"),
        "BillCityCode": order.text("Bill_CityCode"),
        "ShipCountryCode": order.text("Ship_CountryCode"),
        "BillStateCode": order.text("Bill_StateCode"),
        "BillCountryCode": order.text("Bill_CountryCode"),
        "RefundAmount": str(refunded if order.authorised_at is not None else 0),
        "ChannelID": "0",
        "IsSelfShip": "False",
        "ChannelOrderID": "0",
        "OrderAttributes": _attributes(call, order),
    }
    record.pop("TimeZone")
    return success(Orders=[record | more])


def _attributes(call: Call, order: Order) -> list[Json]:
    kept = order.record.get("attributes")
    printed: list[Json] = []
    for attribute in kept if isinstance(kept, list) else []:
        if isinstance(attribute, list):
            field_id, name, value = attribute
            printed.append(
                {
                    "OrderId": order.order_id,
                    "MerchantId": call.store.merchant.merchant_id,
                    "AttributeID": field_id,
                    "AttributeName": name,
                    "Value": value,
                }
            )
    return printed


def _demanded(order: Order) -> str:
    when = float(order.text("demanded") or 0)
    return f"{local(when or order.placed_at):%d-%b-%Y}"


def _slot(call: Call, order: Order) -> Json:
    """The slot an order has; null where it has none."""
    day = int(local(float(order.text("demanded") or 0)).weekday())
    for window in call.store.fulfilment.windows:
        if order.slot_id and window.on(day) == order.slot_id:
            return {
                "StartTime": _time(window.starts),
                "EndTime": _time(window.ends),
                "DeliverySlotId": str(order.slot_id),
            }
    return None


def _time(minutes: int) -> str:
    half = "AM" if minutes < 12 * 60 else "PM"
    return f"{(minutes // 60 - 1) % 12 + 1:02}:{minutes % 60:02} {half}"


def status(call: Call) -> Answer:
    """Get Order Status."""
    order = order_state.load(call, call.number("orderId"))
    letter, sub_status = order_state.status(call, order)
    found: Json = {"OrderId": order.order_id, "status": letter.value, "subStatus": sub_status}
    return Answer({"messageCode": "1004", "Message": None, "ErrorCode": 0, "OrderStatus": found})


def activity(call: Call) -> Answer:
    """Get Order Activity History: what was done with orders, and which quantities changed."""
    fields = call.input()
    order_ids = fields.numbers("orderids", limit=MAX_ORDERS)
    if not order_ids:
        order_ids = [whole(text.strip(), "orderids") for text in fields.text("orderids").split(",")]
    if not 1 <= len(order_ids) <= MAX_ORDERS:
        raise RefusalError(Code.INVALID_INPUT, f"orderids names 1 to {MAX_ORDERS} orders")
    with_changes = fields.flag("orderfieldchangehistory")
    with_log = "activityhistory" not in fields or fields.flag("activityhistory")
    printed: list[Json] = []
    for order_id in order_ids:
        order = order_state.load(call, order_id)
        printed.append(
            {
                "OrderID": order_id,
                "OrderFieldChangeHistory": [],
                "OrderItemFieldChangeHistory": _changes(call, order) if with_changes else [],
                "OrderActivityHistory": _log(call, order) if with_log else [],
            }
        )
    return success(ListOfOrderActivities=printed)


def _log(call: Call, order: Order) -> list[Json]:
    """What was done, and after it where the order went by itself."""
    entries = [
        (
            float(row["logged_at"]),
            int(row["log_id"]),
            str(row["action"]),
            str(row["said"]),
            row["operator_id"],
        )
        for row in call.store.rows(
            "SELECT * FROM order_log WHERE order_id = ? ORDER BY log_id", order.order_id
        )
    ]
    pace = call.store.fulfilment.pace
    steps = (
        (pace.confirmed, Status.AUTHORISED, "confirmed"),
        (pace.shipped, Status.SHIPPED, "shipped"),
        (pace.delivered, Status.DELIVERED, "delivered"),
    )
    for place, (after, letter, said) in enumerate(steps, start=1):
        when = reached(call, order, after)
        if when is not None:
            text = f"Order ID: {order.order_id} has been {said}."
            entries.append((when, order.order_id * 10 + place, letter.value, text, NO_KEY))
    return [
        {
            "ConversationLogId": log_id,
            "ConversationDate": wire_date(when),
            "ConversationText": said,
            "RETransactionId": order.order_id,
            "ConversationType": "SOL",
            "CPUserId": str(operator_id),
            "LogAction": action,
            "MerchantId": call.store.merchant.merchant_id,
            "UpdatedDate": wire_date(when),
        }
        for when, log_id, action, said, operator_id in sorted(entries)
    ]


def _changes(call: Call, order: Order) -> list[Json]:
    return [
        {
            "Status": str(row["action"]),
            "OrderId": order.order_id,
            "OrderItemId": int(row["line_id"]),
            "Message": str(row["said"]),
            "LogDateTime": wire_date(float(row["logged_at"])),
            "OldQty": int(row["before"]),
            "NewQty": int(row["after"]),
            "OldPrice": 0,
            "NewPrice": 0,
            "OldDiscount": 0,
            "NewDiscount": 0,
            "MerchantId": call.store.merchant.merchant_id,
            "OldLocationId": order.location_id,
            "NewLocationId": order.location_id,
            "OldMRP": 0,
            "NewMRP": 0,
        }
        for row in call.store.rows(
            "SELECT * FROM order_log WHERE order_id = ? AND line_id > 0 ORDER BY log_id", order.order_id
        )
    ]


def shipments(call: Call) -> Answer:
    """Get Order Shipments: one for each location the order leaves from, once it is shipped."""
    order = order_state.load(call, call.number("orderId"))
    pace = call.store.fulfilment.pace
    shipped, delivered = reached(call, order, pace.shipped), reached(call, order, pace.delivered)
    printed: list[Json] = []
    if shipped is not None:
        for place, location_id in enumerate(sorted({line.location_id for line in order.lines if line.left})):
            items: list[Json] = [
                {"OrderLineId": line.line_id, "Quantity": line.left, "ShipmentCustomFields": None}
                for line in order.lines
                if line.left and line.location_id == location_id
            ]
            printed.append(
                {
                    "LocationId": location_id,
                    "ShipmentType": "Normal",
                    "ReceivedBy": "",
                    "DeliveredDate": "" if delivered is None else f"{local(delivered):%d-%b-%Y}",
                    "ShipmentId": order.order_id * 10 + place,
                    "OrderId": order.order_id,
                    "externalInvoiceNumber": "",
                    "ServiceProvider": call.store.merchant.name,
                    "DocketNumber": f"{order.order_id}-{place + 1}",
                    "ShippingDate": f"{local(shipped):%d-%b-%Y}",
                    "ShippingCharges": str(order.amount("shipping")),
                    "ShipmentItems": items,
                    "CollectableAmount": str(order.payable) if order.text("payment_type") == "COD" else "0",
                }
            )
    return success(Shipments=printed)


HANDLERS: dict[str, Handler] = {
    "orders.details": details,
    "orders.information": information,
    "orders.status": status,
    "orders.activity": activity,
    "orders.shipments": shipments,
}
