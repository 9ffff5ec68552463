"""The local estimate of an order or a configured bundle, with each amount explained."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from console.ordering.catalogue import Variant
from console.ordering.configuration.base import Components, base_size, base_text, base_variant
from console.ordering.configuration.bundle import SIZE, Bundle, BundleItem, Bundles, option_value
from console.ordering.configuration.defaults import bundles_without, component_parts
from console.ordering.configuration.group_counts import placement_of
from console.ordering.configuration.strength import default_variant, topping_text
from console.ordering.draft import Component, Draft, DraftLine, Portion
from console.ordering.money import ZERO, Currency
from console.ordering.pricing.half_portions import PricedTopping, topping_costs
from console.ordering.pricing.half_rule import HalfRule

_PORTION_SUFFIX = {Portion.WHOLE: "", Portion.LEFT: ", left", Portion.RIGHT: ", right"}


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """One amount of an estimate, in its currency, and its label."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """The price by the menu on this machine. ``exact_lines`` are not rounded."""

    currency: Currency
    exact_lines: tuple[EstimateLine, ...]

    @property
    def exact_total(self) -> Decimal:
        """The sum before rounding: for a bundle, the unit price that a quantity is multiplied with."""
        return sum((amount.amount for amount in self.exact_lines), ZERO)

    @property
    def total(self) -> Decimal:
        """The sum, rounded once, without delivery, tax and promotions, which only the platform knows."""
        return self.currency.round(self.exact_total)

    @property
    def lines(self) -> tuple[EstimateLine, ...]:
        """The amounts as shown: rounded, and adding up to ``total``."""
        amounts = self.currency.round_column([line.amount for line in self.exact_lines])
        return tuple(
            EstimateLine(line.label, amount) for line, amount in zip(self.exact_lines, amounts, strict=True)
        )


def exact_amount(line: DraftLine) -> Decimal:
    """The estimate of a line before rounding."""
    return line.item.unit_price * line.quantity


def estimate_draft(draft: Draft, currency: Currency) -> Estimate:
    """Estimate a draft by the prices at the time its lines were added."""
    return Estimate(
        currency,
        tuple(
            EstimateLine(f"{line.quantity} x {line.item.title}", exact_amount(line)) for line in draft.lines
        ),
    )


def estimate_bundle(
    bundle: Bundle,
    components: Components,
    *,
    bundles: Bundles,
    currency: Currency,
    half_rule: HalfRule,
    deal_slot: BundleItem | None = None,
) -> Estimate:
    """Estimate one unit of a bundle, amount by amount. ``deal_slot`` is its place in a deal.

    A base costs its variant's price, or the slot's price for its size. A topping with an included price
    costs that, plus what its variant costs above the default one. Any other topping costs its variant's
    price, less the free units of its group. An amount of its own raises a sum below the floor to the floor.
    """
    lines = [*_base_lines(bundle, components, deal_slot)]
    lines += _topping_lines(bundle, components, currency, half_rule)
    lines += _part_lines(bundle, components, bundles, currency, half_rule)
    total = sum((amount.amount for amount in lines), ZERO)
    # In a slot with its own prices, the deal's price is the floor.
    floor = ZERO if deal_slot and deal_slot.base_prices else bundle.floor
    if total < floor:
        lines.append(EstimateLine(f"{bundle.title}, up to its lowest price", floor - total))
    return Estimate(currency, tuple(lines))


def _base_lines(
    bundle: Bundle, components: Components, deal_slot: BundleItem | None
) -> Iterator[EstimateLine]:
    base = base_variant(bundle, components)
    if base is None or bundle.price:
        yield EstimateLine(bundle.title, bundle.price)
    if base is not None:
        yield EstimateLine(f"{base_text(base)} {bundle.title}".strip(), _base_price(base, deal_slot))


def _base_price(base: Variant, deal_slot: BundleItem | None) -> Decimal:
    size = option_value(base, SIZE).casefold()
    prices = {name.casefold(): price for name, price in deal_slot.base_prices.items()} if deal_slot else {}
    return prices.get(size, base.price)


def _topping_lines(
    bundle: Bundle, components: Components, currency: Currency, half_rule: HalfRule
) -> Iterator[EstimateLine]:
    if bundle.is_deal:
        return
    size = base_size(bundle, components)
    labels: list[str] = []
    toppings: list[PricedTopping] = []
    for component in components:
        place = placement_of(bundle, component)
        if place is None or place[0].is_base or place[1].is_bundle:
            continue
        group, item = place
        labels.append(topping_text(item, component, size) + _PORTION_SUFFIX[component.portion])
        toppings.append(
            PricedTopping(
                item.product_id,
                _topping_price(item, component, size),
                component.quantity,
                component.portion,
                group.group_id if item.included is None else None,
            )
        )
    free = {group.group_id: group.free for group in bundle.groups}
    costs = topping_costs(toppings, free, half_rule, currency)
    for label, cost in zip(labels, costs, strict=True):
        yield EstimateLine(label, cost)


def _topping_price(item: BundleItem, component: Component, size: str) -> Decimal:
    """The price of one unit on a whole pizza, before free units."""
    variant = item.variant(component.variant_id)
    price = variant.price if variant else item.price
    if item.included is None:
        return price
    expected = default_variant(item, size)
    return item.included + max(ZERO, price - (expected.price if expected else item.price))


def _part_lines(
    bundle: Bundle, components: Components, bundles: Bundles, currency: Currency, half_rule: HalfRule
) -> Iterator[EstimateLine]:
    """Amounts for what fills a deal's slots, by number, and for bundles that are parts of a bundle."""
    for number, component in enumerate(components, 1):
        place = placement_of(bundle, component)
        if place is None or not (bundle.is_deal or place[1].is_bundle):
            continue
        item = place[1]
        prefix = f"{number}: " if bundle.is_deal else ""
        inner = bundles.get(item.product_id) if item.is_bundle else None
        lines = _extra_lines(item, component, is_required=inner is None)
        if inner is not None and inner is not bundle:
            inner_bundles = bundles_without(bundle, bundles)
            parts = component_parts(component, item, inner, inner_bundles)
            lines += estimate_bundle(
                inner, parts, bundles=inner_bundles, currency=currency, half_rule=half_rule, deal_slot=item
            ).exact_lines
        for line in lines:
            yield EstimateLine(prefix + line.label, line.amount * component.quantity)


def _extra_lines(item: BundleItem, component: Component, *, is_required: bool) -> list[EstimateLine]:
    """The price of choosing an item on top of the deal; left out if it is zero and not required."""
    if not (item.extra or is_required):
        return []
    variant = item.variant(component.variant_id)
    title = f"{item.title} {variant.label}" if variant else item.title
    return [EstimateLine(title, item.extra)]
