"""What is known of placing a draft as text, and back.

Written by the engine before Place Order is sent and after; read when a console starts again.
"""

from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from console.sync.placing_state import Placing

VERSION = 1


class UnreadablePlacingError(Exception):
    """What was kept about placing an order cannot be read."""


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    placing: Placing


_KEPT = TypeAdapter(_Kept)


def placing_to_text(placing: Placing) -> str:
    """The record as one line of JSON; amounts travel as strings."""
    return _KEPT.dump_json(_Kept(VERSION, placing)).decode()


def placing_from_text(text: str) -> Placing | None:
    """The record that ``placing_to_text`` kept, ``None`` for the empty text.

    Raises:
        UnreadablePlacingError: the text is damaged or of another version. Placing on without it could
            place twice, so nobody does.
    """
    if not text:
        return None
    try:
        kept = _KEPT.validate_json(text)
    except ValidationError as error:
        raise UnreadablePlacingError from error
    if kept.version != VERSION:
        raise UnreadablePlacingError
    return kept.placing
