"""What sync must know of a store's platform that no document settles; taken from the store profile.

Handed to the engine by the desk.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from console.ordering.money import Currency


class PlatformCartOwner(StrEnum):
    """Whose the cart is: the access token's, or the customer's over all sessions."""

    TOKEN = "token"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class ReferenceAttribute:
    """The order attribute that carries our reference, as the merchant has configured it."""

    field_id: int
    name: str


@dataclass(frozen=True, slots=True)
class PlatformRules:
    """``settle_seconds`` is how long after a lost answer its write may still land.

    ``reference`` is ``None`` where no attribute is configured. An order whose total differs from what the
    customer was told by more than ``price_tolerance`` is not placed without another word.
    """

    currency: Currency
    cart_owner: PlatformCartOwner = PlatformCartOwner.TOKEN
    settle_seconds: float = 30.0
    reference: ReferenceAttribute | None = None
    price_tolerance: Decimal = Decimal(0)
