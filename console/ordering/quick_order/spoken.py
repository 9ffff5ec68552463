"""Spoken words of the one-line order: ``no onion``, ``extra cheese``, ``half marg half pepp``, ``with``.

They become the signs that mean the same, unless a name or a size on the menu has these very words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from console.ordering.quick_order.lexer import Token, TokenKind, fold, squash
from console.ordering.quick_order.name_index import NameIndex
from console.ordering.quick_order.parser import Entry, ToppingChange
from console.ordering.quick_order.resolver import may_be_quantity


class Spoken(StrEnum):
    """Meaning of a spoken word."""

    REMOVE = "-"
    ADD = "+"
    STRENGTH = "strength"
    """Begins a topping of this strength: ``extra cheese``."""
    AND = "and"
    """One more of the same: ``with olives and corn``."""
    HALF = "/"


WORDS = {
    "no": Spoken.REMOVE,
    "without": Spoken.REMOVE,
    "with": Spoken.ADD,
    "plus": Spoken.ADD,
    "extra": Spoken.STRENGTH,
    "more": Spoken.STRENGTH,
    "light": Spoken.STRENGTH,
    "less": Spoken.STRENGTH,
    "and": Spoken.AND,
    "half": Spoken.HALF,
}
LEFT, RIGHT = "left", "right"


def with_signs(entry: Entry, index: NameIndex, *, is_slot: bool = False) -> Entry:
    """Replace the spoken words of an entry and of its slots by their signs."""
    slots = entry.slots and tuple(with_signs(slot, index, is_slot=True) for slot in entry.slots)
    return replace(_Reader(entry, index, is_slot=is_slot).read(), slots=slots)


@dataclass(slots=True)
class _Change:
    """A topping change while its words are read; ``sign_end`` is behind its sign."""

    is_addition: bool
    start: int
    sign_end: int
    begins_slot: bool = False
    half: str = ""
    original: ToppingChange | None = None
    words: list[Token] = field(default_factory=list[Token])

    def build(self) -> ToppingChange:
        """The change."""
        portion = self.original.portion if self.original else None
        end = max(self.sign_end, *(token.end for token in self.words), portion.end if portion else 0, 0)
        if portion is None and self.half:
            # Behind the change, where no letter of it is.
            portion = Token(TokenKind.WORD, self.half, end + 1, end + 1)
        mistake = self.original.mistake if self.original else None
        return ToppingChange(
            self.is_addition, tuple(self.words), portion, self.start, end, mistake, self.begins_slot
        )


class _Reader:
    """Reads the words of one entry from left to right."""

    def __init__(self, entry: Entry, index: NameIndex, *, is_slot: bool) -> None:
        self._entry = entry
        self._index = index
        self._is_slot = is_slot
        self._words: list[Token] = []
        self._second: list[Token] | None = None
        self._changes: list[_Change] = []
        self._change: _Change | None = None
        runs = (entry.words, entry.second_half or (), *(change.words for change in entry.changes))
        halves = sum(self._meaning(run, place) is Spoken.HALF for run in runs for place in range(len(run)))
        self._skips_first_half = halves > 1
        self._is_half_begun = False
        """The only ``half`` came first: the other one is not typed yet."""

    def read(self) -> Entry:
        """Return the entry with signs."""
        self._read_run(self._entry.words)
        if self._entry.second_half is not None:
            self._change, self._second = None, self._second or []
            self._read_run(self._entry.second_half)
        for change in self._entry.changes:
            self._begin(_Change(change.is_addition, change.start, change.start + 1, original=change))
            self._read_run(change.words)
        if self._is_half_begun and self._second is None:
            self._second = []
        return replace(
            self._entry,
            words=tuple(self._words),
            second_half=None if self._second is None else tuple(self._second),
            changes=tuple(change.build() for change in self._changes),
        )

    def _read_run(self, run: Sequence[Token]) -> None:
        for place, token in enumerate(run):
            meaning = self._meaning(run, place)
            if meaning is Spoken.STRENGTH and self._is_read_as_strength:
                meaning = None
            match meaning:
                case None:
                    self._target.append(token)
                case Spoken.HALF:
                    self._begin_half()
                case Spoken.AND:
                    if self._meaning(run, place + 1) is None:
                        self._repeat_change(token)
                case Spoken.STRENGTH:
                    self._begin(_Change(True, token.start, token.start))
                    self._target.append(token)
                case _:
                    is_addition = meaning is Spoken.ADD
                    self._begin(_Change(is_addition, token.start, token.end, is_addition))

    def _repeat_change(self, token: Token) -> None:
        """Begin one more change of the same sign at an ``and``, which is a plain word without one before."""
        last = self._change
        if last is None:
            self._target.append(token)
        else:
            self._begin(_Change(last.is_addition, token.start, token.end, last.begins_slot))

    @property
    def _target(self) -> list[Token]:
        """Where the next word of a name belongs."""
        if self._change is not None:
            return self._change.words
        return self._words if self._second is None else self._second

    @property
    def _is_read_as_strength(self) -> bool:
        """Return True if a strength belongs to the words here: ``+extra mush``; or begins a name."""
        return not self._target and (self._change is not None or not self._is_slot)

    def _meaning(self, run: Sequence[Token], place: int) -> Spoken | None:
        """The meaning of a word; ``None`` for a word that is part of a name."""
        token = run[place] if place < len(run) else None
        meaning = WORDS.get(fold(token.text)) if token and token.kind is TokenKind.WORD else None
        if token is None or meaning is None:
            return None
        following = run[place + 1] if place + 1 < len(run) else None
        if following is None and meaning in (Spoken.STRENGTH, Spoken.AND):
            return None
        name = squash(token.text) + (squash(following.text) if following else "")
        return None if self._index.has_beginning(name) else meaning

    def _begin(self, change: _Change) -> None:
        if any(other.half == LEFT for other in self._changes):
            change.half = RIGHT
        self._change = change
        self._changes.append(change)

    def _begin_half(self) -> None:
        """Begin a half; what was changed before the second one is on the left."""
        if self._skips_first_half:
            self._skips_first_half = False
            return
        if self._entry.second_half is not None:
            return
        if not any(self._index.matching_names(word) and not may_be_quantity(word) for word in self._words):
            self._is_half_begun = True
            return
        for change in self._changes:
            change.half = LEFT
        self._change, self._second = None, []
