"""Refusals of Place Order at the wire: what proves that nothing was ordered, and what does not."""

import json
from typing import Any

import pytest

from console.api.errors import OrderRefused, PlatformError
from console.api.orders.refusals import OrderRefusal, order_refusal
from console.api.orders.requests import WirePayment
from tests.api.documents.samples import TOKEN, documented_api

pytestmark = pytest.mark.anyio

PRINTED = [
    ("CapillaryPGValidator", 4, "", OrderRefusal.MOBILE_NUMBER),
    ("DeliveryAreaValidator", 14, "", OrderRefusal.DELIVERY_AREA),
    ("DeliveryModeValidator", 16, "", OrderRefusal.DELIVERY_MODE),
    ("DiscountVoucherValidator", 7, "", OrderRefusal.DISCOUNT_VOUCHER),
    ("GiftVoucherValidator", 7, "", OrderRefusal.GIFT_VOUCHER),
    ("MerchantTransactionValidator", 15, "", OrderRefusal.PAYMENT_TRANSACTION),
    ("OrderAmountValidator", 9, "Min/Max/Both", OrderRefusal.ORDER_AMOUNT),
    ("OrderInputValidator", 0, "", OrderRefusal.PAYMENT_DETAILS),
    ("PartialOrderValidator", 5, "", OrderRefusal.SEVERAL_PAYMENTS),
    ("PaymentoptionValidator", 21, "", OrderRefusal.PAYMENT_COUNTRY),
    ("PincodeServiceablityValidator", 17, "", OrderRefusal.PIN_CODE),
    ("ShippingModeValidator", 16, "", OrderRefusal.SHIPPING_MODE),
    ("ShippingAddressValidator", 18, "", OrderRefusal.ADDRESS),
    ("ShippingValidator", 1, "", OrderRefusal.SHIPPING_PROFILE),
    ("StockValidator", 13, "Failed products", OrderRefusal.ORDER_QUANTITY),
    ("StockValidator", 2, "Failed products", OrderRefusal.OUT_OF_STOCK),
    ("StoreTimingsValidator", 19, "DeliveryslotNotInStoreTime", OrderRefusal.STORE_HOURS),
]
"""The 17 refusals of the documents, in their order."""


def row(validator: str = "OrderAmountValidator", kind: Any = 9, **more: Any) -> dict[str, Any]:
    return {"Validator": validator, "CheckoutValidationType": kind, "Status": "False", **more}


def tail(number: Any = 0, rows: Any = None) -> dict[str, Any]:
    return {"OrderID": number, "ValidationResponse": [row()] if rows is None else rows}


async def place(body: object, status: int = 200) -> PlatformError:
    """Place an order, and return the error that this response is."""
    api, port = documented_api("orders.place")
    port.status = status
    port.body = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(PlatformError) as caught:
        await api.orders.place(token=TOKEN, payment=WirePayment())
    assert len(port.requests) == 1
    return caught.value


@pytest.mark.parametrize(("validator", "kind", "words", "refusal"), PRINTED)
async def test_every_printed_refusal_is_certain_without_a_code(
    validator: str, kind: int, words: str, refusal: OrderRefusal
) -> None:
    rows = [row(validator, kind, ValidationMessage=words)]
    error = await place({"OrderCreationResponse": tail(0, rows), "ErrorCode": 0})
    assert isinstance(error, OrderRefused)
    assert [order_refusal(one) for one in error.failed] == [refusal]
    assert error.failed[0].words == words
    assert not error.outcome_unknown


