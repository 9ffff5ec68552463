"""Fulfilment and payment of an order: part of the draft, edited on the checkout screen."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_PLACEHOLDER = re.compile(r"[0\s.-]*|n[./]?a\.?", re.IGNORECASE)


class DeliveryMode(StrEnum):
    """Pickup or delivery (Add Items to Cart, parameter DelveryMode)."""

    PICKUP = "S"
    DELIVERY = "H"


def without_placeholder(part: str) -> str:
    """Return an area or a PIN code, "" for what records have in its place: ``0``, ``000``, ``-``, ``NA``."""
    return "" if _PLACEHOLDER.fullmatch(part.strip()) else part


def address_line(street: str, area: str, city: str, pin: str) -> str:
    """Return an address on one line; an area that is called as its city stands there once."""
    if area.strip().casefold() == city.strip().casefold():
        area = ""
    return ", ".join(part for part in (street, area, city, pin) if part)


@dataclass(frozen=True, slots=True)
class Address:
    """A delivery address. ``address_id`` is the platform's, empty for one typed here.

    ``city_code``, ``state`` and ``country`` are the platform's codes, empty if unknown.
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
    def names_place(self) -> bool:
        """Return True if an area or a PIN code says which store delivers there: a street alone does not."""
        return bool(self.area.strip() or self.pin.strip())

    @property
    def one_line(self) -> str:
        """The address on one line."""
        return address_line(self.street, self.area, self.city, self.pin)


@dataclass(frozen=True, slots=True)
class DeliverySlot:
    """A delivery slot. ``starts_at`` is Unix time in seconds; ``label`` is the platform's own text."""

    slot_id: int
    label: str
    starts_at: float


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """A payment method that the platform lists (Place Order: PaymentOption, paymentType, gatewayId)."""

    option: str
    kind: str
    gateway_id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Checkout:
    """Everything about an order but its lines, as the operator entered it.

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
