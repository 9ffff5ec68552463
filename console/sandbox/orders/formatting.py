"""Orders in the documented form: the address block, the lines with their parts, the payment."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from uuid import UUID, uuid5

from console.sandbox.orders.state import SandboxOrder, SandboxOrderLine, SoldRow, Status, reached_at, status
from console.sandbox.requests import Call
from console.sandbox.responses import EMPTY_GUID, Json, merchant_datetime, money, wire_date

DELIVERY_OPTIONS = {"H": "ship", "S": "pickup"}
DERIVED_STATUSES = {
    ("H", Status.PENDING): ("P", "Pending"),
    ("S", Status.PENDING): ("P", "Pending"),
    ("H", Status.AUTHORISED): ("A", "Authorized"),
    ("S", Status.AUTHORISED): ("A", "Authorized"),
    ("H", Status.SHIPPED): ("S", "Shipped"),
    ("S", Status.SHIPPED): ("W", "Waiting for Collection - Instore"),
    ("H", Status.DELIVERED): ("D", "Delivered"),
    ("S", Status.DELIVERED): ("D", "Delivered"),
    ("H", Status.CANCELLED): ("IC", "Cancelled"),
    ("S", Status.CANCELLED): ("IC", "Cancelled"),
    ("H", Status.FAILED): ("F", "Failed"),
    ("S", Status.FAILED): ("F", "Failed"),
    ("H", Status.WAITING): ("W", "Waiting for Collection - Instore"),
    ("S", Status.WAITING): ("W", "Waiting for Collection - Instore"),
}
"""Code and text of a line's status, by delivery mode; a pickup order waits at the store."""


def addresses_from_echo(echo: Mapping[str, Json]) -> dict[str, Json]:
    """Return the addresses of a cart's echo, to be stored with its order."""
    starts = ("Bill_", "Ship_", "_Bill_", "Pickup")
    return {key.removeprefix("_"): value for key, value in echo.items() if key.startswith(starts)}


def order_summary(call: Call, order: SandboxOrder) -> dict[str, Json]:
    """Return an order as search lists it."""
    letter, sub_status = status(call, order)
    return {
        "OrderId": order.order_id,
        "Status": letter.value,
        "MerchantId": call.store.merchant.merchant_id,
        "UserId": order.user_id,
        "TotalAmount": money(order.amount("total")),
        "AmountPayable": money(order.payable),
        "OrderDate": wire_date(order.placed_at),
        "PaymentDetails": [],
        "Rewards": None,
        "ShippingDiscount": 0,
        "VoucherDiscount": money(order.amount("voucher_discount")),
        "PromotionDiscount": money(order.amount("promotion_discount")),
        "GiftMessage": None,
        "Promotions": None,
        "SubStatus": sub_status,
        "OrderAttributes": None,
        "SourceLocationID": str(order.location_id),
        "SourceLocationCode": _location_code(call, order.location_id),
        "OrderDateLocal": None,
        "AutoUpdateTime": wire_date(last_change(call, order)),
        "TimeZone": None,
    }


def address_fields(order: SandboxOrder) -> dict[str, Json]:
    """Return billing and shipping addresses, in the spelling of history and information."""
    text = order.text
    return {
        "BillFirstname": text("Bill_FirstName"),
        "BillLastname": text("Bill_LastName"),
        "BillCountry": text("Bill_CountryCode"),
        "BillingState": text("Bill_StateCode"),
        "BillCity": text("Bill_City"),
        "BillEmail": text("Bill_Email"),
        "BillZIP": text("Bill_PostCode"),
        "BillPhone": text("Bill_Telephone"),
        "BillMobile": text("Bill_Mobile"),
        "BillAddress1": text("Bill_Address1"),
        "BillAddress2": text("Bill_Address2"),
        "ShipFirstname": text("Ship_FirstName"),
        "ShipLastname": text("Ship_LastName"),
        "ShipCountry": text("Ship_CountryCode"),
        "ShipState": text("Ship_StateCode"),
        "ShipCity": text("Ship_City"),
        "ShipEmail": text("Ship_Email"),
        "ShipZip": text("Ship_PostCode"),
        "ShipPhone": text("Ship_Telephone"),
        "ShipMobile": text("Ship_Mobile"),
        "ShipAddress1": text("Ship_Address1"),
        "ShipAddress2": text("Ship_Address2"),
        "DeliveryOption": DELIVERY_OPTIONS[order.mode],
        "TAXTotal": 0,
        "VoucherCode": text("vouchers"),
        "LeadTime": "",
        "IsGift": False,
        "SupplierID": EMPTY_GUID,
        "ConversionFactor": "1",
        "cpuserid": order.operator_id or EMPTY_GUID,
    }


def payment_record(order: SandboxOrder) -> dict[str, Json]:
    """Return the payment of an order; ``PaymentStatus`` is A once it is authorised."""
    paid_at = order.authorised_at
    return {
        "PointsBurned": "0",
        "AgentId": "",
        "GV": "",
        "Channel": "W",
        "CurrencyCode": order.text("currency"),
        "PaymentResponse": "",
        "PaymentStatus": "" if paid_at is None else "A",
        "Amount": f"{order.amount('total'):.4f}",
        "PaymentDate": "1/1/1900"
        if paid_at is None
        else f"{merchant_datetime(paid_at):%m/%d/%Y %I:%M:%S %p}",
        "PaymentType": order.text("payment_type"),
        "OrderId": order.order_id,
        "PaymentDetailsId": order.order_id + 1,
        "checkOutGroup": "",
        "PaymentOption": order.text("payment_option"),
        "clientIP": "",
        "ResponseCode": "N",
        "ClientUserAgent": "API",
    }


