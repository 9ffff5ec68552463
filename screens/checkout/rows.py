"""The rows of the checkout, and the question that placing confirms; pure."""

from decimal import Decimal
from typing import TYPE_CHECKING

from rich.cells import cell_len

from console.ordering.checkout import Address, Checkout, DeliveryMode, PaymentMethod
from console.services.orders.problem_texts import rejection_text
from console.services.views import Aspect, OrderView, RejectionSubject
from widgets.lists.columns import COLUMN_GAP, Column, ListRow, RowStyle, column_widths
from widgets.text_cells import wrap

if TYPE_CHECKING:
    from console.services.orders.checkout import DeliveryCoverage

PLACE_KEY = "place"
AS_SOON_AS_POSSIBLE = "As soon as possible"
NONE = "-"
COLUMNS = (Column("", 3), Column("", 10), Column("Checkout"))
PLACE_NEEDED = "! An area or a PIN code is needed."
NOT_LISTED = "! Not checked: the platform lists no such area."
NOT_CHECKED = "! Not checked: the platform does not say who delivers there."
OFFLINE_NOT_CHECKED = "! Not checked: offline."
INDENT = sum(column.width + COLUMN_GAP for column in COLUMNS if column.width)
"""Cells before a value."""
MAX_VALUE_ROWS = 3
NOTE_WIDTH = 36
"""Cells for a sentence below a field, in the narrowest window."""


def is_cash(payment: PaymentMethod) -> bool:
    """Return True for cash, so that change may be due."""
    return payment.kind == "COD"


def change_due(view: OrderView) -> Decimal | None:
    """Return the change for the cash given, negative if it is short; None if that cannot be known.

    With a delivery fee still to come, only a shortage is certain.
    """
    if view.record is not None and view.is_sent:
        return view.record.change_due
    tendered = view.draft.checkout.tendered
    if tendered is None or (view.delivery_fee is None and tendered >= view.total):
        return None
    return tendered - view.total


def rows(
    view: OrderView, *, payment: PaymentMethod, lead_time: str, serving_text: str, width: int
) -> list[ListRow]:
    """Return a row for each field, with the letter that changes it, and the row that places.

    ``lead_time`` and ``serving_text`` come from the platform; ``width`` is the width of the list in cells, 0
    before layout.
    """
    checkout = view.draft.checkout
    delivers = checkout.mode is DeliveryMode.DELIVERY
    time = (
        checkout.delivery_slot.label
        if checkout.delivery_slot
        else f"{AS_SOON_AS_POSSIBLE}, {lead_time}"
        if lead_time
        else AS_SOON_AS_POSSIBLE
    )
    refused = _refusals(view)
    fields = [
        ("d", "How", "Delivery" if delivers else f"Pickup at {view.store.name}", ""),
        ("a", "Address", _address_text(checkout), serving_text if delivers else ""),
        ("t", "Time", time, ""),
        ("v", "Voucher", checkout.voucher or NONE, ""),
        ("n", "Notes", checkout.notes or NONE, ""),
        ("m", "Payment", payment.title or payment.option, ""),
        ("c", "Cash given", _cash_text(view) if is_cash(payment) else NONE, ""),
    ]
    total_sign = "=" if view.is_confirmed else "~"
    room = column_widths(COLUMNS, width)[-1]
    total, *continuation = wrap(f"{total_sign} {view.total_text}", room or NOTE_WIDTH, 2)
    place = ListRow(
        PLACE_KEY,
        ("F10", "Place", total),
        RowStyle.STRONG,
        tuple(" " * INDENT + other for other in continuation),
    )
    return [
        _field_row(letter, label, value, note, room, refusal=refused.get(letter))
        for letter, label, value, note in fields
    ] + [place]


