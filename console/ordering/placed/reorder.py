"""Order a past order again: each of its lines by today's menu, and what changed since."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from console.ordering.catalogue import Product
from console.ordering.configuration import default_variant, problems
from console.ordering.configuration.base import base_size
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, Bundles
from console.ordering.configuration.defaults import bundles_without
from console.ordering.configuration.strength import fits_size
from console.ordering.descriptions import build_order_item
from console.ordering.draft import MAX_QUANTITY, Component, OrderItem
from console.ordering.money import ZERO, Currency
from console.ordering.placed.past_orders import PastLine
from console.ordering.pricing.half_rule import HalfRule

NOT_SOLD = "is not on the menu any more"
WAS_FREE = "was free: the platform adds it again if the offer still holds"

FindProduct = Callable[[int], Product | None]


@dataclass(frozen=True, slots=True)
class ReorderLine:
    """A line of a past order by today's menu; ``item`` is ``None`` if it cannot be ordered.

    ``changes`` are the differences, each without its subject: ``was 4.500, is 4.700``.
    """

    past_line: PastLine
    item: OrderItem | None
    changes: tuple[str, ...] = ()

    @property
    def quantity(self) -> int:
        """The quantity to order again."""
        return min(self.past_line.quantity, MAX_QUANTITY)

    @property
    def past_total(self) -> Decimal:
        """The total paid then."""
        return self.past_line.total

    @property
    def current_total(self) -> Decimal:
        """The estimated total now, exact; zero if it cannot be ordered."""
        return self.item.unit_price * self.quantity if self.item else ZERO


def reorder_lines(
    lines: Sequence[PastLine],
    *,
    find_product: FindProduct,
    bundles: Bundles,
    currency: Currency,
    half_rule: HalfRule,
) -> tuple[ReorderLine, ...]:
    """Make every line of a past order anew. The variants of the menu's products must be known."""
    found = (_reorder_line(line, find_product, bundles, currency, half_rule) for line in lines)
    return tuple(_with_cancellation(line) for line in found)


def _with_cancellation(line: ReorderLine) -> ReorderLine:
    """Say what was cancelled of a line: it was ordered, and not bought."""
    cancelled = line.past_line.cancelled_quantity
    if not cancelled:
        return line
    text = "was cancelled" if cancelled >= line.past_line.quantity else f"{cancelled} of it cancelled"
    return replace(line, changes=(*line.changes, text))


def _reorder_line(
    line: PastLine, find_product: FindProduct, bundles: Bundles, currency: Currency, half_rule: HalfRule
) -> ReorderLine:
    product = find_product(line.product_id)
    if not line.unit_price and product is not None and product.price:
        return ReorderLine(line, None, (WAS_FREE,))
    if product is None or not product.available:
        return ReorderLine(line, None, (NOT_SOLD,))
    bundle = bundles.get(line.product_id)
    if bundle is not None:
        rebuilt = rebuild_components(bundle, line.parts, bundles)
        found = problems(bundle, rebuilt.components, bundles)
        if found:
            return ReorderLine(line, None, (*rebuilt.changes, *(sentence.rstrip(".") for sentence in found)))
        item = build_order_item(
            bundle, rebuilt.components, bundles=bundles, currency=currency, half_rule=half_rule
        )
        changes = (*rebuilt.changes, *_stock_changes(product.stock, line.quantity))
        return _with_price_change(line, item, changes, currency)
    if line.parts:
        item = OrderItem(
            line.product_id,
            line.variant_id,
            product.title,
            "",
            line.unit_price,
            _unchanged_components(line.parts),
        )
        return ReorderLine(line, item, ("its parts are not known here: ordered as it was",))
    return _reorder_product(line, product, currency)


def _reorder_product(line: PastLine, product: Product, currency: Currency) -> ReorderLine:
    variant = product.variant(line.variant_id) if line.variant_id else None
    if (line.variant_id and variant is None) or (product.has_variants and not line.variant_id):
        return ReorderLine(line, None, (f"does not come in {line.options or 'this form'} any more",))
    price = variant.price if variant else product.price
    stock = variant.stock if variant else product.stock
    item = OrderItem(
        product.product_id, line.variant_id, product.title, variant.label if variant else "", price
    )
    return _with_price_change(line, item, _stock_changes(stock, line.quantity), currency)


