"""From an order that stopped, being otherwise than told, to the rows of its list and its figures; pure.

Used by the screen of what differs, and wherever an order may lead there.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from console.ordering.checkout import Checkout
from console.ordering.draft import DraftLine
from console.ordering.money import ZERO, Currency
from console.services.views import (
    Activity,
    Aspect,
    CheckoutRejection,
    LineComparison,
    LineStatus,
    OrderView,
    PlacementStatus,
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
ORDER = "order"
"""The key of the row for what the platform refused the whole order for."""

_DIFFERING = (LineStatus.DIFFERS, LineStatus.REJECTED)
_ASPECTS = {RejectionSubject.DELIVERY_SLOT: Aspect.DELIVERY_SLOT, RejectionSubject.VOUCHER: Aspect.VOUCHER}
_ACCEPTED = {
    Aspect.DELIVERY_SLOT: "a makes it as soon as possible.",
    Aspect.VOUCHER: "a goes on without it.",
    Aspect.ADDRESS: "s opens the order, for another address or for pickup.",
}


@dataclass(frozen=True, slots=True)
class Sum:
    """A total. ``sure`` says that the platform gave it for the order as it will be placed."""

    amount: Decimal
    sure: bool


def stopped(view: OrderView) -> bool:
    """Whether an order waits because it is otherwise than the customer was told."""
    placing = view.placement
    if (
        placing.state is not PlacementStatus.NEEDS_ATTENTION
        or placing.needs_decision
        or placing.quoted_total is None
    ):
        return False
    total = now(view)
    return bool(rows(view)) or (total.sure and total.amount != view.currency.round(placing.quoted_total))


def rows(view: OrderView) -> list[ListRow]:
    """A row for each line that differs, for what nobody here added, and for what is refused besides."""
    pairs = zip(view.draft.lines, view.comparisons, strict=True)
    lines = [_line(line, fact, view.currency) for line, fact in pairs if fact.state in _DIFFERING]
    strange = [_strange(key, line, view.currency) for key, line in open_strange(view).items()]
    refused = [_checkout(key, one, view.draft.checkout) for key, one in _refused(view).items()]
    return [*lines, *strange, *refused, *_order(view, any_line=bool(lines))]


def open_strange(view: OrderView) -> dict[str, UnexpectedLine]:
    """What nobody here added and nobody ruled on, by the key of its row."""
    numbered = enumerate(view.unexpected, 1)
    return {f"strange-{number}": line for number, line in numbered if line.needs_resolution}


def refused_aspect(view: OrderView, key: str) -> Aspect | None:
    """Which wish of the checkout a row is about, where the order can go on without it."""
    refused = _refused(view).get(key)
    return refused.aspect if refused and refused.aspect in (Aspect.DELIVERY_SLOT, Aspect.VOUCHER) else None


def without(checkout: Checkout, aspect: Aspect) -> Checkout:
    """The checkout without the refused slot, or without the refused voucher."""
    return (
        replace(checkout, delivery_slot=None)
        if aspect is Aspect.DELIVERY_SLOT
        else replace(checkout, voucher="")
    )


def now(view: OrderView) -> Sum:
    """What the order costs once everything is accepted as the platform has it."""
    asked = view.placement.state is PlacementStatus.NEEDS_ATTENTION
    if view.totals is None or (view.is_pending and not asked) or view.pending_lines:
        return Sum(view.estimate, sure=False)
    gone = [
        (fact.unit_price or ZERO) * line.quantity
        for line, fact in zip(view.draft.lines, view.comparisons, strict=True)
        if fact.unavailable
    ]
    return Sum(view.totals.total - sum(gone, ZERO), sure=not gone)


def obstacle(view: OrderView) -> str:
    """Why accepting everything is no order that could be placed, as a sentence; empty where it is one."""
    if all(fact.state is LineStatus.REJECTED and not fact.quantity for fact in view.comparisons):
        return "Nothing would be left to place. s opens the order, c parks it to call back."
    if any(refused.aspect is Aspect.ADDRESS for refused in _refused(view).values()):
        return "It cannot be delivered there. s opens the order, for another address or for pickup."
    if view.is_pending and view.activity is Activity.SENDING:
        return "The platform works out the new total. Once it is here, Enter places the order."
    return ""


def told_and_now(told: Decimal, view: OrderView) -> tuple[str, str, str]:
    """What the customer was told, what it comes to now, and the difference, empty where there is none."""
    money, total = view.currency, now(view)
    sign = "=" if total.sure else "~"
    return (
        f"Told the customer  = {money.format_money(told)}",
        f"Now  {sign} {money.format_money(total.amount)}",
        _more(told, total, money),
    )


def questions(told: Decimal, view: OrderView) -> tuple[str, ...]:
    """What placing it as it is now means, a sentence each, the question first."""
    money, total = view.currency, now(view)
    about = "" if total.sure else "about "
    if total.amount == told:
        first = (
            f"Place for {view.customer_name} at {about}{money.format_money(told)}, as the customer was told?"
        )
    else:
        first = (
            f"Place for {view.customer_name} at {about}{money.format_money(total.amount)} in place of {money.format_money(told)}?"
            " The customer must know of it."
        )
    pairs = zip(view.draft.lines, view.comparisons, strict=True)
    out = [
        f"{line.quantity - fact.quantity} {line.item.title}"
        for line, fact in pairs
        if fact.state is LineStatus.REJECTED and fact.quantity < line.quantity
    ]
    aspects = {refused.aspect for refused in _refused(view).values()}
    tendered = view.draft.checkout.tendered
    short = tendered is not None and tendered < total.amount
    return (
        first,
        *([f"Without {', '.join(out)}."] if out else ()),
        *(["As soon as possible, in place of the slot."] if Aspect.DELIVERY_SLOT in aspects else ()),
        *([f"Without the voucher {view.draft.checkout.voucher}."] if Aspect.VOUCHER in aspects else ()),
        *(
            [f"The cash given is {money.format_money(total.amount - tendered)} short."]
            if tendered and short
            else ()
        ),
    )


def call_back(view: OrderView) -> str:
    """The name that the order is parked under until the customer was called."""
    return f"call back {view.customer.mobile if view.customer else ''}".strip()


def _more(told: Decimal, total: Sum, money: Currency) -> str:
    difference = total.amount - money.round(told)
    if not difference:
        return ""
    return f"{money.format_money(abs(difference))} {'more' if difference > 0 else 'less'}"


def _line(line: DraftLine, fact: LineComparison, money: Currency) -> ListRow:
    what = ", ".join(text for text in (line.item.title, line.item.options, line.item.details) if text)
    was = money.format_number(line.item.unit_price * line.quantity)
    there = fact.quantity if fact.unit_price is not None else 0
    is_now = money.format_number((fact.unit_price or ZERO) * there) if there else NONE
    return _row(line.line_id, (str(line.quantity), what, was, is_now), fact.note)


def _strange(key: str, line: UnexpectedLine, money: Currency) -> ListRow:
    what = ", ".join(text for text in (line.title, line.options) if text)
    amount = money.format_number(line.unit_price * line.quantity)
    note = "Nobody here added this: a keeps it, x takes it out."
    return _row(key, (str(line.quantity), what, NONE, amount), note)


def _refused(view: OrderView) -> dict[str, CheckoutRejection]:
    """What is refused besides lines, by the key of its row; a refusal at placing as one at telling."""
    found = list(view.rejected)
    aspect = _ASPECTS.get(view.placement.rejection) if view.placement.rejection else None
    if aspect is not None and aspect not in {refused.aspect for refused in found}:
        found.append(CheckoutRejection(aspect, view.placement.message))
    return {f"checkout-{number}": refused for number, refused in enumerate(found, 1)}


def _checkout(key: str, refused: CheckoutRejection, checkout: Checkout) -> ListRow:
    label = checkout.delivery_slot.label if checkout.delivery_slot else ""
    line = checkout.address.one_line if checkout.address else ""
    names = {
        Aspect.DELIVERY_SLOT: f"Slot {label}",
        Aspect.VOUCHER: f"Voucher {checkout.voucher}",
        Aspect.ADDRESS: f"Address {line}",
    }
    name = names.get(refused.aspect, "Checkout") if refused.aspect else "Checkout"
    why = refused.message.removeprefix(f"{name.split()[0]}: ")
    advice = _ACCEPTED.get(refused.aspect, "") if refused.aspect else ""
    return _row(key, ("", name.strip(), "", ""), f"{why} {advice}")


def _order(view: OrderView, *, any_line: bool) -> list[ListRow]:
    """The row for what the platform refused the order for, where no other row says it."""
    refused = view.placement.rejection
    if refused is None or refused in _ASPECTS or (any_line and refused is RejectionSubject.LINES):
        return []
    name = "The store" if refused is RejectionSubject.STORE else "The order"
    return [_row(ORDER, ("", name, "", ""), f"{view.placement.message} Enter tries it again as it is.")]


def _row(key: str, cells: tuple[str, ...], note: str) -> ListRow:
    notes = tuple(INDENT + part for part in wrap(note, NOTE_WIDTH, NOTE_ROWS))
    return ListRow(key, cells, RowStyle.WARN, notes)
