"""Stock by location: price and quantity at every store, checking a quantity, and setting it.

An inventory is a string, as documented.
"""

from collections.abc import Iterable

from console.sandbox import price_lookup
from console.sandbox.data.merchant import MerchantLocation
from console.sandbox.menu.menu import MenuProduct, MenuVariant
from console.sandbox.pricing.rules import PricingRules
from console.sandbox.products.lookup import find_location
from console.sandbox.products.records import product_price
from console.sandbox.requests import Call, Handler, parse_whole_number
from console.sandbox.responses import Code, Json, RefusalError, Reply, money, ok
from console.sandbox.store import Store

MAX_STOCK = 1_000_000


def by_location(call: Call) -> Reply:
    """Get Product Price and Inventory (LocationStockPrice): at one location, or at every one.

    With only a location: every product sold there.
    """
    location_text = call.form.text("locationid")
    locations = (
        [call.location(parse_whole_number(location_text, "locationid"))]
        if location_text and location_text != "0"
        else []
    )
    if locations and not any(call.form.text(key) for key in ("variantsku", "sku", "productid")):
        requested = [(p, _variant_ids(p)) for p in call.menu.products.values() if call.menu.is_sellable(p)]
    else:
        requested = [_requested_product(call)]
    rows: list[Json] = []
    for location in locations or call.store.merchant.locations:
        rows += _rows(call, location, requested)
    return ok(LocationStockPrices=rows)


def _rows(
    call: Call, location: MerchantLocation, requested: Iterable[tuple[MenuProduct, list[int]]]
) -> list[Json]:
    """Return the stock rows of a location, including zero; dissociated products are missing."""
    rules = price_lookup.pricing_rules(call, location.location_id)
    found = call.store.rows(
        "SELECT product_id, variant_id FROM stock WHERE location_id = ?", location.location_id
    )
    stocked = {(int(row["product_id"]), int(row["variant_id"])) for row in found}
    return [
        _row(call, location, rules, product, variant_id)
        for product, variant_ids in requested
        for variant_id in variant_ids
        if (product.product_id, variant_id) in stocked
    ]


def _row(
    call: Call, location: MerchantLocation, rules: PricingRules, product: MenuProduct, variant_id: int
) -> Json:
    variant, book = product.variant(variant_id), rules.prices
    price = product_price(call, product, rules) if variant is None else book.price(product, variant)
    return {
        "MerchantId": call.store.merchant.merchant_id,
        "PriceListId": 0,
        "LocationId": location.location_id,
        "UserGroupId": 0,
        "ProductId": product.product_id,
        "VariantProductId": variant_id,
        "Quantity": 0,
        "MRP": money(max(book.list_price(product, variant), price)),
        "WebPrice": money(price),
        "Inventory": str(call.stock(location.location_id, product.product_id, variant_id)),
    }


def _requested_product(call: Call) -> tuple[MenuProduct, list[int]]:
    """Return the product of an id, SKU or variant's SKU, and the requested variants; 0 without variants."""
    menu, form = call.menu, call.form
    variant_sku, sku, product_id = (form.text(key) for key in ("variantsku", "sku", "productid"))
    if variant_sku:
        found = menu.find_variant(variant_sku)
        if found is None:
            raise RefusalError(Code.NO_RECORD)
        return menu.products[found.product_id], [found.variant_id]
    if sku:
        product = menu.find_product(sku)
    elif product_id:
        product = menu.products.get(parse_whole_number(product_id, "productid"))
    else:
        raise RefusalError(Code.INVALID_INPUT, "Name a product by id or SKU")
    if product is None:
        raise RefusalError(Code.NO_RECORD)
    return product, _variant_ids(product)


def _variant_ids(product: MenuProduct) -> list[int]:
    return [variant.variant_id for variant in product.variants] or [0]


def validate_location(call: Call) -> Reply:
    """Validate Location: return whether a location that serves the PIN code has the quantity."""
    product = call.menu.products.get(call.path_number("productId"))
    if product is None or not product.active:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    variant_id = call.path_number("variantProductId")
    if (product.variants or variant_id) and product.variant(variant_id) is None:
        raise RefusalError(Code.INVALID_VARIANT)
    location = call.location(call.path_number("locationId"))
    if call.path_argument("pinCode") not in location.pins:
        raise RefusalError(Code.PIN_NOT_SERVED)
    quantity = call.path_number("quantity")
    if quantity < 1 or call.stock(location.location_id, product.product_id, variant_id) < quantity:
        raise RefusalError(Code.NOT_AT_LOCATION)
    return ok()


def serviceable(call: Call) -> Reply:
    """Check PIN Code Serviceability of a Product: return whether the location delivers it there."""
    product = call.menu.products.get(call.path_number("productId"))
    if product is None or not product.active:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    pin = call.form.text("pincode")
    if not pin:
        raise RefusalError(Code.INVALID_INPUT, "pincode is missing")
    location = call.location(call.form.integer("locationid"))
    served = pin in location.pins and "H" in location.modes and "H" in product.modes
    paid_later = any(payment.kind == "COD" for payment in call.store.merchant.payments)
    code, message = (Code.SUCCESS, Code.SUCCESS.text) if served else NOT_SERVED
    return Reply(
        {
            "messageCode": str(code.value),
            "Message": message,
            "IsServiceable": str(served),
            "ServiceableForPostpaid": str(served and paid_later),
            "ServiceableForPrepaid": str(served),
            "ErrorCode": 0,
        }
    )


NOT_SERVED = (Code.NOT_UPDATED, "Service is not available.")
"""The documents' own reply: a code for a failed update means here that no location delivers."""


def set_at_default(call: Call) -> Reply:
    """Update Product Stock (of Default Location)."""
    _set_stock_by_sku(call, call.store.merchant.default_location)
    return ok()


def set_at_location(call: Call) -> Reply:
    """Update Product Stock (by Location)."""
    location = find_location(call.store, call.form.text("locationReferenceCode"))
    if location is None:
        raise RefusalError(Code.INVALID_LOCATION)
    _set_stock_by_sku(call, location.location_id)
    return ok()


def _set_stock_by_sku(call: Call, location_id: int) -> None:
    """Set the stock of a product, or of a variant by its own SKU."""
    sku, quantity = call.form.text("sku"), call.form.integer("Inventory")
    if not sku or quantity > MAX_STOCK:
        raise RefusalError(Code.INVALID_INPUT, f"A SKU and a stock of at most {MAX_STOCK} are needed")
    product, variant = call.menu.find_product(sku), call.menu.find_variant(sku)
    if product is None and variant is not None:
        product = call.menu.products[variant.product_id]
    if product is None:
        raise RefusalError(Code.NO_RECORD)
    if product.variants and variant is None:
        raise RefusalError(Code.INVALID_VARIANT, "The product has variants: name one by its SKU")
    set_stock(call.store, location_id, product, variant, quantity)


def set_stock(
    store: Store, location_id: int, product: MenuProduct, variant: MenuVariant | None, quantity: int
) -> None:
    """Set a location's stock of a product or variant."""
    store.run(
        "INSERT OR REPLACE INTO stock VALUES (?, ?, ?, ?)",
        location_id,
        product.product_id,
        0 if variant is None else variant.variant_id,
        quantity,
    )


HANDLERS: dict[str, Handler] = {
    "products.stock_by_location": by_location,
    "products.validate_location": validate_location,
    "products.serviceable": serviceable,
    "products.set_stock": set_at_default,
    "products.set_stock_at_location": set_at_location,
}
