"""Every documented message code: its exception, and the sentence that an operator reads.

The meanings are those of the documents' list of codes.
"""

from dataclasses import dataclass

from console.api.errors import (
    AccountLocked,
    AlreadyExists,
    CartRefused,
    InvalidInput,
    NotAuthorised,
    NotFound,
    PlatformError,
    PlatformFault,
    SessionExpired,
    SignInRefused,
    UnknownCode,
    VoucherRefused,
    WrongPassword,
)
from console.operations import Operation

SUCCESS_CODES: dict[int, str] = {
    1002: "Order canceled successfully",
    1004: "Successful",
    1005: "Order authorized",
    1007: "Updated successfully",
    1018: "Data update added to the task queue, status in the Control Panel",
    1019: "Data update added to the task queue, status by GetProductInformation",
    1021: "Warning",
}
"""Codes of successful responses; a queued task and a warning count as done."""


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """The exception of a code. Without a ``reason``, the exception's default applies."""

    error_type: type[PlatformError]
    reason: str = ""


_ACCOUNT_LOCKED = ErrorSpec(AccountLocked)
_NOT_UPDATED = ErrorSpec(InvalidInput, "The platform did not accept the change.")
_INVALID_DELIVERY_TIME = ErrorSpec(InvalidInput, "The platform does not accept this delivery time.")
_CANNOT_DELIVER = "This location does not deliver to that PIN code."

# 429 is not here: its exception has a time to wait, which the transport reads from the headers.
ERRORS_BY_CODE: dict[int, ErrorSpec] = {
    440: ErrorSpec(SessionExpired),
    500: ErrorSpec(PlatformFault),
    1000: ErrorSpec(PlatformFault),
    1001: ErrorSpec(AlreadyExists, "The order is canceled already."),
    1003: ErrorSpec(NotAuthorised),
    1006: ErrorSpec(NotFound, "No order has this number."),
    1008: _NOT_UPDATED,
    1009: ErrorSpec(NotFound),
    1011: ErrorSpec(InvalidInput, "The order is not ready for shipping."),
    1012: ErrorSpec(InvalidInput, "A user name is required."),
    1013: ErrorSpec(VoucherRefused, "A voucher name is required."),
    1014: ErrorSpec(AlreadyExists, "A voucher with this name exists already."),
    1015: ErrorSpec(VoucherRefused, "There is no such campaign."),
    1016: ErrorSpec(InvalidInput),
    1017: ErrorSpec(NotFound, "There is no such user."),
    1020: ErrorSpec(CartRefused, "The items of this cart have no shipping mode in common."),
    1022: ErrorSpec(CartRefused, "Some of the products are not available."),
    1023: ErrorSpec(InvalidInput, "The platform does not know this city. Choose another address."),
    1024: ErrorSpec(CartRefused, _CANNOT_DELIVER),
    1025: ErrorSpec(CartRefused, "No delivery to this PIN code."),
    1027: _NOT_UPDATED,
    1028: ErrorSpec(InvalidInput, "There is no such page."),
    1030: ErrorSpec(NotAuthorised, "This store's key may not use this service."),
    1031: ErrorSpec(SignInRefused, "This account is waiting for approval."),
    1032: _ACCOUNT_LOCKED,
    1033: ErrorSpec(InvalidInput),
    1034: ErrorSpec(CartRefused, "The product is in the cart already."),
    1035: ErrorSpec(AlreadyExists, "The shipment was created already."),
    1036: ErrorSpec(NotFound, "No default return method is set up."),
    1037: _ACCOUNT_LOCKED,
    1038: ErrorSpec(InvalidInput, "The one-time password is wrong."),
    1039: ErrorSpec(SignInRefused, "The password has expired. Set a new one on the platform, then sign in."),
    1040: ErrorSpec(WrongPassword),
    1041: ErrorSpec(NotFound, "No account has these details."),
    1042: ErrorSpec(SignInRefused, "This account is not activated yet."),
    1043: ErrorSpec(AlreadyExists, "The order is authorised already."),
    1044: ErrorSpec(InvalidInput, "The delivery slot is not on offer. Choose another."),
    1045: ErrorSpec(NotAuthorised, "The platform does not know this merchant id."),
    1046: ErrorSpec(InvalidInput, "The platform does not know this location."),
    3001: ErrorSpec(VoucherRefused, "No voucher has this code."),
    3002: ErrorSpec(VoucherRefused, "The voucher is not for this location."),
    3004: ErrorSpec(VoucherRefused, "The customer has used this voucher as often as allowed."),
    3005: ErrorSpec(VoucherRefused, "The voucher has been used as often as allowed."),
    3006: ErrorSpec(VoucherRefused, "The voucher is not for this kind of customer."),
    3008: ErrorSpec(VoucherRefused, "The voucher has expired."),
    3009: ErrorSpec(VoucherRefused, "The order is too small for this voucher."),
    3012: ErrorSpec(VoucherRefused),
    5001: ErrorSpec(InvalidInput, "The platform does not accept this customer's details."),
    5002: ErrorSpec(CartRefused, "The product is not sold for this delivery mode."),
    5003: ErrorSpec(CartRefused, "This location does not offer this delivery mode."),
    5004: ErrorSpec(CartRefused, "The product is not available at this location."),
    5005: ErrorSpec(CartRefused, "The product is not available."),
    5006: ErrorSpec(CartRefused, "An add-on cannot be ordered on its own."),
    5007: ErrorSpec(CartRefused, "The product has no such variant."),
    6220: _INVALID_DELIVERY_TIME,
    6221: _INVALID_DELIVERY_TIME,
    6222: _INVALID_DELIVERY_TIME,
    6223: _INVALID_DELIVERY_TIME,
    6224: _INVALID_DELIVERY_TIME,
    6225: _INVALID_DELIVERY_TIME,
    6226: ErrorSpec(InvalidInput, "A location code is required."),
    6227: ErrorSpec(InvalidInput, "The platform does not know this location."),
    6228: _INVALID_DELIVERY_TIME,
}

