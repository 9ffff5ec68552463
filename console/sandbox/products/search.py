"""Product search, auto-completion, categories, information and variants.

The menu has the products; the store's stock has their quantities.
"""

from collections.abc import Iterable

from console.sandbox.menu.menu import MenuProduct
from console.sandbox.products.records import order_flags, product_record, variant_record
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok

PAGE_SIZE = 50
MAX_PAGE_SIZE = 1000
MAX_PRODUCTS = 100
MAX_SUGGESTIONS = 50


def search(call: Call) -> Reply:
    """Search Products: ids, in the order of the menu, a page at a time."""
    fields = call.input_data()
    page = fields.integer("pageNumber", 1)
    size = min(fields.integer("pageSize", PAGE_SIZE), MAX_PAGE_SIZE)
    if page < 1 or size < 1:
        raise RefusalError(Code.INVALID_PAGE)
    tagged = tagged_product_ids(call, fields.text("productTag")) if fields.text("productTag") else None
    found = [
        product
        for product in _sellable_products(call)
        if _matches_keyword(product, fields.text("keyword"))
        and _matches_or_empty(fields.text("SKU"), product.sku)
        and _matches_or_empty(fields.text("catalogcode"), product.updates.get("catalogcode", ""))
        and _matches_or_empty(fields.text("category"), product.category_id)
        and _matches_or_empty(fields.text("brand"), call.store.merchant.brand_id)
        and (tagged is None or product.product_id in tagged)
    ]
    ids: list[Json] = [str(product.product_id) for product in found[(page - 1) * size : page * size]]
    return ok(ProductIds=ids)


def auto_complete(call: Call) -> Reply:
    """Get Product IDs (Auto Complete): products in stock at a location with a word that begins so."""
    location = call.location(call.path_number("locationId"))
    limit = min(call.path_number("limit"), MAX_SUGGESTIONS)
    suggestions: list[Json] = []
    for product in _sellable_products(call):
        if len(suggestions) >= limit:
            break
        if _matches_keyword(product, call.path_argument("keyword"), prefixes=True) and call.stock_of_product(
            location.location_id, product.product_id
        ):
            suggestions.append(str(product.product_id))
    return ok(Suggestions=suggestions)


def by_category(call: Call) -> Reply:
    """Get Products by Category: the active ones, or all."""
    category = call.menu.categories.get(call.path_argument("CatagoryId").upper())
    if category is None or not category.is_listed:
        raise RefusalError(Code.NO_RECORD)
    include_inactive = _wants_all(call.path_argument("availibility"))
    products: list[Json] = [
        product_record(call, product)
        for product in call.menu.products.values()
        if product.category_id == category.category_id and (product.active or include_inactive)
    ]
    return ok(Products=products)


def information(call: Call) -> Reply:
    """Get Product Information (by Location): one product, with its stock at the location."""
    location = call.location(call.path_number("locationId"))
    product = product_by_id(call, call.path_number("productId"))
    inventory = call.stock_of_product(location.location_id, product.product_id)
    record = product_record(call, product, location.location_id) | {
        "Inventory": str(inventory),
        **order_flags(product.updates),
        "OfferDescription": _offer(call, product),
        "RefProductId": "0",
        "Sellerid": "00000000-0000-0000-0000-000000000000",
        "ShippingCodes": product.updates.get("shippingcode", ""),
        "IsInStock": "true" if inventory else "false",
    }
    return ok(Product=record)


def variants(call: Call) -> Reply:
    """Get Product Variants (by Parent Product ID), with the default location's stock."""
    product = product_by_id(call, call.path_number("ParentProductId"))
    include_inactive = _wants_all(call.path_argument("availability"))
    selected = [v for v in product.variants if include_inactive or (product.active and v.active)]
    return ok(ProductVarient=[variant_record(call, product, variant) for variant in selected])


