"""What sync must know of a store's platform that no document settles; taken from the store profile.

Handed to the engine by the desk.
"""

from dataclasses import dataclass
from enum import StrEnum

from console.ordering.checkout import DeliveryMode
from console.ordering.money import Currency


class CartOwner(StrEnum):
    """Whose the cart is: the access token's, or the customer's over all sessions."""

    TOKEN = "token"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Rules:
    """``settle_seconds`` is how long after a lost answer its write may still land."""

    currency: Currency
    cart_owner: CartOwner = CartOwner.TOKEN
    settle_seconds: float = 30.0
    delivery_mode: DeliveryMode = DeliveryMode.PICKUP
