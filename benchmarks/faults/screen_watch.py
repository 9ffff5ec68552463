"""A simulated operator's eyes: waits until the screen shows something, and remembers what it showed as saved.

Used by ``fault_operator.py``, ``fault_mending.py`` and ``fault_deciding.py``.
"""

import asyncio
from collections.abc import Callable

from benchmarks.faults.log import OperatorLogWriter
from console.services.events import Event, OrderChanged
from console.services.orders.service import OrderService
from console.services.views import Activity, OrderView, PlacementStatus

FINISHED_STATES = frozenset({PlacementStatus.PLACED, PlacementStatus.ABANDONED})


class ScreenWatch:
    """Looks at one desk's orders."""

    def __init__(self, orders: OrderService, log: OperatorLogWriter) -> None:
        self._orders = orders
        self._log = log
        self._updates: dict[str, asyncio.Event] = {}

    def on_event(self, event: Event) -> None:
        """The desk tells."""
        if isinstance(event, OrderChanged):
            self._updates.setdefault(event.draft_id, asyncio.Event()).set()

    async def until(
        self, draft_id: str, condition: Callable[[OrderView], bool], *, patience: float
    ) -> OrderView:
        """The order once this is so, or as it is after so many seconds."""
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
        """Wait until the screen says that the order is saved, and remember what it was then."""
        view = await self.until(draft_id, lambda view: view.is_saved, patience=20.0)
        if view.is_saved:
            self._log.write_saved(draft_id, view.draft.edits)


def is_settled(view: OrderView) -> bool:
    """Whether nothing more is done for an order by itself."""
    return not view.is_pending or view.activity is Activity.NEEDS_ATTENTION


def needs_operator(view: OrderView) -> bool:
    """Whether an order that is to be placed is over, or waits for its operator."""
    placing = view.placement
    return placing.state in {
        *FINISHED_STATES,
        PlacementStatus.NEEDS_ATTENTION,
        PlacementStatus.LEASED_ELSEWHERE,
        PlacementStatus.DRAFT,
    }
