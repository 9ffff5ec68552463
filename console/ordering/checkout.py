"""How an order is to reach its customer and be paid: part of the draft, edited on the checkout screen.

Kept with the draft, compared with the cart by ``sync``, printed on the ticket.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class DeliveryMode(StrEnum):
    """How the order reaches the customer (Add Items to Cart, parameter DelveryMode)."""

    PICKUP = "S"
    DELIVERY = "H"


@dataclass(frozen=True, slots=True)
class Address:
    """Where an order goes. ``address_id`` is the platform's, empty for one typed here.

    ``city_code``, ``state`` and ``country`` are the platform's codes, empty where they are not known.
    """

    street: str
    city: str = ""
    area: str = ""
    pin: str = ""
    state: str = ""
    country: str = ""
    city_code: str = ""
    first_name: str = ""
    last_name: str = ""
    mobile: str = ""
    phone: str = ""
    email: str = ""
    address_id: str = ""

    @property
    def one_line(self) -> str:
        """The address on one line."""
        return ", ".join(part for part in (self.street, self.area, self.city, self.pin) if part)


@dataclass(frozen=True, slots=True)
class DeliverySlot:
    """A delivery slot. ``starts_at`` is Unix time in seconds; ``label`` is the platform's own text."""

    slot_id: int
    label: str
    starts_at: float


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """A way to pay that the platform lists (Place Order: PaymentOption, paymentType, gatewayId)."""

    option: str
    kind: str
    gateway_id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Checkout:
    """The operator's wish for everything but the lines.

    ``delivery_slot`` is ``None`` for as soon as possible, ``payment`` until chosen. ``tendered`` is the cash
    the customer gives, in the store's currency. ``notes`` are printed on the ticket.
    """

    mode: DeliveryMode = DeliveryMode.PICKUP
    address: Address | None = None
    delivery_slot: DeliverySlot | None = None
    voucher: str = ""
    notes: str = ""
    payment: PaymentMethod | None = None
    tendered: Decimal | None = None
