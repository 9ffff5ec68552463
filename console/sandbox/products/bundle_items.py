"""The possible items of a pizza or a deal, as Get Bundle Items prints them.

The documents name no group: groups come only if a switch says so.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from console.sandbox import price_lookup
from console.sandbox.menu.configuration import default_parts
from console.sandbox.menu.menu import MenuBundle, MenuDeal, MenuGroup, MenuProduct, MenuVariant
from console.sandbox.pricing.rules import PricingRules
from console.sandbox.products.group_fields import GroupFields
from console.sandbox.products.records import product_price
from console.sandbox.products.search import product_by_id
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, money, ok

NO_ITEMS = "No Bundle items present for the specified product id"


def bundle_items(call: Call) -> Reply:
    """Get Bundle Items by Bundle Product ID: all possible items, or with ``true`` the default ones."""
    product = product_by_id(call, call.path_number("Productid"))
    only_defaults = call.path_argument("isdefault").casefold()
    if only_defaults not in ("", "true", "false"):
        raise RefusalError(Code.INVALID_INPUT, "isdefault is neither true nor false")
    found = list(_default_items(call, product) if only_defaults == "true" else _all_items(call, product))
    if not found:
        raise RefusalError(Code.INVALID_USER, NO_ITEMS)
    rules = price_lookup.pricing_rules(call, call.store.merchant.default_location)
    records = [_record(call, rules, part, variant) for part, variant, _ in found]
    if not call.switches.group_data:
        return ok(BundleItems=[*records])
    data = GroupFields(call.menu, product)
    grouped: list[Json] = [
        record | data.item_fields(*item) for record, item in zip(records, found, strict=True)
    ]
    reply = ok(BundleItems=grouped)
    return replace(reply, body={**reply.body, **data.bundle_fields()})


GroupedItem = tuple[MenuProduct, MenuVariant | None, MenuGroup]


def _all_items(call: Call, product: MenuProduct) -> Iterator[GroupedItem]:
    for product_id, group in _choices(call, product):
        part = call.menu.products[product_id]
        for variant in part.variants or (None,):
            yield part, variant, group


def _default_items(call: Call, product: MenuProduct) -> Iterator[GroupedItem]:
    groups = {group.group_id: group for _, group in _choices(call, product)}
    for part in default_parts(call.menu, product.product_id):
        child = call.menu.products[part.product_id]
        yield child, child.variant(part.variant_id), groups[part.group_id]


def _choices(call: Call, product: MenuProduct) -> Iterator[tuple[int, MenuGroup]]:
    """Yield the products that may go in, each with its group."""
    if bundle := call.menu.bundles.get(product.product_id):
        yield from _bundle_choices(bundle)
    elif deal := call.menu.deals.get(product.product_id):
        yield from _deal_choices(deal)


def _bundle_choices(bundle: MenuBundle) -> Iterator[tuple[int, MenuGroup]]:
    yield bundle.base_id, bundle.groups[bundle.base_group]
    for item in bundle.items.values():
        yield item.product_id, bundle.groups[item.group_id]


def _deal_choices(deal: MenuDeal) -> Iterator[tuple[int, MenuGroup]]:
    for slot in deal.slots:
        group = MenuGroup(slot.group_id, slot.title, slot.quantity, slot.quantity)
        for product_id in slot.choices:
            yield product_id, group


def _record(
    call: Call, rules: PricingRules, product: MenuProduct, variant: MenuVariant | None
) -> dict[str, Json]:
    book = rules.prices
    price: Decimal = product_price(call, product, rules) if variant is None else book.price(product, variant)
    return {
        "ProductId": product.product_id,
        "VariantProductId": "0" if variant is None else str(variant.variant_id),
        "ProductSku": product.sku,
        "VariantSKU": "" if variant is None else variant.sku,
        "ProductTitle": product.title,
        "ProductType": product.kind.value,
        "MRP": money(max(book.list_price(product, variant), price)),
        "WebPrice": money(price),
    }


HANDLERS: dict[str, Handler] = {"products.bundle_items": bundle_items}
