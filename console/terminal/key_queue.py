"""Handles keys one after the other, each after the effects of the key before it.

Textual forwards keys without waiting, and resolves their bindings only when they come back. Letters typed
right after an Enter, or a burst from a stalled connection, would end in the field that the Enter leaves.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key
from textual.message_pump import MessagePump

MAX_WAIT_SECONDS = 1.0
"""Seconds after which a key no longer waits for the effects of the key before it.

On a busy machine they take several tenths of a second; they never wait for the network.
"""


class KeyQueue:
    """Passes typed keys to ``handle`` in order, each once all messages of the last are handled."""

    def __init__(self, app: App[None], handle: Callable[[Key], Awaitable[None]]) -> None:
        self._app = app
        self._handle = handle
        self._keys: asyncio.Queue[Key] = asyncio.Queue()
        self.typed_at = 0.0
        """When the key that is being handled was typed, by the clock of Textual's messages."""
        self._task: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Return True if every key has been handled."""
        return self._task is None or self._task.done()

    @property
    def has_waiting(self) -> bool:
        """Return True if more keys wait behind the one that is being handled."""
        return not self._keys.empty()

    def clear(self) -> None:
        """Forget the keys that wait."""
        while not self._keys.empty():
            self._keys.get_nowait()

    def put(self, key: Key) -> None:
        """Queue a typed key."""
        self._keys.put_nowait(key)
        if self.is_idle:
            self._task = asyncio.create_task(self._run(), name="handle keys")
            self._task.add_done_callback(self._report_fault)

    def _report_fault(self, task: asyncio.Task[None]) -> None:
        """Hand the fault of a key to the application, which ends with it; here the key would just be dead."""
        if not task.cancelled() and (error := task.exception()) is not None:
            self._app.call_later(_raise, error)

    async def _run(self) -> None:
        while not self._keys.empty():
            key = self._keys.get_nowait()
            self.typed_at = key.time
            await self._handle(key)
            with suppress(TimeoutError):
                async with asyncio.timeout(MAX_WAIT_SECONDS):
                    # Twice: a key comes back as a binding first, and what that posts bubbles up again.
                    await self._wait_until_idle()
                    await self._wait_until_idle()

    async def _wait_until_idle(self) -> None:
        """Wait until the focused widget and all its ancestors have handled their messages."""
        focus: DOMNode = self._app.focused or self._app.screen
        nodes: list[MessagePump] = [focus, *focus.ancestors_with_self]
        for node in nodes:
            done = asyncio.Event()
            if node.is_running and node.call_later(done.set):
                await done.wait()


def _raise(error: BaseException) -> None:
    raise error
