"""A screen that repaints no more than what changed, and is closed no more than once.

Every screen of the console is one.
"""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget

from widgets.line_list import LineList
from widgets.search_field import SearchField

if TYPE_CHECKING:
    from textual.app import App

Result = TypeVar("Result")


class QuietScreen(Screen[Result], Generic[Result]):
    """A screen on which moving the focus repaints the two widgets it concerns, not everything.

    It is painted once when it opens, and it holds the terminal's own cursor where its focus is.
    """

    DEFAULT_CSS = "QuietScreen { layers: default small; overflow: hidden; }"

    if TYPE_CHECKING:
        # Textual leaves open what its applications return; ours returns nothing.
        @property
        def app(self) -> "App[None]": ...

    virtual_size = reactive(Size(0, 0), repaint=False)
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    _answer: tuple[Result | None] | None = None
    _dismissed = False

    def on_compose(self) -> None:
        """Paint nothing until everything is in its place; Textual would paint a new screen twice."""
        held = ExitStack()
        held.enter_context(self.app.batch_update())
        self.call_after_refresh(held.close)

    def leave(self, answer: Result | None = None) -> None:
        """Close this screen with an answer, once: at once, or when what lies over it is closed.

        Textual's ``dismiss`` would close whatever screen is on top, as often as it is called.
        """
        if self._answer is None:
            self._answer = (answer,)
            self._close_if_on_top()

    def on_screen_resume(self) -> None:
        """What lay over this screen is closed."""
        if isinstance(self.focused, SearchField | LineList):
            self.focused.point()
        if self._answer is not None:
            # Not from here: this screen would wait for itself.
            self.app.call_later(self._close_if_on_top)

    def _close_if_on_top(self) -> None:
        """Paint nothing until this screen is gone; Textual would paint the one below twice."""
        if self._answer is None or self._dismissed or not self.is_active:
            return
        self._dismissed = True
        held = ExitStack()
        held.enter_context(self.app.batch_update())
        closing = self.dismiss(self._answer[0])

        async def until_closed() -> None:
            with held:
                await closing

        # A worker of the application waits for it: a screen that did would wait for itself.
        self.app.call_later(self.app.run_worker, until_closed)
