"""Works off queued updates, each as a whole or not at all, and tells what came of them.

The application works off what is a moment old before every request; reading a task works it off at once.
"""

import json
from collections.abc import Callable
from typing import cast

from console.sandbox.answers import Answer, Code, Json, RefusalError, success, wire_date
from console.sandbox.products import (
    attributes,
    contents,
    product_information,
    product_tags,
    stock_prices,
    task_queue,
)
from console.sandbox.products.product_finding import TaskError
from console.sandbox.products.task_queue import Task
from console.sandbox.requests import Call, Handler
from console.sandbox.store import Store

MOMENT = 1.0
"""Seconds that a task waits before it is done."""

Worker = Callable[[Store, list[dict[str, Json]], float], None]
"""Does what the rows of a task ask for, now in Unix seconds; raises ``TaskError`` where it cannot be done."""

WORKERS: dict[str, tuple[Worker, str, str]] = {
    "products.update_stock_and_price": (
        stock_prices.work,
        "LctnWiseStocknPriceUploadTask",
        " (stock-price) ",
    ),
    "products.update": (product_information.work, "BulkProductUpload", " (product) "),
    "products.update_variant": (product_information.work, "BulkProductUpload", " (product) "),
    "products.attach_images": (contents.work, "BulkProductImagesUpload", " (product-images) "),
    "products.update_attribute": (attributes.work, "BulkProductAttributesUpload", " (product-attributes) "),
    "products.add_tag": (product_tags.work, "BulkProductTagsUpload", " (product-tags) "),
}
"""Who does a task, by the operation that queued it, with the task's name and its parameter's."""


def work_off(store: Store) -> None:
    """Do what has waited for a moment."""
    now = store.clock()
    if not task_queue.waiting(store, before=now - MOMENT):
        return
    with store.transaction():
        for due in task_queue.waiting(store, before=now - MOMENT):
            _work(store, due, now=now)


def _work(store: Store, task: Task, *, now: float) -> None:
    worker, _, _ = WORKERS[task.kind]
    errors = ""
    try:
        with store.attempt():
            worker(store, cast("list[dict[str, Json]]", json.loads(task.payload)), now)
    except TaskError as error:
        errors = str(error)
    task_queue.finish(store, task, errors=errors, now=now)


def details(call: Call) -> Answer:
    """Get MSMQ Task Details."""
    return _told(call, _read(call), "")


def errors(call: Call) -> Answer:
    """Get MSMQ Error Details: the task, with what was wrong where it failed."""
    task = _read(call)
    return _told(call, task, task.errors)


def _read(call: Call) -> Task:
    task = task_queue.find(call.store, call.number("taskid"))
    if task is not None and task.status == "U":
        _work(call.store, task, now=call.now)
        task = task_queue.find(call.store, task.task_id)
    if task is None:
        raise RefusalError(Code.NO_RECORD)
    return task


def _told(call: Call, task: Task, validations: str) -> Answer:
    _, name, parameter = WORKERS[task.kind]
    merchant_id = call.store.merchant.merchant_id
    record: dict[str, Json] = {
        "StartDate": wire_date(task.created),
        "Validations": validations or None,
        "TaskID": task.task_id,
        "NoOfRows": task.rows,
        "TaskName": name,
        "CreatedDate": wire_date(task.created),
        "ParamValue": f"/bulkupload/{merchant_id}/Upload/API_{name}_{task.task_id}.json",
        "MerchantId": merchant_id,
        "LastUpdated": wire_date(task.updated),
        "TaskStatus": task.status,
        "ParamName": parameter,
    }
    return success(TaskMsmqDetails=record)


HANDLERS: dict[str, Handler] = {
    "products.task": details,
    "products.task_errors": errors,
}
