"""Reviews: written in a customer's name, listed by SKU, and shown as the first comment of their post."""

import json
import sqlite3
from typing import cast

from console.sandbox.database.product_tables import FIRST_POST
from console.sandbox.menu.menu import MenuProduct
from console.sandbox.products.search import product_by_id
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import (
    Code,
    Json,
    RefusalError,
    Reply,
    merchant_datetime,
    ok,
    ok_without_error_code,
)

MAX_TITLE = 100
MAX_REVIEWS = 500
RATING_CLASSES = {1: "bad", 2: "average", 3: "good", 4: "verygood", 5: "excellent"}


def add(call: Call) -> Reply:
    """Add Review: a title and a message, live at once or waiting for the merchant."""
    user_id = call.path_argument("UserId").casefold()
    if call.store.row("SELECT 1 FROM customer WHERE user_id = ?", user_id) is None:
        raise RefusalError(Code.UNKNOWN_USER)
    product = _require_product(call, call.path_argument("SKU"))
    title, message = call.form.text("title"), call.form.text("message")
    if not title or not message or len(title) > MAX_TITLE:
        raise RefusalError(Code.INVALID_INPUT, f"A title of at most {MAX_TITLE} characters and a message")
    if len(_rows(call, product)) >= MAX_REVIEWS:
        raise RefusalError(Code.INVALID_INPUT, f"A product has at most {MAX_REVIEWS} reviews")
    call.store.run(
        "INSERT INTO review SELECT coalesce(max(review_id) + 1, ?), ?, ?, ?, ?, ?, 0, ? FROM review",
        FIRST_POST,
        product.product_id,
        user_id,
        title,
        message,
        call.form.flag("isGoLive"),
        call.now,
    )
    return ok()


def reviews(call: Call) -> Reply:
    """Get Product Reviews: live and waiting ones, the oldest first."""
    product = _require_product(call, call.path_argument("Sku"))
    found: list[Json] = [
        {
            "UserId": str(row["user_id"]),
            "UserName": _name(row),
            "ProductTitle": product.title,
            "ReviewTitle": str(row["title"]),
            "ReviewDescription": str(row["message"]),
            "CreatedDateTime": _format_moment(float(row["created"])),
            "Rating": int(row["rating"]),
            "IsGoLive": str(bool(row["live"])),
        }
        for row in _rows(call, product)
    ]
    return ok_without_error_code(Reviews=found)


def comments(call: Call) -> Reply:
    """Get Product Comments: the review of a post; of every post of the product if the post is 0."""
    product = product_by_id(call, call.path_number("productid"))
    post = call.path_number("postid")
    rows = [row for row in _rows(call, product) if post in (0, int(row["review_id"]))]
    if post and not rows:
        raise RefusalError(Code.NO_RECORD)
    return ok(ProductComment=[_comment(call, product, row) for row in rows])


def _comment(call: Call, product: MenuProduct, row: sqlite3.Row) -> Json:
    key = f"{int(row['review_id']):024x}"
    day = f"{merchant_datetime(float(row['created'])):%d-%b-%Y}"
    rating = int(row["rating"])
    return {
        "Id": key,
        "ParentId": key,
        "RootParentId": key,
        "Type": "C",
        "UserName": _name(row),
        "TargetName": product.title,
        "MerchantId": call.store.merchant.merchant_id,
        "Title": str(row["title"]),
        "Description": str(row["message"]),
        "ModuleType": "C",
        "IsGoLive": bool(row["live"]),
        "IsAbusive": False,
        "HelpfulCount": 0,
        "NotHelpfulCount": 0,
        "TotalCount": 0,
        "HelpfulControlId": f"{key}_yes",
        "NotHelpfulControlId": f"{key}_no",
        "AbusiveControlId": f"{key}_abuse",
        "ReplyControlId": f"{key}_reply",
        "CreatedDateTime": day,
        "UpdatedDateTime": day,
        "Margin": "margin-left: 0px;",
        "Level": 0,
        "Rating": rating,
        "RatingClass": f"rating_result_{RATING_CLASSES[rating]}" if rating else "",
        "FacebookScript": "",
        "TwitterScript": "",
        "ShareScript": "",
    }


def _rows(call: Call, product: MenuProduct) -> list[sqlite3.Row]:
    return call.store.rows(
        "SELECT review.*, customer.record FROM review JOIN customer USING (user_id)"
        " WHERE product_id = ? ORDER BY review_id",
        product.product_id,
    )


def _require_product(call: Call, sku: str) -> MenuProduct:
    product = call.menu.find_product(sku)
    if product is None:
        raise RefusalError(Code.NO_RECORD)
    return product


def _name(row: sqlite3.Row) -> str:
    record = cast("dict[str, Json]", json.loads(str(row["record"])))
    return str(record.get("FirstName") or "")


def _format_moment(seconds: float) -> str:
    """Format a moment as documented here: month first, on a twelve-hour clock."""
    at = merchant_datetime(seconds)
    return f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12}:{at:%M:%S %p}"


HANDLERS: dict[str, Handler] = {
    "products.add_review": add,
    "products.reviews": reviews,
    "products.comments": comments,
}
