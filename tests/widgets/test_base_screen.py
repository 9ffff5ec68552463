"""The quiet screen: moving the focus repaints the widgets it concerns, not the screen."""

from typing import Any

import pytest
from textual.app import App, ComposeResult

from widgets.base_screen import BaseScreen
from widgets.text_field import TextField


class TwoFields(BaseScreen[None]):
    """Two fields, and how often the whole screen was to be painted."""

    def __init__(self) -> None:
        super().__init__()
        self.repaints = 0

    def compose(self) -> ComposeResult:
        yield TextField(id="first")
        yield TextField(id="second")

    def refresh(self, *args: Any, **kwargs: Any) -> "TwoFields":
        self.repaints += 1
        return super().refresh(*args, **kwargs)


@pytest.mark.anyio
async def test_moving_the_focus_does_not_repaint_the_screen() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        screen = TwoFields()
        with app.batch_update():
            await app.push_screen(screen)
        await pilot.pause()
        screen.repaints = 0
        await pilot.press("tab")
        assert screen.focused is screen.query_one("#second")
        assert screen.repaints == 0
