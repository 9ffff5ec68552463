"""Maps a wire order to the past order that the screens show: state, time, nested lines."""

from datetime import UTC, datetime, timedelta

from console.api.orders.models import WireOrder, WireOrderStatus
from console.ordering.checkout import DeliveryMode
from console.ordering.money import Currency
from console.ordering.past_orders import OrderState, PastOrder, VariantLookup, with_variant_names
from console.ordering.phone_number import format_phone
from console.sync.placement.purchase import nest_lines, ship_address

IN_KITCHEN = "IK"
"""The sub-status of an order that the store has confirmed, from the documents' sample."""
PICKUP = "pickup"
LOCAL_FORMATS = (
    "%m-%d-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M:%S %p",
    "%m-%d-%Y",
    "%d-%m-%Y",
)
"""The platform's local formats: the documents say month first, and print the day first."""


def to_past_order(
    record: WireOrder, currency: Currency, now: float, find_variant: VariantLookup, country: str = ""
) -> PastOrder:
    """Map a wire order; its lines are None where the response has none, as in searches and histories.

    ``now`` is in Unix seconds, ``country`` the store's.
    """
    mode = DeliveryMode.PICKUP if record.delivery.casefold() == PICKUP else DeliveryMode.DELIVERY
    slot = record.delivery_slot
    return PastOrder(
        number=record.order_id,
        state=to_order_state(record.status, record.sub_status, mode),
        ordered_at=to_store_time(record.ordered_at, now),
        total=currency.round(record.total),
        user_id=record.user_id,
        customer=f"{record.first_name} {record.last_name}".strip(),
        mobile=format_phone(record.mobile, country),
        mode=mode,
        address=ship_address(record),
        wanted_time=f"{record.requested_time}, {slot.starts} to {slot.ends}" if slot else "",
        location_id=record.location_id,
        payable=currency.round(record.payable),
        discount=currency.round(record.voucher_discount + record.promotion_discount),
        tax=currency.round(record.tax),
        payment=", ".join(payment.option or payment.kind for payment in record.payments),
        notes=record.gift_message,
        lines=tuple(with_variant_names(line, find_variant) for line in nest_lines(record))
        if record.line_count
        else None,
        voucher_discount=currency.round(record.voucher_discount),
        voucher=record.voucher_code,
        unreadable_lines=record.unreadable_lines,
    )


def to_order_state(status: str, sub_status: str, mode: DeliveryMode) -> OrderState:
    """Map the platform's status letters to a state, by delivery mode."""
    is_pickup = mode is DeliveryMode.PICKUP
    match status:
        case WireOrderStatus.PENDING:
            return OrderState.PENDING
        case WireOrderStatus.AUTHORISED:
            return OrderState.IN_KITCHEN if sub_status == IN_KITCHEN else OrderState.ACCEPTED
        case WireOrderStatus.SHIPPED:
            return OrderState.READY if is_pickup else OrderState.OUT_FOR_DELIVERY
        case WireOrderStatus.DELIVERED:
            return OrderState.COLLECTED if is_pickup else OrderState.DELIVERED
        # Get Order History calls a cancelled order F, Get Order Status calls it C: neither is to be made.
        case WireOrderStatus.CANCELLED | "C":
            return OrderState.CANCELLED
        case _:
            return OrderState.UNKNOWN


def to_store_time(value: datetime | str | None, now: float) -> datetime | None:
    """Convert a wire time to the store's local time, None if it cannot be read.

    A time with an offset is local already; one in UTC is converted to this machine's zone. Where a text can
    be read in both orders of day and month, the first that is not in the future counts.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        if value.tzinfo is None or value.utcoffset():
            return value.replace(tzinfo=None)
        return value.astimezone().replace(tzinfo=None)
    # A store's clock is at most fourteen hours ahead of any other.
    latest = datetime.fromtimestamp(now).astimezone().replace(tzinfo=None) + timedelta(days=1)
    found = [
        moment
        for time_format in LOCAL_FORMATS
        if (moment := _parse_time(value.strip(), time_format)) is not None
    ]
    return next((moment for moment in found if moment <= latest), found[0] if found else None)


def _parse_time(text: str, time_format: str) -> datetime | None:
    try:
        return datetime.strptime(text, time_format).replace(tzinfo=UTC).replace(tzinfo=None)
    except ValueError:
        return None
