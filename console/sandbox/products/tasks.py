"""Processing of queued updates, each as a whole or not at all, and their status.

Every request first does the tasks that are due; reading a task does it at once.
"""

import json
from collections.abc import Callable
from typing import cast

from console.sandbox.products import attributes, contents, information, stock_prices, tags, task_queue
from console.sandbox.products.lookup import TaskError
from console.sandbox.products.task_queue import UpdateTask
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok, wire_date
from console.sandbox.store import Store

TASK_DELAY = 1.0
"""Seconds that a task waits before it is done."""

Worker = Callable[[Store, list[dict[str, Json]], float], None]
"""Applies the rows of a task, now in Unix seconds; raises ``TaskError`` if it cannot."""

WORKERS: dict[str, tuple[Worker, str, str]] = {
    "products.update_stock_and_price": (
        stock_prices.apply_rows,
        "LctnWiseStocknPriceUploadTask",
        " (stock-price) ",
    ),
    "products.update": (information.apply_rows, "BulkProductUpload", " (product) "),
    "products.update_variant": (information.apply_rows, "BulkProductUpload", " (product) "),
    "products.attach_images": (contents.apply_rows, "BulkProductImagesUpload", " (product-images) "),
    "products.update_attribute": (
        attributes.apply_rows,
        "BulkProductAttributesUpload",
        " (product-attributes) ",
    ),
    "products.add_tag": (tags.apply_rows, "BulkProductTagsUpload", " (product-tags) "),
}
"""The worker of each operation that queues, with the task's name and its parameter's."""


def run_due_tasks(store: Store) -> None:
    """Do the tasks that are due."""
    now = store.clock()
    if not task_queue.waiting_tasks(store, before=now - TASK_DELAY):
        return
    with store.transaction():
        for task in task_queue.waiting_tasks(store, before=now - TASK_DELAY):
            _run_task(store, task, now=now)


def _run_task(store: Store, task: UpdateTask, *, now: float) -> None:
    worker, _, _ = WORKERS[task.kind]
    errors = ""
    try:
        with store.savepoint():
            worker(store, cast("list[dict[str, Json]]", json.loads(task.payload)), now)
    except TaskError as error:
        errors = str(error)
    task_queue.finish_task(store, task, errors=errors, now=now)


def details(call: Call) -> Reply:
    """Get MSMQ Task Details."""
    return _task_reply(call, _finished_task(call), "")


def errors(call: Call) -> Reply:
    """Get MSMQ Error Details: the task, with the errors if it failed."""
    task = _finished_task(call)
    return _task_reply(call, task, task.errors)


def _finished_task(call: Call) -> UpdateTask:
    task = task_queue.find_task(call.store, call.path_number("taskid"))
    if task is not None and task.status == "U":
        _run_task(call.store, task, now=call.now)
        task = task_queue.find_task(call.store, task.task_id)
    if task is None:
        raise RefusalError(Code.NO_RECORD)
    return task


def _task_reply(call: Call, task: UpdateTask, validations: str) -> Reply:
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
    return ok(TaskMsmqDetails=record)


HANDLERS: dict[str, Handler] = {
    "products.task": details,
    "products.task_errors": errors,
}
