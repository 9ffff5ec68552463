"""Calls that reach every operation of orders, what these refuse, and a platform in trouble.

A table for ``every_operation``: it goes on with the cart that the calls of carts have left.
"""

from collections.abc import Mapping

from tests.commands.cart_calls import PIZZA, add, switch, toms_call, voucher
from tests.commands.customer_calls import TOM, serve
from tests.commands.product_calls import CAESAR
from tests.commands.steps import Call, Control, Delay, Step

COD: Mapping[str, object] = {
    "PaymentOption": "COD",
    "PaymentType": "COD",
    "GateWayId": "0",
    "skipDeliveryAreaValidation": False,
    "ClearCart": True,
    "transaction": True,
}
TRANSFER: Mapping[str, object] = {
    **COD,
    "PaymentOption": "OnlineBankTransfer",
    "PaymentType": "OBT",
    "GateWayId": "10961",
}


def place(payment: Mapping[str, object] | None = None, expect: int = 0, keep: str = "order") -> Call:
    """Place Order (Single)."""
    found = {} if expect else {keep: "OrderCreationResponse.OrderID"}
    return Call("orders.place", data=payment or COD, expect=expect, save=found, session="tom_token")


def authorise(order: str, expect: int = 0) -> Call:
    """Authorize Order."""
    data = {"OrderID": order, "PaymentType": "OBT", "PGResponse": "paid", "Date": "01/15/2027"}
    return Call("orders.authorise", data={"AuthorizeOrder": data}, expect=expect)


def cancel(order: str, expect: int = 0, reason: str = "CPR") -> Call:
    """Cancel Order."""
    data = {"OrderId": order, "Date": "01/24/2027 4:12:32 PM", "CancelReason": reason}
    return Call("orders.cancel", data=data, expect=expect)


def cancel_line(order: str, line: str, expect: int = 0) -> Call:
    """Cancel Order Lineitem."""
    items = [{"OrderItemID": line, "CancelQuantity": 1}]
    data = {"OrderId": order, "Date": "01/24/2027", "CancelReason": "CPR", "TobeCancelledOrderItems": items}
    return Call("orders.cancel_line", data=data, expect=expect)


def reorder(order: str, expect: int = 0) -> Call:
    """Reorder."""
    data = {"orderId": order, "orderItemId": "0", "userId": "{tom}"}
    return Call("orders.reorder", data=data, expect=expect)


def about(
    name: str,
    order: str,
    expect: int = 0,
    *,
    parameter: str = "orderId",
    holds: Mapping[str, str] | None = None,
) -> Call:
    """What is read of an order by its number."""
    return Call(f"orders.{name}", path={parameter: order}, expect=expect, expect_fields=holds or {})


ORDERS: tuple[Step, ...] = (
    voucher("TENOFF"),
    place({**COD, "PaymentType": "Beans"}, 1016),
    switch(delisted=[CAESAR]),
    place(expect=1022),
    switch(delisted=[]),
    place(),
    place(expect=1009),
    add(PIZZA),
    voucher("TENOFF", 3004),
    voucher("FIRSTTWO"),
    place(TRANSFER, keep="transfer"),
    add(PIZZA),
    voucher("FIRSTTWO"),
    place(keep="second"),
    add(PIZZA),
    voucher("FIRSTTWO", 3005),
    authorise("{transfer}"),
    authorise("{transfer}", 1043),
    authorise("1", 1006),
    Call(
        "orders.search",
        data={"OrderSearch": {"OrderNo": "{order}"}},
        expect_fields={"Orders.0.OrderId": "{order}"},
    ),
    Call("orders.search", data={"OrderSearch": {"DateFrom": "soon"}}, expect=1016),
    Call("orders.history", data={"UserId": "{tom}"}),
    about("details", "{order}", parameter="OrderId"),
    about("details", "1", 1006, parameter="OrderId"),
    Call(
        "orders.information",
        path={"orderID": "{order}"},
        save={"line": "Orders.0.OrderLineId.0.OrderLineId"},
    ),
    about("status", "{order}", holds={"OrderStatus.status": "A"}),
    about("status", "1", 1006),
    Call("orders.update_reference", data={"OrderId": "{order}", "ReferenceNo": "11751201"}),
    Call("orders.update_reference", data={"OrderId": "1", "ReferenceNo": "11751201"}, expect=1006),
    about(
        "details_by_reference",
        "11751201",
        parameter="orderReferenceNo",
        holds={"OrderLines.0.OrderId": "{order}", "OrderLines.0.Orderrefreneceno": "11751201"},
    ),
    about("details_by_reference", "11751202", 1009, parameter="orderReferenceNo"),
    cancel_line("{order}", "{line}"),
    cancel_line("{order}", "1", 1016),
    cancel("{order}"),
    about("status", "{order}", holds={"OrderStatus.status": "C"}),
    cancel("{order}", 1001),
    authorise("{order}", 1001),
    reorder("{second}"),
    reorder("1", 1006),
    switch(delisted=[int(PIZZA)]),
    reorder("{second}", 1022),
    switch(delisted=[]),
    Delay(3600),
    Call("orders.activity", data={"activityhistory": "true", "orderids": ["{second}"]}),
    Call("orders.activity", data={"activityhistory": "true", "orderids": []}, expect=1016),
    about("shipments", "{second}"),
    cancel("{second}", 1008),
)

TROUBLE: tuple[Step, ...] = (
    *(
        step
        for kind, code in (("status-429", 429), ("status-500", 500))
        for step in (
            switch(faults=[{"pattern": "carts.clear", "kind": kind}]),
            toms_call("clear", code),
        )
    ),
    switch(faults=[]),
    Control("expire", {}),
    toms_call("clear", 440),
    serve(TOM),
    toms_call("clear"),
)

STEPS: tuple[Step, ...] = (*ORDERS, *TROUBLE)
