"""The operator's wish to have a draft placed, with what the customer was told, as it is kept with the draft.

Made by the desk, kept by ``outbox``, followed by the engine once the platform agrees with it.
"""

from dataclasses import dataclass
from decimal import Decimal

from console.local.fields import Fields, amount_to_text, to_text


@dataclass(frozen=True, slots=True)
class PlaceWish:
    """Place the draft as it was after ``edit_count`` edits, at the total quoted to the customer.

    ``requested_at`` is Unix time in seconds. ``accepted_differences_digest`` is of the cart when the
    operator said so, empty where that was not known yet: differences that were seen need no second word.
    """

    told: Decimal
    at: float
    edits: int
    seen: str = ""


def wish_to_text(wish: PlaceWish) -> str:
    """A wish as one line of JSON."""
    return to_text(
        {
            "quoted_total": amount_to_text(wish.told),
            "requested_at": wish.at,
            "edit_count": wish.edits,
            "accepted_differences_digest": wish.seen,
        }
    )


def wish_from_text(text: str) -> PlaceWish:
    """The wish that ``placement_request_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    fields = Fields.of_text(text)
    return PlaceWish(
        fields.amount("quoted_total"),
        fields.number("requested_at"),
        fields.whole("edit_count"),
        fields.text("accepted_differences_digest"),
    )
