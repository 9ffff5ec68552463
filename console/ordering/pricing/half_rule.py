"""The store's rule for the price of a topping on one half. The platform has the final say."""

from enum import StrEnum


class HalfRule(StrEnum):
    """Price of a topping on one half of a pizza, in the local estimate."""

    HALF = "half"
    """Half of its price, rounded half up for each topping."""
    DEARER = "dearer"
    """The price of a whole pizza of the dearer half."""
    AVERAGE = "average"
    """The mean of the two whole pizzas of each half, rounded half up once."""
    FULL = "full"
    """Its full price on either half."""
