"""Update Location wise Stock & Price: queued, then in force for every price and stock.

Also the price of a SKU, and tier prices.
"""

from collections.abc import Sequence
from decimal import Decimal

from console.sandbox import price_lookup
from console.sandbox.menu.menu import ZERO, MenuProduct, MenuProductKind, MenuVariant
from console.sandbox.price_lookup import EVERYWHERE, PriceTier
from console.sandbox.products import number_parsing
from console.sandbox.products.lookup import (
    NO_SKU,
    TaskError,
    find_location,
    require_location,
    require_product,
)
from console.sandbox.products.records import location_or_default
from console.sandbox.products.search import product_by_id
from console.sandbox.products.stock import MAX_STOCK, set_stock
from console.sandbox.products.task_queue import enqueue, read_rows
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, money, ok, ok_without_error_code
from console.sandbox.store import Store

DISSOCIATED = "NA"


def update(call: Call) -> Reply:
    """Update Location wise Stock & Price."""
    rows = read_rows(call, "products", "product", required=("sku", "locationrefcode"))
    return enqueue(call, [dict[str, Json](row) for row in rows], rows=len(rows))


def apply_rows(store: Store, rows: Sequence[dict[str, Json]], _now: float) -> None:
    """Set the stock and the prices in each row."""
    for row in rows:
        fields = {name: str(value) for name, value in row.items()}
        location = require_location(store, fields["locationrefcode"])
        product, variant = require_product(store, fields["sku"], fields.get("variantsku", ""))
        if fields.get("stock"):
            _set_stock(store, location.location_id, product, variant, fields["stock"])
        if any(fields.get(name) for name in ("mrp", "webprice", "tokenprice")):
            if not fields.get("quantity"):
                raise TaskError("Quantity is required to update prices")
            quantity = number_parsing.parse_count(fields["quantity"], "Quantity")
            set_prices(store, location.location_id, product, variant, fields, quantity=quantity)


def _set_stock(
    store: Store, location_id: int, product: MenuProduct, variant: MenuVariant | None, stock: str
) -> None:
    if stock.upper() == DISSOCIATED:
        store.run(
            "DELETE FROM stock WHERE location_id = ? AND product_id = ? AND (? = 0 OR variant_id = ?)",
            location_id,
            product.product_id,
            0 if variant is None else variant.variant_id,
            0 if variant is None else variant.variant_id,
        )
        return
    quantity = number_parsing.parse_count(stock, "stock")
    if quantity > MAX_STOCK:
        raise TaskError(f"stock is above {MAX_STOCK}")
    if product.variants and variant is None:
        raise TaskError(f"{product.sku} has variants: name one by variantsku to set its stock")
    set_stock(store, location_id, product, variant, quantity)


def set_prices(
    store: Store,
    location_id: int,
    product: MenuProduct,
    variant: MenuVariant | None,
    fields: dict[str, str],
    *,
    quantity: int,
) -> None:
    """Set the given prices; the others stay.

    Raises:
        TaskError: a price is invalid, above the MRP, or below the price of the product's own parts.
    """
    if not quantity:
        raise TaskError("Quantity is at least 1")
    digits = store.merchant.digits
    variant_id = 0 if variant is None else variant.variant_id
    current_prices = _prices_in_force(store, location_id, product, variant, quantity)
    new_prices = {
        name: number_parsing.parse_amount(fields[name], name, digits=digits) if fields.get(name) else current
        for name, current in zip(("webprice", "mrp", "tokenprice"), current_prices, strict=True)
    }
    if not fields.get("mrp"):
        new_prices["mrp"] = max(new_prices["mrp"], new_prices["webprice"])
    if new_prices["webprice"] > new_prices["mrp"]:
        raise TaskError("WebPrice is more than MRP")
    _check_composite_price(store, product, new_prices["webprice"], quantity)
    store.run(
        "INSERT OR REPLACE INTO price VALUES (?, ?, ?, ?, ?, ?, ?)",
        location_id,
        product.product_id,
        variant_id,
        quantity,
        *(str(new_prices[name]) for name in ("webprice", "mrp", "tokenprice")),
    )


