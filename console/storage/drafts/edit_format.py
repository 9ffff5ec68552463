"""Edits as JSON text and back, each with its kind."""

from dataclasses import dataclass
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from console.ordering.draft import (
    AddLine,
    DecideCheckout,
    DecideLine,
    Edit,
    NameOrder,
    RemoveLine,
    ReplaceItem,
    ResolveUnexpected,
    SetCheckout,
    SetQuantity,
)
from console.storage.record_format import RecordFormat, Stored

Kind = TypeVar("Kind", bound=str)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Record(Generic[Kind, Value]):
    kind: Kind
    edit: Value


_EditRecord = Annotated[
    _Record[Literal["add"], AddLine]
    | _Record[Literal["quantity"], SetQuantity]
    | _Record[Literal["remove"], RemoveLine]
    | _Record[Literal["replace"], ReplaceItem]
    | _Record[Literal["decide"], DecideLine]
    | _Record[Literal["checkout"], SetCheckout]
    | _Record[Literal["decide-checkout"], DecideCheckout]
    | _Record[Literal["unexpected"], ResolveUnexpected]
    | _Record[Literal["name"], NameOrder],
    Field(discriminator="kind"),
]

_FORMAT = RecordFormat(Stored[_EditRecord])


def edit_to_text(edit: Edit) -> str:
    """An edit as one line of JSON.

    Raises:
        ValueError: an amount is not a finite number, or a text is not valid Unicode.
    """
    return _FORMAT.dump(_record(edit))


def edit_from_text(text: str) -> Edit:
    """The edit that ``edit_to_text`` wrote.

    Raises:
        UnknownKind: a newer version of the console made the edit.
        UnreadableRecord: the text is damaged or of another version.
    """
    return _FORMAT.load(text).edit


def _record(edit: Edit) -> _EditRecord:
    match edit:
        case AddLine():
            record: _EditRecord = _Record("add", edit)
        case SetQuantity():
            record = _Record("quantity", edit)
        case RemoveLine():
            record = _Record("remove", edit)
        case ReplaceItem():
            record = _Record("replace", edit)
        case DecideLine():
            record = _Record("decide", edit)
        case SetCheckout():
            record = _Record("checkout", edit)
        case DecideCheckout():
            record = _Record("decide-checkout", edit)
        case ResolveUnexpected():
            record = _Record("unexpected", edit)
        case NameOrder():
            record = _Record("name", edit)
    return record
