"""The prices at one location: the menu's, with updates and switches applied.

Every price comes from here, whether it is charged or only shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from console.sandbox.menu.menu import ZERO, MenuProduct, MenuVariant


@dataclass(frozen=True, slots=True)
class UnitPrices:
    """The price of one unit, and its list price."""

    web_price: Decimal
    list_price: Decimal


@dataclass(frozen=True, slots=True)
class PriceBook:
    """The differences from the menu's prices.

    ``updates`` is by product and variant id, the latter 0 for the product. ``overrides`` is by product or
    variant id and comes first; a product's holds for its variants.
    """

    updates: Mapping[tuple[int, int], UnitPrices] = field(default_factory=dict[tuple[int, int], UnitPrices])
    overrides: Mapping[int, Decimal] = field(default_factory=dict[int, Decimal])

    @property
    def is_empty(self) -> bool:
        """True if every price is the menu's."""
        return not self.updates and not self.overrides

    def price(self, product: MenuProduct, variant: MenuVariant | None) -> Decimal:
        """The price of a product or its variant."""
        if variant is not None and variant.variant_id in self.overrides:
            return self.overrides[variant.variant_id]
        if product.product_id in self.overrides:
            return self.overrides[product.product_id]
        updated = self._update_of(product, variant)
        if updated is not None:
            return updated.web_price
        return product.price if variant is None else variant.price

    def list_price(self, product: MenuProduct, variant: MenuVariant | None) -> Decimal:
        """The list price: never below the price."""
        updated = self._update_of(product, variant)
        menu_price = product.list_price if variant is None else variant.list_price
        return max(menu_price if updated is None else updated.list_price, self.price(product, variant))

    def price_shift(self, product: MenuProduct) -> Decimal:
        """Difference by which an update moved the price of a bundle or deal from the menu's."""
        updated = self._update_of(product, None)
        return ZERO if updated is None else updated.web_price - product.price

    def _update_of(self, product: MenuProduct, variant: MenuVariant | None) -> UnitPrices | None:
        return self.updates.get((product.product_id, 0 if variant is None else variant.variant_id))
