"""Writes the menu's bundles and deals as a menu supplement, the TOML that a store profile may name.

Printed by ``store-console sandbox menu``: for a console whose platform sends no groups with a bundle.
"""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from console.sandbox.menu.menu import Bundle, Deal, Group, Menu, Slot
from console.sandbox.pricing.half_rules import rounded

VERSION = 1
DIGITS = 3


def supplement_text(menu: Menu) -> str:
    """The supplement of every bundle, then of every deal, in the order of the menu."""
    lines = [f"version = {VERSION}"]
    for bundle in menu.bundles.values():
        lines += _bundle(menu, bundle)
    for deal in menu.deals.values():
        lines += _deal(menu, deal)
    return "\n".join(lines) + "\n"


def _bundle(menu: Menu, bundle: Bundle) -> Iterator[str]:
    yield from _head(menu, bundle.product_id)
    for group in bundle.groups.values():
        is_base = group.group_id == bundle.base_group
        yield from _group(group, base=is_base)
        if is_base:
            yield from _item(bundle.base_id, quantity=1)
            yield f"variant = {bundle.default_base}"
        for item in bundle.items.values():
            if item.group_id == group.group_id:
                yield from _item(item.product_id, quantity=int(item.default))
                if item.included is not None:
                    yield f"included = {_amount(item.included)}"
                if item.whole_only:
                    yield "whole_only = true"


def _deal(menu: Menu, deal: Deal) -> Iterator[str]:
    yield from _head(menu, deal.product_id)
    yield "deal = true"
    yield f"price = {_amount(deal.price)}"
    if deal.floor:
        yield f"floor = {_amount(deal.floor)}"
    for slot in deal.slots:
        yield from _group(Group(slot.group_id, slot.title, slot.quantity, slot.quantity))
        for product_id in slot.choices:
            yield from _choice(menu, slot, product_id)


def _choice(menu: Menu, slot: Slot, product_id: int) -> Iterator[str]:
    yield from _item(product_id, quantity=dict(slot.default).get(product_id, 0))
    if product_id in menu.bundles:
        prices = ", ".join(f"{_text(size)} = {_amount(price)}" for size, price in slot.prices.items())
        yield f"base_prices = {{ {prices} }}"
    if product_id in slot.extra:
        yield f"extra = {_amount(slot.extra[product_id])}"
    if product_id in menu.bundles:
        yield "bundle = true"


def _head(menu: Menu, product_id: int) -> Iterable[str]:
    return (
        "",
        "[[bundle]]",
        f"product = {product_id}",
        f"title = {_text(menu.products[product_id].title)}",
    )


def _group(group: Group, *, base: bool = False) -> Iterator[str]:
    yield "[[bundle.group]]"
    yield f"id = {group.group_id}"
    yield f"title = {_text(group.name)}"
    yield f"minimum = {group.minimum}"
    if group.maximum is not None:
        yield f"maximum = {group.maximum}"
    yield f"free = {group.free}"
    if base:
        yield "base = true"


def _item(product_id: int, *, quantity: int) -> Iterator[str]:
    yield "[[bundle.group.item]]"
    yield f"product = {product_id}"
    if quantity:
        yield f"quantity = {quantity}"


def _amount(amount: Decimal) -> str:
    return f'"{rounded(amount, DIGITS)}"'


def _text(text: str) -> str:
    """A TOML string: JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False)
