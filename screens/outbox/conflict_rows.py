"""The conflicts of an order that was stopped: their rows, the totals and the questions; pure."""

from dataclasses import dataclass
from decimal import Decimal

from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.draft import DraftLine
from console.ordering.money import ZERO, Currency
from console.ordering.pricing.delivery_fee import money_text
from console.services.orders.problem_texts import line_note, rejection_text
from console.services.orders.refusal_texts import refusal_sentence, way_out_text
from console.services.views import (
    Activity,
    Aspect,
    CheckoutRejection,
    LineComparison,
    LineStatus,
    OrderView,
    PlacementStatus,
    Rejection,
    RejectionCode,
    RejectionSubject,
    StatedRefusal,
    UnexpectedLine,
    refusal_subject,
)
from screens.order_view.decided import decided_sentences
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.text_cells import Align, wrap

TOLD, ORDERED = "Customer was told", "Ordered"
"""What the cart is compared with: the total of a request to place, or the order before one."""
NONE = "-"
INDENT = " " * 5
NOTE_WIDTH = 70
NOTE_ROWS = 3
ORDER_KEY = "order"
"""Start of the keys of the rows for rejections of the whole order."""

UNEXPECTED_NOTE = "Not added here: a keeps it, x removes it."
GIFT_NOTE = "a keeps it; it goes when its item goes."
GONE_NOTE = "Kept before, and not in the cart any more: a goes on without it."

OPEN_CHECKOUT = "k opens the checkout."

_CONFLICT_STATES = (LineStatus.DIFFERS, LineStatus.REJECTED)
_ASPECT_BY_REJECTION = {
    RejectionSubject.DELIVERY_SLOT: Aspect.DELIVERY_SLOT,
    RejectionSubject.VOUCHER: Aspect.VOUCHER,
}
_SUBJECT_TITLES = {
    RejectionSubject.STORE: "The store",
    RejectionSubject.ADDRESS: "The address",
    RejectionSubject.MODE: "Pickup or delivery",
    RejectionSubject.PAYMENT: "The payment",
    RejectionSubject.AMOUNT: "The total",
    RejectionSubject.DELIVERY_SLOT: "The time",
    RejectionSubject.VOUCHER: "The voucher",
}
_ADVICE = {
    Aspect.DELIVERY_SLOT: "a makes it as soon as possible.",
    Aspect.VOUCHER: "a removes it.",
    Aspect.VOUCHER_REMOVAL: "a leaves it in the order.",
    Aspect.ADDRESS: "s opens the order, for another address or for pickup.",
}


@dataclass(frozen=True, slots=True)
class LineConflict:
    """An order line that differs in the cart, or that the platform rejected."""

    line: DraftLine
    comparison: LineComparison


@dataclass(frozen=True, slots=True)
class UnexpectedConflict:
    """A cart line that was not added here and is not resolved."""

    line: UnexpectedLine


@dataclass(frozen=True, slots=True)
class CheckoutConflict:
    """A part of the checkout that the platform rejected."""

    rejection: CheckoutRejection


@dataclass(frozen=True, slots=True)
class OrderConflict:
    """A rejection of the order that no other conflict explains; ``refusal`` says which, if it is known."""

    subject: RejectionSubject
    message: str
    refusal: StatedRefusal | None = None


Conflict = LineConflict | UnexpectedConflict | CheckoutConflict | OrderConflict


@dataclass(frozen=True, slots=True)
class OrderTotal:
    """A total; ``is_confirmed`` if the platform gave it for the order as it will be placed."""

    amount: Decimal
    is_confirmed: bool


def is_blocked_by_conflicts(view: OrderView) -> bool:
    """Return True if an order waits because it differs from what was quoted."""
    placing = view.placement
    if (
        placing.state is not PlacementStatus.NEEDS_ATTENTION
        or placing.needs_decision
        or placing.quoted_total is None
    ):
        return False
    total = current_total(view)
    return bool(rows(view)) or (
        total.is_confirmed and total.amount != view.currency.round(placing.quoted_total)
    )


