"""Attributes of products: defined for a category, with values of a product, a variant, a location.

A queued update changes a value; unchanged values are those of the product data.
"""

from collections.abc import Sequence
from datetime import date

from console.sandbox.data.product_data import CategoryAttribute, load_product_data
from console.sandbox.menu.menu import MenuProduct
from console.sandbox.products.lookup import (
    NO_SKU,
    TaskError,
    find_location,
    require_location,
    require_product,
)
from console.sandbox.products.records import order_flags, product_record
from console.sandbox.products.search import product_by_id
from console.sandbox.products.task_queue import enqueue, read_rows
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok, ok_without_error_code
from console.sandbox.store import Store

NO_DATE = "1900-01-01"
"""The date of a product without a first or last day."""


def update(call: Call) -> Reply:
    """Update Product Attribute."""
    rows = read_rows(call, "productattribute", required=("attributeid",))
    for row in rows:
        if not row.get("sku") and not row.get("productid"):
            raise RefusalError(Code.INVALID_INPUT, "sku or ProductId is needed")
    return enqueue(call, [dict[str, Json](row) for row in rows], rows=len(rows))


def apply_rows(store: Store, rows: Sequence[dict[str, Json]], _now: float) -> None:
    """Set the value in each row, of the product or variant, at one location or at all."""
    for row in rows:
        fields = {name: str(value) for name, value in row.items()}
        sku = fields.get("sku", "")
        if not sku:
            by_id = fields["productid"]
            known_product = (
                store.menu.products.get(int(by_id)) if by_id.isascii() and by_id.isdigit() else None
            )
            if known_product is None:
                raise TaskError(f"There is no product {by_id}")
            sku = known_product.sku
        product, variant = require_product(store, sku, fields.get("variantsku", ""))
        if fields.get("productid") not in (None, "", str(product.product_id)):
            raise TaskError(f"{sku} is not the SKU of product {fields['productid']}")
        attribute_id = fields["attributeid"].casefold()
        attributes = load_product_data().attributes_of(product.category_id)
        attribute = next((a for a in attributes if a.attribute_id.casefold() == attribute_id), None)
        if attribute is None:
            raise TaskError(f"{sku} has no attribute {fields['attributeid']}")
        code = fields.get("locationrefcode", "")
        store.run(
            "INSERT OR REPLACE INTO attribute_value VALUES (?, ?, ?, ?, ?)",
            product.product_id,
            0 if variant is None else variant.variant_id,
            require_location(store, code).location_id if code else 0,
            attribute.attribute_id,
            fields.get("attributevalue", ""),
        )


def of_product(call: Call) -> Reply:
    """Get Product Attributes."""
    product = product_by_id(call, call.path_number("productid"))
    return ok(ProductAttributes=_records(call, product))


def _records(call: Call, product: MenuProduct) -> list[Json]:
    values = _values(call, product, 0, 0)
    attributes = load_product_data().attributes_of(product.category_id)
    return [_record(product, attribute, values, rank) for rank, attribute in enumerate(attributes)]


def _record(product: MenuProduct, attribute: CategoryAttribute, values: dict[str, str], rank: int) -> Json:
    value = values.get(attribute.attribute_id, attribute.values.get(product.product_id, ""))
    return {
        "Attributeid": attribute.attribute_id,
        "Name": attribute.name,
        "Unit": "",
        "Iscompulsory": False,
        "Ispredefined": False,
        "Description": "",
        "Attributegroup": attribute.group,
        "AttributeValue": value,
        "ObjAttributeValueEnt": [],
        "IsDisplay": False,
        "CategoryId": attribute.category_id,
        "Rank": rank,
        "PredefinedValueId": 0,
        "IsParentCategoryAttribute": False,
        "AttributeValueId": "",
        "DataType": attribute.data_type,
        "NoOfColumns": 1,
        "ReferenceCode": attribute.code,
    }


