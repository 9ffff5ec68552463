"""A past order repeated: what each of its lines would be by today's menu, and what changed since.

Asked by the desk; shown on the repeat screen before anything is added.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from console.ordering.bundle import Bundle, BundleItem, Bundles, Group
from console.ordering.draft import MAX_QUANTITY, Component, Item
from console.ordering.half_rule import HalfRule
from console.ordering.menu import Product
from console.ordering.money import ZERO, Currency
from console.ordering.past import PastLine
from console.ordering.pizza import problems, usual
from console.ordering.pizza.base import base_size
from console.ordering.pizza.on_menu import below
from console.ordering.pizza.strength import fits
from console.ordering.speech import item_of

NOT_SOLD = "is not on the menu any more"
FREE = "was free: the platform gives it by itself where it still does"

ProductOf = Callable[[int], Product | None]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A line of a past order as it would be ordered now; ``item`` is ``None`` where it cannot be.

    ``changes`` say what is not as it was, each without its subject: ``was 4.500, is 4.700``.
    """

    past: PastLine
    item: Item | None
    changes: tuple[str, ...] = ()

    @property
    def quantity(self) -> int:
        """How many are ordered again."""
        return min(self.past.quantity, MAX_QUANTITY)

    @property
    def was(self) -> Decimal:
        """What all of it cost."""
        return self.past.total

    @property
    def now(self) -> Decimal:
        """What all of it should cost now; nothing where it cannot be ordered."""
        return self.item.unit_price * self.quantity if self.item else ZERO


def repeated(
    lines: Sequence[PastLine],
    *,
    product_of: ProductOf,
    bundles: Bundles,
    currency: Currency,
    half_rule: HalfRule,
) -> tuple[Repeated, ...]:
    """Every line of a past order, in its order. The menu's products know their variants by now."""
    return tuple(_again(line, product_of, bundles, currency, half_rule) for line in lines)


def _again(
    line: PastLine, product_of: ProductOf, bundles: Bundles, currency: Currency, half_rule: HalfRule
) -> Repeated:
    product = product_of(line.product_id)
    if not line.unit_price and product is not None and product.price:
        return Repeated(line, None, (FREE,))
    if product is None or not product.available:
        return Repeated(line, None, (NOT_SOLD,))
    bundle = bundles.get(line.product_id)
    if bundle is not None:
        components, changes = _made(bundle, line.parts, bundles)
        wrong = problems(bundle, components, bundles)
        if wrong:
            return Repeated(line, None, (*changes, *(sentence.rstrip(".") for sentence in wrong)))
        item = item_of(bundle, components, bundles=bundles, currency=currency, half_rule=half_rule)
        return _compared(line, item, (*changes, *_stock(product.stock, line.quantity)), currency)
    if line.parts:
        item = Item(
            line.product_id, line.variant_id, product.title, "", line.unit_price, _as_it_was(line.parts)
        )
        return Repeated(line, item, ("what it is made of is not known here: taken as it was",))
    return _plain(line, product, currency)


def _plain(line: PastLine, product: Product, currency: Currency) -> Repeated:
    variant = product.variant(line.variant_id) if line.variant_id else None
    if (line.variant_id and variant is None) or (product.has_variants and not line.variant_id):
        return Repeated(line, None, (f"does not come in {line.options or 'this form'} any more",))
    price = variant.price if variant else product.price
    stock = variant.stock if variant else product.stock
    item = Item(product.product_id, line.variant_id, product.title, variant.label if variant else "", price)
    return _compared(line, item, _stock(stock, line.quantity), currency)


def _compared(line: PastLine, item: Item, changes: tuple[str, ...], currency: Currency) -> Repeated:
    was, now = (currency.round(price) for price in (line.unit_price, item.unit_price))
    price = () if was == now else (f"was {currency.figures(was)}, is {currency.figures(now)}",)
    return Repeated(line, item, (*price, *changes))


def _stock(stock: int | None, wanted: int) -> tuple[str, ...]:
    if stock is None or stock >= wanted:
        return ()
    return (f"this store has only {stock}" if stock > 0 else "this store has none",)


def _made(
    bundle: Bundle, parts: Sequence[PastLine], bundles: Bundles
) -> tuple[tuple[Component, ...], tuple[str, ...]]:
    """The configuration that the parts make by today's menu, the base first, and what became of them."""
    changes: list[str] = []
    base = bundle.base
    made = [_base(bundle, base, part) for part in parts if base and part.product_id == base.product_id]
    size = base_size(bundle, tuple(made))
    room: Counter[int] = Counter()
    for part in parts:
        if base and part.product_id == base.product_id:
            continue
        place = _place(bundle, part.product_id, room)
        if place is None:
            changes.append(f"no {part.title} any more")
            continue
        group, item = place
        inner = bundles.get(item.product_id) if item.is_bundle else None
        if inner is not None:
            inside, more = _made(inner, part.parts, below(bundle, bundles))
            changes += more
        else:
            inside = _as_it_was(part.parts)
        variant_id = _variant(item, part, size, changes)
        separate = bundle.is_deal or item.is_bundle
        one = Component(
            item.product_id,
            variant_id,
            1 if separate else part.quantity,
            part.portion,
            group.group_id,
            item.title,
            inside,
        )
        made += [one] * (part.quantity if separate else 1)
        room[group.group_id] += part.quantity if separate else 1
    return tuple(made), tuple(changes)


def _base(bundle: Bundle, base: BundleItem, part: PastLine) -> Component:
    group = bundle.group_of(base.product_id)
    return Component(
        base.product_id, part.variant_id, group_id=group.group_id if group else 0, title=base.title
    )


def _place(bundle: Bundle, product_id: int, room: Counter[int]) -> tuple[Group, BundleItem] | None:
    """The group that a product goes into: of several, one that still needs something, else one not full."""
    found = [(group, item) for group in bundle.groups if (item := group.item(product_id)) is not None]
    needing = (pair for pair in found if room[pair[0].group_id] < pair[0].minimum)
    free = (pair for pair in found if pair[0].maximum is None or room[pair[0].group_id] < pair[0].maximum)
    return next(needing, None) or next(free, found[0] if found else None)


def _variant(item: BundleItem, part: PastLine, size: str, changes: list[str]) -> int:
    """The form that was ordered, or the usual one where that is gone."""
    if not item.variants or item.is_bundle:
        return 0
    known = item.variant(part.variant_id)
    if known is not None and (not size or fits(known, size)):
        return known.variant_id
    instead = usual(item, size)
    words = instead.label if instead else "another form"
    changes.append(f"{part.title} only in {words}")
    return instead.variant_id if instead else 0


def _as_it_was(parts: Sequence[PastLine]) -> tuple[Component, ...]:
    return tuple(
        Component(
            part.product_id,
            part.variant_id,
            part.quantity,
            part.portion,
            title=part.title,
            components=_as_it_was(part.parts),
        )
        for part in parts
    )
