"""Fulfilment terms, as they were sent and as an order on the platform has them.

They tell orders with the same lines apart.
"""

from console.api.orders.models import WireOrder
from console.api.orders.requests import PaymentType
from console.ordering.checkout import Checkout, DeliveryMode
from console.sync.cart.observed_cart import NO_PIN, ObservedCheckout
from console.sync.placement.state import FulfilmentTerms

_MODES = {"ship": DeliveryMode.DELIVERY, "pickup": DeliveryMode.PICKUP}


def terms_from_checkout(checkout: Checkout, cart: ObservedCheckout) -> FulfilmentTerms:
    """The terms that an order is sent with; slot and address are the cart's."""
    is_delivery = checkout.mode is DeliveryMode.DELIVERY
    return FulfilmentTerms(
        mode=checkout.mode,
        street=cart.street if is_delivery else "",
        pin=cart.pin if is_delivery else "",
        slot_id=cart.slot_id,
        cash_on_delivery=checkout.payment is not None
        and checkout.payment.kind == PaymentType.CASH_ON_DELIVERY,
    )


def terms_from_order(order: WireOrder) -> FulfilmentTerms:
    """The terms of an order on the platform; what it does not show stays unknown."""
    kinds = [payment.kind for payment in order.payments if payment.kind]
    return FulfilmentTerms(
        mode=_MODES.get(order.delivery.casefold()),
        street=f"{order.ship_street} {order.ship_area}" if order.ship_street else "",
        pin="" if order.ship_pin == NO_PIN else order.ship_pin,
        slot_id=order.delivery_slot.slot_id if order.delivery_slot else 0,
        cash_on_delivery=PaymentType.CASH_ON_DELIVERY in kinds if kinds else None,
    )


def terms_conflict(one: FulfilmentTerms, other: FulfilmentTerms) -> bool:
    """Return True if both cannot be of the same order; a value known to one of them only is no conflict."""
    return (
        _differ(one.mode, other.mode)
        or _differ(one.cash_on_delivery, other.cash_on_delivery)
        or bool(one.slot_id and other.slot_id and one.slot_id != other.slot_id)
        or bool(one.pin and other.pin and one.pin.split() != other.pin.split())
        or bool(one.street and other.street and _different_streets(one.street, other.street))
    )


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _different_streets(one: str, other: str) -> bool:
    """Return True if neither is the other with something added, such as an area or a flat."""
    words, other_words = ({*street.casefold().replace(",", " ").split()} for street in (one, other))
    return not (words <= other_words or other_words <= words)
