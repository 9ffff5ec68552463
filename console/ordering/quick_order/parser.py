"""Parser of the one-line order: from tokens to a tree with offsets, before anything is looked up.

docs/quick-order.md has the grammar in EBNF.
"""

from dataclasses import dataclass

from console.ordering.quick_order.lexer import Token, TokenKind, tokenize


@dataclass(frozen=True, slots=True)
class Mistake:
    """The first thing that is wrong: where, in a sentence, and what could be there instead.

    ``is_replaceable`` if one of the choices may stand in the place of what is wrong.
    """

    start: int
    end: int
    message: str
    choices: tuple[str, ...] = ()
    is_replaceable: bool = True


class QuickOrderError(Exception):
    """A mistake, as an exception."""

    def __init__(self, start: int, end: int, message: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.mistake = Mistake(start, end, message, choices)


@dataclass(frozen=True, slots=True)
class ToppingChange:
    """``+`` or ``-`` with words and, behind a colon, a portion. ``end`` is behind its last token.

    ``begins_slot`` if it was spoken as ``with``, which in a deal names what fills a slot.
    """

    is_addition: bool
    words: tuple[Token, ...]
    portion: Token | None
    start: int
    end: int
    mistake: Mistake | None = None
    begins_slot: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the order, or one slot of a deal.

    ``words`` are quantity, options and product. ``second_half`` has the words behind a slash, ``None``
    without one, ``slots`` what is in brackets, ``None`` without them. ``end`` is behind the last token,
    ``next_start`` where what follows begins. ``mistake`` is the first against the grammar.
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
        """End of the product's words: the first change or bracket."""
        starts = (*(change.start for change in self.changes), *(slot.start - 1 for slot in self.slots or ()))
        return min(starts, default=self.next_start)

    @property
    def is_empty(self) -> bool:
        """Return True if the entry has no token."""
        has_tokens = self.words or self.changes or self.mistake
        return not has_tokens and self.second_half is None and self.slots is None


MAX_DEPTH = 40
"""Levels of brackets; no deal is as deep."""
NAME_KINDS = (TokenKind.WORD, TokenKind.QUOTED, TokenKind.NUMBER_SIGN)
"""The kinds of token that name something."""


def parse(text: str) -> tuple[Entry, ...]:
    """The entries of a text, at least one. A mistake is noted in its entry."""
    return _Parser(text).order()


class _EntryBuilder:
    """An entry while its tokens are read. The first mistake counts."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._words: list[Token] = []
        self._second_half: list[Token] | None = None
        self._changes: list[ToppingChange] = []
        self._slots: tuple[Entry, ...] | None = None
        self._mistake: Mistake | None = None

    def add_word(self, token: Token) -> None:
        """Add a word before the slash, or behind it where there was one."""
        (self._words if self._second_half is None else self._second_half).append(token)
        self.note(_unclosed_mistake(token))

    def begin_second_half(self, slash: Token) -> None:
        """Begin the second recipe. There is one slash only."""
        if self._second_half is not None:
            self.note(_repeated_mistake(slash, "A slash"))
        else:
            self._second_half = []

    def add_change(self, change: ToppingChange) -> None:
        """Add a topping change."""
        self._changes.append(change)
        self.note(change.mistake)

    def add_slots(self, bracket: Token, slots: tuple[Entry, ...]) -> None:
        """Add what stands in brackets. There is one pair only."""
        if self._slots is not None:
            self.note(_repeated_mistake(bracket, "Brackets"))
            return
        self._slots = slots
        self.note(next((slot.mistake for slot in slots if slot.mistake), None))

    def note(self, mistake: Mistake | None) -> None:
        """Note a mistake, unless there was one before."""
        self._mistake = self._mistake or mistake

    def build(self, *, end: int, next_start: int) -> Entry:
        """The entry; ``end`` is behind its last token, ``next_start`` where what follows begins."""
        second_half = None if self._second_half is None else tuple(self._second_half)
        return Entry(
            words=tuple(self._words),
            second_half=second_half,
            changes=tuple(self._changes),
            slots=self._slots,
            start=self._start,
            end=max(self._start, end),
            next_start=next_start,
            mistake=self._mistake,
        )


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
        """``entry = { word | "/" | change | slots } ;``"""
        entry = _EntryBuilder(self._offset)
        while (token := self._peek()) and not self._is_terminator(token, depth):
            match token.kind:
                case TokenKind.WORD | TokenKind.QUOTED | TokenKind.NUMBER_SIGN:
                    entry.add_word(self._take())
                case TokenKind.PLUS | TokenKind.MINUS:
                    entry.add_change(self._change())
                case TokenKind.OPEN if depth < MAX_DEPTH:
                    entry.add_slots(token, self._slots(depth + 1))
                case TokenKind.SLASH:
                    entry.begin_second_half(self._take())
                case _:
                    entry.note(_misplaced_mistake(self._take()))
        return entry.build(end=self._last_end, next_start=self._offset)

    def _change(self) -> ToppingChange:
        """``change = ( "+" | "-" ) { word | ":" portion } ;``"""
        sign = self._take()
        words: list[Token] = []
        portion: Token | None = None
        mistake: Mistake | None = None
        while (token := self._peek()) and token.kind in (*NAME_KINDS, TokenKind.COLON):
            self._take()
            if token.kind is not TokenKind.COLON:
                words.append(token)
                mistake = mistake or _unclosed_mistake(token)
                continue
            if portion is not None:
                mistake = mistake or _repeated_mistake(token, "A colon")
            named = self._portion(token)
            portion = portion or named
        is_addition = sign.kind is TokenKind.PLUS
        return ToppingChange(is_addition, tuple(words), portion, sign.start, self._last_end, mistake)

    def _portion(self, colon: Token) -> Token:
        """The word behind a colon; an empty one where there is none yet."""
        token = self._peek()
        if token is not None and token.kind is TokenKind.WORD:
            return self._take()
        return Token(TokenKind.WORD, "", colon.end, colon.end)

    def _slots(self, depth: int) -> tuple[Entry, ...]:
        """``slots = "[" [ entry ] { "," [ entry ] } [ "]" ] ;``; the end of the text closes what is open."""
        self._take()
        entries = [self._entry(depth=depth)]
        while self._accept(TokenKind.COMMA):
            entries.append(self._entry(depth=depth))
        self._accept(TokenKind.CLOSE)
        return tuple(entries)

    @staticmethod
    def _is_terminator(token: Token, depth: int) -> bool:
        if token.kind is TokenKind.SEMICOLON:
            return True
        return depth > 0 and token.kind in (TokenKind.COMMA, TokenKind.CLOSE)

    @property
    def _offset(self) -> int:
        """Start of the next token, else the end of the text."""
        if self._next < len(self._tokens):
            return self._tokens[self._next].start
        return self._size

    @property
    def _last_end(self) -> int:
        """End of the last token that was taken."""
        return self._tokens[self._next - 1].end if self._next else 0

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

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
    return Mistake(token.start, token.end, f"{what} can be here once only.")


def _misplaced_mistake(token: Token) -> Mistake:
    sentences = {
        TokenKind.COLON: "A colon follows a topping: +olives:l.",
        TokenKind.COMMA: "A comma separates the slots of a deal, a semicolon the lines.",
        TokenKind.OPEN: "Too many brackets within brackets.",
        TokenKind.CLOSE: "No bracket is open here.",
    }
    return Mistake(token.start, token.end, sentences[token.kind])
