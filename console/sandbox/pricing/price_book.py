"""The prices in force at one place: those of the menu, but for what was updated or switched.

The only place where a price is looked up: by pricing for the carts, and by whatever prints a price.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from console.sandbox.menu.menu import ZERO, MenuProduct, MenuVariant


@dataclass(frozen=True, slots=True)
class UnitPrices:
    """What one unit costs, and what is printed as its usual price."""

    web_price: Decimal
    list_price: Decimal


@dataclass(frozen=True, slots=True)
class PriceBook:
    """What differs from the menu. ``updates`` is by product and variant id, the latter 0 for the product.

    ``overrides`` is by product or variant id and goes first; a product's holds for its variants.
    """

    updates: Mapping[tuple[int, int], UnitPrices] = field(default_factory=dict[tuple[int, int], UnitPrices])
    overrides: Mapping[int, Decimal] = field(default_factory=dict[int, Decimal])

    @property
    def is_empty(self) -> bool:
        """Whether everything costs what the menu says."""
        return not self.updates and not self.overrides

    def price(self, product: MenuProduct, variant: MenuVariant | None) -> Decimal:
        """What a product or its variant costs."""
        if variant is not None and variant.variant_id in self.overrides:
            return self.overrides[variant.variant_id]
        if product.product_id in self.overrides:
            return self.overrides[product.product_id]
        updated = self._update_of(product, variant)
        if updated is not None:
            return updated.web_price
        return product.price if variant is None else variant.price

    def list_price(self, product: MenuProduct, variant: MenuVariant | None) -> Decimal:
        """What is printed as the usual price: never less than what it costs."""
        updated = self._update_of(product, variant)
        menu_price = product.list_price if variant is None else variant.list_price
        return max(menu_price if updated is None else updated.list_price, self.price(product, variant))

    def price_shift(self, product: MenuProduct) -> Decimal:
        """By how much an update moved the price of what is made of parts, against the menu."""
        updated = self._update_of(product, None)
        return ZERO if updated is None else updated.web_price - product.price

    def _update_of(self, product: MenuProduct, variant: MenuVariant | None) -> UnitPrices | None:
        return self.updates.get((product.product_id, 0 if variant is None else variant.variant_id))
