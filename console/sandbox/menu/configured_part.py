"""A product as ordered: its variant, quantity and portion, with the parts chosen for it."""

from dataclasses import dataclass

from console.sandbox.menu.half_rule import WHOLE


@dataclass(frozen=True, slots=True)
class ConfiguredPart:
    """A configured product: a line of a cart, or a part of one.

    ``quantity`` is per unit of the parent.
    """

    product_id: int
    variant_id: int = 0
    quantity: int = 1
    portion: str = WHOLE
    group_id: int = 0
    parts: tuple["ConfiguredPart", ...] = ()
