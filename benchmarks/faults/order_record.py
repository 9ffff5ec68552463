"""An order in one shape, be it a draft, a cart or placed: its contents down to each part, and its terms.

Used by ``fault_check.py``. Carts and orders are read from the platform's own record, drafts from the machine;
nothing here uses what the console compares with.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import cast

from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.draft import Component, Draft
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.data.promotions import PromotionKind, load_promotions
from console.sandbox.menu.menu import Menu

Json = Mapping[str, object]

DIGIT = Decimal("0.001")
"""The last digit of the store's currency."""


@cache
def menu() -> Menu:
    """The menu of the runs' store."""
    return load_menu()


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """So many of a product and variant, with what is on or in one of them, on this portion of the whole."""

    product_id: int
    variant_id: int
    quantity: int
    portion: str = "W"
    parts: tuple["Part", ...] = ()


Contents = tuple[Part, ...]


@dataclass(frozen=True, slots=True, order=True)
class OrderTerms:
    """How it is to reach the customer and be paid. ``slot_id`` is 0 for as soon as possible.

    An order that is collected has no address. ``payment`` is empty in a cart, which does not know it.
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
        """What of them a cart is told."""
        return replace(self, payment="")


def merge_equal(parts: Iterable[Part]) -> Contents:
    """The parts in one order, those that are alike counted as one."""
    counts: Counter[Part] = Counter()
    for part in parts:
        counts[replace(part, quantity=0)] += part.quantity
    return tuple(sorted(replace(part, quantity=quantity) for part, quantity in counts.items()))


def draft_contents(draft: Draft) -> Contents:
    """What a draft wishes for."""
    return merge_equal(
        Part(
            line.item.product_id,
            line.item.variant_id,
            line.quantity,
            parts=_component_contents(line.item.components),
        )
        for line in draft.lines
    )


def _component_contents(components: tuple[Component, ...]) -> Contents:
    return merge_equal(
        Part(c.product_id, c.variant_id, c.quantity, c.portion.value, _component_contents(c.components))
        for c in components
    )


def draft_terms(checkout: Checkout) -> OrderTerms:
    """How a draft wishes it."""
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
    """What a cart or an order holds."""
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
    """How a cart or an order is to reach its customer and be paid."""
    is_delivery = holder["mode"] == DeliveryMode.DELIVERY.value
    area, pin = (str(holder[name]) if is_delivery else "" for name in ("area", "pin"))
    return OrderTerms(
        mode=str(holder["mode"]),
        street=str(holder["street"]) if is_delivery else "",
        # So a platform is told that there is none, which keeps what is left empty.
        area="" if area == "-" else area,
        pin="" if pin == "0" else pin,
        slot_id=int(cast("int", holder["slot_id"])),
        vouchers=tuple(sorted(code.casefold() for code in cast("list[str]", holder["vouchers"]))),
        payment=str(holder.get("payment", "")),
    )


def amount(holder: Json, name: str) -> Decimal:
    """One of the amounts of a record."""
    return Decimal(str(holder[name]))


def cost(holder: Json, *, categories: Collection[str] = ()) -> Decimal:
    """What the lines cost together, or those of some categories."""
    lines = cast("list[Json]", holder["lines"])
    counted = [line for line in lines if not categories or _category(line) in categories]
    return sum(
        (amount(line, "unit_price") * int(cast("int", line["quantity"])) for line in counted), Decimal(0)
    )


def _category(line: Json) -> str:
    return menu().products[int(cast("int", line["product_id"]))].category_id


def total(order: Json) -> Decimal:
    """What the lines come to, with delivery and without what is taken off."""
    return cost(order) + amount(order, "shipping") - amount(order, "discount")


def expected_discount(order: Json) -> Decimal:
    """What promotions and the order's vouchers should take off its lines, worked out anew."""
    codes, products = terms(order).vouchers, cost(order)
    remaining = products
    for promotion in sorted(load_promotions(), key=lambda promotion: bool(promotion.voucher)):
        counts = promotion.voucher.casefold() in codes or not promotion.voucher
        if promotion.kind is not PromotionKind.FREE and counts and products >= promotion.minimum:
            base = cost(order, categories=promotion.categories)
            discount = (base * promotion.percent / 100).quantize(DIGIT, ROUND_HALF_UP) + promotion.amount
            remaining -= min(discount, base, remaining)
    return products - remaining


def difference(expected: Contents, actual: Contents) -> str:
    """What is wished and not there, and the other way about, for a finding."""
    missing, surplus = (
        [part for part in expected if part not in actual],
        [part for part in actual if part not in expected],
    )
    return f"lacks {missing}, has {surplus}"
