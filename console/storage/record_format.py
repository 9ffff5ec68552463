"""Records as JSON text and back, by the types of the values themselves.

A text holds the version of its form and a checksum. One that does not fit, is of another version or has
changed is an ``UnreadableRecord``: a value of the wrong type is never converted.
"""

import zlib
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Generic, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from console.storage.errors import UnknownKind, UnreadableRecord

T = TypeVar("T")

_MAX_FIELD = 60
_CHECK_LENGTH = len(',"check":"01234567"}')


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """A value with the version of its form."""

    version: int
    value: T


class RecordFormat(Generic[T]):
    """The stored form of one type: ``RecordFormat(Stored[Product])``.

    It is built when it is first needed, because that takes milliseconds.
    """

    def __init__(self, stored_type: type[Stored[T]], *, version: int = 1) -> None:
        self._stored_type = stored_type
        self._version = version

    def dump(self, value: T) -> str:
        """The value as one line of ASCII; an amount is a text with every digit it has.

        Raises:
            ValueError: an amount is not a finite number, or a text is not valid Unicode.
        """
        text = with_check(self._adapter.dump_json(Stored(self._version, value), ensure_ascii=True).decode())
        if "NaN" in text or "Infinity" in text:
            # It may be an amount or a title. Only an amount cannot be read back.
            try:
                self.load(text)
            except UnreadableRecord:
                raise ValueError("an amount of money must be a finite number") from None
        return text

    def load(self, text: str) -> T:
        """The value that ``dump`` wrote.

        Raises:
            UnknownKind: the value is one of several types, and the text names another one.
            UnreadableRecord: the text is damaged or of another version.
        """
        try:
            stored = cast("Stored[T]", self._validator.validate_json(text, strict=True))
        except ValidationError as error:
            raise _unreadable(error) from None
        if stored.version != self._version:
            raise UnreadableRecord(diagnostics=f"version {str(stored.version)[:40]} is not known")
        # Last, as the other errors say more.
        if with_check(f"{text[:-_CHECK_LENGTH]}}}") != text:
            raise UnreadableRecord(diagnostics="the text has changed since it was written")
        return stored.value

    @cached_property
    def _adapter(self) -> TypeAdapter[Stored[T]]:
        return TypeAdapter(self._stored_type)

    @cached_property
    def _validator(self) -> SchemaValidator:
        return SchemaValidator(cast("CoreSchema", _with_exact_decimals(self._adapter.core_schema)))


def with_check(text: str) -> str:
    """A JSON object with one more key, last: the checksum of the text without it."""
    return f'{text[:-1]},"check":"{zlib.crc32(text.encode()):08x}"}}'


def _unreadable(error: ValidationError) -> UnreadableRecord:
    """Say which field does not fit and why, but not what it holds."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "union_tag_invalid":
        return UnknownKind(diagnostics=f"unknown kind {first.get('ctx', {}).get('tag', '')[:40]!r}")
    field = ".".join(map(str, first["loc"]))
    return UnreadableRecord(diagnostics=f"{field[:_MAX_FIELD]}: {first['type']}")


def _with_exact_decimals(schema: object) -> object:
    """The same schema, with decimals read from texts only.

    From a JSON number pydantic would make a decimal too, by way of a float, which loses digits.
    """
    if isinstance(schema, list):
        return [_with_exact_decimals(part) for part in cast("list[object]", schema)]
    if not isinstance(schema, dict):
        return schema
    parts = {key: _with_exact_decimals(part) for key, part in cast("dict[str, object]", schema).items()}
    if parts.get("type") == "decimal":
        return core_schema.no_info_before_validator_function(_decimal_from_text, cast("CoreSchema", parts))
    return parts


def _decimal_from_text(value: object) -> Decimal:
    if not isinstance(value, str):
        raise ValueError("an amount is stored as a text")  # noqa: TRY004 (pydantic reports ValueErrors only)
    try:
        return Decimal(value)
    except ArithmeticError:
        raise ValueError("not a number") from None
