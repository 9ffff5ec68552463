"""Platform behaviour that the API documents leave open, configured per store profile."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from console.ordering.money import Currency
from console.ordering.store_time import MACHINE_TIME, StoreTime
from console.ordering.vocabulary import Vocabulary


class PlatformCartOwner(StrEnum):
    """Owner of a cart: the access token, or the customer over all sessions."""

    TOKEN = "token"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class ReferenceAttribute:
    """The order attribute for our reference, as configured by the merchant."""

    field_id: int
    name: str


@dataclass(frozen=True, slots=True)
class OrderData:
    """What an order carries besides its lines and its checkout.

    ``immediate`` says whether an order is for now, ``channel`` where it was taken; ``None`` without a
    configured attribute. With ``note_as_gift_message`` the note is sent.
    """

    immediate: ReferenceAttribute | None = None
    channel: ReferenceAttribute | None = None
    channel_value: str = ""
    note_as_gift_message: bool = False


@dataclass(frozen=True, slots=True)
class PlatformRules:
    """The rules of one store's platform.

    ``settle_seconds`` is how long a write may still land after its response was lost. ``reference`` is
    ``None`` without a configured attribute. An order whose total differs from the quoted total by more than
    ``price_tolerance`` needs another confirmation, and so does one that was to be placed more than
    ``max_request_age`` seconds ago. With ``sole_console`` no other console places orders for this merchant's
    customers, so an order that matches ours can be nobody else's.
    """

    currency: Currency
    cart_owner: PlatformCartOwner = PlatformCartOwner.TOKEN
    settle_seconds: float = 30.0
    reference: ReferenceAttribute | None = None
    price_tolerance: Decimal = Decimal(0)
    sole_console: bool = False
    max_request_age: float = 1800.0
    order_data: OrderData = OrderData()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    store_time: StoreTime = MACHINE_TIME
