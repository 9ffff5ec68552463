"""The subject of a rejected Place Order, where the cart does not show it."""

from enum import StrEnum

from console.api.errors import PlatformError, VoucherRefused
from console.operations import OPERATIONS_BY_NAME

PLACE_ORDER = OPERATIONS_BY_NAME["orders.place"]


class RejectionSubject(StrEnum):
    """The part of an order that the platform rejects."""

    LINES = "lines"
    DELIVERY_SLOT = "slot"
    VOUCHER = "voucher"
    STORE = "store"
    ORDER = "order"
    """The platform does not say which part."""


_SUBJECT_BY_CODE = {
    1022: RejectionSubject.LINES,
    1044: RejectionSubject.DELIVERY_SLOT,
    5002: RejectionSubject.LINES,
    5003: RejectionSubject.STORE,
    5004: RejectionSubject.LINES,
    5005: RejectionSubject.LINES,
}


def rejection_subject(error: Exception) -> RejectionSubject | None:
    """The subject of a Place Order that was rejected for certain; ``None`` for any other error."""
    if not isinstance(error, PlatformError) or error.operation != PLACE_ORDER.name or error.outcome_unknown:
        return None
    if isinstance(error, VoucherRefused):
        return RejectionSubject.VOUCHER
    return _SUBJECT_BY_CODE.get(error.code or 0, RejectionSubject.ORDER)
