"""What the platform refused to place an order for, where it is nothing that its cart shows.

Pure; used by the engine for what the list of conflicts says.
"""

from enum import StrEnum

from console.api.errors import PlatformError, VoucherRefused

PLACE = "orders.place"


class RefusedFor(StrEnum):
    """What of an order the platform does not take."""

    LINES = "lines"
    SLOT = "slot"
    VOUCHER = "voucher"
    STORE = "store"
    ORDER = "order"
    """It does not say what."""


_CODES = {
    1022: RefusedFor.LINES,
    1044: RefusedFor.SLOT,
    5002: RefusedFor.LINES,
    5003: RefusedFor.STORE,
    5004: RefusedFor.LINES,
    5005: RefusedFor.LINES,
}


def refused_for(error: Exception) -> RefusedFor | None:
    """What Place Order was refused for; ``None`` where it was not refused, or was never sent."""
    if not isinstance(error, PlatformError) or error.operation != PLACE or error.outcome_unknown:
        return None
    if isinstance(error, VoucherRefused):
        return RefusedFor.VOUCHER
    return _CODES.get(error.code or 0, RefusedFor.ORDER)
