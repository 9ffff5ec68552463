"""Look-up of current prices: the menu's, overridden by updates, overridden by switches.

Carts and product replies both use it, so that they never differ.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from console.sandbox.data.product_data import load_product_data
from console.sandbox.menu.menu import ZERO, MenuProduct, MenuVariant
from console.sandbox.pricing.price_book import PriceBook, UnitPrices
from console.sandbox.pricing.rules import PricingRules
from console.sandbox.requests import Call

EVERYWHERE = 0
"""The location of a price for every location without its own."""


@dataclass(frozen=True, slots=True)
class PriceQuery:
    """The product, quantity and customer of a price. Without a customer it is a walk-in's."""

    product_id: int
    variant_id: int
    quantity: int
    customer_id: str = ""


def prices_at(call: Call, location_id: int) -> PriceBook:
    """Return the prices of single units at a location."""
    rows = call.store.rows(
        "SELECT * FROM price WHERE quantity = 1 AND location_id IN (0, ?) ORDER BY location_id", location_id
    )
    updated = {(int(row["product_id"]), int(row["variant_id"])): _unit_prices(row) for row in rows}
    return PriceBook(updated, call.switches.price_changes)


def pricing_rules(call: Call, location_id: int, query: PriceQuery | None = None) -> PricingRules:
    """Return the pricing rules of a location, with the tier that a quantity of a product reaches."""
    merchant, prices = call.store.merchant, prices_at(call, location_id)
    if query is not None:
        product = call.menu.products[query.product_id]
        variant = product.variant(query.variant_id)
        groups = groups_of(call, query.customer_id)
        reached_tiers = [
            tier.unit_prices
            for tier in price_tiers(call, product, variant, location_id, groups)
            if 1 < tier.quantity <= query.quantity
        ]
        if reached_tiers:
            tier_price = {(query.product_id, query.variant_id): reached_tiers[-1]}
            prices = PriceBook({**prices.updates, **tier_price}, prices.overrides)
    return PricingRules(merchant.digits, call.switches.half_rule or merchant.half_rule, prices)


@dataclass(frozen=True, slots=True)
class PriceTier:
    """The price of one unit from a quantity on. ``token_price`` is the price of a reservation."""

    quantity: int
    unit_prices: UnitPrices
    token_price: Decimal = ZERO


def price_tiers(
    call: Call, product: MenuProduct, variant: MenuVariant | None, location_id: int, groups: Iterable[int]
) -> list[PriceTier]:
    """Return the prices of a product by quantity, the single unit's first, for members of these groups."""
    prices = prices_at(call, location_id)
    variant_id = 0 if variant is None else variant.variant_id
    listed = prices.list_price(product, variant)
    single = UnitPrices(prices.price(product, variant), listed)
    by_quantity = {1: PriceTier(1, single)}
    for tier in load_product_data().tiers:
        is_for_groups = not tier.groups or tier.groups & set(groups)
        if tier.product_id == product.product_id and variant is None and is_for_groups:
            by_quantity[tier.quantity] = PriceTier(tier.quantity, UnitPrices(tier.price, listed))
    rows = call.store.rows(
        "SELECT * FROM price WHERE product_id = ? AND variant_id = ? AND location_id IN (0, ?)"
        " ORDER BY location_id",
        product.product_id,
        variant_id,
        location_id,
    )
    for row in rows:
        quantity = int(row["quantity"])
        amounts = single if quantity == 1 else _unit_prices(row)
        by_quantity[quantity] = PriceTier(quantity, amounts, Decimal(str(row["token_price"])))
    return [by_quantity[quantity] for quantity in sorted(by_quantity)]


def groups_of(call: Call, customer_id: str) -> frozenset[int]:
    """Return a customer's groups; a walk-in has none."""
    row = call.store.row("SELECT groups FROM customer WHERE user_id = ?", customer_id)
    return frozenset() if row is None else frozenset(cast("list[int]", json.loads(str(row["groups"]))))


def _unit_prices(row: sqlite3.Row) -> UnitPrices:
    return UnitPrices(Decimal(str(row["web_price"])), Decimal(str(row["list_price"])))
