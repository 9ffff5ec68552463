"""Pictures, documents, films and panoramas of a product: attached by a queued update, then listed.

Only names of files travel; there are no files.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import cast

from console.sandbox.products.lookup import TaskError, require_product
from console.sandbox.products.search import product_by_id
from console.sandbox.products.task_queue import MAX_ROWS, enqueue
from console.sandbox.requests import Call, Handler, RequestFields
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok
from console.sandbox.store import Store

MAX_FILES = 50
PICTURES = (".png", ".jpg", ".jpeg", ".svc", ".gif")
DOCUMENTS = (".doc", ".docx", ".pdf")
VIEWPORTS = frozenset(("", "front", "back", "left", "right", "bottom"))
KINDS = {
    "images": ("AdditionalImage", "LargeImage"),
    "swatchimages": ("Swatch", "SwatchImage"),
    "documents": ("Document", "Document"),
    "videos": ("Video", "Video"),
    "view360": ("View360", "View360"),
}
"""The lists of a request, with the types under which their files are listed."""
TEXTS = (
    "filename",
    "zoom",
    "deepzoom",
    "smallimage",
    "thumbnail",
    "alttext",
    "viewport",
    "type",
    "seoinfo",
    "variantproperty",
    "variantvalue",
)


def attach(call: Call) -> Reply:
    """Attach Product Images, of products and of their variants."""
    products = call.form.objects("items", limit=MAX_ROWS)
    if not products:
        raise RefusalError(Code.INVALID_INPUT, f"Name 1 to {MAX_ROWS} products")
    rows: list[Json] = []
    for product in products:
        sku = product.text("sku")
        if not sku:
            raise RefusalError(Code.INVALID_INPUT, "sku is missing")
        rows.append(_row(sku, "", product))
        rows += [
            _row(sku, variant.text("variantsku"), variant)
            for variant in product.objects("variants", limit=MAX_ROWS)
        ]
    return enqueue(call, rows, rows=len(products))


def _row(sku: str, variant_sku: str, fields: RequestFields) -> Json:
    return {"sku": sku, "variantsku": variant_sku, "files": _files(fields)}


def _files(fields: RequestFields) -> list[Json]:
    files: list[Json] = []
    for kind in KINDS:
        for entry in fields.objects(kind, limit=MAX_FILES):
            texts: dict[str, Json] = {name: entry.text(name) for name in TEXTS}
            files.append({"kind": kind, "sequence": entry.integer("sequence", 0), **texts})
    return files


def apply_rows(store: Store, rows: Sequence[dict[str, Json]], _now: float) -> None:
    """Attach each row's files to its product or variant."""
    for row in rows:
        product, variant = require_product(store, str(row["sku"]), str(row["variantsku"]))
        for file in cast("list[dict[str, Json]]", row["files"]):
            _check(file)
            store.run(
                "INSERT INTO content (product_id, variant_id, kind, record) VALUES (?, ?, ?, ?)",
                product.product_id,
                0 if variant is None else variant.variant_id,
                str(file["kind"]),
                json.dumps(file, ensure_ascii=False),
            )
        file_count = store.row("SELECT count(*) AS n FROM content WHERE product_id = ?", product.product_id)
        if file_count is not None and int(file_count["n"]) > MAX_FILES:
            raise TaskError(f"{product.sku} would have more than {MAX_FILES} files")


def _check(file: dict[str, Json]) -> None:
    name = str(file["filename"])
    endings = {"images": PICTURES, "swatchimages": PICTURES, "documents": DOCUMENTS}.get(str(file["kind"]))
    if not name:
        raise TaskError("filename is missing")
    if endings is not None and not name.casefold().endswith(endings):
        raise TaskError(f"{name} is none of {', '.join(endings)}")
    if str(file["viewport"]).casefold() not in VIEWPORTS:
        raise TaskError(f"There is no viewport {file['viewport']}")


def contents(call: Call) -> Reply:
    """Get Product Contents: in the order in which they were attached."""
    product = product_by_id(call, call.path_number("productId"))
    rows = call.store.rows(
        "SELECT * FROM content WHERE product_id = ? ORDER BY content_id", product.product_id
    )
    return ok(ProductContent=[_record(call, row) for row in rows])


def _record(call: Call, row: sqlite3.Row) -> Json:
    file = cast("dict[str, Json]", json.loads(str(row["record"])))
    file_type, content_type = KINDS[str(row["kind"])]
    name, sequence = str(file["filename"]), file["sequence"]
    is_picture = str(row["kind"]) == "images"
    return {
        "ProductId": int(row["product_id"]),
        "FileRepositoryGroupId": str(row["content_id"]),
        "VariantValueId": int(row["variant_id"]),
        "VariantValueName": file["variantvalue"],
        "VariantPropertyId": 0,
        "VariantPropertyName": file["variantproperty"],
        "LargeImage": _address(call, name) if is_picture else "",
        "ThumbNail": _address(call, str(file["thumbnail"])),
        "LargeIcon": _address(call, str(file["smallimage"])),
        "ZoomType": "Zoom" if file["zoom"] else "",
        "ZoomPath": _address(call, str(file["zoom"])),
        "ZoomContent": None,
        "LargeImageSequence": sequence if is_picture else 0,
        "FileName": "" if is_picture else name,
        "ProductFileRepositoryId": 0,
        "FileType": file_type,
        "ContentType": content_type,
        "Sequence": 0 if is_picture else sequence,
        "DeepZoomPath": _address(call, str(file["deepzoom"])),
    }


def _address(call: Call, name: str) -> str:
    return f"//cdn.sandbox.example/{call.store.merchant.merchant_id}/{name}" if name else ""


HANDLERS: dict[str, Handler] = {
    "products.attach_images": attach,
    "products.contents": contents,
}