def _with_price_change(
    line: PastLine, item: OrderItem, changes: tuple[str, ...], currency: Currency
) -> ReorderLine:
    is_same = currency.is_same_price(line.unit_price, item.unit_price, line.quantity)
    old_price, new_price = currency.format_prices(line.unit_price, item.unit_price)
    price = () if is_same else (f"was {old_price}, is {new_price}",)
    return ReorderLine(line, item, (*price, *changes))


def _stock_changes(stock: int | None, quantity: int) -> tuple[str, ...]:
    if stock is None or stock >= quantity:
        return ()
    return (f"this store has only {stock}" if stock > 0 else "this store has none",)


@dataclass(frozen=True, slots=True)
class RebuiltParts:
    """Components by today's menu, and what changed since."""

    components: tuple[Component, ...]
    changes: tuple[str, ...] = ()


def rebuild_components(bundle: Bundle, parts: Sequence[PastLine], bundles: Bundles) -> RebuiltParts:
    """The configuration that the parts make by today's menu, the base first."""
    base = bundle.base
    base_id = base.product_id if base else None
    components = [
        _base_component(bundle, base, part) for part in parts if base and part.product_id == base_id
    ]
    size = base_size(bundle, tuple(components))
    changes: list[str] = []
    used: Counter[int] = Counter()
    for part in parts:
        if part.product_id == base_id:
            continue
        place = _find_group(bundle, part.product_id, used)
        if place is None:
            changes.append(f"no {part.title} any more")
            continue
        rebuilt = _rebuild_part(bundle, place, part, size, bundles)
        components += rebuilt.components
        changes += rebuilt.changes
        used.update(component.group_id for component in rebuilt.components)
    return RebuiltParts(tuple(components), tuple(changes))


def _rebuild_part(
    bundle: Bundle, place: tuple[BundleGroup, BundleItem], part: PastLine, size: str, bundles: Bundles
) -> RebuiltParts:
    """One part by today's menu. In a deal each unit is a component of its own."""
    group, item = place
    inner = bundles.get(item.product_id) if item.is_bundle else None
    nested = (
        RebuiltParts(_unchanged_components(part.parts))
        if inner is None
        else rebuild_components(inner, part.parts, bundles_without(bundle, bundles))
    )
    variant_id, variant_changes = _matching_variant(item, part, size)
    is_separate = bundle.is_deal or item.is_bundle
    component = Component(
        item.product_id,
        variant_id,
        1 if is_separate else part.quantity,
        part.portion,
        group.group_id,
        item.title,
        nested.components,
    )
    count = part.quantity if is_separate else 1
    return RebuiltParts((component,) * count, (*nested.changes, *variant_changes))


def _base_component(bundle: Bundle, base: BundleItem, part: PastLine) -> Component:
    group = bundle.group_of(base.product_id)
    return Component(
        base.product_id, part.variant_id, group_id=group.group_id if group else 0, title=base.title
    )


def _find_group(bundle: Bundle, product_id: int, used: Counter[int]) -> tuple[BundleGroup, BundleItem] | None:
    """The group for a product: one that needs more, else one that is not full, else the first."""
    found = [(group, item) for group in bundle.groups if (item := group.item(product_id)) is not None]
    too_few = (pair for pair in found if used[pair[0].group_id] < pair[0].minimum)
    not_full = (pair for pair in found if pair[0].maximum is None or used[pair[0].group_id] < pair[0].maximum)
    return next(too_few, None) or next(not_full, found[0] if found else None)


def _matching_variant(item: BundleItem, part: PastLine, size: str) -> tuple[int, tuple[str, ...]]:
    """The variant that was ordered, or the default one and what that changes; 0 for none."""
    if not item.variants or item.is_bundle:
        return 0, ()
    past_variant = item.variant(part.variant_id)
    if past_variant is not None and (not size or fits_size(past_variant, size)):
        return past_variant.variant_id, ()
    replacement = default_variant(item, size)
    words = replacement.label if replacement else "another form"
    return replacement.variant_id if replacement else 0, (f"{part.title} only in {words}",)


def _unchanged_components(parts: Sequence[PastLine]) -> tuple[Component, ...]:
    return tuple(
        Component(
            part.product_id,
            part.variant_id,
            part.quantity,
            part.portion,
            title=part.title,
            components=_unchanged_components(part.parts),
        )
        for part in parts
    )
