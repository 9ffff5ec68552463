"""What a pizza or a deal may be made of, as Get Bundle Items prints it.

Answered out of the menu. The documents name no group: groups come only where a switch says so.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from console.sandbox.answers import Answer, Code, Json, RefusalError, money, success
from console.sandbox.menu.composing import default_parts
from console.sandbox.menu.group_data import GroupData
from console.sandbox.menu.menu import Bundle, Deal, Group, Product, Variant
from console.sandbox.pricing import prices
from console.sandbox.pricing.pricing import Rules
from console.sandbox.products.product_records import price_of
from console.sandbox.products.products import product_of
from console.sandbox.requests import Call, Handler

NO_ITEMS = "No Bundle items present for the specified product id"


def bundle_items(call: Call) -> Answer:
    """Get Bundle Items by Bundle Product ID: everything, or with ``true`` only what it comes with."""
    product = product_of(call, call.number("Productid"))
    asked = call.argument("isdefault").casefold()
    if asked not in ("", "true", "false"):
        raise RefusalError(Code.INVALID_INPUT, "isdefault is neither true nor false")
    found = list(_defaults(call, product) if asked == "true" else _everything(call, product))
    if not found:
        raise RefusalError(Code.INVALID_USER, NO_ITEMS)
    rules = prices.rules(call, call.store.merchant.default_location)
    records = [_record(call, rules, part, variant) for part, variant, _ in found]
    if not call.switches.group_data:
        return success(BundleItems=[*records])
    data = GroupData(call.menu, product)
    grouped: list[Json] = [record | data.of_item(*item) for record, item in zip(records, found, strict=True)]
    answer = success(BundleItems=grouped)
    return replace(answer, body={**answer.body, **data.of_whole()})


Item = tuple[Product, Variant | None, Group]


def _everything(call: Call, product: Product) -> Iterator[Item]:
    for product_id, group in _choices(call, product):
        part = call.menu.products[product_id]
        for variant in part.variants or (None,):
            yield part, variant, group


def _defaults(call: Call, product: Product) -> Iterator[Item]:
    groups = {group.group_id: group for _, group in _choices(call, product)}
    for part in default_parts(call.menu, product.product_id):
        child = call.menu.products[part.product_id]
        yield child, child.variant(part.variant_id), groups[part.group_id]


def _choices(call: Call, product: Product) -> Iterator[tuple[int, Group]]:
    """What may go in, by product, with the group it goes into."""
    if bundle := call.menu.bundles.get(product.product_id):
        yield from _of_bundle(bundle)
    elif deal := call.menu.deals.get(product.product_id):
        yield from _of_deal(deal)


def _of_bundle(bundle: Bundle) -> Iterator[tuple[int, Group]]:
    yield bundle.base_id, bundle.groups[bundle.base_group]
    for item in bundle.items.values():
        yield item.product_id, bundle.groups[item.group_id]


def _of_deal(deal: Deal) -> Iterator[tuple[int, Group]]:
    for slot in deal.slots:
        group = Group(slot.group_id, slot.title, slot.quantity, slot.quantity)
        for product_id in slot.choices:
            yield product_id, group


def _record(call: Call, rules: Rules, product: Product, variant: Variant | None) -> dict[str, Json]:
    book = rules.prices
    price: Decimal = price_of(call, product, rules) if variant is None else book.price(product, variant)
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
