"""Batches: what changed inside one is painted at its end, whatever wakes the application."""

import asyncio

import pytest
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Static

from widgets.base_app import BaseApp
from widgets.base_screen import BaseScreen


class Sign(Static):
    """A text that tells when it is painted."""

    def __init__(self) -> None:
        super().__init__("closed")
        self.painted = asyncio.Event()

    def render_lines(self, crop: Region) -> list[Strip]:
        self.painted.set()
        return super().render_lines(crop)


class SignScreen(BaseScreen[None]):
    def compose(self) -> ComposeResult:
        yield Sign()


class Question(ModalScreen[None]):
    pass


async def show_sign(app: BaseApp) -> Sign:
    screen = SignScreen()
    await app.push_screen(screen)
    return screen.query_one(Sign)


@pytest.mark.anyio
@pytest.mark.parametrize("covered_by_dialog", [False, True])
async def test_batch_change_handled_inside_is_painted_at_its_end(*, covered_by_dialog: bool) -> None:
    app = BaseApp()
    async with app.run_test() as pilot:
        sign = await show_sign(app)
        if covered_by_dialog:
            await app.push_screen(Question())
        await pilot.pause()
        with app.batch_update():
            sign.update("open")
            await pilot.pause()
            sign.painted.clear()
        # Nothing else happens: a pause of the pilot would wake the screen itself.
        await asyncio.wait_for(sign.painted.wait(), 5)


@pytest.mark.anyio
async def test_nested_batch_paints_nothing_before_the_outer_ends() -> None:
    app = BaseApp()
    async with app.run_test() as pilot:
        sign = await show_sign(app)
        await pilot.pause()
        sign.painted.clear()
        with app.batch_update():
            with app.batch_update():
                sign.update("open")
            await pilot.pause()
            assert not sign.painted.is_set()
        await asyncio.wait_for(sign.painted.wait(), 5)
