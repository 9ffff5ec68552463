"""Maps a wire order to the past order that the screens show: state, time, nested lines."""

from console.api.orders.models import WireOrder
from console.ordering.checkout import DeliveryMode
from console.ordering.money import Currency
from console.ordering.phone_number import format_phone
from console.ordering.placed.past_orders import PastOrder, VariantLookup, with_variant_names
from console.ordering.store_time import StoreTime
from console.ordering.vocabulary import Vocabulary
from console.sync.placement.purchase import line_shipping, nest_lines, ship_address

PICKUP = "pickup"


def to_past_order(
    record: WireOrder,
    currency: Currency,
    now: float,
    store_time: StoreTime,
    find_variant: VariantLookup,
    vocabulary: Vocabulary,
    country: str = "",
    *,
    in_history: bool = False,
) -> PastOrder:
    """Map a wire order; its lines are None where the response has none, as in searches and histories.

    ``now`` is in Unix seconds, ``country`` the store's. ``in_history`` is true for a record of Get Order
    History.
    """
    mode = DeliveryMode.PICKUP if record.delivery.casefold() == PICKUP else DeliveryMode.DELIVERY
    state = vocabulary.states.state(record.status, record.sub_status, mode, in_history=in_history)
    order = PastOrder(
        number=record.order_id,
        state=state,
        ordered_at=store_time.read(record.ordered_at, now=now),
        total=currency.round(record.total),
        user_id=record.user_id,
        customer=f"{record.first_name} {record.last_name}".strip(),
        mobile=format_phone(record.mobile, country),
        mode=mode,
        address=ship_address(record),
        wanted_time=_wanted_time(record),
        location_id=record.location_id,
        payable=currency.round(record.payable),
        delivery=line_shipping(record, currency),
        discount=currency.round(record.voucher_discount + record.promotion_discount),
        tax=currency.round(record.tax),
        payment=", ".join(payment.option or payment.kind for payment in record.payments),
        notes=record.gift_message,
        lines=tuple(with_variant_names(line, find_variant) for line in nest_lines(record, vocabulary))
        if record.line_count
        else None,
        voucher_discount=currency.round(record.voucher_discount),
        voucher=record.voucher_code,
        unreadable_lines=record.unreadable_lines,
    )
    return order.with_state(state)


def _wanted_time(record: WireOrder) -> str:
    """Describe the delivery slot of an order, empty without one: platforms print an empty slot as well."""
    slot = record.delivery_slot
    if slot is None or not (slot.starts or slot.ends):
        return ""
    times = " to ".join(moment for moment in (slot.starts, slot.ends) if moment)
    return ", ".join(part for part in (record.requested_time, times) if part)