def with_attributes(call: Call) -> Reply:
    """Get Product Information with Attributes: every number as text, as documented."""
    product = product_by_id(call, call.path_number("productid"))
    record = product_record(call, product)
    inventory = call.stock_of_product(call.store.merchant.default_location, product.product_id)
    ships = "H" in product.modes
    texts = (
        "ProductId",
        "ProductTitle",
        "MRP",
        "WebPrice",
        "Rating",
        "IsParentProduct",
        "Availability",
        "BrandId",
        "CatlogSequence",
        "CatalogCode",
        "SKU",
        "BulkQuantity",
        "ProductWeight",
        "ProductType",
        "SmallImageAltText",
        "DeliveryTime",
        "ShortDescription",
        "TokenPrice",
        "CategoryId",
    )
    product_fields: dict[str, Json] = {name: _as_text(record[name]) for name in texts}
    product_fields |= {
        "StartDate": _day(product, "startdate"),
        "EndDate": _day(product, "enddate"),
        "IsTokenPriceCheckout": str(record["TokenPriceCheckout"]),
        "Inventory": str(inventory),
        **order_flags(product.updates),
        "RefProductId": "0",
        "Sellerid": "00000000-0000-0000-0000-000000000000",
        "ShippingCodes": [],
        "ReserveQuantity": product.updates.get("reservequantity", "0"),
        "ProductVariantList": [],
        "lstProductAttribute": _records(call, product),
        "IsLocationShip": str(ships),
        "DeliveryOptions": {
            "IsLocationShip": str(ships),
            "IsOffline": "False",
            "IsOnline": "False",
            "IsShip": str(ships),
        },
        "BrandName": call.store.merchant.brand,
        "IsInStock": str(inventory > 0),
        "IsQtyBasedPricing": str(_priced_by_quantity(call, product)),
        "SoldOut": str(inventory == 0),
    }
    return ok_without_error_code(Products=[product_fields])


def _as_text(value: Json) -> str:
    return "" if value is None else str(value)


def _day(product: MenuProduct, field: str) -> str:
    day = date.fromisoformat(product.updates.get(field, NO_DATE))
    return f"{day.day}/{day.month}/{day.year}"


def _priced_by_quantity(call: Call, product: MenuProduct) -> bool:
    row = call.store.row("SELECT 1 FROM price WHERE product_id = ? AND quantity > 1", product.product_id)
    return row is not None or any(t.product_id == product.product_id for t in load_product_data().tiers)


def at_location(call: Call) -> Reply:
    """Get Attributes of Variant Products: a variant's at a location; ``0`` is the product itself."""
    product, sku = call.menu.find_product(call.path_argument("sku")), call.path_argument("variantSku")
    variant = None if sku in NO_SKU else call.menu.find_variant(sku)
    location = find_location(call.store, call.path_argument("locationRefCode"))
    if product is None or (sku not in NO_SKU and (variant is None or variant not in product.variants)):
        raise RefusalError(Code.NO_RECORD)
    if location is None:
        raise RefusalError(Code.INVALID_LOCATION)
    variant_id = 0 if variant is None else variant.variant_id
    found: list[Json] = [
        {
            "SKU": product.sku,
            "VariantSKU": "" if variant is None else variant.sku,
            "LocationRefCode": location.code,
            "Attributeid": attribute_id,
            "AttributeValue": value,
        }
        for attribute_id, value in _values(call, product, variant_id, location.location_id).items()
    ]
    return ok(LocationProductAttribute=found)


def _values(call: Call, product: MenuProduct, variant_id: int, location_id: int) -> dict[str, str]:
    rows = call.store.rows(
        "SELECT attribute_id, value FROM attribute_value"
        " WHERE product_id = ? AND variant_id = ? AND location_id = ?",
        product.product_id,
        variant_id,
        location_id,
    )
    return {str(row["attribute_id"]): str(row["value"]) for row in rows}


HANDLERS: dict[str, Handler] = {
    "products.update_attribute": update,
    "products.attributes": of_product,
    "products.with_attributes": with_attributes,
    "products.location_attributes": at_location,
}
