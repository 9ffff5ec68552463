"""The operator's wish to have a draft placed, with what the customer was told, as it is kept with the draft.

Made by the desk, kept by ``outbox``, followed by the engine once the platform agrees with it.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PlacementRequest:
    """Place the draft as it was after ``edit_count`` edits, at the total quoted to the customer.

    ``requested_at`` is Unix time in seconds. ``accepted_differences_digest`` is of the cart when the
    operator said so, empty where that was not known yet: differences that were seen need no second word.
    """

    quoted_total: Decimal
    requested_at: float
    edit_count: int
    accepted_differences_digest: str = ""
