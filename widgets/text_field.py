"""One-row text fields that send few bytes per letter, alone or as a field of a form."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Unpack

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key, Paste
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from widgets.symbols import plain_if_needed, symbols_of
from widgets.text_cells import clean, is_text, one_line
from widgets.text_rows import Span, Spans, TextRows, Tone
from widgets.widget_options import WidgetOptions

if TYPE_CHECKING:
    from textual.app import App


MAX_LETTERS = 200
"""Most letters of a field; no name, number, note or search is as long."""
MAX_SECRET_LETTERS = 4_000
"""Most letters of a password field: a token may be long."""
HIDDEN_LETTER = "•"
"""Drawn for each letter of a password."""


class TextField(Input):
    """A text field of one row. Posts ``Input.Changed`` at each letter and ``Input.Submitted`` at Enter.

    A letter repaints this row alone. The value is as it was typed, on one line; it is cleaned where it is
    drawn. A password is never shown.
    """

    DEFAULT_CSS = """
    TextField {
        height: 1;
        width: 1fr;
        padding: 0;
    }
    TextField, TextField:focus, TextField:ansi {
        border: none;
        background: $surface;
        background-tint: transparent 0%;
        text-style: underline;
        &> .input--cursor {
            color: $foreground;
            background: $surface;
            text-style: reverse;
        }
        &> .input--selection { background: $surface; text-style: reverse; }
        &> .input--placeholder { color: $foreground; text-style: dim; }
    }
    """

    @dataclass
    class Full(Message):
        """Something typed or pasted did not fit; ``sentence`` says how much does."""

        text_field: "TextField"
        sentence: str

    if TYPE_CHECKING:
        # Textual's applications may return anything; ours returns nothing.
        @property
        def app(self) -> "App[None]": ...

    # Input recomputes the layout of the screen whenever its virtual size changes, that is at each letter,
    # and repaints its whole row; here a change repaints only the cells in use.
    virtual_size = reactive(Size(0, 0), repaint=False)
    value = reactive("", init=False, repaint=False)
    selection = reactive(Selection.cursor(0), repaint=False)

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        password: bool = False,
        max_length: int = 0,
        **options: Unpack[WidgetOptions],
    ) -> None:
        super().__init__(
            value,
            placeholder=clean(placeholder),
            password=password,
            max_length=max_length or (MAX_SECRET_LETTERS if password else MAX_LETTERS),
            select_on_focus=False,
            **options,
        )
        self.cursor_blink = False

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return True if the key is text; in an empty field it may be a command of the screen."""
        has_text = bool(self.value) or self.password
        return has_text and super().check_consume_key(key, character)

    def on_key(self, event: Key) -> None:
        """Insert letters that are not seen, such as joiners and no-break spaces; Textual would drop them."""
        character = event.character or ""
        if is_text(character) and not event.is_printable:
            event.stop()
            event.prevent_default()
            self.replace(character, *sorted(self.selection))

    def on_paste(self, event: Paste) -> None:
        """Insert all pasted lines, up to the maximum length; Textual would insert the first only."""
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        text = " ".join(event.text.splitlines())
        text = text if self.password else one_line(text)
        available = max(0, (self.max_length or len(text)) - len(self.value) + end - start)
        self.replace(text[:available], start, end)
        if len(text) > available:
            self._report_full()

    def restricted(self) -> None:
        """Say so where the field is full; a letter that does not belong there is left out silently."""
        if self.max_length and len(self.value) >= self.max_length:
            self._report_full()

    def _report_full(self) -> None:
        sentence = f"At most {self.max_length} letters fit here. The rest was left out."
        self.post_message(self.Full(self, sentence))

    def validate_value(self, value: str) -> str:
        """Put a value on one line, unless it is a password."""
        return value if self.password else one_line(value)

    @property
    def _value(self) -> Text:
        """The value as it is drawn, a password as dots or stars."""
        if self.password:
            drawn = plain_if_needed(HIDDEN_LETTER * len(self.value), symbols_of(self))
        else:
            drawn = clean(self.value)
        return Text(drawn, no_wrap=True, overflow="ignore", end="")

    def render_line(self, y: int) -> Strip:
        """Draw the row; a value with unseen letters has fewer on the screen than in it."""
        if self.password or clean(self.value) == self.value or y:
            return super().render_line(y)
        text = self._value
        start, end, cursor = (
            self._drawn_letters(place) for place in (*sorted(self.selection), self.cursor_position)
        )
        if self.has_focus and start < end:
            text.stylize_before(self.get_component_rich_style("input--selection"), start, end)
        if self.has_focus and self._cursor_visible:
            text.pad_right(1)
            text.stylize(self.get_component_rich_style("input--cursor"), cursor, cursor + 1)
        segments = self.app.console.render(text, self.app.console_options.update_width(self.content_width))
        width = self.scrollable_content_region.width + 1
        left = self.scroll_offset.x
        strip = Strip(segments).crop(left, left + width).extend_cell_length(width)
        return strip.apply_style(self.rich_style)

    def _drawn_letters(self, position: int) -> int:
        """Return how many letters of the value before a position are drawn."""
        return len(clean(self.value[:position]))

    def _position_to_cell(self, position: int) -> int:
        return position if self.password else cell_len(clean(self.value[:position]))

    def _cell_offset_to_index(self, offset: int) -> int:
        cell = offset + self.scroll_offset.x
        places = range(len(self.value))
        return next((place for place in places if self._position_to_cell(place + 1) > cell), len(self.value))

    def watch_value(self, old: str, new: str) -> None:
        """Repaint the cells that a new value changes."""
        if old and new:
            self._repaint_cells(max(cell_len(clean(old)), cell_len(clean(new))))
        else:
            self.refresh()

    def watch_selection(self) -> None:
        """Repaint the value with the moved cursor."""
        self.place_terminal_cursor()
        self._repaint_cells(max(self._position_to_cell(len(self.value)), cell_len(self.placeholder)))

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen where the next letter will stand."""
        x = self._position_to_cell(self.cursor_position) - self.scroll_offset.x
        return self.content_region.offset + Offset(min(x, max(0, self.size.width - 1)), 0)

    def place_terminal_cursor(self) -> None:
        """Put the terminal's cursor there for screen readers; Textual's is one cell further right."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def on_resize(self) -> None:
        """Move the terminal's cursor with the field."""
        self.place_terminal_cursor()

    def _repaint_cells(self, cells: int) -> None:
        """Repaint this many cells of the value, and the cursor after them."""
        width = min(self.size.width, cells + 1 - self.scroll_offset.x)
        self.refresh(Region(0, 0, max(1, width), 1))


