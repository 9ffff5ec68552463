"""The operator's wish to have a draft placed, with what the customer was told, as it is kept with the draft.

Made by the desk, kept by ``outbox``, followed by the engine once the platform agrees with it.
"""

from dataclasses import dataclass
from decimal import Decimal

from console.storage.codecs.json_reader import JsonReader, decimal_to_text, to_json


@dataclass(frozen=True, slots=True)
class PlacementRequest:
    """Place the draft as it was after ``edit_count`` edits, at the total quoted to the customer.

    ``requested_at`` is Unix time in seconds. ``accepted_differences_digest`` is of the cart when the
    operator said so, empty where that was not known yet: differences that were seen need no second word.
    """

    quoted_total: Decimal
    requested_at: float
    edit_count: int
    accepted_differences_digest: str = ""


def placement_request_to_text(request: PlacementRequest) -> str:
    """A wish as one line of JSON."""
    return to_json(
        {
            "quoted_total": decimal_to_text(request.quoted_total),
            "requested_at": request.requested_at,
            "edit_count": request.edit_count,
            "accepted_differences_digest": request.accepted_differences_digest,
        }
    )


def placement_request_from_text(text: str) -> PlacementRequest:
    """The wish that ``placement_request_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    reader = JsonReader.parse(text)
    return PlacementRequest(
        reader.get_decimal("quoted_total"),
        reader.get_float("requested_at"),
        reader.get_int("edit_count"),
        reader.get_text("accepted_differences_digest"),
    )
