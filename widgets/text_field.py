"""One-row text fields whose letters cost few bytes, alone or as a field of a form.

Used by every screen that searches or asks; the screens listen to Textual's own ``Input`` messages.
"""

from typing import TYPE_CHECKING, ClassVar, Unpack

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Paste
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.widgets import Input
from textual.widgets.input import Selection

from widgets.text_cells import clean
from widgets.text_rows import Span, Spans, TextRows, Tone
from widgets.widget_options import WidgetOptions

if TYPE_CHECKING:
    from textual.app import App


class TextField(Input):
    """A text field of one row. Posts ``Input.Changed`` at each letter and ``Input.Submitted`` at Enter.

    A letter repaints this row alone. What is pasted or set loses its control characters, unless the field
    is masked: a password is kept as it is and never shown.
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

    if TYPE_CHECKING:
        # Textual leaves open what its applications return; ours returns nothing.
        @property
        def app(self) -> "App[None]": ...

    # Input lays the whole screen out again whenever its virtual size changes, that is at each letter,
    # and repaints all of its row; here a change repaints the cells that are in use.
    virtual_size = reactive(Size(0, 0), repaint=False)
    value = reactive("", init=False, repaint=False)
    selection = reactive(Selection.cursor(0), repaint=False)

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        password: bool = False,
        restrict: str | None = None,
        max_length: int = 0,
        **options: Unpack[WidgetOptions],
    ) -> None:
        super().__init__(
            value,
            placeholder=clean(placeholder),
            password=password,
            restrict=restrict,
            max_length=max_length,
            select_on_focus=False,
            **options,
        )
        self.cursor_blink = False

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is a letter of the text; where none is begun, a screen may take it for a command."""
        has_text = bool(self.value) or self.password
        return has_text and super().check_consume_key(key, character)

    def on_paste(self, event: Paste) -> None:
        """Take all lines of what is pasted, as far as there is room; Textual would take the first alone."""
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        text = " ".join(event.text.splitlines())
        text = text if self.password else clean(text)
        available = self.max_length - len(self.value) + end - start if self.max_length else len(text)
        self.replace(text[:available], start, end)

    def validate_value(self, value: str) -> str:
        """What is kept of a value."""
        return value if self.password else clean(value)

    def watch_value(self, old: str, new: str) -> None:
        """Repaint what a change of the value touches."""
        if old and new:
            self._repaint_cells(max(cell_len(old), cell_len(new)))
        else:
            self.refresh()

    def watch_selection(self) -> None:
        """Repaint the value, in which the cursor moved."""
        self.place_terminal_cursor()
        self._repaint_cells(max(cell_len(self.value), cell_len(self.placeholder)))

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen that the next letter goes to."""
        before = self.value[: self.cursor_position]
        x = (len(before) if self.password else cell_len(before)) - self.scroll_offset.x
        return self.content_region.offset + Offset(min(x, max(0, self.size.width - 1)), 0)

    def place_terminal_cursor(self) -> None:
        """Put the terminal's own cursor there, for who reads by it; Textual's would be one cell further."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def on_resize(self) -> None:
        """The field has its place now, or another one."""
        self.place_terminal_cursor()

    def _repaint_cells(self, cells: int) -> None:
        """Repaint so many cells of the value and the cursor behind them."""
        width = min(self.size.width, cells + 1 - self.scroll_offset.x)
        self.refresh(Region(0, 0, max(1, width), 1))


EMPTY_FIELD_TEXT = "_" * 24
"""Where a form has an empty field, without colour too."""


class FieldNote(TextRows):
    """A label before a field, or what is wrong with its value behind it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--warn"}

    def __init__(self, text: str = "", tone: Tone = Tone.PLAIN, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._text = text
        self._tone = tone

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        self._text = text
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """The text in its tone; an empty text draws nothing."""
        return ((Span(self._text, self._tone),),) if self._text else ()


class FormField(Horizontal):
    """One row of a form: a label, a field, and behind it what is wrong with the value.

    The field carries the id ``field_id``, so that ``event.input.id`` tells the fields of a form apart.
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
        restrict: str | None = None,
        **options: Unpack[WidgetOptions],
    ) -> None:
        super().__init__(**options)
        self.field = TextField(
            value,
            placeholder=placeholder or EMPTY_FIELD_TEXT,
            password=password,
            restrict=restrict,
            id=field_id,
        )
        self._label = FieldNote(label, classes="form-field--label")
        self._error = FieldNote(tone=Tone.WARN, classes="form-field--error")

    def compose(self) -> ComposeResult:
        """The label, the field and the error, side by side."""
        yield self._label
        yield self.field
        yield self._error

    @property
    def value(self) -> str:
        """What is in the field."""
        return self.field.value

    @value.setter
    def value(self, value: str) -> None:
        self.field.value = value

    @property
    def error(self) -> str:
        """What is wrong with the value, as a sentence; empty when nothing is."""
        return self._error.text

    @error.setter
    def error(self, sentence: str) -> None:
        self._error.text = f"! {sentence}" if sentence else ""
