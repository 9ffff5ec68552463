"""What simulated customers order: plain products, products of several forms, pizzas and deals made their own.

Used by ``fault_worker.py``.
"""

from contextlib import suppress
from random import Random

from console.ordering import configuration
from console.ordering.catalogue import Product, ProductType
from console.ordering.configuration import ConfigureError, deal
from console.ordering.configuration.bundle import Bundle, BundleItem
from console.ordering.descriptions import build_order_item
from console.ordering.draft import Component, OrderItem, Portion
from console.services.operator_session import OperatorSession

BUNDLE_PROBABILITY = 0.4
"""How often it is a pizza or a deal."""
UNCHANGED_PROBABILITY = 0.2
"""How often nothing of that is changed."""
MAX_CHANGES = 5
"""So many changes at most to a pizza, and to a deal."""

Components = tuple[Component, ...]


class ItemGenerator:
    """Draws items from the menu as the console knows it."""

    def __init__(self, desk: OperatorSession, products: tuple[Product, ...]) -> None:
        self._desk = desk
        self._bundles = desk.menu.bundles
        self._plain_products = [
            product
            for product in products
            if product.product_type is ProductType.NORMAL and (not product.has_variants or product.variants)
        ]
        self._orderable_bundles = [
            bundle
            for bundle in self._bundles.values()
            if not self._problems(bundle, configuration.default_configuration(bundle, self._bundles))
        ]

    def item(self, random: Random) -> OrderItem:
        """Something to eat or drink."""
        if self._orderable_bundles and random.random() < BUNDLE_PROBABILITY:
            return self._configured_item(random.choice(self._orderable_bundles), random)
        product = random.choice(self._plain_products)
        variant = random.choice(product.variants) if product.variants else None
        return OrderItem(
            product_id=product.product_id,
            variant_id=variant.variant_id if variant else 0,
            title=product.title,
            options=variant.label if variant else "",
            unit_price=variant.price if variant else product.price,
        )

    def regular_item(self, random: Random) -> OrderItem:
        """The same pizza as ever, with its topping on one half or the other: at one price, and not alike."""
        bundle = next(bundle for bundle in self._orderable_bundles if not bundle.is_deal)
        topping = next(
            item.product_id
            for group in bundle.groups
            for item in group.items
            if not group.is_base and not item.whole_only and not item.quantity
        )
        half = random.choice((Portion.LEFT, Portion.RIGHT))
        components = configuration.put_topping(
            bundle, configuration.default_configuration(bundle, self._bundles), topping, half
        )
        return self._item(bundle, components)

    def _configured_item(self, bundle: Bundle, random: Random) -> OrderItem:
        """A pizza or a deal, as on the menu or changed here and there."""
        components = configuration.default_configuration(bundle, self._bundles)
        if random.random() >= UNCHANGED_PROBABILITY:
            change = self._deal if bundle.is_deal else self._pizza
            components = change(bundle, components, random)
        return self._item(bundle, components)

    def _item(self, bundle: Bundle, components: Components) -> OrderItem:
        return build_order_item(
            bundle,
            components,
            bundles=self._bundles,
            currency=self._desk.currency,
            half_rule=self._desk.half_rule,
        )

    def _pizza(
        self, bundle: Bundle, components: Components, random: Random, slot: BundleItem | None = None
    ) -> Components:
        """Another base at times, toppings on the whole and on halves, stronger, weaker, and taken off."""
        toppings = [item for group in bundle.groups if not group.is_base for item in group.items]
        if random.random() < 0.5:
            size = random.choice(configuration.sizes(bundle, deal_slot=slot))
            crust = random.choice(configuration.crusts(bundle, size))
            with suppress(ConfigureError):
                refit = configuration.with_base(bundle, components, size=size, crust=crust, deal_slot=slot)
                components = self._valid_or_unchanged(bundle, components, refit.components, slot)
        for _ in range(random.randint(1, MAX_CHANGES) if toppings else 0):
            with suppress(ConfigureError):
                changed = _change_topping(bundle, components, random, random.choice(toppings))
                components = self._valid_or_unchanged(bundle, components, changed, slot)
        return components

    def _deal(self, bundle: Bundle, components: Components, random: Random) -> Components:
        """Other choices in its slots, and the pizzas in them changed as any other."""
        for _ in range(random.randint(1, MAX_CHANGES)):
            place = random.choice(
                [place for place in deal.deal_places(bundle, components) if place.component]
            )
            before = place.component
            if before is None:
                continue
            inner = self._bundles.get(before.product_id)
            if inner is not None and random.random() < 0.5:
                item = place.group.item(before.product_id)
                made = self._pizza(inner, before.components, random, slot=item)
                changed = deal.configure_place(components, place.index, made)
                components = self._valid_or_unchanged(bundle, components, changed)
                continue
            other = random.choice(place.group.items)
            form = random.choice(other.variants).variant_id if other.variants else 0
            with suppress(ConfigureError):
                changed = deal.fill_place(
                    bundle,
                    self._bundles,
                    components,
                    place.group.group_id,
                    place.position,
                    other.product_id,
                    form,
                )
                components = self._valid_or_unchanged(bundle, components, changed)
        return components

    def _valid_or_unchanged(
        self, bundle: Bundle, before: Components, after: Components, slot: BundleItem | None = None
    ) -> Components:
        """What it is after a change, or as it was where it could not be ordered any more."""
        return before if self._problems(bundle, after, slot) else after

    def _problems(self, bundle: Bundle, components: Components, slot: BundleItem | None = None) -> bool:
        if bundle.is_deal and any(
            place.problem for place in deal.deal_places(bundle, components, self._bundles)
        ):
            return True
        return bool(configuration.problems(bundle, components, self._bundles, deal_slot=slot))


def _change_topping(
    bundle: Bundle, components: Components, random: Random, topping: BundleItem
) -> Components:
    """One thing that the builder's keys do to a topping.

    Raises:
        ConfigureError: the menu does not let it.
    """
    portion = random.choice(list(Portion))
    base = bundle.base.product_id if bundle.base else 0
    topping_ids = [component.product_id for component in components if component.product_id != base]
    roll = random.random()
    if roll < 0.5 or not topping_ids:
        return configuration.put_topping(bundle, components, topping.product_id, portion)
    change = (
        configuration.remove_topping
        if roll < 0.65
        else configuration.make_stronger
        if roll < 0.85
        else configuration.make_weaker
    )
    return change(bundle, components, random.choice(topping_ids), portion)