def _refusals(view: OrderView) -> dict[str, str]:
    """Return why the platform refused a field, by its letter; the sentence may be empty."""
    letters = {Aspect.ADDRESS: "a", Aspect.DELIVERY_SLOT: "t", Aspect.VOUCHER: "v"}
    refused = {
        letters[aspect]: rejection_text(rejected.rejection)
        for rejected in view.rejected
        if (aspect := rejected.aspect) is not None and aspect in letters
    }
    checkout, subject = view.draft.checkout, view.placement.rejection
    if subject is RejectionSubject.VOUCHER and checkout.voucher:
        refused.setdefault("v", view.placement_message)
    if subject is RejectionSubject.DELIVERY_SLOT and checkout.delivery_slot is not None:
        refused.setdefault("t", view.placement_message)
    return refused


def _field_row(letter: str, label: str, value: str, note: str, room: int, *, refusal: str | None) -> ListRow:
    """Return a row; a long value continues below: the operator reads all of it to the customer."""
    if refusal is not None:
        value, note = f"{value}: refused", refusal
    fits = not room or cell_len(value) <= room
    first, *continuation = (value,) if fits else wrap(value, room, MAX_VALUE_ROWS)
    notes = [" " * INDENT + other for other in continuation]
    notes += (f"     {part}" for part in wrap(note, NOTE_WIDTH, MAX_VALUE_ROWS))
    style = RowStyle.NORMAL if refusal is None else RowStyle.WARN
    return ListRow(letter, (letter, label, first), style, tuple(notes))


def serving_text(address: Address | None, coverage: "DeliveryCoverage | None", note: str) -> str:
    """Return which stores deliver to an address, or the ``note`` on why that is not known."""
    if address is not None and not address.names_place:
        return PLACE_NEEDED
    if coverage is None:
        return note
    if coverage.includes_order_store:
        return "This store delivers there."
    names = ", ".join(store.name for store in coverage.stores)
    return f"! This store does not deliver there. {names} does." if names else "! No store delivers there."


def missing_for_placement(view: OrderView) -> str:
    """Return what is missing before the order can be placed; empty if nothing is."""
    checkout = view.draft.checkout
    if view.draft.is_empty:
        return "Nothing ordered yet."
    if checkout.mode is DeliveryMode.DELIVERY and checkout.address is None:
        return "A delivery needs an address. a chooses one."
    if checkout.mode is DeliveryMode.DELIVERY and checkout.address and not checkout.address.names_place:
        return "A delivery needs an area or a PIN code. a changes the address."
    due = change_due(view)
    if due is not None and due < 0:
        return f"The cash given is {view.currency.format_money(-due)} short. c changes it."
    return ""


def placement_question(view: OrderView, *, payment: PaymentMethod) -> str:
    """Return what placing does, as one question."""
    checkout, money = view.draft.checkout, view.currency
    delivery_text = f"delivery to {_address_text(checkout)}" if checkout.address else "delivery"
    mode_text = delivery_text if checkout.mode is DeliveryMode.DELIVERY else f"pickup at {view.store.name}"
    time = checkout.delivery_slot.label if checkout.delivery_slot else AS_SOON_AS_POSSIBLE.lower()
    approximately = "" if view.is_confirmed else "about "
    due = change_due(view) if is_cash(payment) else None
    change = f", change {money.format_money(due)}" if due else ""
    total = f"{approximately}{view.total_text}"
    title = payment.title or payment.option
    return f"Place for {view.customer_name}: {mode_text}, {time}, {total}, {title}{change}?"


def _address_text(checkout: Checkout) -> str:
    return checkout.address.one_line if checkout.address else NONE


def _cash_text(view: OrderView) -> str:
    tendered, due = view.draft.checkout.tendered, change_due(view)
    figures = view.currency.format_number
    if tendered is None or due is None:
        return NONE if tendered is None else figures(tendered)
    return (
        f"{figures(tendered)}  change {figures(due)}"
        if due >= 0
        else f"{figures(tendered)}  ! {figures(-due)} short"
    )
