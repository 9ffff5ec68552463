"""Edits and customers as JSON text, and back, without losing a digit or a letter.

Used by the stores of ``console.local``; by the version in each text a later console can tell how to read it.
"""

from collections.abc import Callable
from typing import assert_never

from console.local.checkout_codec import checkout, checkout_record
from console.local.errors import UnreadableRecord
from console.local.fields import Fields, amount_to_text, to_text
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
    return to_text({"v": VERSION, **record})


def edit_from_text(text: str) -> Edit:
    """The edit that ``edit_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged, or of a kind or version that this console does not know.
    """
    fields = Fields.of_text(text)
    _check_version(fields)
    kind = fields.text("kind")
    if kind not in _READERS:
        raise UnreadableRecord(
            "That order holds a change that only a newer version of the console knows.",
            diagnostics=f"edit of the unknown kind {kind[:40]!r}",
        )
    return _READERS[kind](fields)


def customer_to_text(customer: Customer) -> str:
    """A customer as one line of JSON."""
    return to_text(
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
    fields = Fields.of_text(text)
    _check_version(fields)
    return Customer(
        user_id=fields.text("user_id"),
        user_name=fields.text("user_name"),
        first_name=fields.text("first_name"),
        last_name=fields.text("last_name"),
        mobile=fields.text("mobile"),
        email=fields.text("email"),
        address=fields.text("address"),
        city=fields.text("city"),
        groups=fields.texts_or_none("groups"),
        creation_uncertain=fields.flag_or("creation_uncertain", default=False),
    )


def _line_record(line: DraftLine) -> Record:
    return {"line_id": line.line_id, "quantity": line.quantity, "item": _item_record(line.item)}


def _item_record(item: OrderItem) -> Record:
    return {
        "product_id": item.product_id,
        "variant_id": item.variant_id,
        "title": item.title,
        "options": item.options,
        "unit_price": amount_to_text(item.unit_price),
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


def _line(fields: Fields) -> DraftLine:
    return DraftLine(
        line_id=fields.text("line_id"), item=_item(fields.inner("item")), quantity=fields.whole("quantity")
    )


def _item(fields: Fields) -> OrderItem:
    return OrderItem(
        product_id=fields.whole("product_id"),
        variant_id=fields.whole("variant_id"),
        title=fields.text("title"),
        options=fields.text("options"),
        unit_price=fields.amount("unit_price"),
        components=tuple(_component(part) for part in fields.items("components")),
        details=fields.text_or("details", ""),
    )


def _ruling(text: str) -> Resolution:
    try:
        return Resolution(text)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown resolution {text[:40]!r}") from None


def _component(fields: Fields) -> Component:
    name = fields.text("portion")
    try:
        portion = Portion(name)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown portion {name[:40]!r}") from None
    return Component(
        product_id=fields.whole("product_id"),
        variant_id=fields.whole("variant_id"),
        quantity=fields.whole("quantity"),
        portion=portion,
        group_id=fields.whole("group_id"),
        title=fields.text("title"),
        components=tuple(_component(part) for part in fields.items("components")),
    )


def _check_version(fields: Fields) -> None:
    if (version := fields.whole("v")) != VERSION:
        raise UnreadableRecord(diagnostics=f"version {version} is not known")


_READERS: dict[str, Callable[[Fields], Edit]] = {
    "add": lambda fields: AddLine(_line(fields.inner("line"))),
    "quantity": lambda fields: SetQuantity(fields.text("line_id"), fields.whole("quantity")),
    "remove": lambda fields: RemoveLine(fields.text("line_id")),
    "replace": lambda fields: ReplaceItem(fields.text("line_id"), _item(fields.inner("item"))),
    "checkout": lambda fields: SetCheckout(checkout(fields.inner("checkout"))),
    "unexpected": lambda fields: ResolveUnexpected(
        _item(fields.inner("item")), _ruling(fields.text("resolution"))
    ),
    "name": lambda fields: NameOrder(fields.text("name")),
}
"""How each kind of edit is read, by the name that ``edit_to_text`` gave it."""