def variant(call: Call) -> Reply:
    """Get Product Variants (by Variant ID)."""
    found = call.menu.by_variant.get(call.path_number("variantProductId"))
    if found is None:
        raise RefusalError(Code.INVALID_VARIANT)
    product = call.menu.products[found.product_id]
    return ok(ProductVarient=[variant_record(call, product, found)])


def parents(call: Call) -> Reply:
    """Get Multiple Parent Products: the variants that exist, each with its product."""
    ids_text = call.form.raw("varientProductIds") or call.form.raw("variantProductId")
    found = [call.menu.by_variant.get(variant_id) for variant_id in _parse_ids(ids_text)]
    return ok(
        ProductVarient=[
            variant_record(call, call.menu.products[variant.product_id], variant)
            for variant in found
            if variant is not None
        ]
    )


def by_sku(call: Call) -> Reply:
    """Get Product Details (by SKU)."""
    product_id = call.menu.by_sku.get(call.path_argument("sku").casefold())
    if product_id is None:
        raise RefusalError(Code.NO_RECORD)
    return ok(Product=product_record(call, call.menu.products[product_id]))


def multiple(call: Call) -> Reply:
    """Get Multiple Products Information: those that exist, with the default location's stock."""
    products: list[Json] = []
    for product_id in _parse_ids(call.form.raw("productIds")):
        product = call.menu.products.get(product_id)
        if product is not None:
            location_id = call.store.merchant.default_location
            inventory = call.stock_of_product(location_id, product.product_id)
            products.append(
                product_record(call, product)
                | {"Inventory": str(inventory), **order_flags(product.updates), "RefProductId": "0"}
            )
    return ok(Products=products)


def _sellable_products(call: Call) -> Iterable[MenuProduct]:
    menu = call.menu
    return (product for product in menu.products.values() if menu.is_sellable(product))


def _parse_ids(text: str) -> list[int]:
    """Parse ids separated by commas; what is no number becomes an id that no product has."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not 1 <= len(parts) <= MAX_PRODUCTS:
        raise RefusalError(Code.INVALID_INPUT, f"Ask for 1 to {MAX_PRODUCTS} products")
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 17]


def _offer(call: Call, product: MenuProduct) -> str:
    row = call.store.row("SELECT text FROM offer WHERE product_id = ?", product.product_id)
    return "" if row is None else str(row["text"])


def tagged_product_ids(call: Call, tag: str, location_id: int = 0) -> set[int]:
    """Return the ids of the products with a tag at a location; 0 is any location."""
    rows = call.store.rows(
        "SELECT product_id FROM tagged WHERE tag = ? COLLATE NOCASE AND ? IN (0, location_id)",
        tag,
        location_id,
    )
    return {int(row["product_id"]) for row in rows}


def product_by_id(call: Call, product_id: int) -> MenuProduct:
    """Return the product of an id.

    Raises:
        RefusalError: 5005, there is none.
    """
    product = call.menu.products.get(product_id)
    if product is None:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    return product


def _matches_keyword(product: MenuProduct, keyword: str, *, prefixes: bool = False) -> bool:
    """Return True if every keyword is, or begins, a word of the product's title, SKU or tags."""
    keywords = product.updates.get("keywords", "").replace(",", " ")
    text = " ".join((product.title, product.sku, *product.tags, keywords)).casefold()
    if prefixes:
        words = text.replace("-", " ").split()
        return all(any(word.startswith(term) for word in words) for term in keyword.casefold().split())
    return all(term in text for term in keyword.casefold().split())


def _matches_or_empty(query: str, *values: str) -> bool:
    return not query or query.casefold() in (value.casefold() for value in values)


def _wants_all(availability: str) -> bool:
    return availability.casefold() in ("all", "false")


HANDLERS: dict[str, Handler] = {
    "products.search": search,
    "products.auto_complete": auto_complete,
    "products.by_category": by_category,
    "products.information": information,
    "products.variants": variants,
    "products.variant": variant,
    "products.by_sku": by_sku,
    "products.multiple": multiple,
    "products.parents": parents,
}
