"""Keys one after the other: each finds done what the key before it set off.

Used by the application. Textual hands keys on without waiting, and looks up what they are bound to only
when they come back; letters typed right behind an Enter, or a burst from a line that had stalled, would
end in the field that the Enter leaves.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key
from textual.message_pump import MessagePump

MAX_WAIT_SECONDS = 1.0
"""Seconds after which a key no longer waits for what the one before it set off.

Several tenths go by where the machine has much else to do; nothing that a key sets off waits for the network.
"""


class KeyQueue:
    """Hands typed keys to ``handle`` in order, waiting in between until all messages are handled."""

    def __init__(self, app: App[None], handle: Callable[[Key], Awaitable[None]]) -> None:
        self._app = app
        self._handle = handle
        self._keys: asyncio.Queue[Key] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Return True if every key has been handled."""
        return self._task is None or self._task.done()

    def put(self, key: Key) -> None:
        """A key was typed."""
        self._keys.put_nowait(key)
        if self.is_idle:
            self._task = asyncio.create_task(self._run(), name="hand on keys")

    async def _run(self) -> None:
        while not self._keys.empty():
            await self._handle(self._keys.get_nowait())
            with suppress(TimeoutError):
                async with asyncio.timeout(MAX_WAIT_SECONDS):
                    # Twice: a key first comes back as a binding, and what that posts goes up once more.
                    await self._wait_until_idle()
                    await self._wait_until_idle()

    async def _wait_until_idle(self) -> None:
        """Wait until the focus, everything around it and the application have handled their messages."""
        focus: DOMNode = self._app.focused or self._app.screen
        nodes: list[MessagePump] = [focus, *focus.ancestors_with_self]
        for node in nodes:
            done = asyncio.Event()
            if node.is_running and node.call_later(done.set):
                await done.wait()
