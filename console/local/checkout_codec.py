"""How an order is to reach its customer and be paid, as JSON fields and back.

Used by ``codec`` for the edit that changes it.
"""

from console.local.errors import UnreadableRecord
from console.local.fields import Fields, amount_to_text
from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot, PaymentMethod

Record = dict[str, object]
_ADDRESS = (
    *("street", "city", "area", "pin", "state", "country", "city_code"),
    *("first_name", "last_name", "mobile", "phone", "email", "address_id"),
)


def checkout_record(wish: Checkout) -> Record:
    """A checkout as a JSON object; amounts travel as strings."""
    slot, payment = wish.delivery_slot, wish.payment
    return {
        "mode": wish.mode.value,
        "address": address_record(wish.address) if wish.address else None,
        "delivery_slot": {"slot_id": slot.slot_id, "label": slot.label, "starts_at": slot.starts_at}
        if slot
        else None,
        "voucher": wish.voucher,
        "notes": wish.notes,
        "payment": {
            "option": payment.option,
            "kind": payment.kind,
            "gateway_id": payment.gateway_id,
            "title": payment.title,
        }
        if payment
        else None,
        "tendered": None if wish.tendered is None else amount_to_text(wish.tendered),
    }


def checkout(fields: Fields) -> Checkout:
    """The checkout that ``checkout_record`` made an object of.

    Raises:
        UnreadableRecord: the object is damaged.
    """
    place, slot, payment = (fields.inner_or_none(key) for key in ("address", "delivery_slot", "payment"))
    return Checkout(
        mode=_mode(fields.text("mode")),
        address=address(place) if place else None,
        delivery_slot=DeliverySlot(slot.whole("slot_id"), slot.text("label"), slot.number("starts_at"))
        if slot
        else None,
        voucher=fields.text("voucher"),
        notes=fields.text("notes"),
        payment=PaymentMethod(*(payment.text(key) for key in ("option", "kind", "gateway_id", "title")))
        if payment
        else None,
        tendered=fields.amount_or_none("tendered"),
    )


def address_record(place: Address) -> Record:
    """An address as a JSON object."""
    return {name: getattr(place, name) for name in _ADDRESS}


def address(fields: Fields) -> Address:
    """The address that ``address_record`` made an object of.

    Raises:
        UnreadableRecord: the object is damaged.
    """
    return Address(**{name: fields.text(name) for name in _ADDRESS})


def _mode(letter: str) -> DeliveryMode:
    try:
        return DeliveryMode(letter)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown delivery mode {letter[:40]!r}") from None