_NO_OPERATOR = ErrorSpec(SignInRefused, "No operator has this name.")
_ALREADY_DISPATCHED = ErrorSpec(InvalidInput, "The order is on its way and cannot be canceled.")
_NO_BUNDLE = ErrorSpec(NotFound, "The platform has no items for this bundle.")

# Some resources and operations use a code in another meaning.
_BY_OPERATION: dict[tuple[str, int], ErrorSpec] = {
    ("customers.agent_login", 1009): _NO_OPERATOR,
    ("customers.agent_login", 1017): _NO_OPERATOR,
    ("customers.agent_login", 1041): _NO_OPERATOR,
    ("customers.start_session", 1046): ErrorSpec(
        InvalidInput, "You are not assigned to this store: one of its operators can take the order."
    ),
    ("products.serviceable", 1027): ErrorSpec(CartRefused, "No delivery of this product to this PIN code."),
    ("locations.information", 1046): ErrorSpec(NotFound, "There is no such location."),
    ("locations.details", 1046): ErrorSpec(NotFound, "There is no such location."),
    ("locations.delivery_areas", 1046): ErrorSpec(NotFound, "There is no such location."),
    ("orders.place", 1009): ErrorSpec(CartRefused, "The cart is empty."),
    ("orders.cancel", 1008): _ALREADY_DISPATCHED,
    ("orders.cancel_line", 1008): _ALREADY_DISPATCHED,
}
_BY_RESOURCE: dict[tuple[str, int], ErrorSpec] = {
    ("Product", 5001): _NO_BUNDLE,
    ("Product", 5005): ErrorSpec(NotFound, "There is no such product."),
    ("Product", 5007): ErrorSpec(NotFound, "The product has no such variant."),
    ("Carts", 5001): _NO_BUNDLE,
}


def error_for_code(code: int, *, operation: Operation, has_customer_token: bool) -> ErrorSpec:
    """Return the error of a code. ``has_customer_token``: the request carried a customer's token."""
    if code == 1003 and has_customer_token:
        return ErrorSpec(SessionExpired)
    return (
        _BY_OPERATION.get((operation.name, code))
        or _BY_RESOURCE.get((operation.resource, code))
        or ERRORS_BY_CODE.get(code)
        or ErrorSpec(UnknownCode, f"The platform refused with code {code}, which is not documented.")
    )
