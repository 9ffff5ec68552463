"""Reading of one order: its lines, all its fields, its status, its log and its shipments.

An order advances with the clock.
"""

from console.sandbox.orders import state as order_state
from console.sandbox.orders.formatting import (
    address_fields,
    detail_line,
    information_line,
    order_summary,
    payment_record,
    sold_rows,
)
from console.sandbox.orders.state import SandboxOrder, SandboxOrderLine, Status, reached_at
from console.sandbox.requests import Call, Handler, parse_whole_number
from console.sandbox.responses import (
    EMPTY_GUID,
    Code,
    Json,
    RefusalError,
    Reply,
    merchant_datetime,
    ok,
    ok_without_error_code,
    wire_date,
)

MAX_ORDERS = 50


def details(call: Call) -> Reply:
    """Get Order Details: the lines, with their parts."""
    order = order_state.load(call, call.path_number("OrderId"))
    lines: list[Json] = [detail_line(call, order, line, index) for line, index, _ in sold_rows(order)]
    return ok_without_error_code(OrderLines=lines)


def details_by_reference(call: Call) -> Reply:
    """Get Order Details (by ReferenceNo): the lines of every order with this number, the newest first."""
    found = order_state.orders_with_reference(call, call.path_argument("orderReferenceNo"))
    if not found:
        raise RefusalError(Code.NO_RECORD)
    return ok(
        OrderLines=[
            _referenced_line(call, order, line, index)
            for order in found
            for line, index, _ in sold_rows(order)
        ]
    )


def _referenced_line(call: Call, order: SandboxOrder, line: SandboxOrderLine, index: int) -> Json:
    return detail_line(call, order, line, index) | {
        "CustomFields": None,
        "Orderrefreneceno": order.reference,
        "CancelQuantity": line.rows[index].quantity * line.cancelled,
        "PromotionIds": str(line.free_rule_id) if line.free_rule_id else None,
        "SubStatus": None,
        "IsFreebie": int(bool(line.free_rule_id)),
        "FreebieParent": None,
    }


