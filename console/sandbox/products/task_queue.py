"""The queue of updates: an update is stored as a task, and done a moment later.

``tasks`` does them.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from console.sandbox.database.product_tables import FIRST_TASK
from console.sandbox.requests import MAX_TEXT, Call
from console.sandbox.responses import Code, Json, RefusalError, Reply
from console.sandbox.store import Store

MAX_ROWS = 100
MAX_FINISHED_TASKS = 500
LONG_TEXTS = {"productdescription": 50_000}
"""Fields that may be longer than others, by the documents."""

UpdateRow = dict[str, str]
"""Values for one product: documented names in lower case, and text."""


@dataclass(frozen=True, slots=True)
class UpdateTask:
    """A queued update. ``kind`` is the operation that queued it, ``status`` U, C or F."""

    task_id: int
    kind: str
    rows: int
    payload: str
    status: str
    errors: str
    created: float
    updated: float


def enqueue(call: Call, payload: Json, *, rows: int) -> Reply:
    """Store an update for later, and return its receipt."""
    row = call.store.row(
        "INSERT INTO task (task_id, kind, rows, payload, created, updated)"
        " VALUES ((SELECT coalesce(max(task_id) + 1, ?) FROM task), ?, ?, ?, ?, ?) RETURNING task_id",
        FIRST_TASK,
        call.operation.name,
        rows,
        json.dumps(payload, ensure_ascii=False),
        call.now,
        call.now,
    )
    if row is None:
        raise RefusalError(Code.UNHANDLED)
    task_id = int(row["task_id"])
    call.store.run("DELETE FROM task WHERE status != 'U' AND task_id <= ?", task_id - MAX_FINISHED_TASKS)
    body = {"messageCode": str(Code.QUEUED.value), "Message": Code.QUEUED.text}
    return Reply({**body, "Taskid": str(task_id), "ErrorCode": 0})


def waiting_tasks(store: Store, *, before: float) -> list[UpdateTask]:
    """Return the unfinished tasks that were queued by then, the oldest first."""
    rows = store.rows("SELECT * FROM task WHERE status = 'U' AND created <= ? ORDER BY task_id", before)
    return [_task(row) for row in rows]


def find_task(store: Store, task_id: int) -> UpdateTask | None:
    """Return the task of an id, ``None`` without one."""
    row = store.row("SELECT * FROM task WHERE task_id = ?", task_id)
    return None if row is None else _task(row)


def finish_task(store: Store, task: UpdateTask, *, errors: str, now: float) -> None:
    """Record the result of a task: completed, or failed if there are errors."""
    store.run(
        "UPDATE task SET status = ?, errors = ?, updated = ? WHERE task_id = ?",
        "F" if errors else "C",
        errors,
        now,
        task.task_id,
    )


def _task(row: sqlite3.Row) -> UpdateTask:
    return UpdateTask(
        task_id=int(row["task_id"]),
        kind=str(row["kind"]),
        rows=int(row["rows"]),
        payload=str(row["payload"]),
        status=str(row["status"]),
        errors=str(row["errors"]),
        created=float(row["created"]),
        updated=float(row["updated"]),
    )


def read_rows(call: Call, *names: str, required: Iterable[str]) -> list[UpdateRow]:
    """Return the products of an ``InputData``, under nested keys of these names, the outermost first.

    The documents print several products as one repeated key.

    Raises:
        RefusalError: 1016, it is not of the documented shape, or lacks a mandatory field.
    """
    try:
        level: object = json.loads(call.form.raw("InputData"), object_pairs_hook=_merge_repeated_keys)
    except (ValueError, RecursionError) as error:
        raise RefusalError(Code.INVALID_INPUT, "InputData is not JSON") from error
    for name in names:
        level = cast("dict[str, object]", level).get(name) if isinstance(level, dict) else None
    items = cast("list[object]", level) if isinstance(level, list) else [level]
    if not 1 <= len(items) <= MAX_ROWS:
        raise RefusalError(Code.INVALID_INPUT, f"Name 1 to {MAX_ROWS} products")
    rows = [_row(item) for item in items]
    for row in rows:
        for name in required:
            if not row.get(name):
                raise RefusalError(Code.INVALID_INPUT, f"{name} is missing")
    return rows


def _merge_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object with lower-case keys; objects under a repeated key become a list."""
    merged: dict[str, object] = {}
    for name, value in pairs:
        key = name.casefold()
        previous = merged.get(key)
        if isinstance(value, dict) and isinstance(previous, dict):
            merged[key] = [previous, value]
        elif isinstance(value, dict) and isinstance(previous, list):
            merged[key] = [*cast("list[object]", previous), value]
        else:
            merged[key] = value
    return merged


def _row(item: object) -> UpdateRow:
    if not isinstance(item, dict):
        raise RefusalError(Code.INVALID_INPUT, "A product is an object")
    return {key: _text(key, value) for key, value in cast("Mapping[str, object]", item).items()}


def _text(key: str, value: object) -> str:
    if value is None:
        return ""
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    limit = LONG_TEXTS.get(key, MAX_TEXT)
    if not isinstance(text, str) or len(text) > limit:
        raise RefusalError(Code.INVALID_INPUT, f"{key} is not a text of at most {limit} characters")
    return text.strip()
