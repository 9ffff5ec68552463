"""The work on one order: its current state, its lease, and how its latest tries went."""

import asyncio
from dataclasses import dataclass, field, replace

from console.ordering.draft import Draft
from console.ordering.money import Currency
from console.ordering.placed.purchased_order import PurchasedOrder
from console.storage.drafts.draft_store import Lease, StoredDraft
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.differences import CartComparison, compare
from console.sync.cart.observed_cart import ObservedCart
from console.sync.cart.sync_state import SyncState
from console.sync.order_state import OrderState
from console.sync.placement.purchase import purchase_from_cart
from console.sync.placement.state import Decision, Placement
from console.sync.problems import Problem
from console.sync.status import Activity


@dataclass(slots=True)
class OrderTask:
    """An order under way. Only ``state`` is stored; the rest lives as long as this process.

    ``not_before`` is the earliest next try, in Unix seconds. ``last_uncertain_write`` is the last moment, by
    the monotonic clock, at which a write without a response can have been sent. ``request_known_since`` is
    when this process took the request to place over, by the same clock. ``account_error`` says why a
    customer entered offline has no account, ``None`` while that is not known. ``retries_rejected`` asks to
    send once more what the platform rejected. ``activity`` and ``problem`` are the latest reported.
    """

    state: OrderState
    last_uncertain_write: float = 0.0
    request_known_since: float = 0.0
    lease: Lease | None = None
    failures: int = 0
    expired_sessions: int = 0
    not_before: float = 0.0
    decision: Decision | None = None
    retries_rejected: bool = False
    account_error: Problem | None = None
    activity: Activity = Activity.IDLE
    problem: Problem | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    runner: asyncio.Task[None] | None = None
    _compared: tuple[Draft, SyncState, CartComparison] | None = None
    _purchased: tuple[Draft, ObservedCart, PurchasedOrder] | None = None

    @property
    def draft_id(self) -> str:
        """The draft's id."""
        return self.state.draft_id

    def set_draft(self, draft: Draft) -> None:
        """Take over a newer draft."""
        self.state = replace(self.state, draft=draft)

    def set_sync(self, sync: SyncState) -> None:
        """Take over what is known of the cart."""
        self.state = replace(self.state, sync=sync)

    def set_placement(self, placement: Placement) -> None:
        """Take over what is known of placing it."""
        self.state = replace(self.state, placement=placement)

    def set_placement_request(self, request: PlacementRequest | None, *, known_since: float) -> None:
        """Take over the operator's request to place it, or its withdrawal."""
        self.state = replace(self.state, placement_request=request)
        self.request_known_since = known_since

    def reload(self, stored: StoredDraft, *, now: float) -> None:
        """Reload the state from storage; keep the in-memory draft, which may be newer.

        ``now`` is by the monotonic clock.
        """
        request = self.state.placement_request
        self.state, self.account_error = self.state.reloaded(stored), None
        if self.state.placement_request != request:
            self.request_known_since = now

    def compare(self, draft: Draft, currency: Currency) -> CartComparison:
        """Compare a draft of this order with its cart.

        Cached for one draft and one state, both immutable: every header counts the lines of all orders.
        """
        sync = self.state.sync
        if self._compared is None or self._compared[0] is not draft or self._compared[1] is not sync:
            comparison = compare(draft, sync.cart, sync.ledger, currency, sync.checkout_ledger)
            self._compared = (draft, sync, comparison)
        return self._compared[2]

    def purchase(self, draft: Draft, currency: Currency) -> PurchasedOrder | None:
        """What the cart would buy, ``None`` unless it was seen to be as this draft wants it.

        A write without a response may still change it.
        """
        cart, ledger = self.state.sync.cart, self.state.sync.ledger
        is_changing = bool(ledger.pending_adds or ledger.pending_removals)
        if cart is None or is_changing or not self.compare(draft, currency).in_sync:
            return None
        if self._purchased is None or self._purchased[0] is not draft or self._purchased[1] is not cart:
            self._purchased = (draft, cart, purchase_from_cart(cart, draft))
        return self._purchased[2]
