"""Maps a wire order to the past order that the screens show: state, time, nested lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from console.api.orders.models import WireOrder, WireOrderLine, WireOrderStatus
from console.ordering.catalogue import Variant
from console.ordering.checkout import DeliveryMode
from console.ordering.configuration.bundle import STRENGTH, option_value
from console.ordering.draft import Portion
from console.ordering.money import ZERO, Currency, without_noise
from console.ordering.past_orders import OrderState, PastLine, PastOrder
from console.services.people.phone_format import format_phone

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

VariantLookup = Callable[[int, int], Variant | None]
"""Finds a variant by product and variant id, if today's menu knows it."""


def to_past_order(
    record: WireOrder, currency: Currency, now: float, find_variant: VariantLookup
) -> PastOrder:
    """Map a wire order; its lines are None where the response has none, as in searches and histories.

    ``now`` is in Unix seconds.
    """
    mode = DeliveryMode.PICKUP if record.delivery.casefold() == PICKUP else DeliveryMode.DELIVERY
    slot = record.delivery_slot
    lines = nest_lines(record.lines, find_variant) if record.lines else None
    amounts = _round_amounts(record, lines or (), currency)
    return PastOrder(
        number=record.order_id,
        state=to_order_state(record.status, record.sub_status, mode),
        ordered_at=to_store_time(record.ordered_at, now),
        total=amounts.total,
        user_id=record.user_id,
        customer=f"{record.first_name} {record.last_name}".strip(),
        mobile=format_phone(record.mobile),
        mode=mode,
        address=", ".join(part for part in (record.ship_street, record.ship_city, record.ship_pin) if part),
        wanted_time=f"{record.requested_time}, {slot.starts} to {slot.ends}" if slot else "",
        location_id=record.location_id,
        payable=currency.round(record.payable),
        discount=amounts.discount,
        tax=amounts.tax,
        payment=", ".join(payment.option or payment.kind for payment in record.payments),
        notes=record.gift_message,
        lines=None if lines is None else amounts.lines,
    )


@dataclass(frozen=True, slots=True)
class _RoundedAmounts:
    """The amounts of an order, rounded so that they add up to its total."""

    total: Decimal
    tax: Decimal
    discount: Decimal
    lines: tuple[PastLine, ...]


def _round_amounts(record: WireOrder, lines: Sequence[PastLine], currency: Currency) -> _RoundedAmounts:
    """Round the total, what makes it up, and above that the lines. What is left over is the delivery."""
    total, exact = currency.round(record.total), [line.total for line in lines]
    goods = sum(exact, ZERO)
    discount = record.voucher_discount + record.promotion_discount
    delivery = record.total - goods + discount - record.tax
    goods, _, tax, minus_discount = currency.round_column((goods, delivery, record.tax, -discount), total)
    amounts = currency.round_column(exact, goods)
    rounded = tuple(replace(line, amount=amount) for line, amount in zip(lines, amounts, strict=True))
    return _RoundedAmounts(total, tax, -minus_discount, rounded)


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
        case WireOrderStatus.CANCELLED:
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


def nest_lines(lines: Sequence[WireOrderLine], find_variant: VariantLookup) -> tuple[PastLine, ...]:
    """Nest parts under their lines, at exact prices; a part whose line is missing becomes a line."""
    ids = {line.line_id for line in lines}
    children: dict[int, list[WireOrderLine]] = {}
    for line in lines:
        parent = line.parent_line_id if line.parent_line_id in ids else 0
        children.setdefault(0 if parent == line.line_id else parent, []).append(line)

    def build(line: WireOrderLine, parent_quantity: int) -> PastLine:
        # Pop to guard against cyclic parent ids.
        parts = children.pop(line.line_id, [])
        variant = find_variant(line.product_id, line.variant_id) if line.variant_id else None
        strength = option_value(variant, STRENGTH)
        return PastLine(
            line_id=line.line_id,
            product_id=line.product_id,
            variant_id=line.variant_id,
            title=line.title,
            quantity=_per_unit(line.quantity, parent_quantity),
            price=without_noise(line.price),
            # A topping's size is its pizza's and need not be shown.
            options=variant.label if variant and not strength else "",
            strength=strength,
            cancelled_quantity=_per_unit(line.cancelled_quantity, parent_quantity)
            if line.cancelled_quantity
            else 0,
            portion=Portion(line.portion) if line.portion in set(Portion) else Portion.WHOLE,
            is_base=line.is_primary,
            parts=tuple(build(part, line.quantity) for part in parts),
        )

    return tuple(build(line, 1) for line in children.pop(0, []))


def _per_unit(quantity: int, parent_quantity: int) -> int:
    return max(1, quantity // parent_quantity) if parent_quantity > 0 else quantity


def _parse_time(text: str, time_format: str) -> datetime | None:
    try:
        return datetime.strptime(text, time_format).replace(tzinfo=UTC).replace(tzinfo=None)
    except ValueError:
        return None
