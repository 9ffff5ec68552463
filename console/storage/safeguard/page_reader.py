"""Rows read straight from the pages of a database and its log, whatever SQLite thinks of them.

The file format: https://www.sqlite.org/fileformat2.html. Nothing that is found is believed by itself: the
caller checks each row's own checksum.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from console.storage.safeguard.row_checksums import SqlValue

PAGE_SIZE = 4096
"""SQLite's own choice for a new file, which nothing here changes."""
_WAL_HEADER = 32
_FRAME_HEADER = 24
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02
_LARGEST_ROW = 4_000_000
_INTEGER_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Row = tuple[SqlValue, ...]


class _NoRecordError(Exception):
    """The bytes are no record."""


@dataclass(frozen=True, slots=True)
class _PageVersions:
    """Every version of each page that is found: first those of the log, the latest first."""

    by_number: dict[int, list[bytes]]


def read_rows(database: Path) -> Iterator[Row]:
    """Every row on any page of the file or its log; a row may come several times, in several versions.

    Raises:
        OSError: a file cannot be read.
    """
    versions = _PageVersions({})
    for number, page in _log_pages(database.with_name(f"{database.name}-wal")):
        versions.by_number.setdefault(number, []).insert(0, page)
    for number, page in _file_pages(database):
        versions.by_number.setdefault(number, []).append(page)
    for number, pages in versions.by_number.items():
        for page in pages:
            yield from _rows_of_page(page, 100 if number == 1 else 0, versions)


def _file_pages(path: Path) -> Iterator[tuple[int, bytes]]:
    content = path.read_bytes() if path.is_file() else b""
    for start in range(0, len(content), PAGE_SIZE):
        yield start // PAGE_SIZE + 1, content[start : start + PAGE_SIZE].ljust(PAGE_SIZE, b"\0")


def _log_pages(path: Path) -> Iterator[tuple[int, bytes]]:
    content = path.read_bytes() if path.is_file() else b""
    for start in range(_WAL_HEADER, len(content), _FRAME_HEADER + PAGE_SIZE):
        frame = content[start : start + _FRAME_HEADER + PAGE_SIZE]
        if len(frame) > _FRAME_HEADER:
            yield int.from_bytes(frame[:4]), frame[_FRAME_HEADER:].ljust(PAGE_SIZE, b"\0")


def _rows_of_page(page: bytes, start: int, versions: _PageVersions) -> Iterator[Row]:
    kind = page[start]
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
        return
    pointers = start + (12 if kind == _INDEX_INTERIOR else 8)
    count = min(int.from_bytes(page[start + 3 : start + 5]), (PAGE_SIZE - pointers) // 2)
    for number in range(count):
        place = pointers + 2 * number
        cell = int.from_bytes(page[place : place + 2])
        for version in (0, -1):
            try:
                row = _parse_record(_payload(page, kind, cell, versions, version))
            except (_NoRecordError, IndexError, UnicodeDecodeError, struct.error):
                continue
            yield row


def _payload(page: bytes, kind: int, cell: int, versions: _PageVersions, version: int) -> bytes:
    place = cell + (4 if kind == _INDEX_INTERIOR else 0)
    size, place = _varint(page, place)
    if kind == _TABLE_LEAF:
        _, place = _varint(page, place)
    if size > _LARGEST_ROW:
        raise _NoRecordError
    largest = PAGE_SIZE - 35 if kind == _TABLE_LEAF else (PAGE_SIZE - 12) * 64 // 255 - 23
    if size <= largest:
        return page[place : place + size]
    smallest = (PAGE_SIZE - 12) * 32 // 255 - 23
    local = smallest + (size - smallest) % (PAGE_SIZE - 4)
    local = local if local <= largest else smallest
    payload = bytearray(page[place : place + local])
    following = int.from_bytes(page[place + local : place + local + 4])
    while len(payload) < size:
        candidates = versions.by_number.get(following)
        if not candidates:
            raise _NoRecordError
        overflow = candidates[version]
        following = int.from_bytes(overflow[:4])
        payload += overflow[4 : 4 + size - len(payload)]
    return bytes(payload)


def _parse_record(payload: bytes) -> Row:
    header_size, place = _varint(payload, 0)
    types: list[int] = []
    while place < header_size:
        serial_type, place = _varint(payload, place)
        types.append(serial_type)
    values: list[SqlValue] = []
    for serial_type in types:
        value, size = _value(payload, place, serial_type)
        values.append(value)
        place += size
    if place != len(payload):
        raise _NoRecordError
    return tuple(values)


def _value(payload: bytes, place: int, serial_type: int) -> tuple[SqlValue, int]:
    if serial_type in (0, 8, 9):
        return (None if serial_type == 0 else serial_type - 8), 0
    if serial_type in _INTEGER_SIZES:
        size = _INTEGER_SIZES[serial_type]
        return int.from_bytes(payload[place : place + size], signed=True), size
    if serial_type == 7:
        return struct.unpack(">d", payload[place : place + 8])[0], 8
    if serial_type < 12:
        raise _NoRecordError
    size = (serial_type - 12) // 2
    content = payload[place : place + size]
    return (content.decode() if serial_type % 2 else content), size


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """The number and the place after it."""
    number = 0
    for count in range(9):
        byte = content[place + count]
        if count == 8:
            return number << 8 | byte, place + 9
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + count + 1
    raise _NoRecordError
