"""Bounded-concurrency map."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

CONCURRENCY = 4
"""Requests in flight at a time."""


async def for_each_limited(items: Iterable[T], work: Callable[[T], Awaitable[None]]) -> None:
    """Run ``work`` for each item; the first exception cancels the others and is raised."""
    remaining = iter(items)

    async def worker() -> None:
        for item in remaining:
            await work(item)

    tasks = [asyncio.create_task(worker()) for _ in range(CONCURRENCY)]
    try:
        # Not gather: it loses its own cancellation when a task fails at the same moment.
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result
