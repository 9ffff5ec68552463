"""Stock by location: price and quantity at every store, and whether a quantity can be had at one.

Answered out of the store's stock; an inventory is a string, as documented.
"""

from console.sandbox.answers import Answer, Code, Json, RefusalError, money, success
from console.sandbox.menu import Product
from console.sandbox.merchant import Location
from console.sandbox.pricing import menu_price
from console.sandbox.requests import Call, Handler, whole


def by_location(call: Call) -> Answer:
    """Get Product Price and Inventory (LocationStockPrice): at one location, or at every one.

    With a location and nothing else: all that is sold there.
    """
    place = call.form.text("locationid")
    here = [call.location(whole(place, "locationid"))] if place and place != "0" else []
    if here and not any(call.form.text(key) for key in ("variantsku", "sku", "productid")):
        menu = call.store.menu
        asked = [(p, _variant_ids(p)) for p in menu.products.values() if menu.sellable(p)]
    else:
        asked = [_asked(call)]
    return success(
        LocationStockPrices=[
            _row(call, location, product, variant_id)
            for location in here or call.store.merchant.locations
            for product, variant_ids in asked
            for variant_id in variant_ids
        ]
    )


def _row(call: Call, location: Location, product: Product, variant_id: int) -> Json:
    variant = product.variant(variant_id)
    list_price = product.list_price if variant is None else variant.list_price
    price = menu_price(product, variant, call.switches.price_changes)
    return {
        "MerchantId": call.store.merchant.merchant_id,
        "PriceListId": 0,
        "LocationId": location.location_id,
        "UserGroupId": 0,
        "ProductId": product.product_id,
        "VariantProductId": variant_id,
        "Quantity": 0,
        "MRP": money(max(list_price, price)),
        "WebPrice": money(price),
        "Inventory": str(call.store.stock(location.location_id, product.product_id, variant_id)),
    }


def _asked(call: Call) -> tuple[Product, list[int]]:
    """The product asked for by id, SKU or a variant's SKU, and which of its variants; 0 where it has none."""
    menu, form = call.store.menu, call.form
    variant_sku, sku, product_id = (form.text(key) for key in ("variantsku", "sku", "productid"))
    if variant_sku:
        wanted = variant_sku.casefold()
        found = next((v for v in menu.by_variant.values() if v.sku.casefold() == wanted), None)
        if found is None:
            raise RefusalError(Code.NO_RECORD)
        return menu.products[found.product_id], [found.variant_id]
    if sku:
        product = menu.products.get(menu.by_sku.get(sku.casefold(), 0))
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
    product = call.store.menu.products.get(call.number("productId"))
    if product is None or not product.active:
        raise RefusalError(Code.UNKNOWN_PRODUCT)
    variant_id = call.number("variantProductId")
    if (product.variants or variant_id) and product.variant(variant_id) is None:
        raise RefusalError(Code.INVALID_VARIANT)
    location = call.location(call.number("locationId"))
    if call.argument("pinCode") not in location.pins:
        raise RefusalError(Code.PIN_NOT_SERVED)
    quantity = call.number("quantity")
    if quantity < 1 or call.store.stock(location.location_id, product.product_id, variant_id) < quantity:
        raise RefusalError(Code.NOT_AT_LOCATION)
    return success()


HANDLERS: dict[str, Handler] = {
    "products.stock_by_location": by_location,
    "products.validate_location": validate_location,
}
