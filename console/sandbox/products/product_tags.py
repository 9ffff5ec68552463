"""Tags: which products have them where, put on by a queued update and taken off at once.

A tag is the merchant's own or nobody's; those that some product has are the ones listed and counted.
"""

import sqlite3
from collections.abc import Sequence

from console.sandbox.answers import NEVER, Answer, Code, Json, RefusalError, done, success, wire_date
from console.sandbox.menu.catalogue import load_catalogue
from console.sandbox.products.product_finding import TaskError, named_location, named_product
from console.sandbox.products.products import product_of
from console.sandbox.products.task_queue import enqueue, read_rows
from console.sandbox.requests import Call, Handler
from console.sandbox.store import Store


def add(call: Call) -> Answer:
    """Add Product Tags."""
    rows = read_rows(call, "products", "product", required=("sku", "tag"))
    return enqueue(call, [dict[str, Json](row) for row in rows], rows=len(rows))


def work(store: Store, rows: Sequence[dict[str, Json]], now: float) -> None:
    """Put each row's tag on its product, at its location or at every one."""
    for row in rows:
        product, _ = named_product(store, str(row["sku"]))
        tag = load_catalogue().tags.get(str(row["tag"]).casefold())
        if tag is None:
            raise TaskError(f"There is no tag {row['tag']}")
        code = str(row.get("locationrefcode") or "")
        locations = [named_location(store, code)] if code else store.merchant.locations
        for location in locations:
            store.run(
                "INSERT OR IGNORE INTO tagged VALUES (?, ?, ?, ?)",
                tag.name,
                product.product_id,
                location.location_id,
                now,
            )


def remove(call: Call) -> Answer:
    """Remove Product Tag: at a location, or everywhere where none is named."""
    form = call.form
    sku, tag = form.text("sku"), form.text("producttag")
    if not sku or not tag:
        raise RefusalError(Code.INVALID_INPUT, "sku and producttag are needed")
    location_id = form.integer("locationid", 0)
    if location_id:
        call.location(location_id)
    product = call.menu.find(sku)
    if product is None:
        raise RefusalError(Code.NO_RECORD)
    gone = call.store.run(
        "DELETE FROM tagged WHERE product_id = ? AND tag = ? COLLATE NOCASE AND ? IN (0, location_id)",
        product.product_id,
        tag,
        location_id,
    )
    if not gone:
        raise RefusalError(Code.NO_RECORD)
    return success()


def of_product(call: Call) -> Answer:
    """Get Products Tags: wherever the product has them."""
    product = product_of(call, call.number("productid"))
    rows = call.store.rows(
        "SELECT tag, min(created) AS created FROM tagged WHERE product_id = ? GROUP BY tag",
        product.product_id,
    )
    return success(ProductTags=[_of_product(row) for row in rows])


def of_product_at(call: Call) -> Answer:
    """Get Product Tags (By ProductId): at one location."""
    product = product_of(call, call.number("productid"))
    location = call.location(call.number("locationid"))
    rows = call.store.rows(
        "SELECT tag, created FROM tagged WHERE product_id = ? AND location_id = ? ORDER BY tag",
        product.product_id,
        location.location_id,
    )
    return success(ProductTags=[_of_product(row) for row in rows])


def _of_product(row: sqlite3.Row) -> Json:
    return {"Tag": str(row["tag"]), "TagDescription": None, "CreateDate": _created(row)}


def _created(row: sqlite3.Row) -> str:
    """When the tag was put on; one that was there from the start has no date, as the documents' own have."""
    return NEVER if row["created"] is None else wire_date(float(row["created"]))


def every(call: Call) -> Answer:
    """Get Product Tags: those that some product has."""
    return done(ProductTags=[_record(row) for row in _in_use(call)])


def details(call: Call) -> Answer:
    """Get Tag Details."""
    wanted = call.argument("ProductTag").casefold()
    found = [_record(row) for row in _in_use(call) if str(row["tag"]).casefold() == wanted]
    if not found:
        raise RefusalError(Code.NO_RECORD)
    return success(ProductTags=[*found])


def count(call: Call) -> Answer:
    """Get Tag Count."""
    return done(Count=len(_in_use(call)))


def _in_use(call: Call) -> list[sqlite3.Row]:
    return call.store.rows("SELECT tag, min(created) AS created FROM tagged GROUP BY tag ORDER BY tag")


def _record(row: sqlite3.Row) -> Json:
    tag = load_catalogue().tags[str(row["tag"]).casefold()]
    return {"Tag": tag.name, "TagDescription": tag.description, "CreateDate": _created(row)}


HANDLERS: dict[str, Handler] = {
    "products.add_tag": add,
    "products.remove_tag": remove,
    "products.tags": of_product,
    "products.tags_at_location": of_product_at,
    "tags.all": every,
    "tags.details": details,
    "tags.count": count,
}
