"""What the cursor stands in while a line is read: the words there, and what they are looked up in.

Noted by the reading as it goes, used by ``completion``.
"""

from dataclasses import dataclass

from console.ordering.quick_order.lexer import Token
from console.ordering.quick_order.resolver import LookupContext


@dataclass(frozen=True, slots=True)
class WordContext:
    """The words of the construct that the cursor stands in."""

    cursor: int
    tokens: tuple[Token, ...]
    lookup: LookupContext


@dataclass(frozen=True, slots=True)
class PortionContext:
    """The cursor stands behind a colon; ``token`` is what is typed there."""

    token: Token


class CursorTracker:
    """Remembers the innermost construct that the cursor stands in; ``cursor`` is ``None`` for nobody's."""

    def __init__(self, cursor: int | None) -> None:
        self.cursor = cursor
        self.context: WordContext | PortionContext | None = None

    def track_words(self, start: int, end: int, tokens: tuple[Token, ...], lookup: LookupContext) -> None:
        """Words from ``start`` to ``end`` are looked up."""
        if self.cursor is not None and start <= self.cursor <= end:
            self.context = WordContext(self.cursor, tokens, lookup)

    def track_portion(self, token: Token) -> None:
        """A half is named."""
        if self.cursor is not None and token.start <= self.cursor <= token.end:
            self.context = PortionContext(token)
