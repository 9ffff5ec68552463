"""What the platform refused to place an order for, where it is nothing that its cart shows.

Pure; used by the engine for what the list of conflicts says.
"""

from enum import StrEnum

from console.api.errors import PlatformError, VoucherRefused

PLACE_OPERATION = "orders.place"


class RejectionSubject(StrEnum):
    """What of an order the platform does not take."""

    LINES = "lines"
    DELIVERY_SLOT = "slot"
    VOUCHER = "voucher"
    STORE = "store"
    ORDER = "order"
    """It does not say what."""


_SUBJECT_BY_CODE = {
    1022: RejectionSubject.LINES,
    1044: RejectionSubject.DELIVERY_SLOT,
    5002: RejectionSubject.LINES,
    5003: RejectionSubject.STORE,
    5004: RejectionSubject.LINES,
    5005: RejectionSubject.LINES,
}


def rejection_subject(error: Exception) -> RejectionSubject | None:
    """What Place Order was refused for; ``None`` where it was not refused, or was never sent."""
    if not isinstance(error, PlatformError) or error.operation != PLACE_OPERATION or error.outcome_unknown:
        return None
    if isinstance(error, VoucherRefused):
        return RejectionSubject.VOUCHER
    return _SUBJECT_BY_CODE.get(error.code or 0, RejectionSubject.ORDER)
