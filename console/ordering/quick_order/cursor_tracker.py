"""The construct at the cursor, noted while a text is read: the source of completions."""

from dataclasses import dataclass

from console.ordering.quick_order.lexer import Token
from console.ordering.quick_order.resolver import LookupContext


@dataclass(frozen=True, slots=True)
class WordContext:
    """The words of the construct at the cursor, and where they are looked up."""

    cursor: int
    tokens: tuple[Token, ...]
    lookup: LookupContext


@dataclass(frozen=True, slots=True)
class PortionContext:
    """The cursor is behind a colon; ``token`` is the word there."""

    token: Token


class CursorTracker:
    """Notes the innermost construct at the cursor; a ``cursor`` of ``None`` is nowhere."""

    def __init__(self, cursor: int | None) -> None:
        self.cursor = cursor
        self.context: WordContext | PortionContext | None = None

    def track_words(self, start: int, end: int, tokens: tuple[Token, ...], lookup: LookupContext) -> None:
        """Note that the words from ``start`` to ``end`` are looked up."""
        if self.cursor is not None and start <= self.cursor <= end:
            self.context = WordContext(self.cursor, tokens, lookup)

    def track_portion(self, token: Token) -> None:
        """Note a portion."""
        if self.cursor is not None and token.start <= self.cursor <= token.end:
            self.context = PortionContext(token)
