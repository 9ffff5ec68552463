"""Operators of the simulated store: each takes the planned orders, and decides truthfully."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from console.ordering.customer import Customer
from console.ordering.draft import Edit
from console.storage.errors import LocalError
from console.sync.placement.state import ConfirmOrder, Retry
from console.sync.problems import ProblemCode
from console.sync.status import OrderStatus, PlacementStatus
from tests.sync.counter import Console, draft_contents
from tests.sync.problem_texts import text_of

if TYPE_CHECKING:
    from tests.sync.world import World


@dataclass
class PlannedOrder:
    """An order that an operator will take."""

    draft_id: str
    customer: Customer | None
    starts_at: float
    edits: tuple[Edit, ...]
    places_after: float
    change: Edit | None


class SimulatedOperator:
    """Works at one console: takes the planned orders, and decides truthfully."""

    def __init__(self, world: "World", console: Console) -> None:
        self._world = world
        self._console = console

    async def tick(self) -> bool:
        """Do what is due. Returns True if everything is placed."""
        placed = 0
        for plan in self._world.plans:
            if self._world.time.monotonic() >= plan.starts_at:
                try:
                    placed += await self._advance(plan)
                except LocalError:
                    continue  # the other console was quicker
        return placed == len(self._world.plans)

    async def _advance(self, plan: PlannedOrder) -> bool:
        console = self._console
        known = {stored.header.draft_id for stored in await console.drafts.open_drafts("Shop")}
        if plan.draft_id not in console.current_drafts:
            if plan.draft_id in known:
                await console.resume_order(plan.draft_id)
            elif not await self._is_saved(plan):
                await console.start_order(plan.customer, plan.draft_id)
        stored = await console.drafts.load(plan.draft_id)
        if stored.order_id and plan.draft_id not in known:
            return True
        status = console.status.get(plan.draft_id)
        if plan.draft_id not in console.current_drafts or status is None:
            return False
        if status.placement.state is PlacementStatus.LEASED_ELSEWHERE or (
            status.problem is not None and status.problem.code is ProblemCode.LEASED_ELSEWHERE
        ):
            return False
        done = len(stored.draft.edits)
        if done > len(console.current_drafts[plan.draft_id].edits):
            # The other console changed it; this one takes the stored draft.
            console.current_drafts[plan.draft_id] = stored.draft
            console.engine.update_draft(plan.draft_id, stored.draft)
        if done < len(plan.edits):
            await console.edit(plan.edits[done], draft_id=plan.draft_id)
        elif status.placement.state is PlacementStatus.NEEDS_ATTENTION:
            await self._resolve(plan, status)
        elif (
            stored.placement_request is None
            and self._world.time.monotonic() >= plan.starts_at + plan.places_after
        ):
            await self._place(plan, stored.draft.edits, status)
        return False

    async def _is_saved(self, plan: PlannedOrder) -> bool:
        try:
            await self._console.drafts.load(plan.draft_id)
        except LocalError:
            return False
        return True

    async def _place(self, plan: PlannedOrder, edits: tuple[Edit, ...], status: OrderStatus) -> None:
        if plan.change is not None and len(edits) == len(plan.edits):
            await self._console.edit(plan.change, draft_id=plan.draft_id)
        draft = self._console.current_drafts[plan.draft_id]
        comparison = self._console.engine.compare(plan.draft_id, draft)
        estimate = sum((line.item.unit_price * line.quantity for line in draft.lines), Decimal(0))
        total = comparison.totals.total if comparison.totals and comparison.in_sync else estimate
        await self._console.place(str(total), plan.draft_id)

    async def _resolve(self, plan: PlannedOrder, status: OrderStatus) -> None:
        console, world = self._console, self._world
        if not status.placement.needs_decision:
            world.tally.counts["confirmed again"] += 1
            if status.comparison.in_sync and status.comparison.totals is not None:
                await console.accept_differences(plan.draft_id)
                await self._place(plan, (), status)
            console.engine.try_again()
            return
        world.tally.unresolved.append(text_of(status.placement.problem))
        if world.reference is not None:
            raise AssertionError(f"left to the operator although it has a reference: {status.placement}")
        missing = await self._unclaimed(plan)
        console.engine.decide(plan.draft_id, ConfirmOrder(missing) if missing else Retry())

    async def _unclaimed(self, plan: PlannedOrder) -> int:
        """The number of the order on the platform that truly is this one, 0 for none."""
        other_placements = await self._console.placement_store.other_drafts("Shop", plan.draft_id)
        claimed = {other.order_id for other in other_placements}
        draft = self._console.current_drafts[plan.draft_id]
        for order_id, contents in self._world.placed_orders().items():
            if (
                order_id not in claimed
                and contents == draft_contents(draft)
                and self._belongs_to(order_id, plan)
            ):
                return order_id
        return 0

    def _belongs_to(self, order_id: int, plan: PlannedOrder) -> bool:
        row = self._world.backend.store.row("SELECT user_id FROM placed_order WHERE order_id = ?", order_id)
        user_id = str(row["user_id"]) if row else ""
        if plan.customer is not None and not plan.customer.has_account:
            return [user_id] == self._world.accounts(plan.customer)
        customers = {one.user_id for one in self._world.customers() if one is not None}
        customers |= {
            made for number in range(3) for made in self._world.accounts(customer_without_account(number))
        }
        return user_id == plan.customer.user_id if plan.customer else user_id not in customers


def customer_without_account(number: int) -> Customer:
    """A customer whose account the console still has to create."""
    mobile = f"5999000{number}"
    return Customer("", mobile, "New", mobile=mobile)
