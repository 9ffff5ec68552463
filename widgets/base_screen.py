"""The base of every screen: repaints only what changed and closes at most once."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget

from widgets.lists.line_list import LineList
from widgets.text_field import TextField

if TYPE_CHECKING:
    from textual.app import App

Result = TypeVar("Result")


class BaseScreen(Screen[Result], Generic[Result]):
    """A screen on which moving the focus repaints the two widgets concerned, not all of it.

    It is painted once when it opens, and keeps the terminal's own cursor at the focused widget.
    """

    DEFAULT_CSS = "BaseScreen { layers: default small; overflow: hidden; }"

    if TYPE_CHECKING:
        # Textual's applications may return anything; ours returns nothing.
        @property
        def app(self) -> "App[None]": ...

    virtual_size = reactive(Size(0, 0), repaint=False)
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    _closing_result: tuple[Result | None] | None = None
    _dismissed = False

    def on_compose(self) -> None:
        """Paint nothing until the layout is complete; Textual would paint a new screen twice."""
        paused = ExitStack()
        paused.enter_context(self.app.batch_update())
        self.call_after_refresh(paused.close)

    def close(self, result: Result | None = None) -> None:
        """Close this screen with a result, once; a covered screen closes when it is on top again.

        Textual's ``dismiss`` would close whatever screen is on top, as often as it is called.
        """
        if self._closing_result is None:
            self._closing_result = (result,)
            self._close_if_on_top()

    def on_screen_resume(self) -> None:
        """Restore the terminal's cursor, and close if that was asked for while covered."""
        if isinstance(self.focused, TextField | LineList):
            self.focused.place_terminal_cursor()
        if self._closing_result is not None:
            # Not from here: a screen that closed in its own handler would wait for itself.
            self.app.call_later(self._close_if_on_top)

    def _close_if_on_top(self) -> None:
        """Paint nothing until this screen is gone; Textual would paint the screen below twice."""
        if self._closing_result is None or self._dismissed or not self.is_active:
            return
        self._dismissed = True
        paused = ExitStack()
        paused.enter_context(self.app.batch_update())
        dismissal = self.dismiss(self._closing_result[0])

        async def await_dismissal() -> None:
            with paused:
                await dismissal

        # A worker of the application waits: a worker of this screen would wait for its own end.
        self.app.call_later(self.app.run_worker, await_dismissal)
