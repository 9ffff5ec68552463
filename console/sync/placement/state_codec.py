"""The stored form of a placement: written before Place Order and after, read at the next start."""

from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from console.sync.placement.state import Placement

VERSION = 3


class UnreadablePlacementError(Exception):
    """The stored placement cannot be read."""


@dataclass(frozen=True, slots=True)
class _PlacementRecord:
    version: int
    placement: Placement


_RECORD_ADAPTER = TypeAdapter(_PlacementRecord)


def placement_to_text(placement: Placement) -> str:
    """Write a placement as one line of JSON; amounts travel as strings."""
    return _RECORD_ADAPTER.dump_json(_PlacementRecord(VERSION, placement)).decode()


def placement_from_text(text: str) -> Placement | None:
    """Read what ``placement_to_text`` wrote, ``None`` for the empty text.

    Raises:
        UnreadablePlacementError: the text is corrupted or of another version. Placing without it could
            place the order twice.
    """
    if not text:
        return None
    try:
        record = _RECORD_ADAPTER.validate_json(text)
    except ValidationError as error:
        raise UnreadablePlacementError from error
    if record.version != VERSION:
        raise UnreadablePlacementError
    return record.placement
