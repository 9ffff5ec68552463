"""The local estimate of an order and of a configured bundle, with an explanation of every amount.

Shown until the platform's echo replaces it; never sent as a price that counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from console.ordering.bundle import SIZE, Bundle, BundleItem, Bundles, option
from console.ordering.draft import Component, Draft, Line, Portion
from console.ordering.half_rule import HalfRule
from console.ordering.halves import Topping, topping_costs
from console.ordering.menu import Variant
from console.ordering.money import ZERO, Currency
from console.ordering.pizza.base import Components, base_size, base_text, base_variant
from console.ordering.pizza.counts import belongs
from console.ordering.pizza.on_menu import below, parts_of
from console.ordering.pizza.strength import said, usual

_LYING = {Portion.WHOLE: "", Portion.LEFT: ", left", Portion.RIGHT: ", right"}


@dataclass(frozen=True, slots=True)
class Amount:
    """One line of an explanation: what it is for, and how much, in the estimate's currency."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the order should cost by the menu on this machine. ``amounts`` sum to ``total`` exactly."""

    currency: Currency
    amounts: tuple[Amount, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines, before what only the platform knows: delivery, tax, promotions."""
        return sum((amount.amount for amount in self.amounts), ZERO)


def line_total(line: Line, currency: Currency) -> Decimal:
    """What a line should cost: the rounded price of one, times the quantity."""
    return currency.round(line.item.unit_price) * line.quantity


def estimate(draft: Draft, currency: Currency) -> Estimate:
    """Price a draft by the menu prices its lines were added at."""
    return Estimate(
        currency,
        tuple(
            Amount(f"{line.quantity} x {line.item.title}", line_total(line, currency)) for line in draft.lines
        ),
    )


def explain(
    bundle: Bundle,
    components: Components,
    *,
    bundles: Bundles,
    currency: Currency,
    half_rule: HalfRule,
    slot: BundleItem | None = None,
) -> Estimate:
    """What one of it should cost, amount by amount. ``slot`` is its place in a deal.

    A base costs its variant's price, or what the slot says for its size. A topping with an included price
    costs that, and what its form costs above the usual one; any other costs its form's price, the free
    units of its group nothing. What would fall below the floor is raised to it by an amount of its own.
    """
    amounts = [*_own(bundle, components, slot)]
    amounts += _toppings(bundle, components, currency, half_rule)
    amounts += _parts(bundle, components, bundles, currency, half_rule)
    rounded = [Amount(amount.label, currency.round(amount.amount)) for amount in amounts]
    total = sum((amount.amount for amount in rounded), ZERO)
    # A slot with prices of its own has its own least price too: that of the deal.
    floor = ZERO if slot and slot.base_prices else currency.round(bundle.floor)
    if total < floor:
        rounded.append(Amount(f"{bundle.title}, up to its lowest price", floor - total))
    return Estimate(currency, tuple(rounded))


def _own(bundle: Bundle, components: Components, slot: BundleItem | None) -> Iterator[Amount]:
    base = base_variant(bundle, components)
    if base is None or bundle.price:
        yield Amount(bundle.title, bundle.price)
    if base is not None:
        yield Amount(f"{base_text(base)} {bundle.title}".strip(), _base_price(base, slot))


def _base_price(base: Variant, slot: BundleItem | None) -> Decimal:
    size = option(base, SIZE).casefold()
    prices = {name.casefold(): price for name, price in slot.base_prices.items()} if slot else {}
    return prices.get(size, base.price)


def _toppings(
    bundle: Bundle, components: Components, currency: Currency, half_rule: HalfRule
) -> Iterator[Amount]:
    if bundle.is_deal:
        return
    size = base_size(bundle, components)
    labels: list[str] = []
    toppings: list[Topping] = []
    for component in components:
        place = belongs(bundle, component)
        if place is None or place[0].is_base or place[1].is_bundle:
            continue
        group, item = place
        labels.append(said(item, component, size) + _LYING[component.portion])
        toppings.append(
            Topping(
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
        yield Amount(label, cost)


def _topping_price(item: BundleItem, component: Component, size: str) -> Decimal:
    """What one unit of a topping costs on a whole pizza, before free units."""
    form = item.variant(component.variant_id)
    price = form.price if form else item.price
    if item.included is None:
        return price
    expected = usual(item, size)
    return item.included + max(ZERO, price - (expected.price if expected else item.price))


def _parts(
    bundle: Bundle, components: Components, bundles: Bundles, currency: Currency, half_rule: HalfRule
) -> Iterator[Amount]:
    """What fills a deal's slots, each by its number, and bundles that are parts of a bundle."""
    for number, component in enumerate(components, 1):
        place = belongs(bundle, component)
        if place is None or not (bundle.is_deal or place[1].is_bundle):
            continue
        item = place[1]
        mark = f"{number}: " if bundle.is_deal else ""
        inner = bundles.get(item.product_id) if item.is_bundle else None
        form = item.variant(component.variant_id)
        title = f"{item.title} {form.label}" if form else item.title
        if inner is None or item.extra:
            yield Amount(mark + title, currency.round(item.extra) * component.quantity)
        if inner is not None and inner is not bundle:
            inside = below(bundle, bundles)
            parts = parts_of(component, item, inner, inside)
            priced = explain(inner, parts, bundles=inside, currency=currency, half_rule=half_rule, slot=item)
            for amount in priced.amounts:
                yield Amount(mark + amount.label, amount.amount * component.quantity)
