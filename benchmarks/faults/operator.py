"""Simulated operator: begins orders, changes them, parks some and has the others placed.

The operator behaves like a person: trusts the screen, and presses a key again if nothing happens.
"""

import asyncio
from collections.abc import Callable
from decimal import Decimal
from random import Random

from benchmarks.faults.conflict_keys import ConflictKeys, open_conflicts
from benchmarks.faults.deciding import OutcomeResolver
from benchmarks.faults.log import OperatorLogWriter
from benchmarks.faults.orders import ItemGenerator
from benchmarks.faults.other_home import OtherHome
from benchmarks.faults.screen_watch import FINISHED_STATES, ScreenWatch, is_settled, needs_operator
from benchmarks.faults.terms import CheckoutGenerator
from console.ordering.checkout import Checkout
from console.ordering.customer import Customer
from console.ordering.draft import (
    AddLine,
    DraftLine,
    EditError,
    NameOrder,
    RemoveLine,
    ReplaceItem,
    Resolution,
    SetCheckout,
    SetQuantity,
)
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.services.orders.checkout import CASH
from console.services.views import Activity, Aspect, LineStatus, OrderView, PlacementStatus

IMMEDIATE_PROBABILITY, LONGER_PAUSE = 0.8, 0.4
"""Probability that the next checkout step follows at once, and the pause in seconds if not."""
MAX_THINKING_SECONDS = 0.05
"""Maximum seconds between two keys."""
PARKED_PROBABILITY = 0.06
WALK_IN_PROBABILITY = 0.3
REGULAR_PROBABILITY, REGULAR_COUNT = 0.15, 3
"""Probability and number of regular customers, who always order the same."""
CONFIRMED_TOTAL_PROBABILITY = 0.6
"""Probability that the operator waits for the platform's total before quoting it."""
RESOLVE_PROBABILITY = 0.5
"""Probability that the operator resolves an order at once, and does not leave it for later."""
OFFERS_PROBABILITY = 0.6
"""Probability that the checkout is entered only when the platform has the order."""
MAX_PRESSES = 12
"""Maximum number of times a key is pressed for one order."""
CHECKOUT_FIRST_PROBABILITY = 0.3
"""Probability that the checkout is entered before the items are complete."""
IN_CART_STATES = frozenset({LineStatus.CONFIRMED, LineStatus.DIFFERS})


