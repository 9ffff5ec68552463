"""Background tasks hold nothing of whoever begins them, and never lose an exception."""

import asyncio
import gc
import weakref
from contextvars import ContextVar

import pytest

from console.sync.background_task import spawn

pytestmark = pytest.mark.anyio


class Screen:
    """What is on top while a task begins."""


current_screen: ContextVar[Screen] = ContextVar("current_screen")


async def test_a_task_does_not_keep_alive_what_was_current_when_it_began() -> None:
    go_on = asyncio.Event()

    async def wait() -> None:
        await go_on.wait()

    def begin() -> tuple[asyncio.Task[None], weakref.ref[Screen]]:
        screen = Screen()
        current_screen.set(screen)
        task = spawn(wait(), name="wait", on_failure=lambda: None)
        current_screen.set(Screen())
        return task, weakref.ref(screen)

    task, screen = begin()
    await asyncio.sleep(0)
    gc.collect()
    assert screen() is None
    go_on.set()
    await task
