"""Reading of the data files, with the type of every value checked.

An error in a file is reported with its place and name.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from importlib import resources
from typing import cast


class DataError(ValueError):
    """A data file has an invalid value; the text names the file and the key."""


class TomlTable:
    """One table of a data file. ``where`` is its place, for the text of an error."""

    def __init__(self, values: Mapping[str, object], where: str) -> None:
        self._values = values
        self._where = where

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the table, in the order of the file."""
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Return True if the key is there."""
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """The string at ``key``, or ``default`` without one.

        Raises:
            DataError: there is neither, or it is no string. So for every method below.
        """
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self._type_error(key, "a string")
        return value

    def integer(self, key: str, default: int | None = None) -> int:
        """The whole number at ``key``."""
        return self._integer(key, self._get(key, default))

    def number(self, key: str) -> float:
        """The number at ``key``, for values other than money."""
        value = self._get(key, None)
        if not isinstance(value, int | float):
            raise self._type_error(key, "a number")
        return float(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """The truth value at ``key``."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self._type_error(key, "true or false")
        return value

    def amount(self, key: str, default: Decimal | None = None) -> Decimal:
        """The amount of money at ``key``, written as a string such as ``"0.500"``."""
        value = self._get(key, default)
        if isinstance(value, Decimal):
            return value
        try:
            amount = Decimal(value) if isinstance(value, str) else None
        except InvalidOperation:
            amount = None
        if amount is None or not amount.is_finite() or amount < 0:
            raise self._type_error(key, 'an amount such as "0.500"')
        return amount

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """The list of strings at ``key``."""
        values = self._list(key, default)
        if not all(isinstance(value, str) for value in values):
            raise self._type_error(key, "a list of strings")
        return tuple(cast("list[str]", values))

    def integers(self, key: str, default: tuple[int, ...] | None = None) -> tuple[int, ...]:
        """The list of whole numbers at ``key``."""
        return tuple(self._integer(key, value) for value in self._list(key, default))

    def pairs(self, key: str) -> tuple[tuple[int, int], ...]:
        """The list of pairs of whole numbers at ``key``."""
        pairs: list[tuple[int, int]] = []
        for value in self._list(key, None):
            pair = cast("list[object]", value) if isinstance(value, list) else []
            if len(pair) != 2:
                raise self._type_error(key, "a list of pairs")
            pairs.append((self._integer(key, pair[0]), self._integer(key, pair[1])))
        return tuple(pairs)

    def table(self, key: str) -> "TomlTable":
        """The table at ``key``, empty if missing."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            raise self._type_error(key, "a table")
        return TomlTable(cast("dict[str, object]", value), f"{self._where}, {key}")

    def tables(self, key: str) -> tuple["TomlTable", ...]:
        """The tables under ``[[key]]``, empty if missing."""
        tables: list[TomlTable] = []
        for position, value in enumerate(self._list(key, ()), start=1):
            if not isinstance(value, dict):
                raise self._type_error(key, "a list of tables")
            tables.append(TomlTable(cast("dict[str, object]", value), f"{self._where}, {key} {position}"))
        return tuple(tables)

    def amounts(self, key: str) -> dict[str, Decimal]:
        """The table of amounts at ``key``, empty if missing."""
        table = self.table(key)
        return {name: table.amount(name) for name in table.keys}

    def _get(self, key: str, default: object) -> object:
        value = self._values.get(key, default)
        if value is None:
            raise DataError(f"{self._where}: {key} is missing")
        return value

    def _list(self, key: str, default: tuple[object, ...] | None) -> list[object]:
        value = self._get(key, default)
        if not isinstance(value, list | tuple):
            raise self._type_error(key, "a list")
        return list(cast("list[object]", value))

    def _integer(self, key: str, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._type_error(key, "a whole number")
        return value

    def _type_error(self, key: str, expected: str) -> DataError:
        return DataError(f"{self._where}: {key} is not {expected}")


def load_data_file(name: str) -> TomlTable:
    """Read the data file of this name.

    Raises:
        DataError: it is not TOML.
    """
    text = resources.files("console.sandbox").joinpath("data", name).read_text(encoding="utf-8")
    try:
        return TomlTable(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: {error}") from error
