"""The base of the application: what a batch of changes held back is painted when the batch ends."""

from collections.abc import Generator
from contextlib import contextmanager

from textual.app import App


class BaseApp(App[None], inherit_bindings=False):
    """An application whose screens are painted after every batch."""

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
