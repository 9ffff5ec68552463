"""Placing at the desk: the wish to place an order, taking it back, deciding, and adopting another's order.

Used by the orders' service, which holds the open orders; what is sent is the engine's business.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

from console.audit import AuditRecorder
from console.ordering.customer import Customer, Operator
from console.ordering.money import Currency
from console.ordering.pricing.estimate import estimate_draft
from console.services.error_mapping import storage_errors
from console.services.events import ServiceError
from console.services.orders.open_order import OpenOrder
from console.services.orders.problem_texts import problem_text
from console.services.views import AdoptableOrder, OrderView
from console.storage.drafts.draft_store import DraftStore, StoredDraft
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PlacementStore
from console.storage.errors import LocalError
from console.sync.clock import Clock
from console.sync.engine import Engine
from console.sync.placement.preconditions import differences_digest, missing_for_placement
from console.sync.placement.state import Abandon, ConfirmOrder, Decision, Retry
from console.sync.status import PlacementStatus

ADOPTING_ROLES = frozenset({"order manager"})
"""Who may go on with another operator's orders, by the platform's names of roles, case folded."""


class PlacementService:
    """What an operator does about orders that are to be placed."""

    def __init__(
        self,
        *,
        drafts: DraftStore,
        placements: PlacementStore,
        engine: Engine,
        profile: str,
        operator: Operator,
        owner: str,
        currency: Currency,
        clock: Clock,
        note: AuditRecorder,
    ) -> None:
        """``owner`` names this console among those on this machine."""
        self._drafts = drafts
        self._placements = placements
        self._engine = engine
        self._profile = profile
        self._operator = operator
        self._owner = owner
        self._currency = currency
        self._clock = clock
        self._note = note

    async def place(
        self, order: OpenOrder, quoted_total: Decimal, shown_view: OrderView | None = None
    ) -> None:
        """Keep the wish to place it at the total the customer was told, and let it be sent.

        ``shown_view`` is the order as the operator saw it, where that may not be as it is now: what differs by
        now was not seen, and needs a word of its own.

        Raises:
            ServiceError: it lacks something or is not saved.
            DraftError: another console has changed, placed or closed it.
        """
        draft_id, draft = order.header.draft_id, order.draft
        missing = problem_text(missing_for_placement(draft), self._currency)
        if blocker := order.corruption or order.save_error or missing:
            raise ServiceError(blocker)
        comparison = self._engine.compare(draft_id, draft)
        is_as_shown = shown_view is None or (
            (shown_view.comparisons, shown_view.unexpected, shown_view.rejected)
            == (comparison.lines, comparison.unexpected, comparison.rejected)
        )
        request = PlacementRequest(
            quoted_total,
            self._clock.now(),
            len(draft.edits),
            accepted_differences_digest=differences_digest(comparison) if is_as_shown else "",
        )
        with storage_errors():
            await self._placements.request_placement(draft_id, request)
        self._note("order to be placed", order=draft_id, told=quoted_total)
        self._engine.place(draft_id, request)

    async def withdraw(self, order: OpenOrder) -> None:
        """Take the wish to place it back.

        Raises:
            ServiceError: it is on its way already.
        """
        draft_id = order.header.draft_id
        with _draft_errors():
            await self._placements.withdraw(draft_id)
        self._note("order not to be placed", order=draft_id)
        self._engine.place(draft_id, None)

    def decide(self, order: OpenOrder, decision: Decision) -> None:
        """Say what became of an order that the platform could not be made to tell of.

        Raises:
            ServiceError: nobody asked.
        """
        if not order.status.placement.needs_decision:
            raise ServiceError("There is nothing to decide about that order.")
        decision_texts = {
            ConfirmOrder: "it is an order",
            Retry: "it was not placed",
            Abandon: "left undecided",
        }
        number = decision.order_id if isinstance(decision, ConfirmOrder) else None
        self._note(
            "order decided", order=order.header.draft_id, said=decision_texts[type(decision)], number=number
        )
        self._engine.decide(order.header.draft_id, decision)

    def record_placed(self, order: OpenOrder) -> None:
        """Put into the audit trail what it became."""
        placing = order.status.placement
        if placing.state is PlacementStatus.PLACED:
            self._note(
                "order placed",
                order=order.header.draft_id,
                number=placing.order_id,
                told=placing.quoted_total,
            )

    @property
    def may_adopt(self) -> bool:
        """Whether this operator's role lets them go on with another's orders."""
        return any(role.casefold() in ADOPTING_ROLES for role in self._operator.roles)

    async def adoptable_orders(self) -> tuple[AdoptableOrder, ...]:
        """The other operators' orders on this machine that are not placed, the oldest first.

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
        """Bind another operator's order to this one, on record, and hand it over to be gone on with.

        Raises:
            ServiceError: the role does not allow it, or a console that is running has the order.
        """
        if not self.may_adopt:
            raise ServiceError("Your role does not let you go on with another operator's orders.")
        with _draft_errors():
            before = await self._drafts.load(draft_id)
            lease = await self._placements.adopt(
                draft_id, self._operator, owner=self._owner, now=self._clock.now()
            )
            await self._drafts.release(lease)
            adopted = await self._drafts.load(draft_id)
        self._note("order adopted", order=draft_id, from_operator=before.header.operator_id)
        return adopted

    async def reassign(self, order: OpenOrder, customer: Customer | None) -> None:
        """Let an order be another customer's, or a walk-in's, whose own has no account yet.

        Raises:
            ServiceError: the customer has an account by now, or another console has the order.
        """
        draft_id = order.header.draft_id
        with _draft_errors():
            await self._drafts.reassign(draft_id, customer, self._owner, now=self._clock.now())
        order.header = replace(order.header, customer=customer)
        self._note("order given", order=draft_id, customer=customer.user_id if customer else None)
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


@contextmanager
def _draft_errors() -> Generator[None]:
    """Around what this machine keeps: its sentence is the operator's."""
    try:
        yield
    except LocalError as error:
        raise ServiceError(error.message) from error
