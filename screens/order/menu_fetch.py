"""Fetches the menu on request, with its progress on the message line."""

from console.services.events import MenuProgress
from screens.framework.console_screen import OperatorScreen
from widgets.progress import ProgressState


class MenuFetch:
    """Starts and stops fetching the menu. Progress never replaces another message."""

    def __init__(self, screen: OperatorScreen[str | None]) -> None:
        self._order_screen = screen
        self._progress_text = ""

    def toggle(self) -> None:
        """Fetch the menu; while its progress is shown, stop instead."""
        menu = self._order_screen.session.menu
        if menu.is_fetching and self._is_progress_shown:
            self._order_screen.say("")
            menu.cancel()
        else:
            self._show("Fetching the menu. F5 stops.")
            menu.refresh()

    def show_progress(self, event: MenuProgress) -> None:
        """Show how much of the menu is here; clear that when all of it is."""
        if event.done >= event.total:
            if self._order_screen.message == self._progress_text:
                self._order_screen.say("")
        elif self._is_progress_shown or not self._order_screen.message:
            state = ProgressState(event.label, event.done, event.total, event.seconds_left, event.rate)
            self._show(f"{state.text}. F5 stops.")

    @property
    def _is_progress_shown(self) -> bool:
        return bool(self._progress_text) and self._order_screen.message == self._progress_text

    def _show(self, text: str) -> None:
        self._progress_text = text
        self._order_screen.say(text)
