"""Changes the values of a TOML text, preserving its comments, order and spelling.

Needed only to save: importing tomlkit would slow the start.
"""

from collections.abc import Mapping, MutableMapping, MutableSequence
from typing import cast

import tomlkit
from tomlkit.items import AoT, Item

Table = Mapping[str, object]


def merge_toml(text: str, values: Table, required: Table) -> str:
    """Return the text changed to hold ``values``; of missing ones, only the ``required`` are added.

    Tables of an array with a ``name`` are matched by it, so that their comments move with them.
    """
    document = tomlkit.parse(text)
    _merge(cast("MutableMapping[str, object]", document), values, required)
    return tomlkit.dumps(document)


def _merge(table: MutableMapping[str, object], values: Table, required: Table) -> None:
    for key in [key for key in table if key not in values]:
        del table[key]
    for key, value in values.items():
        if key not in table:
            if key in required:
                table[key] = required[key]
        elif _unwrap(table[key]) == value:
            continue
        elif _is_array_of_named_tables(value) and isinstance(table[key], AoT):
            _merge_array(table, key, cast("list[Table]", value), required.get(key))
        elif _is_array_of_named_tables(value):
            # An array of inline tables: separate tables are easier to read.
            del table[key]
            table[key] = required.get(key, value)
        elif isinstance(value, dict) and isinstance(table[key], MutableMapping):
            inner = cast("MutableMapping[str, object]", table[key])
            _merge(inner, cast("Table", value), cast("Table", required.get(key, {})))
        else:
            table[key] = value


def _merge_array(
    parent: MutableMapping[str, object], key: str, values: list[Table], required: object
) -> None:
    array = cast("MutableSequence[MutableMapping[str, object]]", parent[key])
    old = {str(table.get("name")): table for table in array}
    names = [str(value["name"]) for value in values]
    if names[: len(old)] != list(old):
        # Moved or removed: build a new array, which loses the blank lines between tables.
        array = cast("MutableSequence[MutableMapping[str, object]]", tomlkit.aot())
        parent[key] = array
    required_tables = cast("list[Table]", required) if isinstance(required, list) else values
    for index, (name, value, required_table) in enumerate(zip(names, values, required_tables, strict=True)):
        table = old.get(name) or cast("MutableMapping[str, object]", tomlkit.table())
        _merge(table, value, required_table)
        if index >= len(array):
            array.append(table)


def _is_array_of_named_tables(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, dict) and "name" in entry for entry in cast("list[object]", value)
    )


def _unwrap(value: object) -> object:
    return value.unwrap() if isinstance(value, Item) else value
