"""From a draft's checkout to the rows of its screen and to the sentence that placing confirms; pure.

Used by the checkout, and by the screen after placing.
"""

from decimal import Decimal

from rich.cells import cell_len

from console.ordering.checkout import Checkout, DeliveryMode, PaymentMethod
from console.services.views import OrderView
from widgets.lists.columns import COLUMN_GAP, Column, ListRow, RowStyle, column_widths
from widgets.text_cells import wrap

PLACE = "place"
SOON = "As soon as possible"
NONE = "-"
COLUMNS = (Column("", 3), Column("", 10), Column("Checkout"))
INDENT = sum(column.width + COLUMN_GAP for column in COLUMNS if column.width)
"""Cells before a value."""
MOST_ROWS = 3
NOTE_WIDTH = 36
"""Cells for a sentence below a field, in the narrowest window."""


def is_cash(payment: PaymentMethod) -> bool:
    """Whether it is paid at the door, so that change may be due."""
    return payment.kind == "COD"


def change_due(view: OrderView) -> Decimal | None:
    """What the customer gets back of the cash given, negative where it does not suffice."""
    tendered = view.draft.checkout.tendered
    return None if tendered is None else tendered - view.total


def rows(view: OrderView, *, payment: PaymentMethod, how_long: str, served: str, width: int) -> list[ListRow]:
    """A row for each field, with the letter that changes it, and the row that places.

    ``how_long`` is what the platform says of the time, ``served`` a sentence about the address; ``width`` is
    the cells of the list, 0 while it is not laid out.
    """
    checkout, money = view.draft.checkout, view.currency
    delivers = checkout.mode is DeliveryMode.DELIVERY
    time = (
        checkout.delivery_slot.label
        if checkout.delivery_slot
        else f"{SOON}, {how_long}"
        if how_long
        else SOON
    )
    fields = [
        ("d", "How", "Delivery" if delivers else f"Pickup at {view.store.name}", ""),
        ("a", "Address", _address(checkout), served if delivers else ""),
        ("t", "Time", time, ""),
        ("v", "Voucher", checkout.voucher or NONE, ""),
        ("n", "Notes", checkout.notes or NONE, ""),
        ("m", "Payment", payment.title or payment.option, ""),
        ("c", "Cash given", _cash(view) if is_cash(payment) else NONE, ""),
    ]
    sure = "=" if view.is_confirmed else "~"
    room = column_widths(COLUMNS, width)[-1]
    return [_field(letter, label, value, note, room) for letter, label, value, note in fields] + [
        ListRow(PLACE, ("F10", "Place", f"{sure} {money.format_money(view.total)}"), RowStyle.STRONG)
    ]


def _field(letter: str, label: str, value: str, note: str, room: int) -> ListRow:
    """A value that is longer than its column goes on below it: cut, it could not be read to the customer."""
    fits = not room or cell_len(value) <= room
    first, *others = (value,) if fits else wrap(value, room, MOST_ROWS)
    notes = [" " * INDENT + other for other in others]
    notes += (f"     {part}" for part in wrap(note, NOTE_WIDTH, MOST_ROWS))
    return ListRow(letter, (letter, label, first), notes=tuple(notes))


def missing(view: OrderView) -> str:
    """What is still needed before the order can be placed, as a sentence; empty when nothing is."""
    checkout = view.draft.checkout
    if view.draft.is_empty:
        return "Nothing is ordered yet."
    if checkout.mode is DeliveryMode.DELIVERY and checkout.address is None:
        return "A delivery needs an address: a chooses one."
    due = change_due(view)
    if due is not None and due < 0:
        return f"The cash given is {view.currency.format_money(-due)} short: c changes it."
    return ""


def sentence(view: OrderView, *, payment: PaymentMethod) -> str:
    """What placing does, in one sentence."""
    checkout, money = view.draft.checkout, view.currency
    where = f"delivery to {_address(checkout)}" if checkout.address else "delivery"
    way = where if checkout.mode is DeliveryMode.DELIVERY else f"pickup at {view.store.name}"
    time = checkout.delivery_slot.label if checkout.delivery_slot else SOON.lower()
    about = "" if view.is_confirmed else "about "
    due = change_due(view) if is_cash(payment) else None
    change = f", change {money.format_money(due)}" if due else ""
    title = payment.title or payment.option
    return f"Place for {view.customer_name}: {way}, {time}, {about}{money.format_money(view.total)}, {title}{change}?"


def _address(checkout: Checkout) -> str:
    return checkout.address.one_line if checkout.address else NONE


def _cash(view: OrderView) -> str:
    tendered, due = view.draft.checkout.tendered, change_due(view)
    if tendered is None or due is None:
        return NONE
    figures = view.currency.format_number
    return (
        f"{figures(tendered)}  change {figures(due)}"
        if due >= 0
        else f"{figures(tendered)}  ! {figures(due)}"
    )
