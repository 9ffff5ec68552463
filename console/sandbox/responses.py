"""The documented envelope and its message codes: replies and refusals.

Handlers raise refusals and return replies.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""A JSON value."""

MERCHANT_TIME = timezone(timedelta(hours=3))
"""The merchant's time zone: Kuwait's."""
NEVER_DATE = "/Date(-2208988800000)/"
"""The documents' notation for a date that never was."""
EMPTY_GUID = "00000000-0000-0000-0000-000000000000"
"""The documents' notation for a missing key."""


class Code(IntEnum):
    """The documented message codes that the sandbox uses, with the documents' texts."""

    text: str

    def __new__(cls, value: int, text: str) -> "Code":
        """Create a code with its text."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.text = text
        return code

    RATE_LIMIT = 429, "Rate limit exceeded"
    SESSION_EXPIRED = 440, "Session expired"
    SERVER_ERROR = 500, "Server error"
    UNHANDLED = 1000, "Unhandled exception. Please contact support desk"
    ALREADY_CANCELLED = 1001, "Order canceled already"
    CANCELLED = 1002, "Cancelled successfully"
    NOT_AUTHENTICATED = 1003, "Authentication failed"
    SUCCESS = 1004, "Successful"
    AUTHORISED = 1005, "Order Authorized successfully"
    UNKNOWN_ORDER = 1006, "Order id is not available"
    UPDATE_FAILED = 1008, "Update failed"
    NO_RECORD = 1009, "No record found"
    USER_NAME_REQUIRED = 1012, "Username is required"
    INVALID_INPUT = 1016, "Invalid input"
    UNKNOWN_USER = 1017, "User does not exist"
    QUEUED = (
        1018,
        "Data update added to task queue. You can view the status of update in control panel. "
        "Also email will be send to merchant registered email after task completion.",
    )
    UNAVAILABLE = 1022, "Products not available"
    INVALID_CITY = 1023, "Invalid city. Please select a valid address"
    PIN_NOT_SERVED = 1024, "PIN code is not serviceable for the selected location"
    ADDRESS_NOT_SERVED = 1025, "PIN code not serviceable for the given address"
    NOT_UPDATED = 1027, "Update failed"
    INVALID_PAGE = 1028, "Invalid page number"
    NOT_AUTHORISED = 1030, "Service is not authorized"
    LOCKED = (
        1032,
        "Your account has been locked because of multiple failed login attempts. "
        "Please contact customer support.",
    )
    INVALID_OTP = 1038, "Invalid OTP"
    INVALID_PASSWORD = 1040, "Invalid password"
    UNKNOWN_ACCOUNT = 1041, "No user account exists with the provided details"
    NOT_ACTIVATED = 1042, "Your account has not been activated yet. Please try later"
    ALREADY_AUTHORISED = 1043, "Order is already authorized"
    INVALID_SLOT = 1044, "Invalid delivery slot"
    INVALID_MERCHANT = 1045, "Invalid merchant id"
    INVALID_LOCATION = 1046, "Invalid location id"
    INVALID_COUPON = 3001, "Invalid Coupon Code"
    VOUCHER_ELSEWHERE = 3002, "Voucher not applicable for your location"
    COUPON_USED_BY_USER = 3004, "Coupon usage limit for user exceeded"
    COUPON_USED_UP = 3005, "Coupon usage limit exceeded"
    WRONG_CUSTOMER_TYPE = 3006, "Invalid Customer type"
    EXPIRED_COUPON = 3008, "Expired Coupon Code"
    BELOW_MINIMUM = 3009, "Minimum Cart amount not reached for this voucher"
    COUPON_NOT_APPLICABLE = 3012, "Coupon not applicable"
    INVALID_USER = 5001, "Invalid user information"
    MODE_NOT_FOR_PRODUCT = (
        5002,
        "Invalid Delivery Mode for Product as IsShip/IsOnline/Instore Pickup is not set",
    )
    MODE_NOT_FOR_LOCATION = 5003, "Invalid Delivery Mode for Location Id"
    NOT_AT_LOCATION = 5004, "ProductId is not available at the specified locationId"
    UNKNOWN_PRODUCT = 5005, "Product with the specified ProductId is not available"
    ADD_ON_ALONE = (
        5006,
        "Product with the specified ProductId has type 'A' which is not allowed. "
        "You cannot add an add-on product directly",
    )
    INVALID_VARIANT = 5007, "Invalid variant ProductId"
    INVALID_ETA = 6225, "Invalid ETA details"
    NO_LOCATION_CODE = 6226, "No location code passed"
    UNKNOWN_LOCATION_CODE = 6227, "Invalid location"

    @property
    def status(self) -> int:
        """The HTTP status of a reply with this code: the code itself if it is a status, else 200."""
        return self.value if self.value < 600 else 200


class RefusalError(Exception):
    """The sandbox refuses; everything the handler did is undone."""

    def __init__(self, code: Code, message: str = "") -> None:
        super().__init__(message or code.text)
        self.code = code
        self.message = message or code.text


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: an HTTP status, a JSON body, and headers of its own."""

    body: Mapping[str, Json]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def encoded(self) -> bytes:
        """The body in its wire form."""
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()


def ok(message: str = Code.SUCCESS.text, **payload: Json) -> Reply:
    """Return the documented envelope of success."""
    return Reply({"messageCode": str(Code.SUCCESS.value), "Message": message, **payload, "ErrorCode": 0})


def ok_without_error_code(code: Code = Code.SUCCESS, message: str = "", **payload: Json) -> Reply:
    """Return the envelope of success without ``ErrorCode``, as some operations document it."""
    return Reply({"messageCode": str(code.value), "Message": message or code.text, **payload})


def forced_reply(code: int) -> Reply:
    """Return the documented envelope with a code forced by a switch, and nothing else."""
    return Reply({"messageCode": str(code), "Message": "Forced by a switch", "ErrorCode": 1})


def refusal_reply(code: Code, message: str = "") -> Reply:
    """Return the documented envelope of a refusal."""
    headers = {"Retry-After": "1"} if code is Code.RATE_LIMIT else {}
    body: dict[str, Json] = {"messageCode": str(code.value), "Message": message or code.text, "ErrorCode": 1}
    return Reply(body, status=code.status, headers=headers)


def money(amount: Decimal) -> float:
    """Return an amount in its wire form: a JSON number."""
    return float(amount)


def wire_date(seconds: float) -> str:
    """Format Unix seconds in the wire form, in the merchant's time (Kuwait, three hours ahead)."""
    return f"/Date({int(seconds * 1000)}+0300)/"


def merchant_datetime(seconds: float) -> datetime:
    """Convert Unix seconds to the merchant's local time."""
    return datetime.fromtimestamp(seconds, MERCHANT_TIME)
