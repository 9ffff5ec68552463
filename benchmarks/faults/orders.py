"""Draw order items of simulated customers: plain products, variants, configured pizzas and deals."""

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
"""Probability that an item is a pizza or a deal."""
UNCHANGED_PROBABILITY = 0.2
"""Probability that a pizza or deal keeps its default configuration."""
MAX_CHANGES = 5
"""Maximum number of changes to a pizza or a deal."""

Components = tuple[Component, ...]


class ItemGenerator:
    """Draws items from the menu of the operator session."""

    def __init__(self, session: OperatorSession, products: tuple[Product, ...]) -> None:
        self._session = session
        self._bundles = session.menu.bundles
        self._plain_products = [
            product
            for product in products
            if product.product_type is ProductType.NORMAL and (not product.has_variants or product.variants)
        ]
        # By product id; checked when first drawn, since a console is started again after each kill.
        self._orderable: dict[int, bool] = {}

    def item(self, random: Random) -> OrderItem:
        """Draw any item."""
        if random.random() < BUNDLE_PROBABILITY and (bundle := self._random_bundle(random)):
            return self._configured_item(bundle, random)
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
        """Draw one fixed pizza with its topping on either half.

        The two have the same price and different contents, so that only the contents tell them apart.
        """
        bundle = next(
            bundle for bundle in self._bundles.values() if not bundle.is_deal and self._is_orderable(bundle)
        )
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

    def _random_bundle(self, random: Random) -> Bundle | None:
        """Draw a bundle that can be ordered as it comes; ``None`` if the one drawn cannot."""
        bundles = list(self._bundles.values())
        bundle = random.choice(bundles) if bundles else None
        return bundle if bundle is not None and self._is_orderable(bundle) else None

    def _is_orderable(self, bundle: Bundle) -> bool:
        if bundle.product_id not in self._orderable:
            components = configuration.default_configuration(bundle, self._bundles)
            self._orderable[bundle.product_id] = not self._has_problems(bundle, components)
        return self._orderable[bundle.product_id]

    def _configured_item(self, bundle: Bundle, random: Random) -> OrderItem:
        """Draw a configuration of a pizza or a deal."""
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
            currency=self._session.currency,
            half_rule=self._session.half_rule,
        )

    def _pizza(
        self, bundle: Bundle, components: Components, random: Random, slot: BundleItem | None = None
    ) -> Components:
        """Change a pizza: its base at times, and its toppings by portion and strength."""
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
        """Change a deal: the items in its slots, and the pizzas among them."""
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
                pizza = self._pizza(inner, before.components, random, slot=item)
                changed = deal.configure_place(components, place.index, pizza)
                components = self._valid_or_unchanged(bundle, components, changed)
                continue
            other = random.choice(place.group.items)
            variant_id = random.choice(other.variants).variant_id if other.variants else 0
            with suppress(ConfigureError):
                changed = deal.fill_place(
                    bundle,
                    self._bundles,
                    components,
                    place.group.group_id,
                    place.position,
                    other.product_id,
                    variant_id,
                )
                components = self._valid_or_unchanged(bundle, components, changed)
        return components

    def _valid_or_unchanged(
        self, bundle: Bundle, before: Components, after: Components, slot: BundleItem | None = None
    ) -> Components:
        """Return the changed components, or the ones before if the changed ones cannot be ordered."""
        return before if self._has_problems(bundle, after, slot) else after

    def _has_problems(self, bundle: Bundle, components: Components, slot: BundleItem | None = None) -> bool:
        if bundle.is_deal and any(
            place.problem for place in deal.deal_places(bundle, components, self._bundles)
        ):
            return True
        return bool(configuration.problems(bundle, components, self._bundles, deal_slot=slot))


def _change_topping(
    bundle: Bundle, components: Components, random: Random, topping: BundleItem
) -> Components:
    """Change a topping as a key of the builder does.

    Raises:
        ConfigureError: The menu does not allow the change.
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