EMPTY_FIELD_TEXT = "_" * 24
"""Placeholder that shows an empty field without colour."""


class FieldNote(TextRows):
    """A label before a field, or the error after it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--warn"}

    def __init__(self, text: str = "", tone: Tone = Tone.PLAIN, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._text = text
        self._tone = tone

    @property
    def text(self) -> str:
        """The text shown."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        self._text = text
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """The text in its tone, no row for an empty text."""
        return ((Span(self._text, self._tone),),) if self._text else ()


class FormField(Horizontal):
    """One row of a form: a label, a field and its error.

    The inner field has the id ``field_id``: ``event.input.id`` names the field of an event.
    """

    DEFAULT_CSS = """
    FormField {
        height: 1;
        &> .form-field--label { width: 18; }
        &> TextField { width: 28; }
        &> .form-field--error { margin: 0 0 0 2; }
    }
    """

    virtual_size = reactive(Size(0, 0), repaint=False)

    def __init__(
        self,
        label: str,
        *,
        field_id: str,
        value: str = "",
        placeholder: str = "",
        password: bool = False,
        **options: Unpack[WidgetOptions],
    ) -> None:
        super().__init__(**options)
        self.field = TextField(
            value,
            placeholder=placeholder or EMPTY_FIELD_TEXT,
            password=password,
            id=field_id,
        )
        self.label = label
        self._label = FieldNote(label, classes="form-field--label")
        self._error = FieldNote(tone=Tone.WARN, classes="form-field--error")

    def compose(self) -> ComposeResult:
        """The label, the field and the error, side by side."""
        yield self._label
        yield self.field
        yield self._error

    @property
    def value(self) -> str:
        """The text in the field."""
        return self.field.value

    @value.setter
    def value(self, value: str) -> None:
        self.field.value = value

    def on_text_field_full(self, event: TextField.Full) -> None:
        """Show the sentence as the field's error."""
        event.stop()
        self.error = event.sentence

    @property
    def error(self) -> str:
        """The error as a sentence, empty for a valid value."""
        return self._error.text

    @error.setter
    def error(self, sentence: str) -> None:
        self._error.text = f"! {sentence}" if sentence else ""
