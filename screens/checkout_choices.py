"""The lists that the checkout screen chooses from: addresses, slots, ways to pay.

Opened by the checkout screen, one for each field that is chosen and not typed.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.ordering.checkout import Address, DeliverySlot, PaymentMethod
from console.ordering.customer import Customer
from screens.checkout_rows import SOON
from screens.choose import ChooseScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.text_cells import Align

if TYPE_CHECKING:
    from console.services.orders.checkout import SlotAvailability

NEW = "new"
"""The key of the row that types an address."""
HOME = "home"
"""The key of the row with the address of the customer's account."""


def home_of(customer: Customer) -> Address | None:
    """Where the customer lives by their account: a text, to be looked over before an order goes there."""
    if not customer.address:
        return None
    street = customer.address.removesuffix(f", {customer.city}")
    return Address(street, city=customer.city, mobile=customer.mobile)


def addresses_to_choose(found: Sequence[Address], now: Address | None, home: Address | None) -> ChooseScreen:
    """The answer is a place in the list, ``HOME`` for the one kept with the customer, or ``NEW``."""
    rows = [ListRow(str(number), (address.one_line,)) for number, address in enumerate(found)]
    if home is not None and home.one_line not in {address.one_line for address in found}:
        rows.append(ListRow(HOME, (home.one_line,)))
    at = next((str(n) for n, address in enumerate(found) if address == now), None)
    return ChooseScreen(
        "Deliver to", (Column("Address"),), (*rows, ListRow(NEW, ("Another address",))), at=at
    )


def slots_to_choose(offered: Sequence["SlotAvailability"], now: DeliverySlot | None) -> ChooseScreen:
    """The answer is when the slot starts, as text; empty for as soon as possible."""
    columns = (Column("When"), Column("Takes", 10, Align.RIGHT))
    rows = [
        ListRow(
            str(o.delivery_slot.starts_at),
            (o.delivery_slot.label, "full" if o.is_full else f"{o.capacity} orders" if o.capacity else ""),
            RowStyle.DIM if o.is_full else RowStyle.NORMAL,
        )
        for o in offered
    ]
    at = str(now.starts_at) if now else ""
    return ChooseScreen("When", columns, (ListRow("", (SOON, "")), *rows), at=at)


def payments_to_choose(payments: Sequence[PaymentMethod], now: PaymentMethod) -> ChooseScreen:
    """The answer is a place in the list."""
    rows = [ListRow(str(n), (payment.title or payment.option,)) for n, payment in enumerate(payments)]
    at = next((str(n) for n, payment in enumerate(payments) if payment == now), None)
    return ChooseScreen("How it is paid", (Column("Payment"),), rows, at=at)
