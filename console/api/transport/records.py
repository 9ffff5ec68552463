"""Lists of records, without those that cannot be read: one odd record must not cost the list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Never, Self, TypeVar, get_args

from pydantic import GetCoreSchemaHandler, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import CoreSchema, PydanticUseDefault, SchemaError, core_schema

from console.api.transport.wire_types import list_items

_Record_co = TypeVar("_Record_co", covariant=True)
_Other = TypeVar("_Other")
_MAX_FAULT = 200  # letters that are kept of what is wrong with a record


class Records(tuple[_Record_co, ...]):
    """The records of a list that can be read; ``faults`` says of each other one which fields are odd.

    As the type of a field it reads a list; null means none, as the list and as an element.
    """

    faults: tuple[str, ...]

    def __new__(cls, records: Iterable[_Record_co] = (), faults: Iterable[str] = ()) -> Self:
        """Make a tuple of the readable records."""
        made = super().__new__(cls, tuple(records))
        made.faults = tuple(faults)
        return made

    @property
    def unreadable(self) -> int:
        """Return how many records of the list cannot be read."""
        return len(self.faults)

    def map(self, convert: Callable[[_Record_co], _Other]) -> "Records[_Other]":
        """Convert the readable records; the faults stay."""
        return Records(map(convert, self), self.faults)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read each record by itself."""
        (record,) = get_args(source)
        items = handler.generate_schema(tuple[Annotated[record, WrapValidator(_record_or_fault)], ...])
        readable = core_schema.no_info_after_validator_function(_without_faults, items)
        return core_schema.no_info_before_validator_function(list_items, readable)


NO_RECORDS = Records[Never]()
"""An empty list, for the default of a field."""


@dataclass(frozen=True, slots=True)
class _Fault:
    text: str


def fault_text(error: ValidationError) -> str:
    """Return which fields of a record are odd. Values are not quoted: one may be a secret."""
    details = error.errors(include_url=False, include_context=False, include_input=False)[:5]
    text = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['type']}" for fault in details)
    return text[:_MAX_FAULT]


def _record_or_fault(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    try:
        return validate(value)
    except ValidationError as error:
        return _Fault(fault_text(error))
    except (PydanticUseDefault, SchemaError):
        # An empty text among numbers: a row has no default.
        return _Fault("")


def _without_faults(items: tuple[object, ...]) -> Records[object]:
    return Records(
        (item for item in items if not isinstance(item, _Fault)),
        (item.text for item in items if isinstance(item, _Fault)),
    )
