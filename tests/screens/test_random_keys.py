"""A thousand keys by chance: the console neither falls over nor makes an order that does not hold."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from console.ordering.draft import MAX_QUANTITY, Draft
from screens.home.customer_search import CustomerSearchScreen
from screens.sign_in import SignInScreen
from tests.screens.driving import ConsolePilot, run_console

pytestmark = pytest.mark.anyio

IN_THE_ORDER = (
    *"abcgpsdu0123456789", "enter", "enter", "tab", "up", "down", "pageup", "pagedown", "home", "end",
    "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "plus", "minus", "asterisk", "question_mark", "space",
    "escape", "backspace", "delete", "left", "right", "ctrl+p",
)  # fmt: skip
AT_THE_CUSTOMERS = (
    *"tom7@", "space", "enter", "up", "down", "pagedown", "tab",
    "f1", "f2", "f3", "f4", "f9", "escape", "f12",
)  # fmt: skip
BURST = 25


def bursts(keys: Sequence[str], seed: int, count: int) -> list[list[str]]:
    random = Random(seed)
    return [random.choices(keys, k=BURST) for _ in range(count // BURST)]


async def back_to_work(operator: ConsolePilot) -> None:
    """Where the keys so far led out of the order or of the console, go in again."""
    if isinstance(operator.app.screen, SignInScreen):
        # An order that was left open comes up by itself.
        await operator.see("F2 fills in")
        await operator.keys("f2", "enter")
        await operator.until(lambda: not isinstance(operator.app.screen, SignInScreen), "a sign-in")
    if isinstance(operator.app.screen, CustomerSearchScreen):
        await operator.keys("escape", "f2")


@pytest.mark.parametrize(("keys", "seed"), [(IN_THE_ORDER, 1), (AT_THE_CUSTOMERS, 2)])
async def test_a_thousand_keys(tmp_path: Path, keys: Sequence[str], seed: int) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        for burst in bursts(keys, seed, 1000):
            await back_to_work(operator)
            await operator.type("", *burst)
            await operator.pilot.pause()
        await operator.pilot.pause()
        assert operator.app.is_running
        await back_to_work(operator)
        desk = next(screen.session for screen in operator.app.screen_stack if hasattr(screen, "session"))
        for view in desk.orders.outbox:
            assert Draft.replay(view.draft.edits).lines == view.draft.lines
            assert all(1 <= line.quantity <= MAX_QUANTITY for line in view.draft.lines)
            assert len(view.comparisons) == len(view.draft.lines)
