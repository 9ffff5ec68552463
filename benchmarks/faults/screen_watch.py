"""Wait until an order reaches a state on the screen, and log what the screen shows as saved."""

import asyncio
from collections.abc import Callable

from benchmarks.faults.log import OperatorLogWriter
from console.services.events import Event, OrderChanged
from console.services.orders.service import OrderService
from console.services.views import Activity, OrderView, PlacementStatus

FINISHED_STATES = frozenset({PlacementStatus.PLACED, PlacementStatus.ABANDONED})


class ScreenWatch:
    """Watches the orders of one session."""

    def __init__(self, orders: OrderService, log: OperatorLogWriter) -> None:
        self._orders = orders
        self._log = log
        self._updates: dict[str, asyncio.Event] = {}

    def on_event(self, event: Event) -> None:
        """Wake whoever waits for the changed order."""
        if isinstance(event, OrderChanged):
            self._updates.setdefault(event.draft_id, asyncio.Event()).set()

    async def until(
        self, draft_id: str, condition: Callable[[OrderView], bool], *, patience: float
    ) -> OrderView:
        """Return the order once it meets the condition, or as it is after ``patience`` seconds."""
        updated = self._updates.setdefault(draft_id, asyncio.Event())
        try:
            async with asyncio.timeout(patience):
                while not condition(self._orders.view(draft_id)):
                    updated.clear()
                    await updated.wait()
        except TimeoutError:
            pass
        return self._orders.view(draft_id)

    async def log_when_saved(self, draft_id: str) -> None:
        """Wait until the screen shows the order as saved, and log its edits."""
        view = await self.until(draft_id, lambda view: view.is_saved, patience=20.0)
        if view.is_saved:
            self._log.write_saved(draft_id, view.draft.edits)


def is_settled(view: OrderView) -> bool:
    """Return True if the console does nothing more for an order by itself."""
    return not view.is_pending or view.activity is Activity.NEEDS_ATTENTION


def needs_operator(view: OrderView) -> bool:
    """Return True if a requested order is finished or waits for its operator."""
    return view.placement.state in {
        *FINISHED_STATES,
        PlacementStatus.NEEDS_ATTENTION,
        PlacementStatus.LEASED_ELSEWHERE,
        PlacementStatus.DRAFT,
    }
