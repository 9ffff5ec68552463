"""Requests about orders: payment, searches, cancellations, with the documents' own values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from console.api.orders.models import WireOrderStatus
from console.api.transport.encoding import Encodable

DATETIME_FORMAT = "%m-%d-%Y %H:%M:%S"
DATE_FORMAT = "%m/%d/%Y"


class PaymentType(StrEnum):
    """Kinds of payment in the documents (Place Order, parameter paymentType).

    A merchant may have others: the cart's payment options list the ones it accepts.
    """

    CASH_ON_DELIVERY = "COD"
    BANK_TRANSFER = "OBT"
    THIRD_PARTY_GATEWAY = "TPG"
    CREDIT = "Credit"
    GIFT_VOUCHER = "GV"


class CheckOutType(StrEnum):
    """Payment filter of a search (Search Orders, parameter CheckOutType)."""

    ONLINE = "Online Payment"
    CASH_ON_DELIVERY = "Cash on Delivery"
    BANK_TRANSFER = "Bank Transfer"
    CHEQUE = "Cheque/DD"
    GIFT_VOUCHER = "Gift Voucher"
    NET_BANKING = "Net Banking"
    PAYBACK_POINTS = "Payback Points"
    WALLET = "Wallet"


class DateType(StrEnum):
    """Date to filter by (Search Orders, parameter DateType)."""

    ORDERED = "OD"
    SHIPPED = "SD"
    RETURNED = "RD"
    DELIVERED = "DD"
    DISPATCHED = "DS"


class CancelReason(StrEnum):
    """Reason to cancel an order or a line (Cancel Order, parameter CancelReason)."""

    NOT_IN_DELIVERY_AREA = "NDA"
    INCORRECT_CONTACT = "ICI"
    BELOW_MINIMUM = "ODM"
    NOT_DELIVERED = "OND"
    ACKNOWLEDGED_TOO_LATE = "SLA"
    TAKEN_TOO_LATE = "SLN"
    QUANTITY_MISMATCH = "QMA"
    NOT_ALLOCATED = "RDA"
    CUSTOMER_REQUEST = "CPR"
    ITEM_NOT_AVAILABLE = "INA"
    PLACED_BY_MISTAKE = "OPM"
    DELIVERY_TOO_SLOW = "DTM"
    EXTRA_QUANTITY = "OEQ"
    BOUGHT_ELSEWHERE = "BFS"
    CHANGE_ADDRESS = "CSA"
    CHANGE_PAYMENT = "CMP"
    COST_TOO_HIGH = "CHA"
    SHIPPING_TOO_HIGH = "SCH"
    PAYMENT_NOT_RECEIVED = "PNR"


@dataclass(frozen=True, slots=True)
class WirePayment:
    """The payment for an order: one of the cart's payment options, by all three of its names."""

    option: str = "COD"
    kind: str = PaymentType.CASH_ON_DELIVERY
    gateway_id: str = "0"


@dataclass(frozen=True, slots=True)
class OrderSearch:
    """A filter for orders (Search Orders); empty finds all of them.

    ``first_day`` and ``last_day`` are days of the store, inclusive; amounts are in its currency, both ends
    included. ``record_from`` and ``record_to`` are positions in the result, the first being 0. The documents
    do not define how days are counted at the ends: ask for a wide window and filter the result.
    """

    order_id: int | None = None
    status: WireOrderStatus | None = None
    check_out: CheckOutType | None = None
    date_type: DateType | None = None
    first_day: date | None = None
    last_day: date | None = None
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    mobile: str = ""
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    shipping_from: Decimal | None = None
    shipping_to: Decimal | None = None
    sku: str = ""
    store: str = "all"
    record_from: int = 0
    record_to: int = 50

    def to_wire(self) -> dict[str, Encodable]:
        """Return the search in its wire form, with every documented name."""
        return {
            "Action": "",
            "CheckOutType": self.check_out or "",
            "DateFrom": self.first_day.strftime(DATE_FORMAT) if self.first_day else "",
            "DateTo": self.last_day.strftime(DATE_FORMAT) if self.last_day else "",
            "DateType": self.date_type or "",
            "EmailID": self.email,
            "FristName": self.first_name,
            "LastName": self.last_name,
            "MobileNo": self.mobile,
            "OrderNo": "" if self.order_id is None else self.order_id,
            "OrderPriceFrom": _optional_amount(self.price_from),
            "OrderPriceTo": _optional_amount(self.price_to),
            "OrderStatus": self.status or "",
            "ProductSku": self.sku,
            "store": self.store,
            "ShippingCostFrom": _optional_amount(self.shipping_from),
            "ShippingCostTo": _optional_amount(self.shipping_to),
            "RecordFrom": self.record_from,
            "RecordTo": self.record_to,
        }


@dataclass(frozen=True, slots=True)
class HistorySearch:
    """A filter for a customer's orders (Get Order History); empty fields are not sent.

    Moments are in the store's own time. ``order_id`` and ``sku`` may be a prefix; ``from_order`` is the
    lowest order number. Both ends of ``shipped_between`` go together.
    """

    user_id: str = ""
    ordered_from: datetime | None = None
    ordered_until: datetime | None = None
    shipped_between: tuple[datetime, datetime] | None = None
    status: WireOrderStatus | None = None
    sku: str = ""
    order_id: str = ""
    from_order: str = ""
    store: str = ""
    location_id: str = ""
    operator_id: str = ""
    with_rewards: bool = False

    def to_wire(self) -> dict[str, Encodable]:
        """Return the search in its wire form."""
        begins, ends = self.shipped_between or (None, None)
        data: Mapping[str, str] = {
            "UserId": self.user_id,
            "FromDate": _format_datetime(self.ordered_from),
            "ToDate": _format_datetime(self.ordered_until),
            "ShipDateFrom": _format_datetime(begins),
            "ShipDateTo": _format_datetime(ends),
            # Documented with a letter of its own here.
            "Status": "F" if self.status is WireOrderStatus.CANCELLED else self.status or "",
            "Sku": self.sku,
            "OrderId": self.order_id,
            "FromOrder": self.from_order,
            "store": self.store,
            "LocationId": self.location_id,
            "OperatorId": self.operator_id,
            "WithRewards": "True" if self.with_rewards else "",
        }
        return {name: value for name, value in data.items() if value}


@dataclass(frozen=True, slots=True)
class Cancellation:
    """The reason and author of a cancellation. ``ordered_at`` is when the order was created."""

    reason: CancelReason
    ordered_at: datetime
    comment: str = ""
    operator_id: str = ""
    gateway_response: str = ""
    show_comment: bool = False

    def to_wire(self, *, merchant_id: str, order_id: int) -> dict[str, Encodable]:
        """Return the cancellation in its wire form."""
        at = self.ordered_at
        return {
            "merchantId": merchant_id,
            "OrderId": str(order_id),
            "Comment": self.comment,
            "PGResponse": self.gateway_response,
            "OperatorID": self.operator_id,
            "DisplayCommentToUser": str(self.show_comment).lower(),
            "date": f"{at:%m/%d/%Y} {at.hour % 12 or 12}:{at:%M:%S %p}",
            "CancelReason": self.reason,
        }


def _optional_amount(amount: Decimal | None) -> Encodable:
    return "" if amount is None else amount


def _format_datetime(moment: datetime | None) -> str:
    return "" if moment is None else moment.strftime(DATETIME_FORMAT)
