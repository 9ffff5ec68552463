"""The subject of a rejected Place Order, where the cart does not show it."""

from enum import StrEnum

from console.api.errors import FailedValidation, OrderRefused, PlatformError, VoucherRefused
from console.api.orders.refusals import OrderRefusal, order_refusal
from console.operations import OPERATIONS_BY_NAME
from console.sync.problems import StatedRefusal

PLACE_ORDER = OPERATIONS_BY_NAME["orders.place"]


class RejectionSubject(StrEnum):
    """The part of an order that the platform rejects."""

    LINES = "lines"
    DELIVERY_SLOT = "slot"
    VOUCHER = "voucher"
    STORE = "store"
    ADDRESS = "address"
    MODE = "mode"
    """Pickup or delivery."""
    PAYMENT = "payment"
    AMOUNT = "amount"
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

_SUBJECT_BY_REFUSAL = {
    OrderRefusal.MOBILE_NUMBER: RejectionSubject.PAYMENT,
    OrderRefusal.DELIVERY_AREA: RejectionSubject.ADDRESS,
    OrderRefusal.DELIVERY_MODE: RejectionSubject.MODE,
    OrderRefusal.DISCOUNT_VOUCHER: RejectionSubject.VOUCHER,
    OrderRefusal.GIFT_VOUCHER: RejectionSubject.VOUCHER,
    OrderRefusal.PAYMENT_TRANSACTION: RejectionSubject.PAYMENT,
    OrderRefusal.ORDER_AMOUNT: RejectionSubject.AMOUNT,
    OrderRefusal.PAYMENT_DETAILS: RejectionSubject.PAYMENT,
    OrderRefusal.SEVERAL_PAYMENTS: RejectionSubject.PAYMENT,
    OrderRefusal.PAYMENT_COUNTRY: RejectionSubject.PAYMENT,
    OrderRefusal.PIN_CODE: RejectionSubject.ADDRESS,
    OrderRefusal.SHIPPING_MODE: RejectionSubject.MODE,
    OrderRefusal.ADDRESS: RejectionSubject.ADDRESS,
    OrderRefusal.SHIPPING_PROFILE: RejectionSubject.MODE,
    OrderRefusal.ORDER_QUANTITY: RejectionSubject.LINES,
    OrderRefusal.OUT_OF_STOCK: RejectionSubject.LINES,
    OrderRefusal.STORE_HOURS: RejectionSubject.DELIVERY_SLOT,
    OrderRefusal.OTHER: RejectionSubject.ORDER,
}


def refusal_subject(refusal: OrderRefusal) -> RejectionSubject:
    """The part of an order that a refusal is about."""
    return _SUBJECT_BY_REFUSAL[refusal]


def stated_refusals(error: OrderRefused) -> tuple[StatedRefusal, ...]:
    """The refusals of a Place Order as data, in the platform's order, each once."""
    stated = [_stated(one) for one in error.failed]
    return tuple(dict.fromkeys(stated))


def _stated(failed: FailedValidation) -> StatedRefusal:
    refusal = order_refusal(failed)
    # Only a validator that no document prints is named: the operator can tell it to the platform's support.
    return StatedRefusal(refusal, failed.words, failed.validator if refusal is OrderRefusal.OTHER else "")


def rejection_subject(error: Exception) -> RejectionSubject | None:
    """The subject of a Place Order that was rejected for certain; ``None`` for any other error."""
    if not isinstance(error, PlatformError) or error.operation != PLACE_ORDER.name or error.outcome_unknown:
        return None
    if isinstance(error, OrderRefused):
        return refusal_subject(stated_refusals(error)[0].refusal)
    if isinstance(error, VoucherRefused):
        return RejectionSubject.VOUCHER
    return _SUBJECT_BY_CODE.get(error.code or 0, RejectionSubject.ORDER)
