"""What the platform makes of some products in a run: few, none, another one, a deal, another price."""

from dataclasses import dataclass, replace
from random import Random

from benchmarks.faults.order_record import Contents, Part, default_contents, merge_equal, without_product

SIDES = (
    *(13047605, 13047609, 13047615, 13047617, 13047619, 13047621, 13047623, 13047625, 13047631),
    *(13047645, 13047649, 13047653, 13047655, 13047657, 13047659, 13047665, 13047667, 13047673),
)
"""Products without variants, none of them part of a bundle that a simulated customer configures."""
DEAL = 13047461
"""A deal that is sold all day."""
DEAL_AS_SOLD = Part(DEAL, 0, 1, parts=default_contents(DEAL))
FEW = 1
"""Units of a product that is short; a simulated customer may want three."""
CHANGED_PRICE = "1.234"


@dataclass(frozen=True, slots=True)
class Oddities:
    """Products by what becomes of them. ``extra`` is what somebody else adds to carts."""

    short: int
    refused: int
    replaced: int
    replacement: int
    converted: int
    changed_price: int
    extra: int

    @classmethod
    def from_seed(cls, seed: int) -> "Oddities":
        """Draw them from a seed."""
        return cls(*Random(f"oddities {seed}").sample(SIDES, 7))

    def with_deals(self, cart: Contents) -> Contents:
        """Return a cart as the platform shows it: its record has the product that it shows as a deal."""
        return merge_equal(
            replace(DEAL_AS_SOLD, quantity=part.quantity) if part.product_id == self.converted else part
            for part in cart
        )

    def left_undecided(self, cart: Contents, order: Contents) -> bool:
        """Return True if a cart is what the platform makes of an order whose differences nobody decided."""
        made, rest = (without_product(parts, self.short) for parts in (self._made_of(order), cart))
        return rest == made and _units(cart, self.short) <= _units(order, self.short)

    def _made_of(self, order: Contents) -> Contents:
        instead = {
            self.replaced: Part(self.replacement, 0, 0),
            self.converted: DEAL_AS_SOLD,
        }
        return merge_equal(
            replace(instead.get(part.product_id, part), quantity=part.quantity)
            for part in order
            if part.product_id != self.refused
        )

    def switches(self) -> dict[str, object]:
        """Return them as switches of the store, without the stock of the short product."""
        return {
            "refuse": [self.refused],
            "substitute": {str(self.replaced): self.replacement},
            "convert_deals": {str(self.converted): DEAL},
            "price_changes": {str(self.changed_price): CHANGED_PRICE},
        }

    def stock(self) -> dict[str, int]:
        """Return the stock that differs from plenty."""
        return {str(self.short): FEW}


def _units(parts: Contents, product_id: int) -> int:
    return sum(part.quantity for part in parts if part.product_id == product_id)