def conflicts(view: OrderView) -> dict[str, Conflict]:
    """Return the conflicts of an order by the keys of their rows."""
    pairs = zip(view.draft.lines, view.comparisons, strict=True)
    lines: dict[str, Conflict] = {
        line.line_id: LineConflict(line, one) for line, one in pairs if one.state in _CONFLICT_STATES
    }
    unexpected = {
        f"unexpected-{number}": UnexpectedConflict(line)
        for number, line in enumerate(view.unexpected, 1)
        if line.needs_resolution
    }
    checkout = {
        f"checkout-{number}": CheckoutConflict(rejection)
        for number, rejection in enumerate(_rejections(view), 1)
    }
    order = {
        f"{ORDER_KEY}-{number}": conflict
        for number, conflict in enumerate(_order_conflicts(view, has_line_conflicts=bool(lines)), 1)
    }
    return {**lines, **unexpected, **checkout, **order}


def rows(view: OrderView) -> list[ListRow]:
    """Return a row for each conflict."""
    return [_conflict_row(key, conflict, view) for key, conflict in conflicts(view).items()]


def current_total(view: OrderView) -> OrderTotal:
    """Return the total once everything is accepted as it is in the cart."""
    needs_operator = view.placement.state is PlacementStatus.NEEDS_ATTENTION
    if view.totals is None or (view.is_pending and not needs_operator) or view.pending_lines:
        return OrderTotal(view.estimate, is_confirmed=False)
    unavailable = [
        view.currency.round((fact.unit_price or ZERO) * line.quantity)
        for line, fact in zip(view.draft.lines, view.comparisons, strict=True)
        if fact.unavailable
    ]
    return OrderTotal(view.totals.total - sum(unavailable, ZERO), is_confirmed=not unavailable)


def acceptance_blocker(view: OrderView) -> str:
    """Return why the order could not be placed even if everything were accepted; empty if it could."""
    if all(fact.state is LineStatus.REJECTED and not fact.quantity for fact in view.comparisons):
        return "Nothing would be left to place. s opens the order, c parks it for a call-back."
    if any(rejection.aspect is Aspect.ADDRESS for rejection in _rejections(view)):
        return "No delivery there. s opens the order, for another address or for pickup."
    if view.is_pending and view.activity is Activity.SENDING:
        return "The platform is computing the new total. Enter places the order after that."
    return ""


def current_delivery(view: OrderView) -> Decimal | None:
    """Return the delivery fee in the current total; None if it is not known."""
    is_confirmed = view.totals is not None and current_total(view).is_confirmed
    return view.totals.shipping if view.totals is not None and is_confirmed else view.estimated_delivery


def columns(basis: str) -> tuple[Column, ...]:
    """Return the columns of the list; ``basis`` is ``TOLD`` or ``ORDERED``."""
    return (
        Column("Qty", 3, Align.RIGHT),
        Column(basis),
        Column("Was", 10, Align.RIGHT),
        Column("Now", 10, Align.RIGHT),
    )


def total_texts(
    quoted_total: Decimal, view: OrderView, basis: str = TOLD, *, quoted_delivery: Decimal | None = ZERO
) -> tuple[str, str, str]:
    """Return the quoted total, the current total, and the difference; empty if there is none.

    ``quoted_delivery`` is None if it was quoted "plus delivery".
    """
    money, total = view.currency, current_total(view)
    sign = "=" if total.is_confirmed else "~"
    return (
        f"{basis}  {'=' if basis == TOLD else '~'} {money_text(quoted_total, quoted_delivery, money)}",
        f"Now  {sign} {money_text(total.amount, current_delivery(view), money)}",
        _difference_text(quoted_total, total, money) if quoted_delivery is not None else "",
    )


