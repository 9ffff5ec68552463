"""The stored form of a placement: written before Place Order and after, read at the next start."""

from console.storage.errors import UnreadableRecord
from console.storage.record_format import RecordFormat, Stored
from console.sync.placement.state import Placement

VERSION = 4

_PLACEMENT = RecordFormat(Stored[Placement], version=VERSION)


class UnreadablePlacementError(Exception):
    """The stored placement cannot be read."""


def placement_to_text(placement: Placement) -> str:
    """Write a placement, with what was bought, as one line of JSON; amounts travel as strings."""
    return _PLACEMENT.dump(placement)


def placement_from_text(text: str) -> Placement | None:
    """Read what ``placement_to_text`` wrote, ``None`` for the empty text.

    Raises:
        UnreadablePlacementError: the text is corrupted or of another version. Placing without it could
            place the order twice.
    """
    if not text:
        return None
    try:
        return _PLACEMENT.load(text)
    except UnreadableRecord as error:
        raise UnreadablePlacementError from error
