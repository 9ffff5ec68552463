"""Writing of a menu supplement as the TOML text that ``menu check`` reads."""

import json
from collections.abc import Iterator
from decimal import Decimal

from console.config.menu_supplement import BundleEntry, GroupEntry, ItemEntry, Supplement


def supplement_to_text(supplement: Supplement) -> str:
    """Write a supplement; what has its default value is left out."""
    lines = [f"version = {supplement.version}"]
    if supplement.half_rule is not None:
        lines.append(f"half_rule = {_quoted(supplement.half_rule)}")
    for bundle in supplement.bundles:
        lines += ["", *_bundle(bundle)]
    return "\n".join(lines) + "\n"


def _bundle(bundle: BundleEntry) -> Iterator[str]:
    yield "[[bundle]]"
    yield f"product = {bundle.product}"
    if bundle.title:
        yield f"title = {_quoted(bundle.title)}"
    if bundle.deal:
        yield "deal = true"
    if bundle.price:
        yield f"price = {_amount(bundle.price)}"
    if bundle.floor:
        yield f"floor = {_amount(bundle.floor)}"
    for group in bundle.groups:
        yield from _group(group)


def _group(group: GroupEntry) -> Iterator[str]:
    yield "[[bundle.group]]"
    yield f"id = {group.group_id}"
    yield f"title = {_quoted(group.title)}"
    if group.minimum:
        yield f"minimum = {group.minimum}"
    if group.maximum is not None:
        yield f"maximum = {group.maximum}"
    if group.free:
        yield f"free = {group.free}"
    if group.base:
        yield "base = true"
    for item in group.items:
        yield from _item(item)


def _item(item: ItemEntry) -> Iterator[str]:
    yield "[[bundle.group.item]]"
    yield f"product = {item.product}"
    if item.quantity:
        yield f"quantity = {item.quantity}"
    if item.variant is not None:
        yield f"variant = {item.variant}"
    if item.included is not None:
        yield f"included = {_amount(item.included)}"
    if item.whole_only:
        yield "whole_only = true"
    if item.base_prices:
        prices = ", ".join(f"{_quoted(size)} = {_amount(price)}" for size, price in item.base_prices.items())
        yield f"base_prices = {{ {prices} }}"
    if item.extra:
        yield f"extra = {_amount(item.extra)}"
    if item.is_bundle:
        yield "bundle = true"


def _amount(amount: Decimal) -> str:
    return f'"{amount:f}"'


def _quoted(text: str) -> str:
    """Quote a TOML string: the escapes of JSON are TOML's as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