def information(call: Call) -> Reply:
    """Get Order Information (V2): everything, attributes included."""
    order = order_state.load(call, call.path_number("orderID"))
    lines: list[Json] = [information_line(call, order, line, index) for line, index, _ in sold_rows(order)]
    refunded = order.amount("total") - order.payable
    record: dict[str, Json] = order_summary(call, order) | address_fields(order)
    extra_fields: dict[str, Json] = {
        "ShipOtherCity": order.text("Ship_OtherCityName") or None,
        "OrderLineId": lines,
        "PaymentDetails": [payment_record(order)],
        "OriginalOrderId": "",
        "ReturnOrderId": "",
        "ReferenceNo": order.reference,
        "DemandedDeliveryDate": _demanded_date(order),
        "deliveryslots": _slot(call, order),
        "PickupFirstName": order.text("PickupFirstName"),
        "PickupLastName": order.text("PickupLastName"),
        "PickupEmail": order.text("PickupEmail"),
        "PickupMobile": order.text("PickupMobile"),
        "Latitude": "0",
        "Longitude": "0",
        "GiftMessage": order.text("note"),
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
    return ok(Orders=[record | extra_fields])


def _attributes(call: Call, order: SandboxOrder) -> list[Json]:
    attributes = order.record.get("attributes")
    records: list[Json] = []
    for attribute in attributes if isinstance(attributes, list) else []:
        if isinstance(attribute, list):
            field_id, name, value = attribute
            records.append(
                {
                    "OrderId": order.order_id,
                    "MerchantId": call.store.merchant.merchant_id,
                    "AttributeID": field_id,
                    "AttributeName": call.store.fulfilment.attributes.get(str(name), name),
                    "Value": value,
                }
            )
    return records


def _demanded_date(order: SandboxOrder) -> str:
    when = float(order.text("demanded") or 0)
    return f"{merchant_datetime(when or order.placed_at):%d-%b-%Y}"


def _slot(call: Call, order: SandboxOrder) -> Json:
    """Return the slot of an order; null without one."""
    day = int(merchant_datetime(float(order.text("demanded") or 0)).weekday())
    for window in call.store.fulfilment.windows:
        if order.slot_id and window.slot_id_on(day) == order.slot_id:
            return {
                "StartTime": _clock_time(window.starts),
                "EndTime": _clock_time(window.ends),
                "DeliverySlotId": str(order.slot_id),
            }
    return None


def _clock_time(minutes: int) -> str:
    half = "AM" if minutes < 12 * 60 else "PM"
    return f"{(minutes // 60 - 1) % 12 + 1:02}:{minutes % 60:02} {half}"


def status(call: Call) -> Reply:
    """Get Order Status."""
    order = order_state.load(call, call.path_number("orderId"))
    letter, sub_status = order_state.status(call, order)
    found: Json = {"OrderId": order.order_id, "status": letter.value, "subStatus": sub_status}
    return Reply({"messageCode": "1004", "Message": None, "ErrorCode": 0, "OrderStatus": found})


def activity(call: Call) -> Reply:
    """Get Order Activity History: the logs of orders, and their changed quantities."""
    fields = call.input_data()
    order_ids = fields.integers("orderids", limit=MAX_ORDERS)
    if not order_ids:
        order_ids = [
            parse_whole_number(text.strip(), "orderids") for text in fields.text("orderids").split(",")
        ]
    if not 1 <= len(order_ids) <= MAX_ORDERS:
        raise RefusalError(Code.INVALID_INPUT, f"orderids names 1 to {MAX_ORDERS} orders")
    with_changes = fields.flag("orderfieldchangehistory")
    with_log = "activityhistory" not in fields or fields.flag("activityhistory")
    records: list[Json] = []
    for order_id in order_ids:
        order = order_state.load(call, order_id)
        records.append(
            {
                "OrderID": order_id,
                "OrderFieldChangeHistory": [],
                "OrderItemFieldChangeHistory": _quantity_changes(call, order) if with_changes else [],
                "OrderActivityHistory": _activity_rows(call, order) if with_log else [],
            }
        )
    return ok(ListOfOrderActivities=records)


def _activity_rows(call: Call, order: SandboxOrder) -> list[Json]:
    """Return an order's log, with the status changes that come with time."""
    entries = [
        (
            float(row["logged_at"]),
            int(row["log_id"]),
            str(row["action"]),
            str(row["message"]),
            row["operator_id"],
        )
        for row in call.store.rows(
            "SELECT * FROM order_log WHERE order_id = ? ORDER BY log_id", order.order_id
        )
    ]
    pace = call.store.fulfilment.pace
    steps = (
        (pace.seconds_to_confirmed, Status.AUTHORISED, "confirmed"),
        (pace.seconds_to_shipped, Status.SHIPPED, "shipped"),
        (pace.seconds_to_delivered, Status.DELIVERED, "delivered"),
    )
    for position, (after, letter, stage) in enumerate(steps, start=1):
        when = reached_at(call, order, after)
        if when is not None:
            text = f"Order ID: {order.order_id} has been {stage}."
            entries.append((when, order.order_id * 10 + position, letter.value, text, EMPTY_GUID))
    return [
        {
            "ConversationLogId": log_id,
            "ConversationDate": wire_date(when),
            "ConversationText": message,
            "RETransactionId": order.order_id,
            "ConversationType": "SOL",
            "CPUserId": str(operator_id),
            "LogAction": action,
            "MerchantId": call.store.merchant.merchant_id,
            "UpdatedDate": wire_date(when),
        }
        for when, log_id, action, message, operator_id in sorted(entries)
    ]


def _quantity_changes(call: Call, order: SandboxOrder) -> list[Json]:
    return [
        {
            "Status": str(row["action"]),
            "OrderId": order.order_id,
            "OrderItemId": int(row["line_id"]),
            "Message": str(row["message"]),
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


def shipments(call: Call) -> Reply:
    """Get Order Shipments: one for each location of the order, once it is shipped."""
    order = order_state.load(call, call.path_number("orderId"))
    pace = call.store.fulfilment.pace
    shipped, delivered = (
        reached_at(call, order, pace.seconds_to_shipped),
        reached_at(call, order, pace.seconds_to_delivered),
    )
    records: list[Json] = []
    if shipped is not None:
        for index, location_id in enumerate(
            sorted({line.location_id for line in order.lines if line.remaining})
        ):
            items: list[Json] = [
                {"OrderLineId": line.line_id, "Quantity": line.remaining, "ShipmentCustomFields": None}
                for line in order.lines
                if line.remaining and line.location_id == location_id
            ]
            records.append(
                {
                    "LocationId": location_id,
                    "ShipmentType": "Normal",
                    "ReceivedBy": "",
                    "DeliveredDate": "" if delivered is None else f"{merchant_datetime(delivered):%d-%b-%Y}",
                    "ShipmentId": order.order_id * 10 + index,
                    "OrderId": order.order_id,
                    "externalInvoiceNumber": "",
                    "ServiceProvider": call.store.merchant.name,
                    "DocketNumber": f"{order.order_id}-{index + 1}",
                    "ShippingDate": f"{merchant_datetime(shipped):%d-%b-%Y}",
                    "ShippingCharges": str(order.amount("shipping")),
                    "ShipmentItems": items,
                    "CollectableAmount": str(order.payable) if order.text("payment_type") == "COD" else "0",
                }
            )
    return ok(Shipments=records)


HANDLERS: dict[str, Handler] = {
    "orders.details": details,
    "orders.details_by_reference": details_by_reference,
    "orders.information": information,
    "orders.status": status,
    "orders.activity": activity,
    "orders.shipments": shipments,
}