def placement_questions(
    quoted_total: Decimal, view: OrderView, *, quoted_delivery: Decimal | None = ZERO
) -> tuple[str, ...]:
    """Return what placing the order as it is now means, the question first.

    ``quoted_delivery`` is None if it was quoted "plus delivery".
    """
    money, total = view.currency, current_total(view)
    approximately = "" if total.is_confirmed else "about "
    delivery = current_delivery(view)
    quoted = money_text(quoted_total, quoted_delivery, money)
    current = money_text(total.amount, delivery, money)
    question = f"Place for {view.customer_name} at {approximately}"
    if total.amount == quoted_total:
        first = f"{question}{quoted}, as the customer was told?"
    else:
        first = f"{question}{current} instead of {quoted}? The customer must know the new total."
    tendered = view.draft.checkout.tendered
    short = tendered is not None and tendered < total.amount
    return (
        first,
        *_delivery_sentences(quoted_delivery, delivery, money),
        *decided_sentences(view),
        *(
            [f"The cash given is {money.format_money(total.amount - tendered)} short."]
            if tendered and short
            else ()
        ),
    )


def _delivery_sentences(quoted: Decimal | None, current: Decimal | None, money: Currency) -> tuple[str, ...]:
    """Name the delivery fee where it is not the quoted one."""
    if current is None or current == quoted:
        return ()
    was = "" if quoted is None else f", was {money.format_money(quoted)}"
    return (f"Delivery is {money.format_money(current)}{was}.",)


def call_back_name(view: OrderView) -> str:
    """Return the name of an order that is parked until the customer is called back."""
    return f"call back {view.customer.mobile if view.customer else ''}".strip()


def _difference_text(quoted_total: Decimal, total: OrderTotal, money: Currency) -> str:
    difference = total.amount - money.round(quoted_total)
    if not difference:
        return ""
    return f"{money.format_money(abs(difference))} {'more' if difference > 0 else 'less'}"


def _conflict_row(key: str, conflict: Conflict, view: OrderView) -> ListRow:
    match conflict:
        case LineConflict(line, comparison):
            cells, note = _line_cells(line, comparison, view.currency), line_note(comparison, view.currency)
        case UnexpectedConflict(line):
            cells, note = _unexpected_cells(line, view.currency), _unexpected_note(line)
        case CheckoutConflict(rejection):
            title, note = _checkout_texts(rejection, view.draft.checkout)
            note = f"{note} {OPEN_CHECKOUT}" if view.refusals else note
            cells = ("", title, "", "")
        case OrderConflict(subject, message, refusal):
            cells = ("", _SUBJECT_TITLES.get(subject, "The order"), "", "")
            way = way_out_text(refusal.refusal) if refusal else ""
            parts = (message, way, "Enter retries it as it is.")
            note = " ".join(part for part in parts if part)
    notes = tuple(INDENT + row for row in wrap(note, NOTE_WIDTH, NOTE_ROWS))
    return ListRow(key, cells, RowStyle.WARN, notes)


def _line_cells(line: DraftLine, comparison: LineComparison, money: Currency) -> tuple[str, ...]:
    title = ", ".join(text for text in (line.item.title, line.item.options, line.item.details) if text)
    quoted_price = money.format_number(line.item.unit_price * line.quantity)
    quantity, unit_price = comparison.quantity, comparison.unit_price
    is_in_cart = unit_price is not None and quantity > 0
    current_price = money.format_number((unit_price or ZERO) * quantity) if is_in_cart else NONE
    return (str(line.quantity), title, quoted_price, current_price)


def _unexpected_cells(line: UnexpectedLine, money: Currency) -> tuple[str, ...]:
    title = ", ".join(text for text in (line.title, line.options) if text)
    if not line.quantity:
        return (str(line.kept), title, money.format_number(line.unit_price * line.kept), NONE)
    return (str(line.quantity), title, NONE, money.format_number(line.unit_price * line.quantity))


def _unexpected_note(line: UnexpectedLine) -> str:
    if not line.quantity:
        return GONE_NOTE
    if line.free:
        source = f"Free: promotion {line.promotion}," if line.promotion else "Free, from the platform:"
        return f"{source} {GIFT_NOTE}"
    if line.unavailability is not None:
        return f"Not added here, not available: {rejection_text(line.unavailability)} x removes it."
    if line.rejection is not None:
        return f"The platform does not remove it. {rejection_text(line.rejection)} a keeps it."
    return f"{UNEXPECTED_NOTE} Kept before: {line.kept}." if line.kept else UNEXPECTED_NOTE


