"""A screen that repaints no more than what changed.

Every screen of the console is one; it changes what Textual repaints and nothing of what it does.
"""

from typing import Generic, TypeVar

from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget

Result = TypeVar("Result")


class QuietScreen(Screen[Result], Generic[Result]):
    """A screen on which moving the focus repaints the two widgets it concerns, not everything.

    Open it inside ``app.batch_update()``: otherwise Textual paints the whole of a new screen twice.
    """

    virtual_size = reactive(Size(0, 0), repaint=False)
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
