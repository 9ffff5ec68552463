"""The choices of the checkout: addresses, delivery slots, payment options."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.ordering.checkout import Address, DeliverySlot, PaymentMethod
from console.ordering.customer import Customer
from screens.checkout.rows import AS_SOON_AS_POSSIBLE
from screens.dialogs.select import Choice
from widgets.lists.columns import Column, RowStyle
from widgets.text_cells import Align

if TYPE_CHECKING:
    from console.services.orders.checkout import SlotAvailability

ADDRESS_COLUMNS = (Column("Address"),)
SLOT_COLUMNS = (Column("When"), Column("Orders", 10, Align.RIGHT))
PAYMENT_COLUMNS = (Column("Payment"),)


@dataclass(frozen=True, slots=True)
class TypedAddress:
    """An address to be typed, beginning with ``initial``."""

    initial: Address


def home_address(customer: Customer) -> Address | None:
    """Return the address of the customer's account: free text, to be checked before an order goes there."""
    if not customer.address:
        return None
    street = customer.address.removesuffix(f", {customer.city}").removesuffix(f", {customer.area}")
    return Address(
        street,
        city=customer.city,
        area=customer.area,
        pin=customer.pin,
        city_code=customer.city_code,
        state=customer.state,
        mobile=customer.mobile,
    )


def address_choices(
    addresses: Sequence[Address], *, home: Address | None, empty: Address
) -> list[Choice[Address | TypedAddress]]:
    """Return the known addresses, the account's own unless it is among them, and one to type."""
    choices: list[Choice[Address | TypedAddress]] = [Choice(one, (one.one_line,)) for one in addresses]
    if home is not None and home.one_line not in {address.one_line for address in addresses}:
        choices.append(Choice(TypedAddress(home), (home.one_line,)))
    return [*choices, Choice(TypedAddress(empty), ("Another address",))]


def current_slot(
    slots: Sequence["SlotAvailability"], chosen: DeliverySlot | None
) -> "SlotAvailability | None":
    """Return the slot that the order has now: two may begin at the same time."""
    return next(
        (
            slot
            for slot in slots
            if chosen is not None
            and (slot.delivery_slot.slot_id, slot.delivery_slot.starts_at)
            == (chosen.slot_id, chosen.starts_at)
        ),
        None,
    )


def slot_choices(slots: Sequence["SlotAvailability"]) -> list[Choice["SlotAvailability | None"]]:
    """Return as soon as possible (None), and each slot with the orders it takes."""
    return [
        Choice(None, (AS_SOON_AS_POSSIBLE, "")),
        *(
            Choice(
                slot,
                (slot.delivery_slot.label, _capacity_text(slot)),
                RowStyle.DIM if slot.is_full else RowStyle.NORMAL,
            )
            for slot in slots
        ),
    ]


def payment_choices(options: Sequence[PaymentMethod]) -> list[Choice[PaymentMethod]]:
    """Return the payment options by their titles."""
    return [Choice(option, (option.title or option.option,)) for option in options]


def _capacity_text(slot: "SlotAvailability") -> str:
    # The platform gives the capacity, not how many are left.
    return "full" if slot.is_full else f"up to {slot.capacity}" if slot.capacity else ""
