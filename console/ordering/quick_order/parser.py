"""The grammar of the one-line order: from tokens to a tree with places, before anything is looked up.

docs/quick-order.md has it in EBNF. Read by ``reading``, which gives the tree its meaning on a menu.
"""

from dataclasses import dataclass

from console.ordering.quick_order.lexer import Token, TokenKind, tokenize


@dataclass(frozen=True, slots=True)
class Mistake:
    """The first thing that is wrong: where, in a sentence, and what could stand there instead."""

    start: int
    end: int
    message: str
    choices: tuple[str, ...] = ()


class QuickOrderError(Exception):
    """A mistake, on its way to the reading."""

    def __init__(self, start: int, end: int, message: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.mistake = Mistake(start, end, message, choices)


@dataclass(frozen=True, slots=True)
class ToppingChange:
    """``+`` or ``-`` with words and, behind a colon, a portion. ``end`` is behind its last token."""

    is_addition: bool
    words: tuple[Token, ...]
    portion: Token | None
    start: int
    end: int
    mistake: Mistake | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the order, or one slot of a deal.

    ``words`` say quantity, options and product; ``second_half`` those behind a slash, ``None`` without one;
    ``slots`` what stands in brackets, ``None`` without them. ``end`` is behind its last token, ``next_start``
    where what follows begins. ``mistake`` is the first against the grammar.
    """

    words: tuple[Token, ...]
    second_half: tuple[Token, ...] | None
    changes: tuple[ToppingChange, ...]
    slots: tuple["Entry", ...] | None
    start: int
    end: int
    next_start: int
    mistake: Mistake | None = None

    @property
    def words_end(self) -> int:
        """Where the words end that say what it is: at the first change or bracket."""
        starts = (*(change.start for change in self.changes), *(slot.start - 1 for slot in self.slots or ()))
        return min(starts, default=self.next_start)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said at all."""
        said = self.words or self.changes or self.mistake
        return not said and self.second_half is None and self.slots is None


MAX_DEPTH = 40
"""Brackets within brackets; no deal is as deep."""
NAME_KINDS = (TokenKind.WORD, TokenKind.QUOTED, TokenKind.NUMBER_SIGN)
"""The kinds of token that name something."""


def parse(text: str) -> tuple[Entry, ...]:
    """The entries of a text, at least one; what is against the grammar is noted in its entry."""
    return _Parser(text).order()


class _Parser:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._tokens = tokenize(text)
        self._next = 0
        self._size = len(text)

    def order(self) -> tuple[Entry, ...]:
        """``order = entry { ";" entry } ;``"""
        entries = [self._entry(depth=0)]
        while self._accept(TokenKind.SEMICOLON):
            entries.append(self._entry(depth=0))
        return tuple(entries)

    def _entry(self, *, depth: int) -> Entry:
        start = self._offset
        words: list[Token] = []
        other: list[Token] | None = None
        changes: list[ToppingChange] = []
        slots: tuple[Entry, ...] | None = None
        wrong: Mistake | None = None
        while (token := self._peek()) and not self._is_terminator(token, depth):
            mistake: Mistake | None = None
            if token.kind in NAME_KINDS:
                (words if other is None else other).append(token)
                self._next += 1
                mistake = _unclosed_mistake(token)
            elif token.kind in (TokenKind.PLUS, TokenKind.MINUS):
                changes.append(change := self._change())
                mistake = change.mistake
            elif token.kind is TokenKind.OPEN and depth < MAX_DEPTH:
                found = self._slots(depth + 1)
                mistake = found[1] if slots is None else _repeated_mistake(token, "Brackets")
                slots = slots or found[0]
            else:
                self._next += 1
                if token.kind is TokenKind.SLASH:
                    mistake = _repeated_mistake(token, "A slash") if other is not None else None
                    other = other if other is not None else []
                else:
                    mistake = _misplaced_mistake(token)
            wrong = wrong or mistake
        end = max(start, self._tokens[self._next - 1].end) if self._next else start
        behind = tuple(other) if other is not None else None
        return Entry(tuple(words), behind, tuple(changes), slots, start, end, self._offset, wrong)

    def _change(self) -> ToppingChange:
        """``change = ( "+" | "-" ) { word | ":" portion } ;``"""
        sign = self._tokens[self._next]
        self._next += 1
        words: list[Token] = []
        portion: Token | None = None
        wrong: Mistake | None = None
        end = sign.end
        while (token := self._peek()) and token.kind in (*NAME_KINDS, TokenKind.COLON):
            self._next += 1
            end = token.end
            if token.kind is not TokenKind.COLON:
                words.append(token)
                wrong = wrong or _unclosed_mistake(token)
                continue
            if portion is not None:
                wrong = wrong or _repeated_mistake(token, "A colon")
            if (named := self._peek()) and named.kind is TokenKind.WORD:
                self._next += 1
                end = named.end
                portion = portion or named
            else:
                portion = portion or Token(TokenKind.WORD, "", token.end, token.end)
        return ToppingChange(sign.kind is TokenKind.PLUS, tuple(words), portion, sign.start, end, wrong)

    def _slots(self, depth: int) -> tuple[tuple[Entry, ...], Mistake | None]:
        """``slots = "[" [ entry ] { "," [ entry ] } [ "]" ] ;``; the end of the line closes what is open."""
        self._next += 1
        entries = [self._entry(depth=depth)]
        while self._accept(TokenKind.COMMA):
            entries.append(self._entry(depth=depth))
        self._accept(TokenKind.CLOSE)
        return tuple(entries), next((entry.mistake for entry in entries if entry.mistake), None)

    @staticmethod
    def _is_terminator(token: Token, depth: int) -> bool:
        if token.kind is TokenKind.SEMICOLON:
            return True
        return depth > 0 and token.kind in (TokenKind.COMMA, TokenKind.CLOSE)

    @property
    def _offset(self) -> int:
        """Where the next token begins; the end of the last one where there is none."""
        if self._next < len(self._tokens):
            return self._tokens[self._next].start
        return self._size

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _accept(self, kind: TokenKind) -> bool:
        token = self._peek()
        taken = token is not None and token.kind is kind
        self._next += taken
        return taken


def _unclosed_mistake(token: Token) -> Mistake | None:
    if token.is_closed:
        return None
    return Mistake(token.start, token.end, "This quote is not closed yet.", ('"',))


def _repeated_mistake(token: Token, what: str) -> Mistake:
    return Mistake(token.start, token.end, f"{what} can stand here once only.")


def _misplaced_mistake(token: Token) -> Mistake:
    sentences = {
        TokenKind.COLON: "A colon follows a topping: +olives:l.",
        TokenKind.COMMA: "A comma stands between the slots of a deal; lines are parted by a semicolon.",
        TokenKind.OPEN: "Too many brackets within brackets.",
        TokenKind.CLOSE: "No bracket is open here.",
    }
    return Mistake(token.start, token.end, sentences[token.kind])
