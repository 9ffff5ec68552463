"""An open door and what it told, for the tests of the desk's services."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from console.desk.changes import Change, Notice
from console.desk.desk import Desk
from console.desk.door import Door
from tests.shops import LAYLA, LAYLAS_PASSWORD, Shop

LONG = 10
"""Real seconds after which a test has hung; nothing ever takes a part of it."""


class Heard:
    """What the desk told, and waiting for more of it."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self._news = asyncio.Event()

    def __call__(self, change: Change) -> None:
        self.changes.append(change)
        self._news.set()

    @property
    def notices(self) -> list[str]:
        return [change.sentence for change in self.changes if isinstance(change, Notice)]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what is told to make this true."""
        async with asyncio.timeout(LONG):
            while not condition():
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def opened(shop: Shop) -> AsyncIterator[tuple[Door, Heard]]:
    """The door of the sandbox's profile."""
    heard = Heard()
    door = (await shop.open_door(heard)).door
    assert door is not None
    try:
        yield door, heard
    finally:
        await door.close()


@asynccontextmanager
async def at_work(shop: Shop) -> AsyncIterator[tuple[Desk, Heard]]:
    """Layla signed in and at work at her store."""
    async with opened(shop) as (door, heard):
        yield await enter(door), heard


async def enter(door: Door, user_name: str = LAYLA, password: str = LAYLAS_PASSWORD) -> Desk:
    offer = await door.operators.sign_in(user_name, password)
    return await door.enter(offer, offer.locations[0])
