"""What is known of placing a draft as text, and back.

Written by the engine before Place Order is sent and after; read when a console starts again.
"""

from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from console.sync.placement.state import Placement

VERSION = 1


class UnreadablePlacementError(Exception):
    """What was kept about placing an order cannot be read."""


@dataclass(frozen=True, slots=True)
class _PlacementRecord:
    version: int
    placement: Placement


_RECORD_ADAPTER = TypeAdapter(_PlacementRecord)


def placement_to_text(placement: Placement) -> str:
    """The record as one line of JSON; amounts travel as strings."""
    return _RECORD_ADAPTER.dump_json(_PlacementRecord(VERSION, placement)).decode()


def placement_from_text(text: str) -> Placement | None:
    """The record that ``placing_to_text`` kept, ``None`` for the empty text.

    Raises:
        UnreadablePlacingError: the text is damaged or of another version. Placing on without it could
            place twice, so nobody does.
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
