"""The operator's request to place a draft, at the total quoted to the customer."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PlacementRequest:
    """Place the draft as it was after ``edit_count`` edits, at the total quoted to the customer.

    ``requested_at`` is Unix time in seconds: a request that waits for too long asks again.
    ``quoted_delivery`` is the delivery fee in the total, ``None`` if it was quoted "plus delivery".
    """

    quoted_total: Decimal
    requested_at: float
    edit_count: int
    quoted_delivery: Decimal | None = Decimal(0)
