"""Helpers that place orders in the sandbox and read them back."""

from typing import Any

from tests.sandbox.sandbox_calls import Caller

COD = {
    "PaymentOption": "COD",
    "PaymentType": "COD",
    "GateWayId": "0",
    "skipDeliveryAreaValidation": False,
    "ClearCart": True,
    "transaction": True,
}
TRANSFER = COD | {
    "PaymentOption": "OnlineBankTransfer",
    "PaymentType": "OBT",
    "GateWayId": "10961",
}
CANCEL = {"date": "01/24/2027 4:12:32 PM", "CancelReason": "CPR", "Comment": "changed their mind"}


async def place(caller: Caller, payment: dict[str, Any] | None = None) -> Any:
    """Place the cart as an order; return the reply."""
    return await caller.input("Order/PlaceOrder/{M}", payment or COD, MerchantId=caller.merchant)


async def place_order(caller: Caller, payment: dict[str, Any] | None = None) -> int:
    """Place the cart as an order; return its number."""
    return int((await place(caller, payment))["OrderCreationResponse"]["OrderID"])


def validators(response: Any) -> list[str]:
    """Return the validators that refused an order."""
    created = response["OrderCreationResponse"]
    assert created["OrderID"] == 0
    return [row["Validator"] for row in created["ValidationResponse"]]


async def status(caller: Caller, order_id: int) -> tuple[str, str]:
    """Return status and sub-status of an order."""
    found = (await caller.ask("POST", f"Order/GetOrderStatus/{{M}}/{order_id}"))["OrderStatus"]
    return found["status"], found["subStatus"]


async def information(caller: Caller, order_id: int) -> Any:
    """Return all information about an order."""
    (order,) = (await caller.ask("GET", f"order/V2/{{M}}/{order_id}"))["Orders"]
    return order


async def cancel(caller: Caller, order_id: int, **other: Any) -> Any:
    """Cancel an order, or lines of it; return the reply."""
    path = "Order/CancelItem" if "TobeCancelledOrderItems" in other else "Order/Cancel"
    data = {"OrderId": str(order_id), **CANCEL, **other}
    return await caller.input(path, data, MerchantId=caller.merchant)


async def search(caller: Caller, **criteria: Any) -> list[int]:
    """Return the numbers of the orders found."""
    data = {"OrderSearch": criteria}
    response = await caller.input("order/Search/{M}", data, MerchantId=caller.merchant)
    return [order["OrderId"] for order in response["Orders"]]


def refused(response: Any) -> list[tuple[str, int, str]]:
    """Return the validators of a refusal, which has the documented keys and no other."""
    assert set(response) == {"OrderCreationResponse", "ErrorCode"}
    created = response["OrderCreationResponse"]
    assert (response["ErrorCode"], created["OrderID"]) == (0, 0)
    assert all(row["Status"] == "False" for row in created["ValidationResponse"])
    return [
        (row["Validator"], row["CheckoutValidationType"], row["ValidationMessage"])
        for row in created["ValidationResponse"]
    ]
