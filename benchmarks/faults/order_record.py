"""Contents and terms of an order in one form for drafts, carts and placed orders.

Carts and orders are read from the platform's own record, drafts from the machine. The code of the console
that compares orders is not used here, so that the check does not share its errors.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import cast

from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.draft import Component, Draft, Resolution
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.data.promotions import PromotionKind, load_promotions
from console.sandbox.menu.configuration import default_parts
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.menu import Menu

Json = Mapping[str, object]

DIGIT = Decimal("0.001")
"""Smallest unit of the store's currency."""


@cache
def menu() -> Menu:
    """Return the menu of the sandbox store."""
    return load_menu()


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """Quantity of a product or variant, its portion of the whole, and the parts of each."""

    product_id: int
    variant_id: int
    quantity: int
    portion: str = "W"
    parts: tuple["Part", ...] = ()


Contents = tuple[Part, ...]


@dataclass(frozen=True, slots=True, order=True)
class OrderTerms:
    """Delivery and payment of an order. ``slot_id`` is 0 for as soon as possible.

    A pickup has no address. ``payment`` is empty in a cart, which has none.
    """

    mode: str
    street: str = ""
    area: str = ""
    pin: str = ""
    slot_id: int = 0
    vouchers: tuple[str, ...] = ()
    payment: str = ""

    @property
    def cart_terms(self) -> "OrderTerms":
        """The terms that a cart has."""
        return replace(self, payment="")


def merge_equal(parts: Iterable[Part]) -> Contents:
    """Sort the parts and add up the quantities of equal ones."""
    counts: Counter[Part] = Counter()
    for part in parts:
        counts[replace(part, quantity=0)] += part.quantity
    return tuple(sorted(replace(part, quantity=quantity) for part, quantity in counts.items()))


def draft_contents(draft: Draft) -> Contents:
    """Return the contents of a draft."""
    return merge_equal(
        Part(
            line.item.product_id,
            line.item.variant_id,
            line.quantity,
            parts=_component_contents(line.item.components),
        )
        for line in draft.lines
    )


def kept_contents(draft: Draft) -> Contents:
    """Return what the operator kept of unexpected lines; quantities are 0, because a draft has none."""
    kept = {edit.item: edit.resolution is Resolution.KEEP for edit in draft.resolutions}
    return merge_equal(
        Part(item.product_id, item.variant_id, 0, parts=_component_contents(item.components))
        for item, is_kept in kept.items()
        if is_kept
    )


def without_product(parts: Contents, product_id: int) -> Contents:
    """Return contents without the lines of a product."""
    return tuple(part for part in parts if part.product_id != product_id)


def without_kept(actual: Contents, expected: Contents, kept: Collection[Part]) -> Contents:
    """Return contents without the kept lines, of which any quantity may be there."""
    counts = {replace(part, quantity=0): part.quantity for part in expected}
    rest: list[Part] = []
    for part in actual:
        alike = replace(part, quantity=0)
        quantity = min(part.quantity, counts.get(alike, 0)) if alike in kept else part.quantity
        if quantity:
            rest.append(replace(part, quantity=quantity))
    return tuple(rest)


def _component_contents(components: tuple[Component, ...]) -> Contents:
    return merge_equal(
        Part(c.product_id, c.variant_id, c.quantity, c.portion.value, _component_contents(c.components))
        for c in components
    )


def default_contents(product_id: int) -> Contents:
    """Return the parts of a deal or a pizza that nobody configured."""
    return merge_equal(map(_configured_part, default_parts(menu(), product_id)))


def _configured_part(part: ConfiguredPart) -> Part:
    parts = merge_equal(map(_configured_part, part.parts))
    return Part(part.product_id, part.variant_id, part.quantity, part.portion, parts)


def draft_terms(checkout: Checkout) -> OrderTerms:
    """Return the terms of a draft's checkout."""
    address = checkout.address if checkout.mode is DeliveryMode.DELIVERY else None
    return OrderTerms(
        mode=checkout.mode.value,
        street=address.street if address else "",
        area=address.area if address else "",
        pin=address.pin if address else "",
        slot_id=checkout.delivery_slot.slot_id if checkout.delivery_slot else 0,
        vouchers=(checkout.voucher.casefold(),) if checkout.voucher else (),
        payment=checkout.payment.option if checkout.payment else "",
    )


def contents(holder: Json) -> Contents:
    """Return the contents of a cart or an order."""
    return merge_equal(map(_part, cast("list[Json]", holder["lines"])))


def _part(row: Json) -> Part:
    return Part(
        int(cast("int", row["product_id"])),
        int(cast("int", row["variant_id"])),
        int(cast("int", row["quantity"])),
        str(row.get("portion", "W")),
        merge_equal(map(_part, cast("list[Json]", row["parts"]))),
    )


def terms(holder: Json) -> OrderTerms:
    """Return the terms of a cart or an order."""
    is_delivery = holder["mode"] == DeliveryMode.DELIVERY.value
    area, pin = (str(holder[name]) if is_delivery else "" for name in ("area", "pin"))
    return OrderTerms(
        mode=str(holder["mode"]),
        street=str(holder["street"]) if is_delivery else "",
        # The console sends these for an empty field, since the platform ignores an empty one.
        area="" if area == "-" else area,
        pin="" if pin == "0" else pin,
        slot_id=int(cast("int", holder["slot_id"])),
        vouchers=tuple(sorted(code.casefold() for code in cast("list[str]", holder["vouchers"]))),
        payment=str(holder.get("payment", "")),
    )


def amount(holder: Json, name: str) -> Decimal:
    """Read an amount of a record."""
    return Decimal(str(holder[name]))


def cost(holder: Json, *, categories: Collection[str] = ()) -> Decimal:
    """Add up the lines, or those of some categories."""
    lines = cast("list[Json]", holder["lines"])
    counted = [line for line in lines if not categories or _category(line) in categories]
    return sum(
        (amount(line, "unit_price") * int(cast("int", line["quantity"])) for line in counted), Decimal(0)
    )


def _category(line: Json) -> str:
    return menu().products[int(cast("int", line["product_id"]))].category_id


def total(order: Json) -> Decimal:
    """Add up the lines and the delivery fee, less the discount."""
    return cost(order) + amount(order, "shipping") - amount(order, "discount")


def expected_discount(order: Json) -> Decimal:
    """Calculate the discount of the promotions and the order's vouchers again."""
    codes, products = terms(order).vouchers, cost(order)
    remaining = products
    for promotion in sorted(load_promotions(), key=lambda promotion: bool(promotion.voucher)):
        applies = promotion.voucher.casefold() in codes or not promotion.voucher
        if promotion.kind is not PromotionKind.FREE and applies and products >= promotion.minimum:
            base = cost(order, categories=promotion.categories)
            discount = (base * promotion.percent / 100).quantize(DIGIT, ROUND_HALF_UP) + promotion.amount
            remaining -= min(discount, base, remaining)
    return products - remaining


def difference(expected: Contents, actual: Contents) -> str:
    """Describe the missing and the surplus parts."""
    missing, surplus = (
        [part for part in expected if part not in actual],
        [part for part in actual if part not in expected],
    )
    return f"lacks {missing}, has {surplus}"
