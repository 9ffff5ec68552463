"""Every documented message code: what it is raised as, and the sentence an operator reads for it.

Used by the transport for each decoded answer; the meanings are those of the documents' list of codes.
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
from console.api.operations import Operation

SUCCESS: dict[int, str] = {
    1002: "Order canceled successfully",
    1004: "Successful",
    1005: "Order authorized",
    1007: "Updated successfully",
    1018: "Data update added to the task queue, status in the Control Panel",
    1019: "Data update added to the task queue, status by GetProductInformation",
    1021: "Warning",
}
"""The codes of answers that did what was asked; a queued task and a warning count as done."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a code is raised as. ``says`` is empty where the exception's own sentence says it best."""

    kind: type[PlatformError]
    says: str = ""


_LOCKED = Refusal(AccountLocked)
_NOT_UPDATED = Refusal(InvalidInput, "The platform did not take the change.")
_ETA = Refusal(InvalidInput, "The delivery time is not one the platform accepts.")
_CANNOT_DELIVER = "This location does not deliver to that PIN code."

# 429 is not here: what it is raised as has a time to wait, which the transport reads from the headers.
REFUSALS: dict[int, Refusal] = {
    440: Refusal(SessionExpired),
    500: Refusal(PlatformFault),
    1000: Refusal(PlatformFault),
    1001: Refusal(AlreadyExists, "The order is canceled already."),
    1003: Refusal(NotAuthorised),
    1006: Refusal(NotFound, "There is no order of that number."),
    1008: _NOT_UPDATED,
    1009: Refusal(NotFound),
    1011: Refusal(InvalidInput, "The order is not ready for shipping."),
    1012: Refusal(InvalidInput, "A user name is required."),
    1013: Refusal(VoucherRefused, "A voucher name is required."),
    1014: Refusal(AlreadyExists, "There is a voucher of that name already."),
    1015: Refusal(VoucherRefused, "There is no such campaign."),
    1016: Refusal(InvalidInput),
    1017: Refusal(NotFound, "There is no such user."),
    1020: Refusal(CartRefused, "The items of this cart have no way of shipping in common."),
    1022: Refusal(CartRefused, "Some of the products are not available."),
    1023: Refusal(InvalidInput, "The city is not one the platform knows. Choose another address."),
    1024: Refusal(CartRefused, _CANNOT_DELIVER),
    1025: Refusal(CartRefused, "The PIN code of this address is not delivered to."),
    1027: _NOT_UPDATED,
    1028: Refusal(InvalidInput, "There is no such page."),
    1030: Refusal(NotAuthorised, "This store's key may not use this service."),
    1031: Refusal(SignInRefused, "This account still waits for approval."),
    1032: _LOCKED,
    1033: Refusal(InvalidInput),
    1034: Refusal(CartRefused, "The product is in the cart already."),
    1035: Refusal(AlreadyExists, "The shipment was created already."),
    1036: Refusal(NotFound, "No default way of returning goods is set up."),
    1037: _LOCKED,
    1038: Refusal(InvalidInput, "The one-time password is wrong."),
    1039: Refusal(SignInRefused, "The password has expired. Set a new one on the platform, then sign in."),
    1040: Refusal(WrongPassword),
    1041: Refusal(NotFound, "There is no account with these details."),
    1042: Refusal(SignInRefused, "This account is not activated yet."),
    1043: Refusal(AlreadyExists, "The order is authorised already."),
    1044: Refusal(InvalidInput, "The delivery slot is not on offer. Choose another."),
    1045: Refusal(NotAuthorised, "The platform does not know this merchant id."),
    1046: Refusal(InvalidInput, "The platform does not know this location."),
    3001: Refusal(VoucherRefused, "There is no voucher of that code."),
    3002: Refusal(VoucherRefused, "The voucher is not for this location."),
    3004: Refusal(VoucherRefused, "The customer has used this voucher as often as allowed."),
    3005: Refusal(VoucherRefused, "The voucher has been used as often as allowed."),
    3006: Refusal(VoucherRefused, "The voucher is not for this kind of customer."),
    3008: Refusal(VoucherRefused, "The voucher has expired."),
    3009: Refusal(VoucherRefused, "The order is too small for this voucher."),
    3012: Refusal(VoucherRefused),
    5001: Refusal(InvalidInput, "The platform does not accept this customer's details."),
    5002: Refusal(CartRefused, "The product is not sold by this way of delivery."),
    5003: Refusal(CartRefused, "This location does not offer this way of delivery."),
    5004: Refusal(CartRefused, "The product is not available at this location."),
    5005: Refusal(CartRefused, "The product is not available."),
    5006: Refusal(CartRefused, "An add-on cannot be ordered on its own."),
    5007: Refusal(CartRefused, "There is no such variant of the product."),
    6220: _ETA,
    6221: _ETA,
    6222: _ETA,
    6223: _ETA,
    6224: _ETA,
    6225: _ETA,
    6226: Refusal(InvalidInput, "A location code is required."),
    6227: Refusal(InvalidInput, "The platform does not know this location."),
    6228: _ETA,
}

_NO_OPERATOR = Refusal(SignInRefused, "There is no operator of that name.")
_ON_ITS_WAY = Refusal(InvalidInput, "The order is on its way: it cannot be canceled any more.")
_NO_BUNDLE = Refusal(NotFound, "The platform has no items for this bundle.")

# The same code means another thing for some resources and operations.
_BY_OPERATION: dict[tuple[str, int], Refusal] = {
    ("customers.agent_login", 1009): _NO_OPERATOR,
    ("customers.agent_login", 1017): _NO_OPERATOR,
    ("customers.agent_login", 1041): _NO_OPERATOR,
    ("products.serviceable", 1027): Refusal(CartRefused, "Nobody delivers this product to that PIN code."),
    ("locations.information", 1046): Refusal(NotFound, "There is no such location."),
    ("locations.details", 1046): Refusal(NotFound, "There is no such location."),
    ("locations.delivery_areas", 1046): Refusal(NotFound, "There is no such location."),
    ("orders.place", 1009): Refusal(CartRefused, "There is nothing in the cart to be ordered."),
    ("orders.cancel", 1008): _ON_ITS_WAY,
    ("orders.cancel_line", 1008): _ON_ITS_WAY,
}
_BY_RESOURCE: dict[tuple[str, int], Refusal] = {
    ("Product", 5001): _NO_BUNDLE,
    ("Product", 5005): Refusal(NotFound, "There is no such product."),
    ("Product", 5007): Refusal(NotFound, "There is no such variant of the product."),
    ("Carts", 5001): _NO_BUNDLE,
}


def refusal(code: int, *, operation: Operation, with_token: bool) -> Refusal:
    """What a code that is no success is raised as; ``with_token`` says that a customer's token was sent."""
    if code == 1003 and with_token:
        return Refusal(SessionExpired)
    return (
        _BY_OPERATION.get((operation.name, code))
        or _BY_RESOURCE.get((operation.resource, code))
        or REFUSALS.get(code)
        or Refusal(UnknownCode, f"The platform refused with code {code}, which is not documented.")
    )
