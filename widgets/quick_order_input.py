"""The field of the quick order, and below it the meaning of the text: words, money, the first mistake.

The screen parses the text and passes the result; nothing is looked up here.
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
from console.ordering.quick_order import MAX_LETTERS, Completion, Mistake, QuickOrderLine, QuickOrderResult
from widgets.text_cells import clean, wrap
from widgets.text_field import FieldNote, TextField
from widgets.text_rows import Span, Spans, TextRows, Tone, justify
from widgets.widget_options import WidgetOptions

PROMPT = "; "
"""Label of the field: the key that opens it."""
MAX_ERROR_ROWS = 2
"""Rows for a mistake and its choices."""
MAX_MEANING_ROWS = 4
"""Rows for the meaning of one line: Enter adds what is shown, so all of it should be visible."""


class QuickOrderField(TextField):
    """The input field. Every letter is text, also the first one; cursor moves are posted."""

    class Moved(Message):
        """The cursor moved, or the text scrolled."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return True for every letter: none is a command here."""
        return Input.check_consume_key(self, key, character)

    def watch_selection(self) -> None:
        """Post ``Moved``."""
        super().watch_selection()
        self.post_message(self.Moved())


class QuickOrderFeedback(TextRows):
    """The rows below the field: error marker, meaning of the lines, mistake, completions."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--warn"}

    def __init__(self, currency: Currency, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._currency = currency
        self._reading = QuickOrderResult("")
        self._scroll_x = 0

    def show(self, reading: QuickOrderResult, scroll_x: int) -> None:
        """Show the reading of a text that is scrolled by ``scroll_x`` cells."""
        self._reading, self._scroll_x = reading, scroll_x
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """The error marker right below the field, meanings, and at the bottom mistake and completions."""
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
        """``^^^`` under the visible part of the mistake, ``<`` if it is scrolled out."""
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
        """The lines and their total in at most ``max_rows`` rows; the first lines are dropped."""
        reading = self._reading
        if not reading.lines or not max_rows:
            return []
        label = "Total (Enter adds it)" if reading.is_ready else "Total so far"
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
        """One line in words and money, and the toppings that its size does not have."""
        price = self._currency.format_number(amount)
        first, *continuation = wrap(
            line.description, max(1, width - 4 - len(price)), max_rows, self.symbols.ellipsis
        ) or ("",)
        rows: list[Spans] = [justify((Span(f"  {first}"),), (Span(f" {price}"),), width)]
        rows += [(Span(f"    {text}"),) for text in continuation]
        if line.dropped_titles:
            rows.append((Span(f"  ! {', '.join(line.dropped_titles)}: not in this size", Tone.WARN),))
        return rows


class QuickOrderInput(Vertical):
    """The field and its feedback. Tab takes the first completion; Up and Down recall earlier texts.

    The screen handles ``Changed`` by calling ``show``, ``Submitted`` by adding the shown lines, and
    ``Recall`` by setting ``value``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Take the first completion", show=False),
        Binding("up", "recall(-1)", "Earlier text", show=False),
        Binding("down", "recall(1)", "Later text", show=False),
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
        """The text or the cursor changed; ``cursor`` is its index in the text.

        ``is_needed`` if a key waits for the reading, which may else be left to the last of many keys.
        """

        quick_order_input: "QuickOrderInput"
        text: str
        cursor: int
        is_needed: bool = False

    @dataclass
    class Submitted(Message):
        """Enter was pressed; ``reading`` is what was shown, ``None`` if the text was not read yet."""

        quick_order_input: "QuickOrderInput"
        text: str
        reading: QuickOrderResult | None

    @dataclass
    class Recall(Message):
        """An earlier (``step`` -1) or later (1) text is requested."""

        quick_order_input: "QuickOrderInput"
        step: int

    def __init__(self, currency: Currency, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        # One letter more than is read: a text that was cut is a mistake, and cannot be added as it is.
        self.field = QuickOrderField(
            placeholder="2 l pan marg +olive:l no onion; 3 pepsi", max_length=MAX_LETTERS + 1
        )
        self._feedback = QuickOrderFeedback(currency)
        self._reading = QuickOrderResult("")
        self._last_posted: tuple[str, int] = ("", 0)
        self._completes_when_read = False

    def compose(self) -> ComposeResult:
        """The field, and the feedback below it."""
        yield Horizontal(FieldNote(PROMPT), self.field)
        yield self._feedback

    @property
    def value(self) -> str:
        """The text in the field."""
        return self.field.value

    @value.setter
    def value(self, text: str) -> None:
        self.field.value = text
        self.field.cursor_position = len(self.field.value)

    def show(self, reading: QuickOrderResult) -> None:
        """Show a reading, unless it is of an outdated text."""
        if reading.text == self.value:
            self._reading = reading
            self._feedback.show(reading, self.field.scroll_offset.x)
            if self._completes_when_read:
                self._completes_when_read = False
                self._take_first_completion()

    def request_reread(self) -> None:
        """Post ``Changed`` again, unless all of the text is understood."""
        if self.value and not self._reading.is_ready:
            self.post_message(self.Changed(self, *self._last_posted))

    def request_read_if_stale(self) -> None:
        """Post ``Changed`` again, if the text was not read yet."""
        if self._reading.text != self.value:
            self.post_message(self.Changed(self, *self._last_posted))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post the changed text."""
        event.stop()
        self._post_if_changed()

    def on_quick_order_field_moved(self, event: QuickOrderField.Moved) -> None:
        """Post the changed cursor."""
        event.stop()
        self._post_if_changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Post the text with its reading."""
        event.stop()
        reading = self._reading if self._reading.text == self.value else None
        self.post_message(self.Submitted(self, self.value, reading))

    def action_complete(self) -> None:
        """Insert the first completion, with the cursor after it."""
        if self._reading.text != self.value:
            # The key came in a burst, and the text was left to it to be read.
            self._completes_when_read = True
            self.post_message(self.Changed(self, *self._last_posted, is_needed=True))
        elif self._reading.completions:
            self._take_first_completion()
        else:
            raise SkipAction

    def _take_first_completion(self) -> None:
        if not self._reading.completions:
            return
        first = self._reading.completions[0]
        text = self.value
        self.field.value = text[: first.start] + first.text + text[first.end :]
        self.field.cursor_position = first.start + len(first.text)

    def on_text_field_full(self, event: TextField.Full) -> None:
        """Leave it to the reading: a text that is too long is its mistake."""
        event.stop()
        self.request_read_if_stale()

    def action_recall(self, step: int) -> None:
        """Request an earlier or later text."""
        self.post_message(self.Recall(self, step))

    def on_resize(self, event: events.Resize) -> None:
        """Repaint the error marker: its position depends on how far the text is scrolled."""
        del event
        self._feedback.show(self._reading, self.field.scroll_offset.x)

    def _post_if_changed(self) -> None:
        current = self.value, self.field.cursor_position
        if current != self._last_posted:
            self._last_posted = current
            self.post_message(self.Changed(self, *current))
        self._feedback.show(self._reading, self.field.scroll_offset.x)


def _error_text(error: Mistake) -> str:
    """A mistake and its choices in words."""
    return f"{error.message} {', '.join(error.choices)}" if error.choices else error.message


def _completion_row(completions: tuple[Completion, ...], width: int) -> Spans:
    """The first completion with its meaning, then as many others as fit."""
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