def detail_line(call: Call, order: SandboxOrder, line: SandboxOrderLine, index: int) -> dict[str, Json]:
    """Return a row of a line as Get Order Details prints it; its own row has index 0."""
    row = line.rows[index]
    product = call.store.menu.products[row.product_id]
    price = Decimal(0) if line.free_rule_id else Decimal(row.price)
    return {
        "OrderLineId": line.line_id + index,
        "OrderId": order.order_id,
        "ProductId": row.product_id,
        "VariantProductId": row.variant_id,
        "IsParentProduct": bool(product.variants),
        "Description": product.description,
        "Quantity": row.quantity * line.quantity,
        "ShippingCost": 0,
        "ProductPrice": money(price),
        "TotalPromotionDiscount": 0,
        "ReturnReason": "",
        "ReturnAction": "",
        "StockAction": "",
        "ReturnQty": 0,
        "IsBackOrder": False,
        "TotalVoucherDiscount": 0,
        "TotalTaxAmount": 0,
        "ShippingVoucherDiscount": 0,
        "CustomFields": "",
        "VariantMasterProductId": row.product_id if row.variant_id else 0,
    }


def sold_rows(order: SandboxOrder) -> Iterator[tuple[SandboxOrderLine, int, SoldRow]]:
    """Yield every row of every line, with the row's index."""
    for line in order.lines:
        for index, row in enumerate(line.rows):
            yield line, index, row


def information_line(call: Call, order: SandboxOrder, line: SandboxOrderLine, index: int) -> dict[str, Json]:
    """Return a row of a line as Get Order Information prints it."""
    row, merchant = line.rows[index], call.store.merchant
    product = call.store.menu.products[row.product_id]
    variant = product.variant(row.variant_id)
    letter, sub_status = status(call, order)
    if not line.remaining:
        letter, sub_status = Status.CANCELLED, ""
    code, derived = DERIVED_STATUSES[order.mode, letter]
    parent = line.rows[row.parent_index] if row.parent_index >= 0 else row
    return detail_line(call, order, line, index) | {
        "LocationCode": _location_code(call, line.location_id),
        "ShippingStatus": "F" if letter is Status.CANCELLED else code,
        "DeliveryMode": order.mode,
        "VendorId": merchant.merchant_id,
        "ItemStatus": code if letter is Status.CANCELLED else letter.value,
        "SKU": product.sku,
        "VariantSku": "" if variant is None else variant.sku,
        "ProductTitle": product.title,
        "BundleProductId": str(parent.product_id) if len(line.rows) > 1 else "0",
        "ParentReDetailsId": str(line.line_id + row.parent_index) if row.parent_index >= 0 else "0",
        "BundleCartReferenceKey": _parent_key(line.line_id + row.parent_index)
        if row.parent_index >= 0
        else EMPTY_GUID,
        "IsPrimaryProduct": str(row.is_primary).lower(),
        "Portion": row.portion,
        "MRP": f"{Decimal(row.list_price):.4f}",
        "TaxDetails": [],
        "LocationId": line.location_id,
        "CategoryId": product.category_id,
        "CategoryName": call.store.menu.category_name(product),
        "CancelQuantity": row.quantity * line.cancelled,
        "DerivedStatus": derived,
        "DerivedStatusCode": code,
        "EstimatedDeliveryTime": _estimated_delivery(call, order),
        "PromotionIds": str(line.free_rule_id) if line.free_rule_id else None,
        "SubStatus": sub_status,
    }


def _parent_key(line_id: int) -> str:
    """Return the key that the parts of one row of an order have in common."""
    return str(uuid5(UUID(EMPTY_GUID), str(line_id)))


def last_change(call: Call, order: SandboxOrder) -> float:
    """Return the time of an order's last change, in Unix seconds."""
    pace = call.store.fulfilment.pace
    stage_times = [
        reached_at(call, order, after)
        for after in (pace.seconds_to_confirmed, pace.seconds_to_shipped, pace.seconds_to_delivered)
    ]
    row = call.store.row("SELECT max(logged_at) AS at FROM order_log WHERE order_id = ?", order.order_id)
    logged = order.placed_at if row is None or row["at"] is None else float(row["at"])
    return max([logged, *(when for when in stage_times if when is not None)])


def _estimated_delivery(call: Call, order: SandboxOrder) -> str:
    if order.authorised_at is None:
        return "01-Jan-0001 12:00:00 AM"
    when = order.authorised_at + call.store.fulfilment.pace.seconds_to_delivered
    return f"{merchant_datetime(when):%d-%b-%Y %I:%M:%S %p}"


def _location_code(call: Call, location_id: int) -> str:
    location = call.store.merchant.location(location_id)
    return "" if location is None else location.code