def _prices_in_force(
    store: Store, location_id: int, product: MenuProduct, variant: MenuVariant | None, quantity: int
) -> tuple[Decimal, Decimal, Decimal]:
    """Return web price, MRP and token price at the location, else everywhere, else on the menu."""
    row = store.row(
        "SELECT * FROM price WHERE location_id IN (?, ?) AND product_id = ? AND variant_id = ?"
        " AND quantity IN (1, ?) ORDER BY quantity DESC, location_id DESC",
        location_id,
        EVERYWHERE,
        product.product_id,
        0 if variant is None else variant.variant_id,
        quantity,
    )
    if row is not None:
        web, listed, token = (Decimal(str(row[key])) for key in ("web_price", "list_price", "token_price"))
        return web, listed, token
    on_menu = product if variant is None else variant
    return on_menu.price, max(on_menu.list_price, on_menu.price), ZERO


def _check_composite_price(store: Store, product: MenuProduct, price: Decimal, quantity: int) -> None:
    """Require a bundle's price to leave its own share at zero or more."""
    if product.kind in (MenuProductKind.BUNDLE, MenuProductKind.DEAL) and quantity > 1:
        raise TaskError(f"{product.sku} is made of parts: it has no prices by quantity")
    if product.kind is MenuProductKind.DEAL:
        own_price = store.menu.deals[product.product_id].price
    elif product.kind is MenuProductKind.BUNDLE:
        base = store.menu.products[store.menu.bundles[product.product_id].base_id]
        own_price = min(variant.price for variant in base.variants)
    else:
        return
    if own_price + price - product.price < 0:
        raise TaskError(f"{product.sku} would cost less than its parts")


def sku_price(call: Call) -> Reply:
    """Get SKU Price: at every location, or at one, from each quantity on. Prices hold for all channels."""
    form = call.form
    product = call.menu.find_product(form.text("sku"))
    variant_sku = form.text("variantsku")
    variant = None if variant_sku in NO_SKU else call.menu.find_variant(variant_sku)
    if not form.text("sku"):
        raise RefusalError(Code.INVALID_INPUT, "sku is missing")
    if product is None or (
        variant_sku not in NO_SKU and (variant is None or variant not in product.variants)
    ):
        raise RefusalError(Code.NO_RECORD)
    groups = [
        group for group in call.store.merchant.groups if group.group_id == form.integer("usergroupid", 0)
    ]
    code = form.text("locationrefcode")
    chosen_location = find_location(call.store, code) if code else None
    if code and chosen_location is None:
        raise RefusalError(Code.INVALID_LOCATION)
    rows: list[Json] = [
        {
            "merchantid": call.store.merchant.merchant_id,
            "sku": product.sku,
            "variantsku": "0" if variant is None else variant.sku,
            "usergroupname": groups[0].name if groups else None,
            "locationrefcode": location.code,
            "channelrefcode": form.text("channelrefcode") or None,
            "mrp": money(tier.unit_prices.list_price),
            "webprice": money(tier.unit_prices.web_price),
            "quantity": tier.quantity,
            "tokenprice": money(tier.token_price),
        }
        for location in ([chosen_location] if chosen_location else call.store.merchant.locations)
        for tier in price_lookup.price_tiers(
            call, product, variant, location.location_id, [g.group_id for g in groups]
        )
    ]
    return ok_without_error_code(CurrentPrice=rows)


def tier_prices(call: Call) -> Reply:
    """Get Tier Price Details: by quantity, for a customer's groups; empty if quantity does not matter."""
    user_id = call.path_argument("userId").casefold()
    if call.store.row("SELECT 1 FROM customer WHERE user_id = ?", user_id) is None:
        raise RefusalError(Code.UNKNOWN_USER)
    product = product_by_id(call, call.path_number("productId"))
    location_id = location_or_default(call, call.path_number("locationId"))
    found = price_lookup.price_tiers(call, product, None, location_id, price_lookup.groups_of(call, user_id))
    return ok(TierPrice=[_tier(tier) for tier in found] if len(found) > 1 else [])


def _tier(tier: PriceTier) -> Json:
    return {
        "MRP": money(tier.unit_prices.list_price),
        "Qty": tier.quantity,
        "Webprice": money(tier.unit_prices.web_price),
    }


HANDLERS: dict[str, Handler] = {
    "products.update_stock_and_price": update,
    "products.sku_price": sku_price,
    "products.tier_prices": tier_prices,
}
