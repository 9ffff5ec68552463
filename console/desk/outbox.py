"""Placing at the desk: the wish to place an order, taking it back, deciding, and adopting another's order.

Used by the orders' service, which holds the open orders; what is sent is the engine's business.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

from console.audit import AuditRecorder
from console.desk.changes import Trouble
from console.desk.open_order import OpenOrder
from console.desk.values import OrderView, WaitingOrder
from console.desk.words import remembering
from console.ordering.customer import Customer, Operator
from console.ordering.money import Currency
from console.ordering.pricing.estimate import estimate_draft
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


class OutboxDesk:
    """What an operator does about orders that are to be placed."""

    def __init__(
        self,
        *,
        drafts: DraftStore,
        outbox: PlacementStore,
        engine: Engine,
        profile: str,
        operator: Operator,
        owner: str,
        currency: Currency,
        timer: Clock,
        note: AuditRecorder,
    ) -> None:
        """``owner`` names this console among those on this machine."""
        self._drafts = drafts
        self._outbox = outbox
        self._engine = engine
        self._profile = profile
        self._operator = operator
        self._owner = owner
        self._currency = currency
        self._timer = timer
        self._note = note

    async def place(self, order: OpenOrder, told: Decimal, shown: OrderView | None = None) -> None:
        """Keep the wish to place it at the total the customer was told, and let it be sent.

        ``shown`` is the order as the operator saw it, where that may not be as it is now: what differs by
        now was not seen, and needs a word of its own.

        Raises:
            Trouble: it lacks something or is not saved.
            DraftError: another console has changed, placed or closed it.
        """
        draft_id, draft = order.header.draft_id, order.draft
        if why := order.damage or order.trouble or missing_for_placement(draft):
            raise Trouble(why)
        facts = self._engine.compare(draft_id, draft)
        is_as_shown = shown is None or (
            (shown.facts, shown.strange, shown.refused) == (facts.lines, facts.unexpected, facts.rejected)
        )
        wish = PlacementRequest(
            told,
            self._timer.now(),
            len(draft.edits),
            accepted_differences_digest=differences_digest(facts) if is_as_shown else "",
        )
        with remembering():
            await self._outbox.request_placement(draft_id, wish)
        self._note("order to be placed", order=draft_id, told=told)
        self._engine.place(draft_id, wish)

    async def withdraw(self, order: OpenOrder) -> None:
        """Take the wish to place it back.

        Raises:
            Trouble: it is on its way already.
        """
        draft_id = order.header.draft_id
        with _telling():
            await self._outbox.withdraw(draft_id)
        self._note("order not to be placed", order=draft_id)
        self._engine.place(draft_id, None)

    def decide(self, order: OpenOrder, decision: Decision) -> None:
        """Say what became of an order that the platform could not be made to tell of.

        Raises:
            Trouble: nobody asked.
        """
        if not order.status.placement.needs_decision:
            raise Trouble("There is nothing to decide about that order.")
        words = {ConfirmOrder: "it is an order", Retry: "it was not placed", Abandon: "left undecided"}
        number = decision.order_id if isinstance(decision, ConfirmOrder) else None
        self._note("order decided", order=order.header.draft_id, said=words[type(decision)], number=number)
        self._engine.decide(order.header.draft_id, decision)

    def placed(self, order: OpenOrder) -> None:
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

    async def adoptable(self) -> tuple[WaitingOrder, ...]:
        """The other operators' orders on this machine that are not placed, the oldest first.

        Raises:
            Trouble: they cannot be read.
        """
        if not self.may_adopt:
            return ()
        with _telling():
            kept = await self._drafts.open_drafts(self._profile)
        others = [s for s in reversed(kept) if s.header.operator_id != self._operator.operator_id]
        return tuple(self._waiting(stored) for stored in others if not stored.draft.is_empty)

    async def adopt(self, draft_id: str) -> StoredDraft:
        """Bind another operator's order to this one, on record, and hand it over to be gone on with.

        Raises:
            Trouble: the role does not allow it, or a console that is running has the order.
        """
        if not self.may_adopt:
            raise Trouble("Your role does not let you go on with another operator's orders.")
        with _telling():
            before = await self._drafts.load(draft_id)
            lease = await self._outbox.adopt(
                draft_id, self._operator, owner=self._owner, now=self._timer.now()
            )
            await self._drafts.release(lease)
            adopted = await self._drafts.load(draft_id)
        self._note("order adopted", order=draft_id, from_operator=before.header.operator_id)
        return adopted

    async def give(self, order: OpenOrder, customer: Customer | None) -> None:
        """Let an order be another customer's, or a walk-in's, whose own has no account yet.

        Raises:
            Trouble: the customer has an account by now, or another console has the order.
        """
        draft_id = order.header.draft_id
        with _telling():
            await self._drafts.reassign(draft_id, customer, self._owner, now=self._timer.now())
        order.header = replace(order.header, customer=customer)
        self._note("order given", order=draft_id, customer=customer.user_id if customer else None)
        self._engine.reassign(draft_id, customer)

    def _waiting(self, stored: StoredDraft) -> WaitingOrder:
        customer = stored.header.customer
        return WaitingOrder(
            draft_id=stored.header.draft_id,
            operator=stored.header.operator_name,
            who=customer.name if customer else "Walk-in",
            created_at=stored.header.created_at,
            lines=len(stored.draft.lines),
            total=stored.placement_request.quoted_total
            if stored.placement_request
            else estimate_draft(stored.draft, self._currency).total,
        )


@contextmanager
def _telling() -> Generator[None]:
    """Around what this machine keeps: its sentence is the operator's."""
    try:
        yield
    except LocalError as error:
        raise Trouble(error.message) from error
