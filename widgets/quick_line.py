"""The field of the one-line order, and beneath it what is typed means: words, money, the first mistake.

Used by the order screen, which reads what is typed and gives the reading; nothing is looked up here.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Unpack

from rich.cells import cell_len
from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input

from console.ordering.money import Currency
from console.ordering.quick_order import Completion, Mistake, QuickOrderLine, QuickOrderResult
from widgets.band import Band, Piece, Pieces, Tone, push_right
from widgets.cells import clean, wrap
from widgets.options import WidgetOptions
from widgets.search_field import FieldNote, SearchField

PROMPT = "; "
"""What stands before the field: the key that opens it."""
NOTE_ROWS = 2
"""Rows that a mistake and its choices may take."""
WORD_ROWS = 4
"""Rows that a line's meaning may take: Enter adds what is shown, so that all of it should be."""


class QuickField(SearchField):
    """The field alone. Every letter is text, in an empty field too, and the cursor's way is told."""

    class Moved(Message):
        """The cursor stands elsewhere, or the text scrolled."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """No letter is a command here."""
        return Input.check_consume_key(self, key, character)

    def watch_selection(self) -> None:
        """Tell that the cursor moved."""
        super().watch_selection()
        self.post_message(self.Moved())


class QuickMeaning(Band):
    """The rows beneath: the mistake's mark, what the lines mean, the mistake in words, completions."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"band--warn"}

    def __init__(self, currency: Currency, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._currency = currency
        self._reading = QuickOrderResult("")
        self._scrolled = 0

    def show(self, reading: QuickOrderResult, scrolled: int) -> None:
        """Show a reading of a text whose first ``scrolled`` cells are out of sight."""
        self._reading, self._scrolled = reading, scrolled
        self.repaint()

    def rows(self) -> tuple[Pieces, ...]:
        """The mark right below the field, meanings, and at the bottom what is wrong and what may follow."""
        reading, width = self._reading, self.size.width
        foot: list[Pieces] = []
        if reading.mistake:
            texts = wrap(_said(reading.mistake), max(1, width - 2), NOTE_ROWS, self.marks.tail)
            foot += [
                (Piece("! " if n == 0 else "  ", Tone.WARN), Piece(text)) for n, text in enumerate(texts)
            ]
        if reading.completions:
            foot.append(_offered(reading.completions, width))
        meanings = self._meanings(width, max(0, self.size.height - 1 - len(foot)))
        return (self._mark(), *meanings, *foot)

    def _mark(self) -> Pieces:
        """``^^^`` under the mistake, as much of it as is in sight."""
        error = self._reading.mistake
        if error is None:
            return ()
        text = self._reading.text
        start = cell_len(clean(text[: error.start])) - self._scrolled
        end = max(start + 1, cell_len(clean(text[: error.end])) - self._scrolled)
        if end <= 0:
            return (Piece(" " * len(PROMPT)), Piece("<", Tone.WARN))
        return (Piece(" " * (len(PROMPT) + max(0, start))), Piece("^" * (end - max(0, start)), Tone.WARN))

    def _meanings(self, width: int, room: int) -> list[Pieces]:
        """The lines and their total in so many rows; the first lines make way for the last."""
        reading = self._reading
        if not reading.lines or not room:
            return []
        ready = "Enter adds" if reading.is_ready else "So far"
        total = self._currency.format_money(reading.total)
        last = push_right((Piece(f"  {ready}", Tone.STRONG),), (Piece(total, Tone.STRONG),), width)
        most = max(1, min(WORD_ROWS, room - 2))
        blocks = [
            self._block(line, amount, width, most)
            for line, amount in zip(reading.lines, reading.amounts, strict=True)
        ]
        hidden = 0
        while blocks and sum(map(len, blocks)) + bool(hidden) + 1 > room:
            blocks.pop(0)
            hidden += 1
        above = [(Piece(f"  {hidden} above", Tone.DIM),)] if hidden and room > 1 else []
        return [*above, *(row for block in blocks for row in block), last]

    def _block(self, line: QuickOrderLine, amount: Decimal, width: int, most: int) -> list[Pieces]:
        """One line in ``most`` rows of words and in money, and what it lost by its size."""
        money = self._currency.format_number(amount)
        first, *others = wrap(line.description, max(1, width - 4 - len(money)), most, self.marks.tail) or (
            "",
        )
        rows: list[Pieces] = [push_right((Piece(f"  {first}"),), (Piece(f" {money}"),), width)]
        rows += [(Piece(f"    {other}"),) for other in others]
        if line.dropped_titles:
            rows.append((Piece(f"  ! {', '.join(line.dropped_titles)}: none in that size", Tone.WARN),))
        return rows


class QuickLine(Vertical):
    """The field with its meaning. Tab takes the first completion; Up and Down recall what was typed before.

    The screen answers ``Changed`` with ``show``, ``Submitted`` by adding what was shown, and ``Recall`` by
    setting ``value``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Take the first completion", show=False),
        Binding("up", "recall(-1)", "The line before", show=False),
        Binding("down", "recall(1)", "The line after", show=False),
    ]
    DEFAULT_CSS = """
    QuickLine {
        height: 8;
        &> Horizontal { height: 1; &> FieldNote { width: 2; } }
        &> QuickMeaning { height: 1fr; }
    }
    """

    virtual_size = reactive(Size(0, 0), repaint=False)

    @dataclass
    class Changed(Message):
        """The text or the cursor is another; ``cursor`` is the place in the text."""

        quick_line: "QuickLine"
        text: str
        cursor: int

    @dataclass
    class Submitted(Message):
        """Enter: ``reading`` is what was shown, ``None`` while what is typed was not read yet."""

        quick_line: "QuickLine"
        text: str
        reading: QuickOrderResult | None

    @dataclass
    class Recall(Message):
        """A line typed before is asked for: -1 the one before, 1 the one after."""

        quick_line: "QuickLine"
        step: int

    def __init__(self, currency: Currency, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self.field = QuickField(placeholder="2 l pan marg +olive:l -onion; 3 coke 500")
        self._meaning = QuickMeaning(currency)
        self._reading = QuickOrderResult("")
        self._told: tuple[str, int] = ("", 0)

    def compose(self) -> ComposeResult:
        """The field, and what it means."""
        yield Horizontal(FieldNote(PROMPT), self.field)
        yield self._meaning

    @property
    def value(self) -> str:
        """What is typed."""
        return self.field.value

    @value.setter
    def value(self, text: str) -> None:
        self.field.value = text
        self.field.cursor_position = len(self.field.value)

    def show(self, reading: QuickOrderResult) -> None:
        """Show what is typed means; a reading of another text is out of date and left out."""
        if reading.text == self.value:
            self._reading = reading
            self._meaning.show(reading, self.field.scroll_offset.x)

    def read_again(self) -> None:
        """Ask what the text means once more, unless all of it is understood."""
        if self.value and not self._reading.is_ready:
            self.post_message(self.Changed(self, *self._told))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text."""
        event.stop()
        self._tell()

    def on_quick_field_moved(self, event: QuickField.Moved) -> None:
        """Another place in the text."""
        event.stop()
        self._tell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        shown = self._reading if self._reading.text == self.value else None
        self.post_message(self.Submitted(self, self.value, shown))

    def action_complete(self) -> None:
        """Put the first completion into the text, the cursor behind it."""
        completions = self._reading.completions if self._reading.text == self.value else ()
        if not completions:
            raise SkipAction
        first = completions[0]
        text = self.value
        self.field.value = text[: first.start] + first.text + text[first.end :]
        self.field.cursor_position = first.start + len(first.text)

    def action_recall(self, step: int) -> None:
        """Ask for another line."""
        self.post_message(self.Recall(self, step))

    def on_resize(self, event: events.Resize) -> None:
        """The mark's place depends on how far the text is scrolled."""
        del event
        self._meaning.show(self._reading, self.field.scroll_offset.x)

    def _tell(self) -> None:
        now = self.value, self.field.cursor_position
        if now != self._told:
            self._told = now
            self.post_message(self.Changed(self, *now))
        self._meaning.show(self._reading, self.field.scroll_offset.x)


def _said(error: Mistake) -> str:
    """A mistake with its choices in words."""
    return f"{error.message} {', '.join(error.choices)}" if error.choices else error.message


def _offered(completions: tuple[Completion, ...], width: int) -> Pieces:
    """What may follow: the first, which Tab takes, with what it means, and others as far as they fit."""
    first, *others = completions
    room = width - cell_len(clean(f"Tab {first.text}  {first.description}"))
    pieces = [Piece("Tab", Tone.KEY), Piece(f" {first.text}"), Piece(f"  {first.description}", Tone.DIM)]
    for other in others:
        text = f"  {other.text}"
        room -= cell_len(clean(text))
        if room < 0:
            break
        pieces.append(Piece(text))
    return tuple(pieces)
