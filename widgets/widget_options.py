"""The keyword arguments that every Textual widget takes, typed, so that ours can pass them on.

Used by the widgets that are made with a name, an id or classes.
"""

from typing import TypedDict


class WidgetOptions(TypedDict, total=False):
    """How a widget is found by queries and styled. See ``textual.widget.Widget``."""

    name: str | None
    id: str | None
    classes: str | None
    disabled: bool
