"""The operator's wish to have a draft placed, with what the customer was told, as it is kept with the draft.

Made by the desk, kept by ``outbox``, followed by the engine once the platform agrees with it.
"""

from dataclasses import dataclass
from decimal import Decimal

from console.local.fields import Fields, amount_to_text, to_text


@dataclass(frozen=True, slots=True)
class PlaceWish:
    """Place the draft as it was after ``edits`` edits, at the total the customer was told.

    ``at`` is Unix time in seconds. ``seen`` is a digest of what the platform had of the order when the
    operator said so, empty where that was not known yet: differences that were seen need no second word.
    """

    told: Decimal
    at: float
    edits: int
    seen: str = ""


def wish_to_text(wish: PlaceWish) -> str:
    """A wish as one line of JSON."""
    return to_text({"told": amount_to_text(wish.told), "at": wish.at, "edits": wish.edits, "seen": wish.seen})


def wish_from_text(text: str) -> PlaceWish:
    """The wish that ``wish_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    fields = Fields.of_text(text)
    return PlaceWish(fields.amount("told"), fields.number("at"), fields.whole("edits"), fields.text("seen"))
