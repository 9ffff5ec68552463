"""Export of the menu's bundles and deals as a menu supplement, the TOML file of a store profile.

For a console whose platform sends no groups with a bundle.
"""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from console.sandbox.menu.half_rule import round_amount
from console.sandbox.menu.language import ENGLISH, Language
from console.sandbox.menu.menu import Menu, MenuBundle, MenuDeal, MenuDealSlot, MenuGroup

VERSION = 1
DIGITS = 3


def supplement_text(menu: Menu, language: Language = ENGLISH) -> str:
    """Write the supplement of every bundle, then of every deal, in the order of the menu and a language."""
    lines = [f"version = {VERSION}"]
    for bundle in menu.bundles.values():
        lines += _bundle(menu, bundle, language)
    for deal in menu.deals.values():
        lines += _deal(menu, deal, language)
    return "\n".join(lines) + "\n"


def _bundle(menu: Menu, bundle: MenuBundle, language: Language) -> Iterator[str]:
    yield from _bundle_header(menu, bundle.product_id, language)
    for group in bundle.groups.values():
        is_base = group.group_id == bundle.base_group
        yield from _group(group, language, base=is_base)
        if is_base:
            yield from _item(bundle.base_id, quantity=1)
            yield f"variant = {bundle.default_base}"
        for item in bundle.items.values():
            if item.group_id == group.group_id:
                yield from _item(item.product_id, quantity=int(item.is_default))
                if item.included_price is not None:
                    yield f"included = {_amount(item.included_price)}"
                if item.whole_only:
                    yield "whole_only = true"


def _deal(menu: Menu, deal: MenuDeal, language: Language) -> Iterator[str]:
    yield from _bundle_header(menu, deal.product_id, language)
    yield "deal = true"
    yield f"price = {_amount(deal.price)}"
    if deal.minimum_price:
        yield f"floor = {_amount(deal.minimum_price)}"
    for slot in deal.slots:
        yield from _group(MenuGroup(slot.group_id, slot.title, slot.quantity, slot.quantity), language)
        for product_id in slot.choices:
            yield from _choice(menu, slot, product_id, language)


def _choice(menu: Menu, slot: MenuDealSlot, product_id: int, language: Language) -> Iterator[str]:
    yield from _item(product_id, quantity=dict(slot.default).get(product_id, 0))
    if product_id in menu.bundles:
        prices = ", ".join(
            f"{_text(language.text('values', size))} = {_amount(price)}"
            for size, price in slot.base_prices.items()
        )
        yield f"base_prices = {{ {prices} }}"
    if product_id in slot.extra_prices:
        yield f"extra = {_amount(slot.extra_prices[product_id])}"
    if product_id in menu.bundles:
        yield "bundle = true"


def _bundle_header(menu: Menu, product_id: int, language: Language) -> Iterable[str]:
    return (
        "",
        "[[bundle]]",
        f"product = {product_id}",
        f"title = {_text(language.text('products', menu.products[product_id].title))}",
    )


def _group(group: MenuGroup, language: Language, *, base: bool = False) -> Iterator[str]:
    yield "[[bundle.group]]"
    yield f"id = {group.group_id}"
    yield f"title = {_text(language.text('groups', group.name))}"
    yield f"minimum = {group.minimum}"
    if group.maximum is not None:
        yield f"maximum = {group.maximum}"
    yield f"free = {group.free_count}"
    if base:
        yield "base = true"


def _item(product_id: int, *, quantity: int) -> Iterator[str]:
    yield "[[bundle.group.item]]"
    yield f"product = {product_id}"
    if quantity:
        yield f"quantity = {quantity}"


def _amount(amount: Decimal) -> str:
    return f'"{round_amount(amount, DIGITS)}"'


def _text(text: str) -> str:
    """Quote a TOML string: JSON's escapes are valid in TOML."""
    return json.dumps(text, ensure_ascii=False)