class SimulatedOperator:
    """Serves customers in one session. ``report`` sends each action to the run."""

    def __init__(
        self,
        session: OperatorSession,
        *,
        log: OperatorLogWriter,
        items: ItemGenerator,
        customers: list[Customer],
        random: Random,
        report: Callable[[str], None],
        other_home: OtherHome | None = None,
    ) -> None:
        self._session = session
        self._orders = session.orders
        self._log = log
        self._items = items
        self._customers = customers
        self._random = random
        self._report = report
        self._start_lock = asyncio.Lock()
        """Held while an order is begun: a person begins one at a time."""
        self._checkouts = CheckoutGenerator(session, random)
        self._watch = ScreenWatch(session.orders, log)
        self._conflict_keys = ConflictKeys(
            session.orders,
            session.placement,
            log=log,
            watch=self._watch,
            terms=self._checkouts,
            new_line=self._random_line,
            random=random,
        )
        self._resolver = OutcomeResolver(
            session, log=log, watch=self._watch, random=random, other_home=other_home
        )
        self.on_event = self._watch.on_event

    async def serve_one(self) -> None:
        """Serve a customer from the first item to the order number."""
        if self._random.random() < REGULAR_PROBABILITY:
            await self._serve_regular()
            return
        draft_id = await self._start_order(self._customers)
        self._report(f"begun {draft_id}")
        for _ in range(self._random.randint(1, 4)):
            self._orders.change(draft_id, AddLine(self._random_line()))
            await self._think()
        if self._random.random() < CHECKOUT_FIRST_PROBABILITY:
            await self._enter_checkout(draft_id)
        for _ in range(self._random.choice((0, 0, 1, 2))):
            self._change_something(draft_id)
            await self._think()
        await self.advance(draft_id, park=self._random.random() < PARKED_PROBABILITY)

    async def _serve_regular(self) -> None:
        """Serve a regular customer, who may be at the other console at the same time."""
        draft_id = await self._start_order(self._customers[:REGULAR_COUNT], walk_in_probability=0.0)
        self._report(f"begun {draft_id}")
        usual = DraftLine(self._orders.new_line_id(), self._items.regular_item(self._random), 1)
        self._orders.change(draft_id, AddLine(usual))
        self._orders.change(draft_id, SetCheckout(Checkout(payment=CASH)))
        await self.advance(draft_id)

    async def advance(self, draft_id: str, *, park: bool = False) -> None:
        """Continue an open order from its present state until it is parked or placed."""
        view = self._orders.view(draft_id)
        if view.placement.state is PlacementStatus.DRAFT:
            if view.draft.is_empty:
                self._orders.change(draft_id, AddLine(self._random_line()))
            if view.draft.checkout.payment is None:
                await self._enter_checkout(draft_id)
            await self._watch.log_when_saved(draft_id)
            if park:
                self._log.write_parked(draft_id)
                return
            if self._random.random() < CONFIRMED_TOTAL_PROBABILITY:
                await self._watch.until(draft_id, lambda view: not view.is_pending, patience=5.0)
                await self._conflict_keys.fix_conflicts(draft_id)
            await self._request_placement(draft_id)
        await self.follow(draft_id)

    async def follow(self, draft_id: str) -> None:
        """Follow a requested order until it is placed, abandoned or cannot be resolved."""
        for _ in range(MAX_PRESSES):
            view = await self._watch.until(draft_id, needs_operator, patience=60.0)
            self._log_stop(view)
            if view.placement.needs_decision and self._random.random() < RESOLVE_PROBABILITY:
                await self._resolver.resolve(draft_id)
                continue
            if view.placement.state in FINISHED_STATES or view.placement.needs_decision:
                break
            if view.placement.state is PlacementStatus.LEASED_ELSEWHERE:
                return
            await asyncio.sleep(self._random.uniform(0.1, 0.5))
            await self._conflict_keys.fix_conflicts(draft_id)
            await self._request_placement(draft_id)
        view = self._orders.view(draft_id)
        if view.placement.state is PlacementStatus.PLACED:
            self._log.write_placed(draft_id, view.placement.order_id)
            self._report(f"placed {draft_id}")

    def _log_stop(self, view: OrderView) -> None:
        """Log why the screen shows an order as stopped: it was refused, or its outcome is unknown."""
        if view.placement.needs_decision:
            self._log.write_asked(view.draft_id, view.customer.user_id if view.customer else "")
        elif view.refusals:
            self._log.write_refused(view.draft_id, [one.refusal.value for one in view.refusals])

    def log_unfinished(self) -> None:
        """Log the open orders, each with the message on its screen."""
        for view in self._orders.open_orders:
            is_requested = view.placement.state is not PlacementStatus.DRAFT
            message = view.placement_message or view.problem or view.placement.state.value
            reason = message if is_requested else ""
            total = view.totals.total if view.totals is not None and not view.is_pending else None
            self._log.write_unfinished(
                view.draft_id, undecided=view.placement.needs_decision, reason=reason, total=total
            )

    async def settle(self, draft_id: str) -> None:
        """Fix conflicts until the platform's cart matches the order."""
        for _ in range(MAX_PRESSES):
            await self._watch.until(draft_id, is_settled, patience=60.0)
            if not await self._conflict_keys.fix_conflicts(draft_id):
                return

    async def wait_until_idle(self, draft_id: str) -> None:
        """Wait until no request about the order is in flight."""
        await self._watch.until(draft_id, lambda view: view.activity is not Activity.SENDING, patience=20.0)

    async def _start_order(
        self, customers: list[Customer], *, walk_in_probability: float = WALK_IN_PROBABILITY
    ) -> str:
        async with self._start_lock:
            served = {view.customer.user_id for view in self._orders.open_orders if view.customer}
            free = [customer for customer in customers if customer.user_id not in served]
            walk_in = not free or self._random.random() < walk_in_probability
            draft_id = await self._orders.start_order(None if walk_in else self._random.choice(free))
            self._log.write_begun(draft_id)
            return draft_id

    async def _request_placement(self, draft_id: str) -> None:
        """Quote the total on the screen and request placement, unless the screen shows a conflict.

        A rejected address is not checked here: the console must stop that order by itself.
        """
        view = self._orders.view(draft_id)
        if open_conflicts(view) - {Aspect.ADDRESS}:
            return
        quoted_total = _total(view)
        self._log.write_quoted(draft_id, quoted_total)
        try:
            await self._orders.place(draft_id, quoted_total, view)
        except ServiceError:
            # A person would press another key, and the screen would show the order as it is saved.
            self._rename_order(draft_id)
            await asyncio.sleep(0.2)
            return
        self._log.write_requested(draft_id)
        self._report(f"requested {draft_id}")

    async def _enter_checkout(self, draft_id: str) -> None:
        """Enter the checkout step by step, at times once the platform can offer its slots and payments."""
        if self._random.random() < OFFERS_PROBABILITY:
            await self._watch.until(draft_id, lambda view: view.totals is not None, patience=2.0)
        for checkout in await self._checkouts.checkouts(self._orders.view(draft_id)):
            self._orders.change(draft_id, SetCheckout(checkout))
            await (
                self._think()
                if self._random.random() < IMMEDIATE_PROBABILITY
                else asyncio.sleep(LONGER_PAUSE)
            )

    def _rename_order(self, draft_id: str) -> None:
        try:
            self._orders.change(draft_id, NameOrder(f"again {self._random.randint(0, 999)}"))
        except EditError:
            return

    def _change_something(self, draft_id: str) -> None:
        line = self._random.choice(self._orders.view(draft_id).draft.lines)
        roll = self._random.random()
        if roll < 0.5:
            self._orders.change(draft_id, SetQuantity(line.line_id, self._random.randint(1, 6)))
        elif roll < 0.75:
            self._orders.change(draft_id, ReplaceItem(line.line_id, self._items.item(self._random)))
        else:
            self._orders.change(draft_id, AddLine(self._random_line()))
            self._orders.change(draft_id, RemoveLine(line.line_id))

    def _random_line(self) -> DraftLine:
        quantity = self._random.choice((1, 1, 1, 2, 3))
        return DraftLine(self._orders.new_line_id(), self._items.item(self._random), quantity)

    async def _think(self) -> None:
        await asyncio.sleep(self._random.uniform(0.0, MAX_THINKING_SECONDS))


def _total(view: OrderView) -> Decimal:
    """Return the platform's total if its cart matches the order, and the estimate if not."""
    if (
        view.totals is not None
        and all(fact.state in IN_CART_STATES for fact in view.comparisons)
        and all(line.free or line.resolution is Resolution.KEEP for line in view.unexpected)
    ):
        return view.totals.total
    return view.estimate
