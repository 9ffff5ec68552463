"""The lists that the checkout screen chooses from: addresses, slots, ways to pay.

Opened by the checkout screen, one for each field that is chosen and not typed.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.ordering.checkout import Address, DeliverySlot, PaymentMethod
from console.ordering.customer import Customer
from screens.checkout.rows import AS_SOON_AS_POSSIBLE
from screens.dialogs.select import SelectScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.text_cells import Align

if TYPE_CHECKING:
    from console.services.orders.checkout import SlotAvailability

NEW = "new"
"""The key of the row that types an address."""
HOME = "home"
"""The key of the row with the address of the customer's account."""


def home_address(customer: Customer) -> Address | None:
    """Where the customer lives by their account: a text, to be looked over before an order goes there."""
    if not customer.address:
        return None
    street = customer.address.removesuffix(f", {customer.city}")
    return Address(street, city=customer.city, mobile=customer.mobile)


def address_dialog(
    addresses: Sequence[Address], current: Address | None, home: Address | None
) -> SelectScreen:
    """The answer is a place in the list, ``HOME`` for the one kept with the customer, or ``NEW``."""
    rows = [ListRow(str(number), (address.one_line,)) for number, address in enumerate(addresses)]
    if home is not None and home.one_line not in {address.one_line for address in addresses}:
        rows.append(ListRow(HOME, (home.one_line,)))
    current_key = next((str(n) for n, address in enumerate(addresses) if address == current), None)
    return SelectScreen(
        "Deliver to",
        (Column("Address"),),
        (*rows, ListRow(NEW, ("Another address",))),
        current_key=current_key,
    )


def delivery_slot_dialog(
    delivery_slots: Sequence["SlotAvailability"], current: DeliverySlot | None
) -> SelectScreen:
    """The answer is when the slot starts, as text; empty for as soon as possible."""
    columns = (Column("When"), Column("Takes", 10, Align.RIGHT))
    rows = [
        ListRow(
            str(o.delivery_slot.starts_at),
            (o.delivery_slot.label, "full" if o.is_full else f"{o.capacity} orders" if o.capacity else ""),
            RowStyle.DIM if o.is_full else RowStyle.NORMAL,
        )
        for o in delivery_slots
    ]
    current_key = str(current.starts_at) if current else ""
    return SelectScreen(
        "When", columns, (ListRow("", (AS_SOON_AS_POSSIBLE, "")), *rows), current_key=current_key
    )


def payment_dialog(payments: Sequence[PaymentMethod], current: PaymentMethod) -> SelectScreen:
    """The answer is a place in the list."""
    rows = [ListRow(str(n), (payment.title or payment.option,)) for n, payment in enumerate(payments)]
    current_key = next((str(n) for n, payment in enumerate(payments) if payment == current), None)
    return SelectScreen("How it is paid", (Column("Payment"),), rows, current_key=current_key)
