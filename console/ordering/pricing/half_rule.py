"""What a topping on one half of a pizza costs: the store's rule, by name.

Kept in a store's profile, applied by the local estimate; the platform's echo decides in the end.
"""

from enum import StrEnum


class HalfRule(StrEnum):
    """What a topping on half of a pizza costs in the local estimate."""

    HALF = "half"
    """Half of its price, each topping rounded half up."""
    DEARER = "dearer"
    """The pizza costs what a whole one of its dearer half would."""
    AVERAGE = "average"
    """The average of the two whole pizzas that its halves would be, rounded half up once."""
    FULL = "full"
    """Its full price, on either half."""
