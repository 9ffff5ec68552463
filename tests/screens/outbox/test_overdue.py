"""An order that waited too long says when it was to be placed, and is placed or taken back by a key."""

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from console.sandbox.switches import Switches
from tests.screens.driving import OFFLINE, ConsolePilot, run_console
from tests.screens.walks import placed, tom

pytestmark = pytest.mark.anyio
DAY = 86400.0
QUESTION = re.compile(r"Was to be placed yesterday at \d\d:\d\d\. Place it now for")


@asynccontextmanager
async def online_a_day_later(home: Path) -> AsyncIterator[ConsolePilot]:
    """Tom's order, placed offline; it becomes one of yesterday's before the connection is back."""
    async with run_console(home) as operator:
        await tom(operator)
        operator.backend.switch(OFFLINE)
        await operator.keys("f10", "f10")
        await operator.see("Place for Tom Sawyer")
        await operator.keys("enter")
        await operator.see("offline, waiting", "will be placed automatically. After ")
        await make_it_old(operator)
        operator.backend.switch(Switches())
        await operator.keys("f6")
        await operator.see("Not placed: it waited too long.", "Enter Review")
        assert placed(operator) == 0
        yield operator


async def make_it_old(operator: ConsolePilot) -> None:
    """Date the saved request back by a day, as if the console had been offline since."""
    session = operator.session
    (view,) = session.orders.open_orders
    stored = await session.context.storage.drafts.load(view.draft_id)
    assert stored.placement_request is not None
    old = replace(stored.placement_request, requested_at=time.time() - DAY)
    await session.context.storage.placements.request_placement(view.draft_id, old)
    session.orders._engine.place(view.draft_id, old)


async def test_enter_asks_and_places_it_now(tmp_path: Path) -> None:
    async with online_a_day_later(tmp_path) as operator:
        await operator.keys("enter")
        await operator.see("Place now", "Take back")
        assert QUESTION.search(" ".join(operator.screen.replace("│", " ").split()))
        await operator.keys("enter")
        await operator.see("placed, 7400001")
        assert placed(operator) == 1


async def test_it_is_taken_back_from_the_outbox(tmp_path: Path) -> None:
    async with online_a_day_later(tmp_path) as operator:
        await operator.keys("f4")
        await operator.see("needs you", "Was to be placed yesterday at ")
        await operator.keys("enter")
        await operator.see("Place now", "Take back")
        await operator.keys("x")
        await operator.see_gone("Take back")
        await operator.see("draft")
        assert placed(operator) == 0


async def test_escape_leaves_it_as_it_is(tmp_path: Path) -> None:
    async with online_a_day_later(tmp_path) as operator:
        await operator.keys("enter")
        await operator.see("Take back")
        await operator.keys("escape")
        await operator.see_gone("Take back")
        await operator.see("Not placed: it waited too long.")
        assert placed(operator) == 0


async def test_what_differs_by_then_is_decided_and_the_question_says_since_when(tmp_path: Path) -> None:
    async with online_a_day_later(tmp_path) as operator:
        operator.backend.switch(Switches(delisted=frozenset({13047603})))
        await operator.keys("f6")
        await operator.see("Press Enter to review.")
        await operator.keys("enter")
        await operator.see("Was to be placed yesterday at ", "Garlic Bread")
        assert placed(operator) == 0
