"""Reading a kept JSON object field by field, so that a damaged one is told instead of half used.

Used by the codecs of ``console.local``.
"""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Never, cast

from console.local.errors import UnreadableRecord


def to_text(record: Mapping[str, object]) -> str:
    """One line of JSON, all ASCII: any text comes back as it was."""
    return json.dumps(record, separators=(",", ":"))


def amount_to_text(amount: Decimal) -> str:
    """An amount with every digit it has.

    Raises:
        ValueError: it is not a finite number.
    """
    if not amount.is_finite():
        raise ValueError("an amount of money must be a finite number")
    return str(amount)


class Fields:
    """A JSON object whose fields are read by type. Every method raises ``UnreadableRecord`` on a misfit."""

    def __init__(self, record: object) -> None:
        if not isinstance(record, dict):
            raise UnreadableRecord(diagnostics=f"an object was expected, not {type(record).__name__}")
        self._record = cast("dict[str, object]", record)

    @classmethod
    def of_text(cls, text: str) -> "Fields":
        """The object that a text holds."""
        return cls(_parsed(text))

    def text(self, key: str) -> str:
        """A text."""
        value = self._get(key)
        return value if isinstance(value, str) else self._misfit(key)

    def text_or(self, key: str, otherwise: str) -> str:
        """A text, or ``default`` where an earlier version did not keep it."""
        return self.text(key) if key in self._record else otherwise

    def flag_or(self, key: str, *, default: bool) -> bool:
        """True or false, or ``default`` where an earlier version did not keep it."""
        value = self._record.get(key, default)
        return value if isinstance(value, bool) else self._misfit(key)

    def whole(self, key: str) -> int:
        """A whole number."""
        value = self._get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else self._misfit(key)

    def whole_or_none(self, key: str) -> int | None:
        """A whole number, or none."""
        return None if self._get(key) is None else self.whole(key)

    def number(self, key: str) -> float:
        """A number that need not be exact: a time or a place, never money."""
        value = self._get(key)
        return value if isinstance(value, float) else float(self.whole(key))

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._get(key)
        return value if isinstance(value, bool) else self._misfit(key)

    def amount(self, key: str) -> Decimal:
        """An exact decimal, kept as a text."""
        try:
            amount = Decimal(self.text(key))
        except InvalidOperation:
            return self._misfit(key)
        return amount if amount.is_finite() else self._misfit(key)

    def amount_or_none(self, key: str) -> Decimal | None:
        """An exact decimal, or none."""
        return None if self._get(key) is None else self.amount(key)

    def inner(self, key: str) -> "Fields":
        """An object."""
        return Fields(self._get(key))

    def inner_or_none(self, key: str) -> "Fields | None":
        """An object, or none."""
        return None if self._get(key) is None else self.inner(key)

    def items(self, key: str) -> list["Fields"]:
        """A list of objects."""
        return [Fields(value) for value in self._list(key)]

    def texts_or_none(self, key: str) -> tuple[str, ...] | None:
        """A list of texts, or none."""
        if self._get(key) is None:
            return None
        texts = [value for value in self._list(key) if isinstance(value, str)]
        return tuple(texts) if len(texts) == len(self._list(key)) else self._misfit(key)

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        wholes = [value for value in self._list(key) if type(value) is int]
        return tuple(wholes) if len(wholes) == len(self._list(key)) else self._misfit(key)

    def _list(self, key: str) -> list[object]:
        value = self._get(key)
        return cast("list[object]", value) if isinstance(value, list) else self._misfit(key)

    def _get(self, key: str) -> object:
        if key not in self._record:
            self._misfit(key)
        return self._record[key]

    def _misfit(self, key: str) -> Never:
        raise UnreadableRecord(diagnostics=f"the field {key} is missing or of another kind")


def _parsed(text: str) -> object:
    try:
        return cast("object", json.loads(text))
    except (ValueError, RecursionError) as error:
        raise UnreadableRecord(diagnostics=f"not JSON ({type(error).__name__})") from None
