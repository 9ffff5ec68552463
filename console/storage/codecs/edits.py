"""Edits and customers as JSON text, and back, without losing a digit or a letter.

Used by the stores of ``console.storage``; by the version in each text a later console can tell how to read it.
"""

from collections.abc import Callable
from typing import assert_never

from console.ordering.customer import Customer
from console.ordering.draft import (
    AddLine,
    Component,
    DraftLine,
    Edit,
    NameOrder,
    OrderItem,
    Portion,
    RemoveLine,
    ReplaceItem,
    Resolution,
    ResolveUnexpected,
    SetCheckout,
    SetQuantity,
)
from console.storage.codecs.checkout import checkout_record, read_checkout
from console.storage.codecs.json_reader import JsonReader, decimal_to_text, to_json
from console.storage.errors import UnreadableRecord

VERSION = 1

Record = dict[str, object]


def edit_to_text(edit: Edit) -> str:
    """An edit as one line of JSON; amounts travel as strings.

    Raises:
        ValueError: an amount is not a finite number.
    """
    match edit:
        case AddLine(line):
            record: Record = {"kind": "add", "line": _line_record(line)}
        case SetQuantity(line_id, quantity):
            record = {"kind": "quantity", "line_id": line_id, "quantity": quantity}
        case RemoveLine(line_id):
            record = {"kind": "remove", "line_id": line_id}
        case ReplaceItem(line_id, item):
            record = {"kind": "replace", "line_id": line_id, "item": _item_record(item)}
        case SetCheckout(wish):
            record = {"kind": "checkout", "checkout": checkout_record(wish)}
        case ResolveUnexpected(item, ruling):
            record = {"kind": "unexpected", "item": _item_record(item), "resolution": ruling.value}
        case NameOrder(name):
            record = {"kind": "name", "name": name}
        case _:
            assert_never(edit)
    return to_json({"v": VERSION, **record})


def edit_from_text(text: str) -> Edit:
    """The edit that ``edit_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged, or of a kind or version that this console does not know.
    """
    reader = JsonReader.parse(text)
    _check_version(reader)
    kind = reader.get_text("kind")
    if kind not in _READERS:
        raise UnreadableRecord(
            "That order holds a change that only a newer version of the console knows.",
            diagnostics=f"edit of the unknown kind {kind[:40]!r}",
        )
    return _READERS[kind](reader)


def customer_to_text(customer: Customer) -> str:
    """A customer as one line of JSON."""
    return to_json(
        {
            "v": VERSION,
            "user_id": customer.user_id,
            "user_name": customer.user_name,
            "first_name": customer.first_name,
            "last_name": customer.last_name,
            "mobile": customer.mobile,
            "email": customer.email,
            "address": customer.address,
            "city": customer.city,
            "groups": customer.groups,
            "creation_uncertain": customer.creation_uncertain,
        }
    )


def customer_from_text(text: str) -> Customer:
    """The customer that ``customer_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged or of another version.
    """
    reader = JsonReader.parse(text)
    _check_version(reader)
    return Customer(
        user_id=reader.get_text("user_id"),
        user_name=reader.get_text("user_name"),
        first_name=reader.get_text("first_name"),
        last_name=reader.get_text("last_name"),
        mobile=reader.get_text("mobile"),
        email=reader.get_text("email"),
        address=reader.get_text("address"),
        city=reader.get_text("city"),
        groups=reader.get_texts_or_none("groups"),
        creation_uncertain=reader.get_bool_or("creation_uncertain", default=False),
    )


def _line_record(line: DraftLine) -> Record:
    return {"line_id": line.line_id, "quantity": line.quantity, "item": _item_record(line.item)}


def _item_record(item: OrderItem) -> Record:
    return {
        "product_id": item.product_id,
        "variant_id": item.variant_id,
        "title": item.title,
        "options": item.options,
        "unit_price": decimal_to_text(item.unit_price),
        "components": [_component_record(component) for component in item.components],
        "details": item.details,
    }


def _component_record(component: Component) -> Record:
    return {
        "product_id": component.product_id,
        "variant_id": component.variant_id,
        "quantity": component.quantity,
        "portion": component.portion.value,
        "group_id": component.group_id,
        "title": component.title,
        "components": [_component_record(part) for part in component.components],
    }


def _read_line(reader: JsonReader) -> DraftLine:
    return DraftLine(
        line_id=reader.get_text("line_id"),
        item=_read_item(reader.get_object("item")),
        quantity=reader.get_int("quantity"),
    )


def _read_item(reader: JsonReader) -> OrderItem:
    return OrderItem(
        product_id=reader.get_int("product_id"),
        variant_id=reader.get_int("variant_id"),
        title=reader.get_text("title"),
        options=reader.get_text("options"),
        unit_price=reader.get_decimal("unit_price"),
        components=tuple(_read_component(part) for part in reader.get_objects("components")),
        details=reader.get_text_or("details", ""),
    )


def _read_resolution(text: str) -> Resolution:
    try:
        return Resolution(text)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown resolution {text[:40]!r}") from None


def _read_component(reader: JsonReader) -> Component:
    name = reader.get_text("portion")
    try:
        portion = Portion(name)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown portion {name[:40]!r}") from None
    return Component(
        product_id=reader.get_int("product_id"),
        variant_id=reader.get_int("variant_id"),
        quantity=reader.get_int("quantity"),
        portion=portion,
        group_id=reader.get_int("group_id"),
        title=reader.get_text("title"),
        components=tuple(_read_component(part) for part in reader.get_objects("components")),
    )


def _check_version(reader: JsonReader) -> None:
    if (version := reader.get_int("v")) != VERSION:
        raise UnreadableRecord(diagnostics=f"version {version} is not known")


_READERS: dict[str, Callable[[JsonReader], Edit]] = {
    "add": lambda fields: AddLine(_read_line(fields.get_object("line"))),
    "quantity": lambda fields: SetQuantity(fields.get_text("line_id"), fields.get_int("quantity")),
    "remove": lambda fields: RemoveLine(fields.get_text("line_id")),
    "replace": lambda fields: ReplaceItem(fields.get_text("line_id"), _read_item(fields.get_object("item"))),
    "checkout": lambda fields: SetCheckout(read_checkout(fields.get_object("checkout"))),
    "unexpected": lambda fields: ResolveUnexpected(
        _read_item(fields.get_object("item")), _read_resolution(fields.get_text("resolution"))
    ),
    "name": lambda fields: NameOrder(fields.get_text("name")),
}
"""How each kind of edit is read, by the name that ``edit_to_text`` gave it."""