def _checkout_texts(rejection: CheckoutRejection, checkout: Checkout) -> tuple[str, str]:
    """Return the name of what was rejected, and the reason with advice."""
    label = checkout.delivery_slot.label if checkout.delivery_slot else ""
    address = checkout.address.one_line if checkout.address else ""
    names = {
        Aspect.DELIVERY_SLOT: f"Slot {label}",
        Aspect.VOUCHER: f"Voucher {checkout.voucher}",
        Aspect.ADDRESS: f"Address {address}",
        Aspect.VOUCHER_REMOVAL: f"Voucher {rejection.subject}",
    }
    name = names.get(rejection.aspect, "Checkout") if rejection.aspect else "Checkout"
    reason = rejection_text(rejection.rejection)
    advice = _ADVICE.get(rejection.aspect, "") if rejection.aspect else ""
    if rejection.unexpected_voucher:
        advice = "a keeps it, x removes it."
    elif rejection.rejection.code is RejectionCode.MODE_NOT_CHANGED and rejection.subject:
        is_pickup = rejection.subject == DeliveryMode.PICKUP
        advice = f"a makes it a {'pickup' if is_pickup else 'delivery'} again."
    return name.strip(), f"{reason} {advice}"


def first_refusal(view: OrderView) -> StatedRefusal | None:
    """Return the first refusal of the order that no other conflict explains."""
    order = (one for one in conflicts(view).values() if isinstance(one, OrderConflict))
    return next((one.refusal for one in order if one.refusal is not None), None)


def _rejections(view: OrderView) -> list[CheckoutRejection]:
    """Return what the platform rejected of the checkout, when it was sent or when the order was placed."""
    rejections = list(view.rejected)
    aspects = {rejection.aspect for rejection in rejections}
    for aspect, message in _rejected_at_placing(view):
        if aspect not in aspects:
            aspects.add(aspect)
            rejections.append(CheckoutRejection(aspect, Rejection(RejectionCode.REFUSED, message=message)))
    return rejections


def _rejected_at_placing(view: OrderView) -> list[tuple[Aspect, str]]:
    """Return the parts of the checkout that Place Order was rejected for, each with the reason."""
    if view.refusals:
        return [
            (aspect, refusal_sentence(refusal))
            for refusal in view.refusals
            if (aspect := _refused_aspect(refusal, view.draft.checkout)) is not None
        ]
    aspect = _ASPECT_BY_REJECTION.get(view.placement.rejection) if view.placement.rejection else None
    reason = view.placement.problem.message if view.placement.problem else ""
    return [(aspect, reason)] if aspect is not None else []


def _refused_aspect(refusal: StatedRefusal, checkout: Checkout) -> Aspect | None:
    """Return the part of the checkout that a refusal is about, ``None`` for one that the order has not."""
    aspect = _ASPECT_BY_REJECTION.get(refusal_subject(refusal.refusal))
    has_part = {
        Aspect.VOUCHER: bool(checkout.voucher),
        Aspect.DELIVERY_SLOT: checkout.delivery_slot is not None,
    }
    return aspect if aspect is not None and has_part[aspect] else None


def _order_conflicts(view: OrderView, *, has_line_conflicts: bool) -> list[OrderConflict]:
    """Return what Place Order was rejected for and neither a line nor a part of the checkout shows."""
    if view.refusals:
        subjects = [(refusal, refusal_subject(refusal.refusal)) for refusal in view.refusals]
        return [
            OrderConflict(subject, refusal_sentence(refusal), refusal)
            for refusal, subject in subjects
            if _refused_aspect(refusal, view.draft.checkout) is None
            and not (has_line_conflicts and subject is RejectionSubject.LINES)
        ]
    subject = view.placement.rejection
    is_shown = has_line_conflicts and subject is RejectionSubject.LINES
    if subject is None or subject in _ASPECT_BY_REJECTION or is_shown:
        return []
    return [OrderConflict(subject, view.placement_message)]
