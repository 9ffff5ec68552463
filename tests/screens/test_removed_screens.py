"""A screen being removed may still get a reply: an order comes back to it, a worker ends."""

import pytest

from screens.framework.console_screen import ConsoleScreen


@pytest.mark.parametrize("text", ["The order stays open.", ""])
def test_what_is_said_to_a_screen_without_its_widgets_is_let_go(text: str) -> None:
    ConsoleScreen[None]().say(text)


def test_a_header_that_is_gone_is_not_shown() -> None:
    ConsoleScreen[None]().show_header()
