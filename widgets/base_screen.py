"""The base of every screen: repaints only what changed and closes at most once."""

import asyncio
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual._styles_cache import StylesCache
from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget

# Textual leaves the type parameter of the worker open.
from textual.worker import get_current_worker  # pyright: ignore[reportUnknownVariableType]

from widgets.lists.line_list import LineList
from widgets.text_field import TextField

if TYPE_CHECKING:
    from textual.app import App
    from textual.worker import Worker

ASKING = " (asking)"
"""Suffix of the group of a worker whose screen is open."""
Result = TypeVar("Result")
Answer = TypeVar("Answer")


class BaseScreen(Screen[Result], Generic[Result]):
    """A screen on which moving the focus repaints the two widgets it concerns, not everything.

    It is painted once when it opens, and it holds the terminal's own cursor where its focus is.
    """

    DEFAULT_CSS = "BaseScreen { layers: default small; overflow: hidden; }"

    if TYPE_CHECKING:
        # Textual's applications may return anything; ours returns nothing.
        @property
        def app(self) -> "App[None]": ...

    virtual_size = reactive(Size(0, 0), repaint=False)
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    navigated_list: LineList | None = None
    """The list that Up, Down, PgUp and PgDn move while the focus is elsewhere."""

    _closing_result: tuple[Result | None] | None = None
    _dismissed = False

    def on_compose(self) -> None:
        """Paint nothing until everything is in its place; Textual would paint a new screen twice."""
        paused = ExitStack()
        paused.enter_context(self.app.batch_update())
        self.call_after_refresh(paused.close)

    def on_unmount(self) -> None:
        """Let go of what was painted of the widgets of this screen, which are gone by now."""
        # Textual's cache of the method keeps the painted rows of the last thousand widgets, removed or not.
        StylesCache.get_inner_outer.cache_clear()

    async def ask(self, screen: "Screen[Answer]") -> Answer | None:
        """Show a screen over this one and wait until it closes; only in a worker.

        Returns its result, or None at once if this screen is covered: nothing opens over a screen that the
        operator has opened since.
        """
        if not self.is_active:
            return None
        # An exclusive worker that starts now must not cancel this one: the result would be lost.
        worker = cast("Worker[object]", get_current_worker())
        worker.group = worker.group.removesuffix(ASKING) + ASKING
        return await self.app.push_screen_wait(screen)

    @contextmanager
    def hold_keys(self) -> Generator[None]:
        """Let keys wait until the block ends: a local write in a worker between two screens.

        The key queue waits for this screen's handlers, and one of them waits for the block. Nothing in the
        block may wait for this screen, or for the network.
        """
        done = asyncio.Event()
        self.call_later(done.wait)
        try:
            yield
        finally:
            done.set()

    def close(self, result: Result | None = None) -> None:
        """Close this screen with a result, once: at once, or as soon as it is the top one.

        Textual's ``dismiss`` would close whatever screen is on top, as often as it is called.
        """
        if self._closing_result is None:
            self._closing_result = (result,)
            self._close_if_on_top()

    def action_move(self, step: int) -> None:
        """Move the cursor of the list by rows."""
        if self.navigated_list is not None:
            self.navigated_list.move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor of the list by pages."""
        if self.navigated_list is not None:
            self.navigated_list.page(step)

    def on_screen_resume(self) -> None:
        """Restore the terminal's cursor, and close if asked to while covered."""
        if isinstance(self.focused, TextField | LineList):
            self.focused.place_terminal_cursor()
        if self._closing_result is not None:
            # Not from here: this screen would wait for itself.
            self.app.call_later(self._close_if_on_top)

    def _close_if_on_top(self) -> None:
        """Paint nothing until this screen is gone; Textual would paint the one below twice."""
        if self._closing_result is None or self._dismissed or not self.is_active:
            return
        self._dismissed = True
        paused = ExitStack()
        paused.enter_context(self.app.batch_update())
        dismissal = self.dismiss(self._closing_result[0])

        async def await_dismissal() -> None:
            with paused:
                await dismissal

        # A worker of the application waits for it: a screen that did would wait for itself.
        self.app.call_later(self.app.run_worker, await_dismissal)
