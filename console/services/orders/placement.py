"""Requests to place an order, and what can be done about one: withdraw, resolve, adopt, reassign."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

from console.ordering.customer import Customer, Operator
from console.ordering.pricing.estimate import estimate_draft
from console.services.error_mapping import storage_errors
from console.services.events import ServiceError
from console.services.orders.open_order import OpenOrder
from console.services.orders.open_orders import OpenOrders
from console.services.orders.problem_texts import problem_text
from console.services.session_context import SessionContext
from console.services.views import AdoptableOrder, OrderView
from console.storage.drafts.draft_store import StoredDraft
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.errors import LocalError
from console.sync.engine import Engine
from console.sync.placement.preconditions import missing_for_placement
from console.sync.placement.state import Abandon, ConfirmOrder, Decision, Retry
from console.sync.status import PlacementStatus

ADOPTING_ROLES = frozenset({"order manager"})
"""Roles that may take over other operators' orders: the platform's names, case-folded."""


class PlacementService:
    """Queues, withdraws, resolves and takes over orders; the engine sends them."""

    def __init__(
        self, context: SessionContext, operator: Operator, open_orders: OpenOrders, engine: Engine
    ) -> None:
        self._drafts = context.storage.drafts
        self._placements = context.storage.placements
        self._profile = context.profile.name
        self._owner = context.owner
        self._currency = context.currency
        self._clock = context.clock
        self._audit = context.audit
        self._operator = operator
        self._open_orders = open_orders
        self._engine = engine

    async def place(
        self, order: OpenOrder, quoted_total: Decimal, shown_view: OrderView | None = None
    ) -> None:
        """Save the request to place an order at the quoted total, and let the engine send it.

        A difference that the operator has not decided by then stops it. ``shown_view`` is the order as the
        operator saw it, by default as it is now: the delivery fee in the total is its.

        Raises:
            ServiceError: the order lacks something or is not saved.
            DraftError: another console has changed, placed or closed it.
        """
        draft_id, draft = order.header.draft_id, order.draft
        missing = problem_text(missing_for_placement(draft), self._currency)
        if blocker := order.corruption or order.save_error or missing:
            raise ServiceError(blocker)
        request = PlacementRequest(
            quoted_total,
            self._clock.now(),
            len(draft.edits),
            quoted_delivery=_quoted_delivery(shown_view or self._open_orders.view(draft_id)),
        )
        with storage_errors():
            await self._placements.request_placement(draft_id, request)
        self._audit(
            "placing requested", order=draft_id, quoted=quoted_total, delivery=request.quoted_delivery
        )
        self._engine.place(draft_id, request)

    async def withdraw(self, draft_id: str) -> None:
        """Withdraw the request to place an order that was not sent yet.

        Raises:
            ServiceError: it is in flight already.
        """
        with _draft_errors():
            await self._placements.withdraw(draft_id)
        self._audit("placing withdrawn", order=draft_id)
        self._engine.place(draft_id, None)

    def decide(self, draft_id: str, decision: Decision) -> None:
        """Resolve an order whose outcome the platform could not prove.

        Raises:
            ServiceError: the order needs no decision.
        """
        if not self._open_orders[draft_id].status.placement.needs_decision:
            raise ServiceError("This order needs no decision.")
        decision_texts = {
            ConfirmOrder: "it is an order",
            Retry: "it was not placed",
            Abandon: "left undecided",
        }
        number = decision.order_id if isinstance(decision, ConfirmOrder) else None
        self._audit("order decided", order=draft_id, decision=decision_texts[type(decision)], number=number)
        self._engine.decide(draft_id, decision)

    def record_placed(self, order: OpenOrder) -> None:
        """Add a placed order, with its number, to the audit trail."""
        placement = order.status.placement
        if placement.state is PlacementStatus.PLACED:
            self._audit(
                "order placed",
                order=order.header.draft_id,
                number=placement.order_id,
                quoted=placement.quoted_total,
            )

    @property
    def may_adopt(self) -> bool:
        """Return True if this operator's role allows taking over others' orders."""
        return any(role.casefold() in ADOPTING_ROLES for role in self._operator.roles)

    async def adoptable_orders(self) -> tuple[AdoptableOrder, ...]:
        """Read the other operators' unplaced orders, the oldest first; none where the role forbids it.

        Raises:
            ServiceError: they cannot be read.
        """
        if not self.may_adopt:
            return ()
        with _draft_errors():
            stored_drafts = await self._drafts.open_drafts(self._profile)
        other_drafts = [
            s for s in reversed(stored_drafts) if s.header.operator_id != self._operator.operator_id
        ]
        return tuple(self._adoptable_order(stored) for stored in other_drafts if not stored.draft.is_empty)

    async def adopt(self, draft_id: str) -> StoredDraft:
        """Take over another operator's order, on record, and return it.

        Raises:
            ServiceError: the role does not allow it, or a running console has the order.
        """
        if not self.may_adopt:
            raise ServiceError("Your role does not allow taking over others' orders.")
        with _draft_errors():
            before = await self._drafts.load(draft_id)
            lease = await self._placements.adopt(
                draft_id, self._operator, owner=self._owner, now=self._clock.now()
            )
            await self._drafts.release(lease)
            adopted = await self._drafts.load(draft_id)
        self._audit("order adopted", order=draft_id, from_operator=before.header.operator_id)
        return adopted

    async def reassign(self, order: OpenOrder, customer: Customer | None) -> None:
        """Reassign an order whose customer has no account yet; None makes it a walk-in's.

        Raises:
            ServiceError: the customer has an account by now, or another console has the order.
        """
        draft_id = order.header.draft_id
        with _draft_errors():
            await self._drafts.reassign(draft_id, customer, self._owner, now=self._clock.now())
        order.header = replace(order.header, customer=customer)
        self._audit("order reassigned", order=draft_id, customer=customer.user_id if customer else None)
        self._engine.reassign(draft_id, customer)

    def _adoptable_order(self, stored: StoredDraft) -> AdoptableOrder:
        customer = stored.header.customer
        return AdoptableOrder(
            draft_id=stored.header.draft_id,
            operator=stored.header.operator_name,
            customer_name=customer.name if customer else "Walk-in",
            created_at=stored.header.created_at,
            lines=len(stored.draft.lines),
            total=stored.placement_request.quoted_total
            if stored.placement_request
            else estimate_draft(stored.draft, self._currency).total,
        )


def _quoted_delivery(view: OrderView) -> Decimal | None:
    """The delivery fee in a total that was read off this view, ``None`` for "plus delivery".

    An order that waits for the operator was quoted once; it is quoted anew with the platform's fee.
    """
    is_stopped = view.placement.state is PlacementStatus.NEEDS_ATTENTION and not view.pending_lines
    if view.totals is not None and (view.is_confirmed or is_stopped):
        return view.totals.shipping
    return view.estimated_delivery


@contextmanager
def _draft_errors() -> Generator[None]:
    """Turn what storage refuses into a ServiceError with the same message."""
    try:
        yield
    except LocalError as error:
        raise ServiceError(error.message) from error
