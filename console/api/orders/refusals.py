"""Refusals of Place Order in the documented form: no order number, and the validators that refused."""

from dataclasses import dataclass

from pydantic import Field

from console.api.errors import CartRefused, InvalidInput, PlatformError, VoucherRefused
from console.api.transport.wire_types import Text, WireInt, WireModel, aliases
from console.operations import Operation


class OrderValidation(WireModel):
    """One validator's refusal (Place Order, Sample Validation Messages)."""

    validator: Text = Field(default="", validation_alias=aliases("Validator"))
    kind: WireInt = Field(default=0, validation_alias=aliases("CheckoutValidationType"))
    status: Text = Field(default="", validation_alias=aliases("Status"))
    message: Text = Field(default="", validation_alias=aliases("ValidationMessage"))


@dataclass(frozen=True, slots=True)
class _Refusal:
    """The exception of a validator; ``code`` is the message code that means the same, ``None`` for none."""

    error_type: type[PlatformError]
    reason: str
    code: int | None = None


_NO_DELIVERY = "The store does not deliver to this address."
_NO_MODE = "Pickup or delivery is not possible for this order."
_NO_PAYMENT = "The platform does not accept this payment."

_REFUSALS = {
    "CapillaryPGValidator": _Refusal(InvalidInput, "The customer's mobile number is not valid."),
    "DeliveryAreaValidator": _Refusal(InvalidInput, _NO_DELIVERY),
    "DeliveryModeValidator": _Refusal(InvalidInput, _NO_MODE, 5003),
    "DiscountVoucherValidator": _Refusal(VoucherRefused, "The voucher does not apply."),
    "GiftVoucherValidator": _Refusal(VoucherRefused, "The gift voucher does not apply."),
    "MerchantTransactionValidator": _Refusal(InvalidInput, _NO_PAYMENT),
    "OrderAmountValidator": _Refusal(InvalidInput, "The total is not within the platform's limits."),
    "OrderInputValidator": _Refusal(InvalidInput, _NO_PAYMENT),
    "PartialOrderValidator": _Refusal(InvalidInput, _NO_PAYMENT),
    "PaymentoptionValidator": _Refusal(InvalidInput, _NO_PAYMENT),
    "PincodeServiceablityValidator": _Refusal(InvalidInput, _NO_DELIVERY),
    "ShippingModeValidator": _Refusal(InvalidInput, _NO_MODE, 5003),
    "ShippingAddressValidator": _Refusal(InvalidInput, "The delivery address is not complete."),
    "ShippingValidator": _Refusal(InvalidInput, "The platform has no delivery fee for this order."),
    "StockValidator": _Refusal(CartRefused, "Something in the order is out of stock.", 1022),
    "StoreTimingsValidator": _Refusal(InvalidInput, "The store is closed at the chosen time.", 1044),
}
_UNKNOWN = _Refusal(InvalidInput, "The platform refuses this order.")


def order_refusal(validations: tuple[OrderValidation, ...], operation: Operation) -> PlatformError:
    """Return the error of a Place Order that was refused: no order was made, for the first reason named."""
    first = validations[0]
    refusal = _REFUSALS.get(first.validator, _UNKNOWN)
    names = ", ".join(f"{one.validator} {one.kind} {one.message}".strip() for one in validations)
    return refusal.error_type(refusal.reason, operation=operation, code=refusal.code, diagnostics=names)
