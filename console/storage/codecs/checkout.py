"""How an order is to reach its customer and be paid, as JSON fields and back.

Used by ``codec`` for the edit that changes it.
"""

from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot, PaymentMethod
from console.storage.codecs.json_reader import JsonReader, decimal_to_text
from console.storage.errors import UnreadableRecord

Record = dict[str, object]
_ADDRESS_FIELDS = (
    *("street", "city", "area", "pin", "state", "country", "city_code"),
    *("first_name", "last_name", "mobile", "phone", "email", "address_id"),
)


def checkout_record(value: Checkout) -> Record:
    """A checkout as a JSON object; amounts travel as strings."""
    slot, payment = value.delivery_slot, value.payment
    return {
        "mode": value.mode.value,
        "address": address_record(value.address) if value.address else None,
        "delivery_slot": {"slot_id": slot.slot_id, "label": slot.label, "starts_at": slot.starts_at}
        if slot
        else None,
        "voucher": value.voucher,
        "notes": value.notes,
        "payment": {
            "option": payment.option,
            "kind": payment.kind,
            "gateway_id": payment.gateway_id,
            "title": payment.title,
        }
        if payment
        else None,
        "tendered": None if value.tendered is None else decimal_to_text(value.tendered),
    }


def read_checkout(reader: JsonReader) -> Checkout:
    """The checkout that ``checkout_record`` made an object of.

    Raises:
        UnreadableRecord: the object is damaged.
    """
    address_reader, slot_reader, payment_reader = (
        reader.get_object_or_none(key) for key in ("address", "delivery_slot", "payment")
    )
    return Checkout(
        mode=_read_mode(reader.get_text("mode")),
        address=read_address(address_reader) if address_reader else None,
        delivery_slot=DeliverySlot(
            slot_reader.get_int("slot_id"), slot_reader.get_text("label"), slot_reader.get_float("starts_at")
        )
        if slot_reader
        else None,
        voucher=reader.get_text("voucher"),
        notes=reader.get_text("notes"),
        payment=PaymentMethod(
            *(payment_reader.get_text(key) for key in ("option", "kind", "gateway_id", "title"))
        )
        if payment_reader
        else None,
        tendered=reader.get_decimal_or_none("tendered"),
    )


def address_record(value: Address) -> Record:
    """An address as a JSON object."""
    return {name: getattr(value, name) for name in _ADDRESS_FIELDS}


def read_address(reader: JsonReader) -> Address:
    """The address that ``address_record`` made an object of.

    Raises:
        UnreadableRecord: the object is damaged.
    """
    return Address(**{name: reader.get_text(name) for name in _ADDRESS_FIELDS})


def _read_mode(letter: str) -> DeliveryMode:
    try:
        return DeliveryMode(letter)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown delivery mode {letter[:40]!r}") from None
