"""What the platform makes of some products in a run: few, none, another one, a deal, another price."""

from dataclasses import dataclass
from random import Random

SIDES = (
    *(13047605, 13047609, 13047615, 13047617, 13047619, 13047621, 13047623, 13047625, 13047631),
    *(13047645, 13047649, 13047653, 13047655, 13047657, 13047659, 13047665, 13047667, 13047673),
)
"""Products without variants, none of them part of a bundle that a simulated customer configures."""
DEAL = 13047461
"""A deal that is sold all day."""
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
