"""The operator's request to place a draft, at the total quoted to the customer."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PlacementRequest:
    """Place the draft as it was after ``edit_count`` edits, at the total quoted to the customer.

    ``requested_at`` is Unix time in seconds. ``accepted_differences_digest`` is of the differences that the
    operator saw in the cart and accepted; empty if the cart was not known then. ``quoted_delivery`` is the
    delivery fee in the total, ``None`` if the customer was told "plus delivery".
    """

    quoted_total: Decimal
    requested_at: float
    edit_count: int
    accepted_differences_digest: str = ""
    quoted_delivery: Decimal | None = Decimal(0)
