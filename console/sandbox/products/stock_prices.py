"""Update Location wise Stock & Price: queued, then shown by every price and stock that is printed or charged.

Also tells the price of a SKU and what a product costs by quantity.
"""

from collections.abc import Sequence
from decimal import Decimal

from console.sandbox.answers import Answer, Code, Json, RefusalError, done, money, success
from console.sandbox.menu.menu import ZERO, Kind, Product, Variant
from console.sandbox.pricing import prices
from console.sandbox.pricing.prices import EVERYWHERE, TierPrice
from console.sandbox.products import figures
from console.sandbox.products.product_finding import (
    NO_SKU,
    TaskError,
    location_of_code,
    named_location,
    named_product,
)
from console.sandbox.products.product_records import default_location
from console.sandbox.products.products import product_of
from console.sandbox.products.stock import MAX_STOCK, put
from console.sandbox.products.task_queue import enqueue, read_rows
from console.sandbox.requests import Call, Handler
from console.sandbox.store import Store

DISSOCIATED = "NA"


def update(call: Call) -> Answer:
    """Update Location wise Stock & Price."""
    rows = read_rows(call, "products", "product", required=("sku", "locationrefcode"))
    return enqueue(call, [dict[str, Json](row) for row in rows], rows=len(rows))


def work(store: Store, rows: Sequence[dict[str, Json]], _now: float) -> None:
    """Set the stock and the prices that each row names."""
    for row in rows:
        fields = {name: str(value) for name, value in row.items()}
        location = named_location(store, fields["locationrefcode"])
        product, variant = named_product(store, fields["sku"], fields.get("variantsku", ""))
        if fields.get("stock"):
            _set_stock(store, location.location_id, product, variant, fields["stock"])
        if any(fields.get(name) for name in ("mrp", "webprice", "tokenprice")):
            if not fields.get("quantity"):
                raise TaskError("Quantity is required to update prices")
            quantity = figures.count(fields["quantity"], "Quantity")
            set_prices(store, location.location_id, product, variant, fields, quantity=quantity)


def _set_stock(store: Store, location_id: int, product: Product, variant: Variant | None, stock: str) -> None:
    if stock.upper() == DISSOCIATED:
        store.run(
            "DELETE FROM stock WHERE location_id = ? AND product_id = ? AND (? = 0 OR variant_id = ?)",
            location_id,
            product.product_id,
            0 if variant is None else variant.variant_id,
            0 if variant is None else variant.variant_id,
        )
        return
    quantity = figures.count(stock, "stock")
    if quantity > MAX_STOCK:
        raise TaskError(f"stock is above {MAX_STOCK}")
    if product.variants and variant is None:
        raise TaskError(f"{product.sku} has variants: name one by variantsku to set its stock")
    put(store, location_id, product, variant, quantity)


def set_prices(
    store: Store,
    location_id: int,
    product: Product,
    variant: Variant | None,
    fields: dict[str, str],
    *,
    quantity: int,
) -> None:
    """Set the prices that are given; those that are not stay as they are.

    Raises:
        TaskError: a price is none, above the MRP, or below what the product's own parts cost.
    """
    if not quantity:
        raise TaskError("Quantity is at least 1")
    digits = store.merchant.digits
    variant_id = 0 if variant is None else variant.variant_id
    before = _in_force(store, location_id, product, variant, quantity)
    given = {
        name: figures.amount(fields[name], name, digits=digits) if fields.get(name) else kept
        for name, kept in zip(("webprice", "mrp", "tokenprice"), before, strict=True)
    }
    if not fields.get("mrp"):
        given["mrp"] = max(given["mrp"], given["webprice"])
    if given["webprice"] > given["mrp"]:
        raise TaskError("WebPrice is more than MRP")
    _check_parts(store, product, given["webprice"], quantity)
    store.run(
        "INSERT OR REPLACE INTO price VALUES (?, ?, ?, ?, ?, ?, ?)",
        location_id,
        product.product_id,
        variant_id,
        quantity,
        *(str(given[name]) for name in ("webprice", "mrp", "tokenprice")),
    )


def _in_force(
    store: Store, location_id: int, product: Product, variant: Variant | None, quantity: int
) -> tuple[Decimal, Decimal, Decimal]:
    """Web price, MRP and token price at the place, or else everywhere, or else on the menu."""
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


def _check_parts(store: Store, product: Product, price: Decimal, quantity: int) -> None:
    """What is made of parts takes a price that leaves its own share of it at zero or more."""
    if product.kind in (Kind.BUNDLE, Kind.DEAL) and quantity > 1:
        raise TaskError(f"{product.sku} is made of parts: it has no prices by quantity")
    if product.kind is Kind.DEAL:
        own = store.menu.deals[product.product_id].price
    elif product.kind is Kind.BUNDLE:
        base = store.menu.products[store.menu.bundles[product.product_id].base_id]
        own = min(variant.price for variant in base.variants)
    else:
        return
    if own + price - product.price < 0:
        raise TaskError(f"{product.sku} would cost less than its parts")


def sku_price(call: Call) -> Answer:
    """Get SKU Price: at every location, or at one, from each quantity on. Prices hold for all channels."""
    form = call.form
    product = call.menu.find(form.text("sku"))
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
    here = location_of_code(call.store, code) if code else None
    if code and here is None:
        raise RefusalError(Code.INVALID_LOCATION)
    rows: list[Json] = [
        {
            "merchantid": call.store.merchant.merchant_id,
            "sku": product.sku,
            "variantsku": "0" if variant is None else variant.sku,
            "usergroupname": groups[0].name if groups else None,
            "locationrefcode": location.code,
            "channelrefcode": form.text("channelrefcode") or None,
            "mrp": money(tier.amounts.list_price),
            "webprice": money(tier.amounts.web_price),
            "quantity": tier.quantity,
            "tokenprice": money(tier.token_price),
        }
        for location in ([here] if here else call.store.merchant.locations)
        for tier in prices.tiers(call, product, variant, location.location_id, [g.group_id for g in groups])
    ]
    return done(CurrentPrice=rows)


def tier_prices(call: Call) -> Answer:
    """Get Tier Price Details: by quantity, for a customer's groups; none where quantity does not matter."""
    user_id = call.argument("userId").casefold()
    if call.store.row("SELECT 1 FROM customer WHERE user_id = ?", user_id) is None:
        raise RefusalError(Code.UNKNOWN_USER)
    product = product_of(call, call.number("productId"))
    here = default_location(call, call.number("locationId"))
    found = prices.tiers(call, product, None, here, prices.groups_of(call, user_id))
    return success(TierPrice=[_tier(tier) for tier in found] if len(found) > 1 else [])


def _tier(tier: TierPrice) -> Json:
    return {
        "MRP": money(tier.amounts.list_price),
        "Qty": tier.quantity,
        "Webprice": money(tier.amounts.web_price),
    }


HANDLERS: dict[str, Handler] = {
    "products.update_stock_and_price": update,
    "products.sku_price": sku_price,
    "products.tier_prices": tier_prices,
}
