"""The base of the application: paints what a batch held back, and shows what stays true on every screen."""

from collections.abc import Generator
from contextlib import contextmanager

from textual.app import App

from widgets.message_line import MessageLine


class BaseApp(App[None], inherit_bindings=False):
    """An application whose screens are painted after every batch, and show its standing notice."""

    standing_notice = ""
    """The text that every screen shows while it has no message of its own."""

    def show_standing_notice(self, text: str) -> None:
        """Show a notice on every screen, now and later; an empty text ends it."""
        self.standing_notice = text
        for screen in self.screen_stack:
            for line in screen.query(MessageLine):
                line.show_standing(text)

    @contextmanager
    def batch_update(self) -> Generator[None]:
        """Hold every paint back until the block ends, then have the screens paint what changed.

        Textual wakes only the application at the end of a batch, but a screen paints when it is idle itself.
        A screen whose messages were all handled inside the batch would stay as it was until the next one.
        """
        with super().batch_update():
            yield
        for screen in self.screen_stack:
            screen.check_idle()