SHAPES: dict[str, object] = {
    "with the code of success": {"messageCode": "1004", "OrderCreationResponse": tail()},
    "with a code that refuses": {"messageCode": "1016", "Message": "no", "OrderCreationResponse": tail()},
    "with a code that nobody documents": {"messageCode": "7777", "OrderCreationResponse": tail()},
    "with null in place of the code": {"messageCode": None, "Message": None, "OrderCreationResponse": tail()},
    "with an empty code": {"messageCode": "", "OrderCreationResponse": tail()},
    "without the envelope": {**tail(), "ErrorCode": 0},
    "with null in place of the envelope": {"OrderCreationResponse": None, **tail()},
    "with the number as text": {"OrderCreationResponse": tail("0")},
    "with the number as a decimal": {"OrderCreationResponse": tail(0.0)},
    "with another spelling": {"OrderCreationResponse": {"OrderId": 0, "ValidationResponse": [row()]}},
    "with one row and no list": {"OrderCreationResponse": tail(0, row())},
    "with words and no row": {"OrderCreationResponse": tail(0, ["Too late for today"])},
    "with the type as text": {"OrderCreationResponse": tail(0, [row(kind="9")])},
    "with an odd type": {"OrderCreationResponse": tail(0, [row(kind={"a": 1})])},
    "with an odd row": {"OrderCreationResponse": tail(0, [{"Validator": ["a"]}])},
    "with a status that is no text": {"OrderCreationResponse": tail(0, [row(Status=False)])},
    "without a status": {"OrderCreationResponse": tail(0, [{"Validator": "OrderAmountValidator"}])},
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("status", [200, 400])
async def test_a_refusal_is_certain_in_every_shape(body: object, status: int) -> None:
    error = await place(body, status)
    assert isinstance(error, OrderRefused)
    assert not error.outcome_unknown


UNPROVED: dict[str, object] = {
    "no number": {"OrderCreationResponse": {"ValidationResponse": [row()]}},
    "null for the number": {"OrderCreationResponse": tail(None)},
    "an empty number": {"OrderCreationResponse": tail("")},
    "false for the number": {"OrderCreationResponse": tail(number=False)},
    "a number below 0": {"OrderCreationResponse": tail(-1)},
    "two numbers": {
        "OrderCreationResponse": {"OrderID": 0, "OrderId": 7400001, "ValidationResponse": [row()]}
    },
    "no validators": {"OrderCreationResponse": tail(0, [])},
    "null for the validators": {"OrderCreationResponse": {"OrderID": 0, "ValidationResponse": None}},
    "validators that passed": {"OrderCreationResponse": tail(0, [row(Status="True"), row(Status=True)])},
    "half of it": json.dumps({"OrderCreationResponse": tail()}).encode()[:60],
    "another envelope": {"Result": tail()},
    "a list for the envelope": {"OrderCreationResponse": [tail()], **tail()},
}


@pytest.mark.parametrize("body", UNPROVED.values(), ids=UNPROVED)
async def test_what_does_not_say_that_nothing_was_ordered_is_unknown(body: object) -> None:
    error = await place(body)
    assert not isinstance(error, OrderRefused)
    assert error.outcome_unknown


@pytest.mark.parametrize("status", [500, 502])
async def test_a_refusal_with_a_servers_error_is_unknown(status: int) -> None:
    assert (await place({"OrderCreationResponse": tail()}, status)).outcome_unknown


async def test_an_order_with_a_number_is_no_refusal() -> None:
    """Validators beside a number are remarks: what was placed is never said to be refused."""
    api, port = documented_api("orders.place")
    port.body = json.dumps({"messageCode": "1004", "OrderCreationResponse": tail(7400001)}).encode()
    placed = await api.orders.place(token=TOKEN, payment=WirePayment())
    assert placed.order_id == 7400001


async def test_an_order_with_a_number_and_no_code_is_looked_for() -> None:
    error = await place({"OrderCreationResponse": tail(7400001), "ErrorCode": 0})
    assert error.outcome_unknown


async def test_validators_that_passed_are_not_the_reason() -> None:
    rows = [row("StockValidator", 2, Status="True"), row("DeliveryAreaValidator", 14)]
    error = await place({"OrderCreationResponse": tail(0, rows)})
    assert isinstance(error, OrderRefused)
    assert [order_refusal(one) for one in error.failed] == [OrderRefusal.DELIVERY_AREA]


async def test_a_refusal_that_nobody_documents_keeps_the_platforms_words() -> None:
    rows = [row("LoyaltyValidator", 40, ValidationMessage="Points &amp; cash do not mix")]
    error = await place({"OrderCreationResponse": tail(0, rows)})
    assert isinstance(error, OrderRefused)
    (failed,) = error.failed
    assert order_refusal(failed) is OrderRefusal.OTHER
    assert (failed.validator, failed.words) == ("LoyaltyValidator", "Points & cash do not mix")


async def test_the_token_is_hidden_in_a_refusals_words() -> None:
    token = TOKEN.get_secret_value()
    rows = [row("X", 40, ValidationMessage=f"Session {token} has no cart")]
    error = await place({"OrderCreationResponse": tail(0, rows)})
    assert token not in f"{error.message} {error.diagnostics} {error}"


@pytest.mark.parametrize(
    ("validator", "kind", "refusal"),
    [
        ("PaymentOptionValidator", 21, OrderRefusal.PAYMENT_COUNTRY),
        ("PincodeServiceabilityValidator", 17, OrderRefusal.PIN_CODE),
        ("stockvalidator", 13, OrderRefusal.ORDER_QUANTITY),
        ("StockValidator", 0, OrderRefusal.OUT_OF_STOCK),
        ("", 14, OrderRefusal.DELIVERY_AREA),
        ("", 0, OrderRefusal.OTHER),
        ("NewValidator", 14, OrderRefusal.OTHER),
    ],
)
async def test_validators_are_known_by_name_then_by_type(
    validator: str, kind: int, refusal: OrderRefusal
) -> None:
    error = await place({"OrderCreationResponse": tail(0, [row(validator, kind)])})
    assert isinstance(error, OrderRefused)
    assert order_refusal(error.failed[0]) is refusal
