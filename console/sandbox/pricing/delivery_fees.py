"""The sandbox's delivery charges: by store and area, and nothing from an amount of goods on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from console.sandbox.menu.menu import ZERO

HOME_DELIVERY = "H"


@dataclass(frozen=True, slots=True)
class DeliveryFees:
    """The merchant's charges, in its currency.

    ``by_mode`` holds where no other applies, ``by_area`` for deliveries of one store, by its id, to one area,
    by its name in lower case. Goods of ``free_from`` and more are delivered for nothing.
    """

    by_mode: Mapping[str, Decimal]
    by_area: Mapping[tuple[int, str], Decimal]
    free_from: Decimal

    def fee(self, *, mode: str, location_id: int, area: str, goods: Decimal) -> Decimal:
        """The charge for an order with goods of this amount; ``area`` is as the address names it."""
        if mode != HOME_DELIVERY:
            return self.by_mode[mode]
        if goods >= self.free_from:
            return ZERO
        return self.by_area.get((location_id, area.strip().casefold()), self.by_mode[mode])
