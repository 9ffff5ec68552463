"""Tags: products that have them, by location; added by a queued update, removed at once.

Only tags that some product has are listed and counted.
"""

import sqlite3
from collections.abc import Sequence

from console.sandbox.data.product_data import load_product_data
from console.sandbox.products.lookup import TaskError, require_location, require_product
from console.sandbox.products.search import product_by_id
from console.sandbox.products.task_queue import enqueue, read_rows
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import (
    NEVER_DATE,
    Code,
    Json,
    RefusalError,
    Reply,
    ok,
    ok_without_error_code,
    wire_date,
)
from console.sandbox.store import Store


def add(call: Call) -> Reply:
    """Add Product Tags."""
    rows = read_rows(call, "products", "product", required=("sku", "tag"))
    return enqueue(call, [dict[str, Json](row) for row in rows], rows=len(rows))


def apply_rows(store: Store, rows: Sequence[dict[str, Json]], now: float) -> None:
    """Add each row's tag to its product, at its location or at every one."""
    for row in rows:
        product, _ = require_product(store, str(row["sku"]))
        tag = load_product_data().tags.get(str(row["tag"]).casefold())
        if tag is None:
            raise TaskError(f"There is no tag {row['tag']}")
        code = str(row.get("locationrefcode") or "")
        locations = [require_location(store, code)] if code else store.merchant.locations
        for location in locations:
            store.run(
                "INSERT OR IGNORE INTO tagged VALUES (?, ?, ?, ?)",
                tag.name,
                product.product_id,
                location.location_id,
                now,
            )


def remove(call: Call) -> Reply:
    """Remove Product Tag: at a location, or everywhere without one."""
    form = call.form
    sku, tag = form.text("sku"), form.text("producttag")
    if not sku or not tag:
        raise RefusalError(Code.INVALID_INPUT, "sku and producttag are needed")
    location_id = form.integer("locationid", 0)
    if location_id:
        call.location(location_id)
    product = call.menu.find_product(sku)
    if product is None:
        raise RefusalError(Code.NO_RECORD)
    removed = call.store.run(
        "DELETE FROM tagged WHERE product_id = ? AND tag = ? COLLATE NOCASE AND ? IN (0, location_id)",
        product.product_id,
        tag,
        location_id,
    )
    if not removed:
        raise RefusalError(Code.NO_RECORD)
    return ok()


def of_product(call: Call) -> Reply:
    """Get Products Tags at any location."""
    product = product_by_id(call, call.path_number("productid"))
    rows = call.store.rows(
        "SELECT tag, min(created) AS created FROM tagged WHERE product_id = ? GROUP BY tag",
        product.product_id,
    )
    return ok(ProductTags=[_product_tag(row) for row in rows])


def of_product_at(call: Call) -> Reply:
    """Get Product Tags (By ProductId): at one location."""
    product = product_by_id(call, call.path_number("productid"))
    location = call.location(call.path_number("locationid"))
    rows = call.store.rows(
        "SELECT tag, created FROM tagged WHERE product_id = ? AND location_id = ? ORDER BY tag",
        product.product_id,
        location.location_id,
    )
    return ok(ProductTags=[_product_tag(row) for row in rows])


def _product_tag(row: sqlite3.Row) -> Json:
    return {"Tag": str(row["tag"]), "TagDescription": None, "CreateDate": _created(row)}


def _created(row: sqlite3.Row) -> str:
    """Return when the tag was added; one from the start has no date, as in the documents."""
    return NEVER_DATE if row["created"] is None else wire_date(float(row["created"]))


def all_tags(call: Call) -> Reply:
    """Get Product Tags: those that some product has."""
    return ok_without_error_code(ProductTags=[_tag_record(row) for row in _used_tags(call)])


def details(call: Call) -> Reply:
    """Get Tag Details."""
    folded = call.path_argument("ProductTag").casefold()
    found = [_tag_record(row) for row in _used_tags(call) if str(row["tag"]).casefold() == folded]
    if not found:
        raise RefusalError(Code.NO_RECORD)
    return ok(ProductTags=[*found])


def count(call: Call) -> Reply:
    """Get Tag Count."""
    return ok_without_error_code(Count=len(_used_tags(call)))


def _used_tags(call: Call) -> list[sqlite3.Row]:
    return call.store.rows("SELECT tag, min(created) AS created FROM tagged GROUP BY tag ORDER BY tag")


def _tag_record(row: sqlite3.Row) -> Json:
    tag = load_product_data().tags[str(row["tag"]).casefold()]
    return {"Tag": tag.name, "TagDescription": tag.description, "CreateDate": _created(row)}


HANDLERS: dict[str, Handler] = {
    "products.add_tag": add,
    "products.remove_tag": remove,
    "products.tags": of_product,
    "products.tags_at_location": of_product_at,
    "tags.all": all_tags,
    "tags.details": details,
    "tags.count": count,
}
