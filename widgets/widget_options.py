"""The keyword arguments of every Textual widget, typed, so that ours can pass them on."""

from typing import TypedDict


class WidgetOptions(TypedDict, total=False):
    """Name, id and classes of a widget; see ``textual.widget.Widget``."""

    name: str | None
    id: str | None
    classes: str | None
    disabled: bool
