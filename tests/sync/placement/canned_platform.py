"""A platform of canned orders and errors for the placer and the look-up, and a journal that remembers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import cast

from pydantic import SecretStr

from console.api.carts.checkout_requests import OrderAttribute
from console.api.client import ApiClient
from console.api.orders.models import PlacedOrder, WireOrder, WireOrderLine
from console.api.orders.requests import HistorySearch, WirePayment
from console.api.transport.records import Records
from console.ordering.checkout import DeliveryMode
from console.ordering.money import Currency
from console.storage.drafts.draft_store import DraftHeader
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import OtherDraft
from console.sync.connection.platform_clock import PlatformClock
from console.sync.context import SyncContext
from console.sync.placement.placer import Placer
from console.sync.placement.state import FulfilmentTerms, Placement, PlacementStage, PurchasedLine
from console.sync.platform_rules import PlatformRules, ReferenceAttribute
from tests.sync.virtual_time import NOON, VirtualClock

HEADER = DraftHeader("D1", "Shop", "op-1", "Ravi", 27299, None, NOON, "")
REFERENCE = ReferenceAttribute(77, "ConsoleReference")
BREAD = PurchasedLine(13047603, 0, 2)
SENT = Placement(
    stage=PlacementStage.SENT,
    reference="D1",
    quoted_total=Decimal("1.500"),
    total=Decimal("1.500"),
    lines=(BREAD,),
    user_id="u-1",
    sent_at=NOON,
    prior_order_ids=(70,),
    payment_kind="COD",
    terms=FulfilmentTerms(DeliveryMode.PICKUP, cash_on_delivery=True),
)


def order(order_id: int, *, total: str = "1.5", quantity: int = 2, **more: object) -> WireOrder:
    """An order of garlic bread as Get Order Information shows it."""
    line = {"OrderLineId": 1, "ProductId": BREAD.product_id, "Quantity": quantity}
    return WireOrder.model_validate(
        {"OrderId": order_id, "TotalAmount": total, "OrderLineId": [line], **more}
    )


def referring(order_id: int, value: str = "D1", **attribute: object) -> WireOrder:
    """An order with our reference, or with another attribute or value."""
    named = attribute or {"AttributeName": REFERENCE.name}
    return order(
        order_id, OrderAttributes=[{"AttributeName": "GiftWrap", "Value": "D1"}, {**named, "Value": value}]
    )


@dataclass
class CannedOrders:
    """The order resource. An exception in place of a response is raised."""

    orders: list[WireOrder] = field(default_factory=list)
    history_error: Exception | None = None
    unreadable: Sequence[WireOrder] = ()
    """Orders of the history of which only the number can be read."""
    by_reference: Sequence[WireOrderLine] | Exception = ()
    """What Get Order Details finds by reference: nothing where references have a field of their own."""
    place_answer: int | Exception = 0
    authorise_answer: Exception | None = None
    searches: list[HistorySearch] = field(default_factory=list)
    read_ids: list[int] = field(default_factory=list)
    placed: list[tuple[str, WirePayment]] = field(default_factory=list)
    authorised: list[tuple[int, str, str, date, str]] = field(default_factory=list)
    asked_references: list[str] = field(default_factory=list)

    async def history(self, search: HistorySearch) -> Records[WireOrder]:
        self.searches.append(search)
        if self.history_error:
            raise self.history_error
        return Records(self.orders, ["TotalAmount: odd"] * len(self.unreadable))

    async def history_ids(self, _search: HistorySearch) -> Records[int]:
        return Records(one.order_id for one in (*self.orders, *self.unreadable))

    async def details_by_reference(self, *, reference: str) -> tuple[WireOrderLine, ...]:
        self.asked_references.append(reference)
        if isinstance(self.by_reference, Exception):
            raise self.by_reference
        return tuple(self.by_reference)

    async def information(self, *, order_id: int) -> WireOrder:
        self.read_ids.append(order_id)
        return next(one for one in self.orders if one.order_id == order_id)

    async def place(self, *, token: SecretStr, payment: WirePayment) -> PlacedOrder:
        self.placed.append((token.get_secret_value(), payment))
        if isinstance(self.place_answer, Exception):
            raise self.place_answer
        return PlacedOrder(order_id=self.place_answer)

    async def authorise(
        self, *, order_id: int, payment_type: str, gateway_response: SecretStr, day: date, comment: str
    ) -> None:
        self.authorised.append((order_id, payment_type, gateway_response.get_secret_value(), day, comment))
        if self.authorise_answer:
            raise self.authorise_answer


@dataclass
class CannedCarts:
    """The cart resource, as far as placing needs it."""

    attributes: list[tuple[str, OrderAttribute]] = field(default_factory=list)

    async def add_attributes(self, *, token: SecretStr, attributes: Sequence[OrderAttribute]) -> None:
        self.attributes += [(token.get_secret_value(), attribute) for attribute in attributes]


@dataclass
class CannedApi:
    """Both resources."""

    orders: CannedOrders
    carts: CannedCarts = field(default_factory=CannedCarts)

    def client(self) -> ApiClient:
        return cast("ApiClient", self)


@dataclass
class MemoryJournal:
    """Remembers each record in the order of writing."""

    others: list[OtherDraft] = field(default_factory=list)
    marked: list[tuple[PlacementRequest, Placement]] = field(default_factory=list)
    saved: list[tuple[Placement, bool]] = field(default_factory=list)
    closed: list[Placement] = field(default_factory=list)

    async def mark_in_flight(self, placement_request: PlacementRequest, placement: Placement) -> None:
        self.marked.append((placement_request, placement))

    async def save(self, placement: Placement, *, in_flight: bool) -> None:
        self.saved.append((placement, in_flight))

    async def close(self, placement: Placement) -> None:
        self.closed.append(placement)

    async def other_drafts(self) -> list[OtherDraft]:
        return self.others


class CannedClock:
    """A platform's clock that stands at noon."""

    async def now(self) -> float:
        return NOON


@dataclass
class Counter:
    """A placer over a canned platform."""

    platform: CannedOrders = field(default_factory=CannedOrders)
    reference: ReferenceAttribute | None = None
    sole_console: bool = False
    journal: MemoryJournal = field(default_factory=MemoryJournal)
    points: list[str] = field(default_factory=list)
    carts: CannedCarts = field(default_factory=CannedCarts)

    @property
    def rules(self) -> PlatformRules:
        return PlatformRules(Currency("KWD"), reference=self.reference, sole_console=self.sole_console)

    @property
    def placer(self) -> Placer:
        api = CannedApi(self.platform, self.carts).client()
        context = SyncContext(api, self.rules, VirtualClock(), Random(1), self.points.append)
        return Placer(context, cast("PlatformClock", CannedClock()), HEADER, self.journal)
