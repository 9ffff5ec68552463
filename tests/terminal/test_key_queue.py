"""Keys typed faster than the console responds: each finds the work of the key before it done."""

import asyncio

import pytest
from textual.app import App, ComposeResult
from textual.events import Event, Key
from textual.widgets import Input

from console.terminal.key_queue import KeyQueue


class Form(App[None]):
    """Two fields; Enter goes to the second, as slowly as a machine that has much else to do."""

    def __init__(self, *, takes: float) -> None:
        super().__init__()
        self._takes = takes
        self._keys = KeyQueue(self, super().on_event)

    def compose(self) -> ComposeResult:
        yield Input(id="first")
        yield Input(id="second")

    async def on_input_submitted(self) -> None:
        await asyncio.sleep(self._takes)
        self.query_one("#second").focus()

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key) and not event.is_forwarded:
            self._keys.put(event)
        else:
            await super().on_event(event)


@pytest.mark.anyio
@pytest.mark.parametrize("seconds", [0.0, 0.2])
async def test_keys_after_enter_go_to_the_next_field_when_slow(
    seconds: float,
) -> None:
    """Keys typed behind an Enter go to the next field, however slow the machine."""
    app = Form(takes=seconds)
    async with app.run_test() as pilot:
        for key in ("a", "enter", "b"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        second = app.query_one("#second", Input)
        while not second.value:
            await pilot.pause()
        assert (app.query_one("#first", Input).value, second.value) == ("a", "b")


@pytest.mark.anyio
async def test_fault_of_a_key_ends_the_application() -> None:
    """A key that fails where nobody waits for it would be dead, ^Q too."""

    async def fail(_: Key) -> None:
        raise ZeroDivisionError

    app = Form(takes=0)
    app._keys = KeyQueue(app, fail)

    async def press_quit() -> None:
        async with app.run_test():
            app.post_message(Key("ctrl+q", None))
            await asyncio.wait_for(app._exception_event.wait(), 5)

    with pytest.raises(ZeroDivisionError):
        await press_quit()
