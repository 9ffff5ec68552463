"""Maps a wire order to the past order that the screens show: state, time, nested lines."""

from console.api.orders.models import WireOrder, WireOrderStatus
from console.ordering.checkout import DeliveryMode
from console.ordering.money import Currency
from console.ordering.past_orders import OrderState, PastOrder, VariantLookup, with_variant_names
from console.ordering.store_time import StoreTime
from console.services.people.phone_format import format_phone
from console.sync.placement.purchase import nest_lines, ship_address

IN_KITCHEN = "IK"
"""The sub-status of an order that the store has confirmed, from the documents' sample."""
PICKUP = "pickup"


def to_past_order(
    record: WireOrder, currency: Currency, now: float, store_time: StoreTime, find_variant: VariantLookup
) -> PastOrder:
    """Map a wire order; its lines are None where the response has none, as in searches and histories.

    ``now`` is in Unix seconds.
    """
    mode = DeliveryMode.PICKUP if record.delivery.casefold() == PICKUP else DeliveryMode.DELIVERY
    slot = record.delivery_slot
    return PastOrder(
        number=record.order_id,
        state=to_order_state(record.status, record.sub_status, mode),
        ordered_at=store_time.read(record.ordered_at, now=now),
        total=currency.round(record.total),
        user_id=record.user_id,
        customer=f"{record.first_name} {record.last_name}".strip(),
        mobile=format_phone(record.mobile),
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
