"""Helpers of the tests that change products: sending an update, and following its task."""

import json
from typing import Any

from tests.sandbox.sandbox_calls import Caller

GARLIC_SKU, PEPSI_SKU, PEPSI_LITRE_SKU = "SD-GARLIC-BREAD", "DR-PEPSI", "DR-PEPSI-BOTTLE1L"
SUPREME, SUPREME_SKU, BOGOF, BOGOF_SKU = (
    13047273,
    "PZ-CHICKEN-SUPREME",
    13047461,
    "DL-BUY-ONE-GET-ONE-FREE--MEDIUM",
)
LOCATION_ID, LOCATION_CODE, HAWALLI, HAWALLI_CODE = 27299, "SALM", 22612, "HAWL"


async def queue_update(caller: Caller, path: str, data: Any) -> int:
    """Queue an update; return the id of its task."""
    response = await caller.input(path, data, MerchantId=caller.merchant)
    assert (response["messageCode"], response["ErrorCode"]) == ("1018", 0)
    return int(response["Taskid"])


async def task_outcome(caller: Caller, task_id: int) -> tuple[str, str | None]:
    """Return a task's final status, and its errors."""
    response = await caller.ask("GET", f"Product/MSMQErrorDetails/{{M}}/{task_id}")
    return response["TaskMsmqDetails"]["TaskStatus"], response["TaskMsmqDetails"]["Validations"]


async def set_price(caller: Caller, **fields: str) -> tuple[str, str | None]:
    """Update stock and price at a location; return the task's outcome."""
    row = {"sku": GARLIC_SKU, "variantsku": "", "locationrefcode": LOCATION_CODE, "Quantity": "1"} | fields
    data = {"products": {"product": row}}
    return await task_outcome(caller, await queue_update(caller, "product/UpdateLocationWiseStock", data))


async def set_information(caller: Caller, **fields: str) -> tuple[str, str | None]:
    """Update a product's information; return the task's outcome."""
    row = {
        "CategoryReference": "CU00357461",
        "sku": GARLIC_SKU,
        "variantsku": "",
        "BrandID": caller.store.merchant.brand_id,
        "ProductTitle": "Garlic Bread",
        "ProductType": "P",
    } | fields
    data = {"products": {"product": [row]}}
    return await task_outcome(caller, await queue_update(caller, "Product/UpdateProductInfo", data))


async def information(caller: Caller, product_id: int, location_id: int = LOCATION_ID) -> Any:
    """Get Product Information."""
    return (await caller.ask("GET", f"Product/Information/{{M}}/{product_id}/{location_id}"))["Product"]


async def post_json(caller: Caller, path: str, data: Any) -> Any:
    """Send a signed POST of JSON; return the reply."""
    url, headers = caller.sign("POST", caller.url(path))
    headers["Content-Type"] = "application/json"
    return (await caller.send("POST", url, content=json.dumps(data).encode(), headers=headers)).json()
