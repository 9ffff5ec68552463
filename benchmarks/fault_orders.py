"""What simulated customers order: plain products, products of several forms, pizzas and deals made their own.

Used by ``fault_worker.py``.
"""

from random import Random

from console.desk.desk import Desk
from console.ordering import pizza
from console.ordering.bundle import Bundle
from console.ordering.draft import Item, Portion
from console.ordering.menu import Product, ProductType
from console.ordering.pizza import ConfigureError
from console.ordering.speech import item_of

MADE_THEIR_OWN = 0.25
"""How often it is a pizza or a deal."""


class Tastes:
    """Draws items from the menu as the console knows it."""

    def __init__(self, desk: Desk, products: tuple[Product, ...]) -> None:
        self._desk = desk
        self._plain = [
            product
            for product in products
            if product.product_type is ProductType.NORMAL and (not product.has_variants or product.variants)
        ]
        self._bundles = [
            bundle
            for bundle in desk.menu.bundles.values()
            if not pizza.problems(bundle, pizza.as_on_menu(bundle, desk.menu.bundles), desk.menu.bundles)
        ]

    def item(self, random: Random) -> Item:
        """Something to eat or drink."""
        if self._bundles and random.random() < MADE_THEIR_OWN:
            return self._made(random.choice(self._bundles), random)
        product = random.choice(self._plain)
        variant = random.choice(product.variants) if product.variants else None
        return Item(
            product_id=product.product_id,
            variant_id=variant.variant_id if variant else 0,
            title=product.title,
            options=variant.label if variant else "",
            unit_price=variant.price if variant else product.price,
        )

    def _made(self, bundle: Bundle, random: Random) -> Item:
        """A deal as on the menu, or a pizza with up to two more toppings, where they fit."""
        bundles = self._desk.menu.bundles
        components = pizza.as_on_menu(bundle, bundles)
        toppings = (
            []
            if bundle.is_deal
            else [item for group in bundle.groups if not group.is_base for item in group.items]
        )
        for topping in random.sample(toppings, min(len(toppings), random.randint(0, 2))):
            try:
                changed = pizza.put(bundle, components, topping.product_id, random.choice(list(Portion)))
            except ConfigureError:
                continue
            if not pizza.problems(bundle, changed, bundles):
                components = changed
        return item_of(
            bundle,
            components,
            bundles=bundles,
            currency=self._desk.currency,
            half_rule=self._desk.half_rule,
        )
