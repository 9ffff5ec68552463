"""Shown over everything while the window is too small."""

from textual.app import ComposeResult
from textual.screen import ModalScreen

from widgets.too_small import TooSmall


class SmallScreen(ModalScreen[None]):
    """Goes by itself once the window has grown."""

    DEFAULT_CSS = "SmallScreen { background: $background; }"

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield TooSmall()
