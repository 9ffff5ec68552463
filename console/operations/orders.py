"""The operation rows of orders, from placing to cancelling."""

from console.operations.operation import READ, WRITE, Body, Operation, RefusalRule, fields

# fmt: off
# One row each: name, resource, title, method / path, effect, body, session, envelope / parameters.
ROWS: tuple[Operation, ...] = (
    Operation(
        "orders.place", "Order", "Place Order (Single)", "POST",
        "Order/PlaceOrder/{merchantId}", WRITE, Body.MERCHANT_INPUT_DATA, session=True, own_connection=True,
        envelope="OrderCreationResponse",
        refusal=RefusalRule(("OrderID", "OrderId", "orderId"), "ValidationResponse"),
        fields=fields(
            "PaymentOption*", "PaymentType*", "GateWayId*", "skipDeliveryAreaValidation", "ClearCart", "transaction",
        ),
    ),
    Operation(
        "orders.authorise", "Order", "Authorize Order", "POST",
        "order/Authorize", WRITE, Body.MERCHANT_INPUT_DATA, own_connection=True, envelope="Code",
        fields=fields(
            "OrderID*", "Date", "Comment", "PaymentType*", "bankInstrumentNumber", "bankName",
            "PGResponse*",
        ),
    ),
    Operation(
        "orders.search", "Order", "Search Orders", "POST",
        "order/Search/{merchantId}", READ, Body.MERCHANT_INPUT_DATA, envelope="Orders",
        fields=fields(
            "CheckOutType", "DateFrom", "DateTo", "DateType", "EmailID", "FristName", "LastName",
            "MobileNo", "OrderNo", "OrderPriceFrom", "OrderPriceTo", "OrderStatus", "ProductSku",
            "store", "ShippingCostFrom", "ShippingCostTo", "RecordFrom", "RecordTo",
        ),
    ),
    Operation(
        "orders.reorder", "Order", "Reorder", "POST",
        "order/ReOrder/{merchantId}", WRITE, Body.MERCHANT_INPUT_DATA, envelope="Carts",
        fields=fields("orderId*", "orderItemId", "userId*"),
    ),
    Operation(
        "orders.history", "Order", "Get Order History", "POST",
        "Order/History/{merchantId}", READ, Body.MERCHANT_INPUT_DATA, own_connection=True, envelope="Orders",
        fields=fields(
            "UserId", "FromDate", "ToDate", "Status", "ShipDateFrom", "ShipDateTo", "Sku", "OrderId",
            "FromOrder", "store", "WithRewards", "LocationId", "OperatorId",
        ),
    ),
    Operation(
        "orders.details", "Order", "Get Order Details", "GET",
        "Order/Details/{merchantId}/{OrderId}", READ, envelope="OrderLines",
    ),
    Operation(
        "orders.details_by_reference", "Order", "Get Order Details (by ReferenceNo)", "GET",
        "Order/DetailsByRefCode/{merchantId}/{orderReferenceNo}", READ, envelope="OrderLines",
    ),
    Operation(
        "orders.information", "Order", "Get Order Information (V2)", "GET",
        "order/V2/{merchantId}/{orderID}", READ, envelope="Orders",
    ),
    Operation(
        "orders.status", "Order", "Get Order Status", "POST",
        "Order/GetOrderStatus/{merchantId}/{orderId}", READ, envelope="OrderStatus",
    ),
    Operation(
        "orders.cancel", "Order", "Cancel Order", "POST",
        "Order/Cancel", WRITE, Body.MERCHANT_INPUT_DATA, own_connection=True,
        fields=fields(
            "OrderId*", "Date*", "Comment", "DisplayCommentToUser", "PGResponse", "OperatorID",
            "CancelReason*",
        ),
    ),
    Operation(
        "orders.cancel_line", "Order", "Cancel Order Lineitem", "POST",
        "Order/CancelItem", WRITE, Body.MERCHANT_INPUT_DATA, own_connection=True,
        fields=fields(
            "OrderId*", "Date*", "Comment", "DisplayCommentToUser", "PGResponse", "OperatorID",
            "CancelReason*", "TobeCancelledOrderItems",
        ),
    ),
    Operation(
        "orders.activity", "Order", "Get Order Activity History", "POST",
        "Order/GetOrderActivityHistory/{merchantId}", READ, Body.MERCHANT_INPUT_DATA, envelope="ListOfOrderActivities",
        fields=fields("orderfieldchangehistory", "activityhistory", "orderids*"),
    ),
    Operation(
        "orders.shipments", "Order", "Get Order Shipments", "GET",
        "Order/{merchantId}/{orderId}/Shipments", READ, envelope="Shipments",
    ),
    Operation(
        "orders.update_reference", "Order", "Update Order Reference", "POST",
        "Order/UpdateOrderReference/{merchantId}", WRITE, Body.MERCHANT_INPUT_DATA,
        fields=fields("OrderId*", "ReferenceNo*"),
    ),
)
# fmt: on
