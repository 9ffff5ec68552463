"""Stock by location: price and quantity at every store, whether a quantity can be had, and setting it.

Answered out of the store's stock; an inventory is a string, as documented.
"""

from collections.abc import Iterable

from console.sandbox.answers import Answer, Code, Json, RefusalError, money, success
from console.sandbox.menu.menu import Product, Variant
from console.sandbox.merchant import Location
from console.sandbox.pricing import prices
from console.sandbox.pricing.pricing import Rules
from console.sandbox.products.product_finding import location_of_code
from console.sandbox.products.product_records import price_of
from console.sandbox.requests import Call, Handler, whole
from console.sandbox.store import Store

MAX_STOCK = 1_000_000


def by_location(call: Call) -> Answer:
    """Get Product Price and Inventory (LocationStockPrice): at one location, or at every one.

    With a location and nothing else: all that is sold there.
    """
    place = call.form.text("locationid")
    here = [call.location(whole(place, "locationid"))] if place and place != "0" else []
    if here and not any(call.form.text(key) for key in ("variantsku", "sku", "productid")):
        asked = [(p, _variant_ids(p)) for p in call.menu.products.values() if call.menu.sellable(p)]
    else:
        asked = [_asked(call)]
    rows: list[Json] = []
    for location in here or call.store.merchant.locations:
        rows += _rows(call, location, asked)
    return success(LocationStockPrices=rows)


def _rows(call: Call, location: Location, asked: Iterable[tuple[Product, list[int]]]) -> list[Json]:
    """What the location has a stock of, even none; what was taken off it is left out."""
    rules = prices.rules(call, location.location_id)
    found = call.store.rows(
        "SELECT product_id, variant_id FROM stock WHERE location_id = ?", location.location_id
    )
    sold = {(int(row["product_id"]), int(row["variant_id"])) for row in found}
    return [
        _row(call, location, rules, product, variant_id)
        for product, variant_ids in asked
        for variant_id in variant_ids
        if (product.product_id, variant_id) in sold
    ]


def _row(call: Call, location: Location, rules: Rules, product: Product, variant_id: int) -> Json:
    variant, book = product.variant(variant_id), rules.prices
    price = price_of(call, product, rules) if variant is None else book.price(product, variant)
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


def _asked(call: Call) -> tuple[Product, list[int]]:
    """The product asked for by id, SKU or a variant's SKU, and which of its variants; 0 where it has none."""
    menu, form = call.menu, call.form
    variant_sku, sku, product_id = (form.text(key) for key in ("variantsku", "sku", "productid"))
    if variant_sku:
        found = menu.find_variant(variant_sku)
        if found is None:
            raise RefusalError(Code.NO_RECORD)
        return menu.products[found.product_id], [found.variant_id]
    if sku:
        product = menu.find(sku)
    elif product_id:
        product = menu.products.get(whole(product_id, "productid"))
    else:
        raise RefusalError(Code.INVALID_INPUT, "Name a product by id or SKU")
    if product is None:
        raise RefusalError(Code.NO_RECORD)
    return product, _variant_ids(product)


def _variant_ids(product: Product) -> list[int]:
    return [variant.variant_id for variant in product.variants] or [0]


def validate_location(call: Call) -> Answer:
    """Validate Location: whether a location that serves the PIN code has the quantity."""
    product = call.menu.products.get(call.number("productId"))
    if product is None or not product.active:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    variant_id = call.number("variantProductId")
    if (product.variants or variant_id) and product.variant(variant_id) is None:
        raise RefusalError(Code.INVALID_VARIANT)
    location = call.location(call.number("locationId"))
    if call.argument("pinCode") not in location.pins:
        raise RefusalError(Code.PIN_NOT_SERVED)
    quantity = call.number("quantity")
    if quantity < 1 or call.stock(location.location_id, product.product_id, variant_id) < quantity:
        raise RefusalError(Code.NOT_AT_LOCATION)
    return success()


def serviceable(call: Call) -> Answer:
    """Check PIN Code Serviceability of a Product: whether the location brings it to the PIN code."""
    product = call.menu.products.get(call.number("productId"))
    if product is None or not product.active:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    pin = call.form.text("pincode")
    if not pin:
        raise RefusalError(Code.INVALID_INPUT, "pincode is missing")
    location = call.location(call.form.integer("locationid"))
    served = pin in location.pins and "H" in location.modes and "H" in product.modes
    paid_later = any(payment.kind == "COD" for payment in call.store.merchant.payments)
    code, message = (Code.SUCCESS, Code.SUCCESS.text) if served else NOT_SERVED
    return Answer(
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
"""The documents' own answer: what is otherwise a failed update here says that nobody delivers."""


def set_at_default(call: Call) -> Answer:
    """Update Product Stock (of Default Location)."""
    _set(call, call.store.merchant.default_location)
    return success()


def set_at_location(call: Call) -> Answer:
    """Update Product Stock (by Location)."""
    location = location_of_code(call.store, call.form.text("locationReferenceCode"))
    if location is None:
        raise RefusalError(Code.INVALID_LOCATION)
    _set(call, location.location_id)
    return success()


def _set(call: Call, location_id: int) -> None:
    """Set the stock of a product, or of a variant by its own SKU."""
    sku, quantity = call.form.text("sku"), call.form.integer("Inventory")
    if not sku or quantity > MAX_STOCK:
        raise RefusalError(Code.INVALID_INPUT, f"A SKU and a stock of at most {MAX_STOCK} are needed")
    product, variant = call.menu.find(sku), call.menu.find_variant(sku)
    if product is None and variant is not None:
        product = call.menu.products[variant.product_id]
    if product is None:
        raise RefusalError(Code.NO_RECORD)
    if product.variants and variant is None:
        raise RefusalError(Code.INVALID_VARIANT, "The product has variants: name one by its SKU")
    put(call.store, location_id, product, variant, quantity)


def put(store: Store, location_id: int, product: Product, variant: Variant | None, quantity: int) -> None:
    """Let a location have so many of a product or variant from now on."""
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
