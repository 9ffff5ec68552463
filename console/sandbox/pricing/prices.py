"""Looks up the prices in force: the menu, over it what was updated, over that what is switched.

Used by the carts for what they charge and by whatever prints a price, so that both are always the same.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from console.sandbox.menu.catalogue import load_catalogue
from console.sandbox.menu.menu import ZERO, Product, Variant
from console.sandbox.pricing.price_book import Amounts, PriceBook
from console.sandbox.pricing.pricing import Rules
from console.sandbox.requests import Call

EVERYWHERE = 0
"""The location of a price that holds wherever a location has none of its own."""


@dataclass(frozen=True, slots=True)
class Bought:
    """What is bought at once, by whom: how many decides on the price. A walk-in is nobody."""

    product_id: int
    variant_id: int
    quantity: int
    customer_id: str = ""


def book(call: Call, location_id: int) -> PriceBook:
    """The prices of single units at a location."""
    rows = call.store.rows(
        "SELECT * FROM price WHERE quantity = 1 AND location_id IN (0, ?) ORDER BY location_id", location_id
    )
    updated = {(int(row["product_id"]), int(row["variant_id"])): _amounts(row) for row in rows}
    return PriceBook(updated, call.switches.price_changes)


def rules(call: Call, location_id: int, bought: Bought | None = None) -> Rules:
    """What pricing goes by at a location, with the tier that a quantity of a product reaches."""
    merchant, prices = call.store.merchant, book(call, location_id)
    if bought is not None:
        product = call.menu.products[bought.product_id]
        variant = product.variant(bought.variant_id)
        groups = groups_of(call, bought.customer_id)
        reached = [
            tier.amounts
            for tier in tiers(call, product, variant, location_id, groups)
            if 1 < tier.quantity <= bought.quantity
        ]
        if reached:
            own = {(bought.product_id, bought.variant_id): reached[-1]}
            prices = PriceBook({**prices.updated, **own}, prices.switched)
    return Rules(merchant.digits, call.switches.half_rule or merchant.half_rule, prices)


@dataclass(frozen=True, slots=True)
class TierPrice:
    """What one unit costs from a quantity on. ``token_price`` is what reserving one costs."""

    quantity: int
    amounts: Amounts
    token_price: Decimal = ZERO


def tiers(
    call: Call, product: Product, variant: Variant | None, location_id: int, groups: Iterable[int]
) -> list[TierPrice]:
    """The prices of a product by quantity, the single unit's first, for members of these groups."""
    prices = book(call, location_id)
    variant_id = 0 if variant is None else variant.variant_id
    listed = prices.list_price(product, variant)
    single = Amounts(prices.price(product, variant), listed)
    found = {1: TierPrice(1, single)}
    for tier in load_catalogue().tiers:
        mine = not tier.groups or tier.groups & set(groups)
        if tier.product_id == product.product_id and variant is None and mine:
            found[tier.quantity] = TierPrice(tier.quantity, Amounts(tier.price, listed))
    rows = call.store.rows(
        "SELECT * FROM price WHERE product_id = ? AND variant_id = ? AND location_id IN (0, ?)"
        " ORDER BY location_id",
        product.product_id,
        variant_id,
        location_id,
    )
    for row in rows:
        quantity = int(row["quantity"])
        amounts = single if quantity == 1 else _amounts(row)
        found[quantity] = TierPrice(quantity, amounts, Decimal(str(row["token_price"])))
    return [found[quantity] for quantity in sorted(found)]


def groups_of(call: Call, customer_id: str) -> frozenset[int]:
    """The groups a customer is in; a walk-in is in none."""
    row = call.store.row("SELECT groups FROM customer WHERE user_id = ?", customer_id)
    return frozenset() if row is None else frozenset(cast("list[int]", json.loads(str(row["groups"]))))


def _amounts(row: sqlite3.Row) -> Amounts:
    return Amounts(Decimal(str(row["web_price"])), Decimal(str(row["list_price"])))
