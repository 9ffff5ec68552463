"""What the cursor stands in while a line is read: the words there, and what they are looked up in.

Noted by the reading as it goes, used by ``completion``.
"""

from dataclasses import dataclass

from console.ordering.quickline.resolving import Lookup
from console.ordering.quickline.words import Token


@dataclass(frozen=True, slots=True)
class Context:
    """The words of the construct that the cursor stands in."""

    cursor: int
    tokens: tuple[Token, ...]
    lookup: Lookup


@dataclass(frozen=True, slots=True)
class PortionContext:
    """The cursor stands behind a colon; ``token`` is what is typed there."""

    token: Token


class Watch:
    """Remembers the innermost construct that the cursor stands in; ``cursor`` is ``None`` for nobody's."""

    def __init__(self, cursor: int | None) -> None:
        self.cursor = cursor
        self.context: Context | PortionContext | None = None

    def words(self, start: int, end: int, tokens: tuple[Token, ...], lookup: Lookup) -> None:
        """Words from ``start`` to ``end`` are looked up."""
        if self.cursor is not None and start <= self.cursor <= end:
            self.context = Context(self.cursor, tokens, lookup)

    def portion(self, token: Token) -> None:
        """A half is named."""
        if self.cursor is not None and token.start <= self.cursor <= token.end:
            self.context = PortionContext(token)
