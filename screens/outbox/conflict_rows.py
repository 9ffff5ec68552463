"""From an order that stopped, being otherwise than told, to the rows of its list and its figures; pure.

Used by the screen of what differs, and wherever an order may lead there.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from console.ordering.checkout import Checkout
from console.ordering.draft import DraftLine
from console.ordering.money import ZERO, Currency
from console.services.orders.problem_texts import line_note, rejection_text
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
    UnexpectedLine,
)
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.text_cells import Align, wrap

COLUMNS = (
    Column("Qty", 3, Align.RIGHT),
    Column("Told the customer"),
    Column("Was", 10, Align.RIGHT),
    Column("Now", 10, Align.RIGHT),
)
NONE = "-"
INDENT = " " * 5
NOTE_WIDTH = 70
NOTE_ROWS = 3
ORDER_KEY = "order"
"""The key of the row for what the platform refused the whole order for."""

_CONFLICT_STATES = (LineStatus.DIFFERS, LineStatus.REJECTED)
_ASPECT_BY_REJECTION = {
    RejectionSubject.DELIVERY_SLOT: Aspect.DELIVERY_SLOT,
    RejectionSubject.VOUCHER: Aspect.VOUCHER,
}
_ADVICE = {
    Aspect.DELIVERY_SLOT: "a makes it as soon as possible.",
    Aspect.VOUCHER: "a goes on without it.",
    Aspect.ADDRESS: "s opens the order, for another address or for pickup.",
}


@dataclass(frozen=True, slots=True)
class OrderTotal:
    """A total. ``sure`` says that the platform gave it for the order as it will be placed."""

    amount: Decimal
    is_confirmed: bool


def is_blocked_by_conflicts(view: OrderView) -> bool:
    """Whether an order waits because it is otherwise than the customer was told."""
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


def rows(view: OrderView) -> list[ListRow]:
    """A row for each line that differs, for what nobody here added, and for what is refused besides."""
    pairs = zip(view.draft.lines, view.comparisons, strict=True)
    lines = [_line_row(line, fact, view.currency) for line, fact in pairs if fact.state in _CONFLICT_STATES]
    unexpected = [
        _unexpected_row(key, line, view.currency) for key, line in open_unexpected_lines(view).items()
    ]
    rejected = [_checkout_row(key, one, view.draft.checkout) for key, one in _rejections(view).items()]
    return [*lines, *unexpected, *rejected, *_order_rows(view, has_line_rows=bool(lines))]


def open_unexpected_lines(view: OrderView) -> dict[str, UnexpectedLine]:
    """What nobody here added and nobody ruled on, by the key of its row."""
    numbered = enumerate(view.unexpected, 1)
    return {f"unexpected-{number}": line for number, line in numbered if line.needs_resolution}


def removable_aspect(view: OrderView, key: str) -> Aspect | None:
    """Which wish of the checkout a row is about, where the order can go on without it."""
    rejection = _rejections(view).get(key)
    return (
        rejection.aspect if rejection and rejection.aspect in (Aspect.DELIVERY_SLOT, Aspect.VOUCHER) else None
    )


def without_aspect(checkout: Checkout, aspect: Aspect) -> Checkout:
    """The checkout without the refused slot, or without the refused voucher."""
    return (
        replace(checkout, delivery_slot=None)
        if aspect is Aspect.DELIVERY_SLOT
        else replace(checkout, voucher="")
    )


def current_total(view: OrderView) -> OrderTotal:
    """What the order costs once everything is accepted as the platform has it."""
    needs_operator = view.placement.state is PlacementStatus.NEEDS_ATTENTION
    if view.totals is None or (view.is_pending and not needs_operator) or view.pending_lines:
        return OrderTotal(view.estimate, is_confirmed=False)
    unavailable = [
        (fact.unit_price or ZERO) * line.quantity
        for line, fact in zip(view.draft.lines, view.comparisons, strict=True)
        if fact.unavailable
    ]
    return OrderTotal(view.totals.total - sum(unavailable, ZERO), is_confirmed=not unavailable)


def acceptance_blocker(view: OrderView) -> str:
    """Why accepting everything is no order that could be placed, as a sentence; empty where it is one."""
    if all(fact.state is LineStatus.REJECTED and not fact.quantity for fact in view.comparisons):
        return "Nothing would be left to place. s opens the order, c parks it to call back."
    if any(refused.aspect is Aspect.ADDRESS for refused in _rejections(view).values()):
        return "It cannot be delivered there. s opens the order, for another address or for pickup."
    if view.is_pending and view.activity is Activity.SENDING:
        return "The platform works out the new total. Once it is here, Enter places the order."
    return ""


def total_texts(quoted_total: Decimal, view: OrderView) -> tuple[str, str, str]:
    """What the customer was told, what it comes to now, and the difference, empty where there is none."""
    money, total = view.currency, current_total(view)
    sign = "=" if total.is_confirmed else "~"
    return (
        f"Told the customer  = {money.format_money(quoted_total)}",
        f"Now  {sign} {money.format_money(total.amount)}",
        _difference_text(quoted_total, total, money),
    )


def placement_questions(quoted_total: Decimal, view: OrderView) -> tuple[str, ...]:
    """What placing it as it is now means, a sentence each, the question first."""
    money, total = view.currency, current_total(view)
    approximately = "" if total.is_confirmed else "about "
    if total.amount == quoted_total:
        first = f"Place for {view.customer_name} at {approximately}{money.format_money(quoted_total)}, as the customer was told?"
    else:
        first = (
            f"Place for {view.customer_name} at {approximately}{money.format_money(total.amount)} in place of {money.format_money(quoted_total)}?"
            " The customer must know of it."
        )
    pairs = zip(view.draft.lines, view.comparisons, strict=True)
    removed = [
        f"{line.quantity - fact.quantity} {line.item.title}"
        for line, fact in pairs
        if fact.state is LineStatus.REJECTED and fact.quantity < line.quantity
    ]
    aspects = {refused.aspect for refused in _rejections(view).values()}
    tendered = view.draft.checkout.tendered
    short = tendered is not None and tendered < total.amount
    return (
        first,
        *([f"Without {', '.join(removed)}."] if removed else ()),
        *(["As soon as possible, in place of the slot."] if Aspect.DELIVERY_SLOT in aspects else ()),
        *([f"Without the voucher {view.draft.checkout.voucher}."] if Aspect.VOUCHER in aspects else ()),
        *(
            [f"The cash given is {money.format_money(total.amount - tendered)} short."]
            if tendered and short
            else ()
        ),
    )


def call_back_name(view: OrderView) -> str:
    """The name that the order is parked under until the customer was called."""
    return f"call back {view.customer.mobile if view.customer else ''}".strip()


def _difference_text(quoted_total: Decimal, total: OrderTotal, money: Currency) -> str:
    difference = total.amount - money.round(quoted_total)
    if not difference:
        return ""
    return f"{money.format_money(abs(difference))} {'more' if difference > 0 else 'less'}"


def _line_row(line: DraftLine, comparison: LineComparison, money: Currency) -> ListRow:
    description = ", ".join(text for text in (line.item.title, line.item.options, line.item.details) if text)
    quoted_price = money.format_number(line.item.unit_price * line.quantity)
    cart_quantity = comparison.quantity if comparison.unit_price is not None else 0
    current_price = (
        money.format_number((comparison.unit_price or ZERO) * cart_quantity) if cart_quantity else NONE
    )
    cells = (str(line.quantity), description, quoted_price, current_price)
    return _row(line.line_id, cells, line_note(comparison, money))


def _unexpected_row(key: str, line: UnexpectedLine, money: Currency) -> ListRow:
    description = ", ".join(text for text in (line.title, line.options) if text)
    amount = money.format_number(line.unit_price * line.quantity)
    note = "Nobody here added this: a keeps it, x takes it out."
    return _row(key, (str(line.quantity), description, NONE, amount), note)


def _rejections(view: OrderView) -> dict[str, CheckoutRejection]:
    """What is refused besides lines, by the key of its row; a refusal at placing as one at telling."""
    rejections = list(view.rejected)
    aspect = _ASPECT_BY_REJECTION.get(view.placement.rejection) if view.placement.rejection else None
    if aspect is not None and aspect not in {refused.aspect for refused in rejections}:
        reason = view.placement.problem.message if view.placement.problem else ""
        rejections.append(CheckoutRejection(aspect, Rejection(RejectionCode.REFUSED, message=reason)))
    return {f"checkout-{number}": refused for number, refused in enumerate(rejections, 1)}


def _checkout_row(key: str, rejection: CheckoutRejection, checkout: Checkout) -> ListRow:
    label = checkout.delivery_slot.label if checkout.delivery_slot else ""
    line = checkout.address.one_line if checkout.address else ""
    names = {
        Aspect.DELIVERY_SLOT: f"Slot {label}",
        Aspect.VOUCHER: f"Voucher {checkout.voucher}",
        Aspect.ADDRESS: f"Address {line}",
    }
    name = names.get(rejection.aspect, "Checkout") if rejection.aspect else "Checkout"
    reason = rejection_text(rejection.rejection)
    advice = _ADVICE.get(rejection.aspect, "") if rejection.aspect else ""
    return _row(key, ("", name.strip(), "", ""), f"{reason} {advice}")


def _order_rows(view: OrderView, *, has_line_rows: bool) -> list[ListRow]:
    """The row for what the platform refused the order for, where no other row says it."""
    rejected_for = view.placement.rejection
    if (
        rejected_for is None
        or rejected_for in _ASPECT_BY_REJECTION
        or (has_line_rows and rejected_for is RejectionSubject.LINES)
    ):
        return []
    name = "The store" if rejected_for is RejectionSubject.STORE else "The order"
    return [_row(ORDER_KEY, ("", name, "", ""), f"{view.placement_message} Enter tries it again as it is.")]


def _row(key: str, cells: tuple[str, ...], note: str) -> ListRow:
    notes = tuple(INDENT + part for part in wrap(note, NOTE_WIDTH, NOTE_ROWS))
    return ListRow(key, cells, RowStyle.WARN, notes)
