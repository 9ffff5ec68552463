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
from widgets.text_cells import clean, wrap
from widgets.text_field import FieldNote, TextField
from widgets.text_rows import Span, Spans, TextRows, Tone, justify
from widgets.widget_options import WidgetOptions

PROMPT = "; "
"""What stands before the field: the key that opens it."""
MAX_ERROR_ROWS = 2
"""Rows that a mistake and its choices may take."""
MAX_MEANING_ROWS = 4
"""Rows that a line's meaning may take: Enter adds what is shown, so that all of it should be."""


class QuickOrderField(TextField):
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


class QuickOrderFeedback(TextRows):
    """The rows beneath: the mistake's mark, what the lines mean, the mistake in words, completions."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--warn"}

    def __init__(self, currency: Currency, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._currency = currency
        self._reading = QuickOrderResult("")
        self._scroll_x = 0

    def show(self, reading: QuickOrderResult, scroll_x: int) -> None:
        """Show a reading of a text whose first ``scrolled`` cells are out of sight."""
        self._reading, self._scroll_x = reading, scroll_x
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """The mark right below the field, meanings, and at the bottom what is wrong and what may follow."""
        reading, width = self._reading, self.size.width
        bottom_rows: list[Spans] = []
        if reading.mistake:
            error_rows = wrap(
                _error_text(reading.mistake), max(1, width - 2), MAX_ERROR_ROWS, self.symbols.ellipsis
            )
            bottom_rows += [
                (Span("! " if n == 0 else "  ", Tone.WARN), Span(text)) for n, text in enumerate(error_rows)
            ]
        if reading.completions:
            bottom_rows.append(_completion_row(reading.completions, width))
        meanings = self._meaning_rows(width, max(0, self.size.height - 1 - len(bottom_rows)))
        return (self._error_marker(), *meanings, *bottom_rows)

    def _error_marker(self) -> Spans:
        """``^^^`` under the mistake, as much of it as is in sight."""
        error = self._reading.mistake
        if error is None:
            return ()
        text = self._reading.text
        start = cell_len(clean(text[: error.start])) - self._scroll_x
        end = max(start + 1, cell_len(clean(text[: error.end])) - self._scroll_x)
        if end <= 0:
            return (Span(" " * len(PROMPT)), Span("<", Tone.WARN))
        return (Span(" " * (len(PROMPT) + max(0, start))), Span("^" * (end - max(0, start)), Tone.WARN))

    def _meaning_rows(self, width: int, max_rows: int) -> list[Spans]:
        """The lines and their total in so many rows; the first lines make way for the last."""
        reading = self._reading
        if not reading.lines or not max_rows:
            return []
        label = "Enter adds" if reading.is_ready else "So far"
        total = self._currency.format_money(reading.total)
        total_row = justify((Span(f"  {label}", Tone.STRONG),), (Span(total, Tone.STRONG),), width)
        max_line_rows = max(1, min(MAX_MEANING_ROWS, max_rows - 2))
        blocks = [
            self._line_rows(line, amount, width, max_line_rows)
            for line, amount in zip(reading.lines, reading.amounts, strict=True)
        ]
        hidden = 0
        while blocks and sum(map(len, blocks)) + bool(hidden) + 1 > max_rows:
            blocks.pop(0)
            hidden += 1
        hidden_row = [(Span(f"  {hidden} above", Tone.DIM),)] if hidden and max_rows > 1 else []
        return [*hidden_row, *(row for block in blocks for row in block), total_row]

    def _line_rows(self, line: QuickOrderLine, amount: Decimal, width: int, max_rows: int) -> list[Spans]:
        """One line in ``most`` rows of words and in money, and what it lost by its size."""
        price = self._currency.format_number(amount)
        first, *continuation = wrap(
            line.description, max(1, width - 4 - len(price)), max_rows, self.symbols.ellipsis
        ) or ("",)
        rows: list[Spans] = [justify((Span(f"  {first}"),), (Span(f" {price}"),), width)]
        rows += [(Span(f"    {text}"),) for text in continuation]
        if line.dropped_titles:
            rows.append((Span(f"  ! {', '.join(line.dropped_titles)}: none in that size", Tone.WARN),))
        return rows


class QuickOrderInput(Vertical):
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
    QuickOrderInput {
        height: 8;
        &> Horizontal { height: 1; &> FieldNote { width: 2; } }
        &> QuickOrderFeedback { height: 1fr; }
    }
    """

    virtual_size = reactive(Size(0, 0), repaint=False)

    @dataclass
    class Changed(Message):
        """The text or the cursor is another; ``cursor`` is the place in the text."""

        quick_order_input: "QuickOrderInput"
        text: str
        cursor: int

    @dataclass
    class Submitted(Message):
        """Enter: ``reading`` is what was shown, ``None`` while what is typed was not read yet."""

        quick_order_input: "QuickOrderInput"
        text: str
        reading: QuickOrderResult | None

    @dataclass
    class Recall(Message):
        """A line typed before is asked for: -1 the one before, 1 the one after."""

        quick_order_input: "QuickOrderInput"
        step: int

    def __init__(self, currency: Currency, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self.field = QuickOrderField(placeholder="2 l pan marg +olive:l -onion; 3 coke 500")
        self._feedback = QuickOrderFeedback(currency)
        self._reading = QuickOrderResult("")
        self._last_posted: tuple[str, int] = ("", 0)

    def compose(self) -> ComposeResult:
        """The field, and what it means."""
        yield Horizontal(FieldNote(PROMPT), self.field)
        yield self._feedback

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
            self._feedback.show(reading, self.field.scroll_offset.x)

    def request_reread(self) -> None:
        """Ask what the text means once more, unless all of it is understood."""
        if self.value and not self._reading.is_ready:
            self.post_message(self.Changed(self, *self._last_posted))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text."""
        event.stop()
        self._post_if_changed()

    def on_quick_order_field_moved(self, event: QuickOrderField.Moved) -> None:
        """Another place in the text."""
        event.stop()
        self._post_if_changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        reading = self._reading if self._reading.text == self.value else None
        self.post_message(self.Submitted(self, self.value, reading))

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
        self._feedback.show(self._reading, self.field.scroll_offset.x)

    def _post_if_changed(self) -> None:
        current = self.value, self.field.cursor_position
        if current != self._last_posted:
            self._last_posted = current
            self.post_message(self.Changed(self, *current))
        self._feedback.show(self._reading, self.field.scroll_offset.x)


def _error_text(error: Mistake) -> str:
    """A mistake with its choices in words."""
    return f"{error.message} {', '.join(error.choices)}" if error.choices else error.message


def _completion_row(completions: tuple[Completion, ...], width: int) -> Spans:
    """What may follow: the first, which Tab takes, with what it means, and others as far as they fit."""
    first, *alternatives = completions
    remaining = width - cell_len(clean(f"Tab {first.text}  {first.description}"))
    spans = [Span("Tab", Tone.KEY), Span(f" {first.text}"), Span(f"  {first.description}", Tone.DIM)]
    for alternative in alternatives:
        text = f"  {alternative.text}"
        remaining -= cell_len(clean(text))
        if remaining < 0:
            break
        spans.append(Span(text))
    return tuple(spans)
