"""What was bought: an order by the platform's record, first its cart, then the order placed from it.

Tickets, the read-back, the placed screen and the outbox are made from this value, and from nothing else once
Place Order was sent.
"""

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from console.ordering.checkout import DeliveryMode
from console.ordering.money import ZERO, Currency
from console.ordering.placed.order_states import CANCELLED
from console.ordering.placed.past_orders import PastLine, PastOrder

AS_SOON_AS_POSSIBLE = "as soon as possible"


class TotalKind(StrEnum):
    """How a row below the goods takes part in the sum."""

    SUBTOTAL = "subtotal"
    """The sum of the lines above it."""
    CHARGE = "charge"
    """Added to the lines: delivery, a discount, tax that is not in the prices."""
    INCLUDED = "included"
    """Part of an amount above it: tax that is in the prices."""
    TOTAL = "total"
    PAYMENT = "payment"
    """About paying the total: cash given, change, what is left to pay."""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row below the goods."""

    label: str
    amount: Decimal
    kind: TotalKind = TotalKind.CHARGE


@dataclass(frozen=True, slots=True)
class PurchasedOrder:
    """An order by the platform's record; amounts are the platform's, in the store's currency.

    ``delivery`` is ``None`` where the record does not say it. ``discount`` is by promotions,
    ``voucher_discount`` by vouchers. ``tendered`` is the cash the customer gives. ``notes``, ``tendered`` and
    the texts of time and payment are as entered here. ``draft_digest`` is of the draft at that moment, empty
    where there was none. ``unreadable_lines`` are missing among ``lines``.
    Nothing of a cancelled order is to be made, and ``cancelled_text`` says why; a line says how many of it
    were cancelled.
    """

    lines: tuple[PastLine, ...]
    total: Decimal
    delivery: Decimal | None = ZERO
    discount: Decimal = ZERO
    voucher_discount: Decimal = ZERO
    voucher: str = ""
    tax: Decimal = ZERO
    mode: DeliveryMode = DeliveryMode.PICKUP
    address: str = ""
    wanted_time: str = AS_SOON_AS_POSSIBLE
    payment: str = ""
    notes: str = ""
    tendered: Decimal | None = None
    draft_digest: str = ""
    unreadable_lines: int = 0
    is_cancelled: bool = False
    cancelled_text: str = CANCELLED.text

    @property
    def change_due(self) -> Decimal | None:
        """The change for the cash given, negative if it is short; ``None`` without cash."""
        return None if self.tendered is None else self.tendered - self.total


def purchased_from_past(order: PastOrder) -> PurchasedOrder:
    """What a past order bought; its delivery fee is not in every record."""
    return PurchasedOrder(
        lines=order.lines or (),
        total=order.total,
        delivery=order.delivery,
        discount=order.discount - order.voucher_discount,
        voucher_discount=order.voucher_discount,
        voucher=order.voucher,
        tax=order.tax,
        mode=order.mode,
        address=order.address,
        wanted_time=order.wanted_time or AS_SOON_AS_POSSIBLE,
        payment=order.payment,
        notes=order.notes,
        unreadable_lines=order.unreadable_lines,
        is_cancelled=order.state.is_void,
        cancelled_text=order.state.text if order.state.is_void else CANCELLED.text,
    )


def line_amounts(order: PurchasedOrder, currency: Currency) -> tuple[Decimal, ...]:
    """The amount of each line, rounded once for its whole quantity, so that together they add up."""
    return currency.round_column([line.total for line in order.lines])


def total_rows(order: PurchasedOrder, currency: Currency) -> tuple[TotalRow, ...]:
    """The rows from the lines to the total: lines and charges add up to it exactly.

    What the platform's own figures leave unexplained has a row of its own.
    """
    goods = sum(line_amounts(order, currency), ZERO)
    voucher = f"Voucher {order.voucher}".strip()
    charges = [
        TotalRow("Discount", -currency.round(order.discount)),
        TotalRow(voucher, -currency.round(order.voucher_discount)),
        TotalRow("Delivery", currency.round(order.delivery or ZERO)),
    ]
    total = currency.round(order.total)
    unexplained = total - goods - sum((row.amount for row in charges), ZERO)
    tax = currency.round(order.tax)
    included: list[TotalRow] = []
    # Platforms print tax both ways: on top of the prices, and as a part of them.
    if tax and abs(unexplained - tax) < abs(unexplained):
        charges.append(TotalRow("Tax", tax))
        unexplained -= tax
    elif tax:
        included.append(TotalRow("Includes tax", tax, TotalKind.INCLUDED))
    if unexplained:
        charges.append(TotalRow(_remainder_label(order, unexplained, currency), unexplained))
    charges = [row for row in charges if row.amount]
    subtotal = [TotalRow("Goods", goods, TotalKind.SUBTOTAL)] if charges else []
    return (*subtotal, *charges, TotalRow("Total", total, TotalKind.TOTAL), *included)


def _remainder_label(order: PurchasedOrder, amount: Decimal, currency: Currency) -> str:
    """Name what lines and charges leave of the total."""
    if order.unreadable_lines:
        return "Not readable"
    if order.delivery is None and order.mode is DeliveryMode.DELIVERY and amount > 0:
        return "Delivery"
    smallest_coin = Decimal(1).scaleb(-currency.digits)
    return "Rounding" if abs(amount) <= smallest_coin * len(order.lines) else "Other (platform)"


def payment_rows(order: PurchasedOrder) -> tuple[TotalRow, ...]:
    """Cash given and change; none without cash, or where it is not enough."""
    if order.tendered is None or order.tendered < order.total:
        return ()
    return (
        TotalRow("Cash given", order.tendered, TotalKind.PAYMENT),
        TotalRow("Change", order.tendered - order.total, TotalKind.PAYMENT),
    )


def balance(amounts: tuple[Decimal, ...], rows: tuple[TotalRow, ...]) -> Decimal:
    """What line amounts and charges differ from the total by; zero on every ticket."""
    charges = sum((row.amount for row in rows if row.kind is TotalKind.CHARGE), ZERO)
    total = sum((row.amount for row in rows if row.kind is TotalKind.TOTAL), ZERO)
    return total - charges - sum(amounts, ZERO)


def reconciled(
    sent: PurchasedOrder, record: PurchasedOrder, currency: Currency
) -> tuple[PurchasedOrder, tuple[str, ...]]:
    """The order as the platform recorded it, and how that differs from the cart that was sent.

    Where both agree, the cart's record stays: it names parts and charges that an order's record does not.
    """
    differences = record_differences(sent, record, currency)
    if not differences:
        return sent, ()
    merged = replace(
        record,
        payment=sent.payment or record.payment,
        notes=sent.notes or record.notes,
        wanted_time=sent.wanted_time,
        tendered=sent.tendered,
        draft_digest=sent.draft_digest,
    )
    return merged, differences


def record_differences(sent: PurchasedOrder, record: PurchasedOrder, currency: Currency) -> tuple[str, ...]:
    """How the platform's record differs from the cart that was sent, in words.

    Lines are compared by content, however they are split; parts only where both records have some.
    """
    titles = {_key(line): line.title for line in (*record.lines, *sent.lines)}
    before, after = _contents(sent), _contents(record)
    found = [f"{count} x {titles[key]} more" for key, count in (after - before).items()]
    found += [f"{count} x {titles[key]} less" for key, count in (before - after).items()]
    if not found and all(any(line.parts for line in order.lines) for order in (sent, record)):
        changed = _contents(sent, with_parts=True) - _contents(record, with_parts=True)
        found += [f"other parts in {titles[key[:3]]}" for key in changed]
    if record.is_cancelled and not sent.is_cancelled:
        found.append(record.cancelled_text)
    else:
        found += [
            f"{n} x {titles[key]} cancelled" for key, n in (_cancelled(record) - _cancelled(sent)).items()
        ]
    if record.unreadable_lines:
        found.append(f"{record.unreadable_lines} not readable")
    if currency.round(sent.total) != currency.round(record.total):
        now, then = currency.format_number(record.total), currency.format_number(sent.total)
        found.append(f"total {now}, not {then}")
    if sent.mode is not record.mode:
        found.append("delivery" if record.mode is DeliveryMode.DELIVERY else "pickup")
    return tuple(found)


_Key = tuple[object, ...]


def _contents(order: PurchasedOrder, *, with_parts: bool = False) -> Counter[_Key]:
    contents: Counter[_Key] = Counter()
    for line in order.lines:
        contents[_key(line, with_parts=with_parts)] += line.quantity
    return contents


def _cancelled(order: PurchasedOrder) -> Counter[_Key]:
    cancelled: Counter[_Key] = Counter()
    for line in order.lines:
        cancelled[_key(line)] += line.cancelled_quantity
    return cancelled


def _key(line: PastLine, *, with_parts: bool = False) -> _Key:
    """Identify a line by its content; the first three values leave its parts out."""
    parts: Counter[_Key] = Counter()
    for part in line.parts if with_parts else ():
        parts[_key(part, with_parts=True)] += part.quantity
    identity = (line.product_id, line.variant_id, line.portion)
    return (*identity, frozenset(parts.items())) if with_parts else identity
