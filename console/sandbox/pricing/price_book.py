"""The prices in force at one place: those of the menu, but for what was updated or switched.

The only place where a price is looked up: by pricing for the carts, and by whatever prints a price.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from console.sandbox.menu.menu import ZERO, Product, Variant


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one unit costs, and what is printed as its usual price."""

    web_price: Decimal
    list_price: Decimal


@dataclass(frozen=True, slots=True)
class PriceBook:
    """What differs from the menu. ``updated`` is by product and variant id, the latter 0 for the product.

    ``switched`` is by product or variant id and goes before everything; a product's holds for its variants.
    """

    updated: Mapping[tuple[int, int], Amounts] = field(default_factory=dict[tuple[int, int], Amounts])
    switched: Mapping[int, Decimal] = field(default_factory=dict[int, Decimal])

    @property
    def empty(self) -> bool:
        """Whether everything costs what the menu says."""
        return not self.updated and not self.switched

    def price(self, product: Product, variant: Variant | None) -> Decimal:
        """What a product or its variant costs."""
        if variant is not None and variant.variant_id in self.switched:
            return self.switched[variant.variant_id]
        if product.product_id in self.switched:
            return self.switched[product.product_id]
        updated = self._updated(product, variant)
        if updated is not None:
            return updated.web_price
        return product.price if variant is None else variant.price

    def list_price(self, product: Product, variant: Variant | None) -> Decimal:
        """What is printed as the usual price: never less than what it costs."""
        updated = self._updated(product, variant)
        usual = product.list_price if variant is None else variant.list_price
        return max(usual if updated is None else updated.list_price, self.price(product, variant))

    def shift(self, product: Product) -> Decimal:
        """By how much an update moved the price of what is made of parts, against the menu."""
        updated = self._updated(product, None)
        return ZERO if updated is None else updated.web_price - product.price

    def _updated(self, product: Product, variant: Variant | None) -> Amounts | None:
        return self.updated.get((product.product_id, 0 if variant is None else variant.variant_id))
