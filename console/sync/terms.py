"""How an order reaches its customer and is paid: as it was sent, and as an order on the platform tells.

Used by ``placing`` before the mark, and by ``lookup`` to tell orders of the same lines from each other.
"""

from console.api.orders.models import WireOrder
from console.api.orders.requests import PaymentType
from console.ordering.checkout import Checkout, DeliveryMode
from console.sync.cart import NO_PIN, ObservedCheckout
from console.sync.placing_state import Terms

_MODES = {"ship": DeliveryMode.DELIVERY, "pickup": DeliveryMode.PICKUP}


def terms_of(checkout: Checkout, cart: ObservedCheckout) -> Terms:
    """What goes out with an order; of slot and address it is what the cart has."""
    delivered = checkout.mode is DeliveryMode.DELIVERY
    return Terms(
        mode=checkout.mode,
        street=cart.street if delivered else "",
        pin=cart.pin if delivered else "",
        slot_id=cart.slot_id,
        at_the_door=checkout.payment is not None and checkout.payment.kind == PaymentType.CASH_ON_DELIVERY,
    )


def terms_in(order: WireOrder) -> Terms:
    """What an order tells of them; what it does not tell stays open."""
    kinds = [payment.kind for payment in order.payments if payment.kind]
    return Terms(
        mode=_MODES.get(order.delivery.casefold()),
        street=f"{order.ship_street} {order.ship_area}" if order.ship_street else "",
        pin="" if order.ship_pin == NO_PIN else order.ship_pin,
        slot_id=order.delivery_slot.slot_id if order.delivery_slot else 0,
        at_the_door=PaymentType.CASH_ON_DELIVERY in kinds if kinds else None,
    )


def contradict(one: Terms, other: Terms) -> bool:
    """Whether the two cannot be of the same order: what only one of them tells says nothing."""
    return (
        _differ(one.mode, other.mode)
        or _differ(one.at_the_door, other.at_the_door)
        or bool(one.slot_id and other.slot_id and one.slot_id != other.slot_id)
        or bool(one.pin and other.pin and one.pin.split() != other.pin.split())
        or bool(one.street and other.street and _are_elsewhere(one.street, other.street))
    )


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _are_elsewhere(one: str, other: str) -> bool:
    """Neither is the other with something added, such as an area or a flat."""
    words, others = ({*street.casefold().replace(",", " ").split()} for street in (one, other))
    return not (words <= others or others <= words)
