"""Widgets on a screen of a known size, and what they show as text."""

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from widgets.lists.line_list import LineList

HOSTILE = "[red]x[/ \x1b[31mred\x1b]0;title\x07 \u202egnitirw\u2066 a\nb"
"""Markup, escape codes, a window title, a reversed run and a line break."""


class WidgetApp(App[None]):
    """An application of nothing but the widgets it is given; it keeps the lists' messages."""

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self._widgets = widgets
        self.posted_messages: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from self._widgets

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        self.posted_messages.append(message)

    def on_line_list_selected(self, message: LineList.Selected) -> None:
        self.posted_messages.append(message)


def rendered_rows(widget: Widget) -> list[str]:
    """What the widget shows, a text a row."""
    width, height = widget.size
    return [widget.render_line(y).crop(0, width).text for y in range(height)]
