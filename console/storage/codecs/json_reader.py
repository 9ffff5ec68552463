"""Reading a kept JSON object field by field, so that a damaged one is told instead of half used.

Used by the codecs of ``console.storage``.
"""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Never, cast

from console.storage.errors import UnreadableRecord


def to_json(record: Mapping[str, object]) -> str:
    """One line of JSON, all ASCII: any text comes back as it was."""
    return json.dumps(record, separators=(",", ":"))


def decimal_to_text(amount: Decimal) -> str:
    """An amount with every digit it has.

    Raises:
        ValueError: it is not a finite number.
    """
    if not amount.is_finite():
        raise ValueError("an amount of money must be a finite number")
    return str(amount)


class JsonReader:
    """A JSON object whose fields are read by type. Every method raises ``UnreadableRecord`` on a misfit."""

    def __init__(self, record: object) -> None:
        if not isinstance(record, dict):
            raise UnreadableRecord(diagnostics=f"an object was expected, not {type(record).__name__}")
        self._record = cast("dict[str, object]", record)

    @classmethod
    def parse(cls, text: str) -> "JsonReader":
        """The object that a text holds."""
        return cls(_parse_json(text))

    def get_text(self, key: str) -> str:
        """A text."""
        value = self._get(key)
        return value if isinstance(value, str) else self._fail(key)

    def get_text_or(self, key: str, default: str) -> str:
        """A text, or ``default`` where an earlier version did not keep it."""
        return self.get_text(key) if key in self._record else default

    def get_bool_or(self, key: str, *, default: bool) -> bool:
        """True or false, or ``default`` where an earlier version did not keep it."""
        value = self._record.get(key, default)
        return value if isinstance(value, bool) else self._fail(key)

    def get_int(self, key: str) -> int:
        """A whole number."""
        value = self._get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else self._fail(key)

    def get_int_or_none(self, key: str) -> int | None:
        """A whole number, or none."""
        return None if self._get(key) is None else self.get_int(key)

    def get_float(self, key: str) -> float:
        """A number that need not be exact: a time or a place, never money."""
        value = self._get(key)
        return value if isinstance(value, float) else float(self.get_int(key))

    def get_bool(self, key: str) -> bool:
        """True or false."""
        value = self._get(key)
        return value if isinstance(value, bool) else self._fail(key)

    def get_decimal(self, key: str) -> Decimal:
        """An exact decimal, kept as a text."""
        try:
            amount = Decimal(self.get_text(key))
        except InvalidOperation:
            return self._fail(key)
        return amount if amount.is_finite() else self._fail(key)

    def get_decimal_or_none(self, key: str) -> Decimal | None:
        """An exact decimal, or none."""
        return None if self._get(key) is None else self.get_decimal(key)

    def get_object(self, key: str) -> "JsonReader":
        """An object."""
        return JsonReader(self._get(key))

    def get_object_or_none(self, key: str) -> "JsonReader | None":
        """An object, or none."""
        return None if self._get(key) is None else self.get_object(key)

    def get_objects(self, key: str) -> list["JsonReader"]:
        """A list of objects."""
        return [JsonReader(value) for value in self._get_list(key)]

    def get_texts_or_none(self, key: str) -> tuple[str, ...] | None:
        """A list of texts, or none."""
        if self._get(key) is None:
            return None
        texts = [value for value in self._get_list(key) if isinstance(value, str)]
        return tuple(texts) if len(texts) == len(self._get_list(key)) else self._fail(key)

    def get_ints(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        numbers = [value for value in self._get_list(key) if type(value) is int]
        return tuple(numbers) if len(numbers) == len(self._get_list(key)) else self._fail(key)

    def _get_list(self, key: str) -> list[object]:
        value = self._get(key)
        return cast("list[object]", value) if isinstance(value, list) else self._fail(key)

    def _get(self, key: str) -> object:
        if key not in self._record:
            self._fail(key)
        return self._record[key]

    def _fail(self, key: str) -> Never:
        raise UnreadableRecord(diagnostics=f"the field {key} is missing or of another kind")


def _parse_json(text: str) -> object:
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError) as error:
        raise UnreadableRecord(diagnostics=f"not JSON ({type(error).__name__})") from None
