"""The refusals of Place Order that the documents print, by the validator that a response names."""

from enum import StrEnum

from console.api.errors import FailedValidation


class OrderRefusal(StrEnum):
    """Why Place Order is refused (Place Order, Sample Validation Messages). The values are our own names."""

    MOBILE_NUMBER = "mobile-number"
    """The mobile number is invalid for a payment by the vendor's own gateway."""
    DELIVERY_AREA = "delivery-area"
    """The address is in no delivery area."""
    DELIVERY_MODE = "delivery-mode"
    """The delivery mode is not possible."""
    DISCOUNT_VOUCHER = "discount-voucher"
    GIFT_VOUCHER = "gift-voucher"
    PAYMENT_TRANSACTION = "payment-transaction"
    """The payment transactions do not fit the order."""
    ORDER_AMOUNT = "order-amount"
    """The amount is below the least, above the greatest, or both: the words say which."""
    PAYMENT_DETAILS = "payment-details"
    """A parameter of the payment is missing."""
    SEVERAL_PAYMENTS = "several-payments"
    """An offline payment together with several payments."""
    PAYMENT_COUNTRY = "payment-country"
    """The payment option does not support the country."""
    PIN_CODE = "pin-code"
    """The PIN code is not served."""
    SHIPPING_MODE = "shipping-mode"
    ADDRESS = "address"
    """The parameters of the address are invalid."""
    SHIPPING_PROFILE = "shipping-profile"
    """There is no shipping profile."""
    ORDER_QUANTITY = "order-quantity"
    """More than the greatest order quantity of a product: the words name the products."""
    OUT_OF_STOCK = "out-of-stock"
    """No stock of a product: the words name the products."""
    STORE_HOURS = "store-hours"
    """The delivery slot is outside the store's hours."""
    OTHER = "other"
    """A refusal that no document prints: only the platform's own words say what it is."""


_BY_VALIDATOR = {
    "capillarypgvalidator": OrderRefusal.MOBILE_NUMBER,
    "deliveryareavalidator": OrderRefusal.DELIVERY_AREA,
    "deliverymodevalidator": OrderRefusal.DELIVERY_MODE,
    "discountvouchervalidator": OrderRefusal.DISCOUNT_VOUCHER,
    "giftvouchervalidator": OrderRefusal.GIFT_VOUCHER,
    "merchanttransactionvalidator": OrderRefusal.PAYMENT_TRANSACTION,
    "orderamountvalidator": OrderRefusal.ORDER_AMOUNT,
    "orderinputvalidator": OrderRefusal.PAYMENT_DETAILS,
    "partialordervalidator": OrderRefusal.SEVERAL_PAYMENTS,
    "paymentoptionvalidator": OrderRefusal.PAYMENT_COUNTRY,
    "pincodeserviceablityvalidator": OrderRefusal.PIN_CODE,
    "pincodeserviceabilityvalidator": OrderRefusal.PIN_CODE,
    "shippingmodevalidator": OrderRefusal.SHIPPING_MODE,
    "shippingaddressvalidator": OrderRefusal.ADDRESS,
    "shippingvalidator": OrderRefusal.SHIPPING_PROFILE,
    "stockvalidator": OrderRefusal.OUT_OF_STOCK,
    "storetimingsvalidator": OrderRefusal.STORE_HOURS,
}
"""By the validator's name in lower case; the documents' own spelling of the PIN code's, and the right one."""
_BY_KIND = {
    ("stockvalidator", 13): OrderRefusal.ORDER_QUANTITY,
    ("", 1): OrderRefusal.SHIPPING_PROFILE,
    ("", 2): OrderRefusal.OUT_OF_STOCK,
    ("", 4): OrderRefusal.MOBILE_NUMBER,
    ("", 5): OrderRefusal.SEVERAL_PAYMENTS,
    ("", 7): OrderRefusal.DISCOUNT_VOUCHER,
    ("", 9): OrderRefusal.ORDER_AMOUNT,
    ("", 13): OrderRefusal.ORDER_QUANTITY,
    ("", 14): OrderRefusal.DELIVERY_AREA,
    ("", 15): OrderRefusal.PAYMENT_TRANSACTION,
    ("", 16): OrderRefusal.DELIVERY_MODE,
    ("", 17): OrderRefusal.PIN_CODE,
    ("", 18): OrderRefusal.ADDRESS,
    ("", 19): OrderRefusal.STORE_HOURS,
    ("", 21): OrderRefusal.PAYMENT_COUNTRY,
}
"""By name and CheckoutValidationType: one validator has two, and a row may lack the name."""


def order_refusal(failed: FailedValidation) -> OrderRefusal:
    """Return which refusal a validator stands for."""
    name = failed.validator.casefold()
    known = _BY_KIND.get((name, failed.kind)) or _BY_VALIDATOR.get(name)
    return known or OrderRefusal.OTHER
