"""Doing the same for many things, a few at a time.

Used by the services that fetch the menu, and by those that ask about several products.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 4
"""Requests under way at a time."""


async def few_at_a_time(things: Iterable[T], work: Callable[[T], Awaitable[None]]) -> None:
    """Do ``work`` for each; what one of them raises ends them all and is raised."""
    waiting = iter(things)

    async def some() -> None:
        for thing in waiting:
            await work(thing)

    working = [asyncio.create_task(some()) for _ in range(AT_ONCE)]
    try:
        # Not gathered: gather forgets that it was cancelled when one fails at the same moment.
        await asyncio.wait(working, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in working:
            task.cancel()
        ends = await asyncio.gather(*working, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end
