"""The history's service: past orders found, shown, followed and cancelled.

Called by the orders screens and before an order is repeated. What the platform said is kept while the
console runs, and not on this machine.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.api.orders.models import WireOrder
from console.api.orders.requests import Cancellation, CancelReason, DateType, HistorySearch, OrderSearch
from console.audit import AuditRecorder
from console.desk.changes import ConnectionState, Trouble
from console.desk.customers import FEWEST_DIGITS, FEWEST_MOBILE_DIGITS
from console.desk.past_orders import past_order, state
from console.desk.variants import VariantsDesk
from console.desk.words import asking
from console.ordering.customer import Customer, Operator, phone_digits
from console.ordering.money import Currency
from console.ordering.past_orders import PastOrder
from console.ordering.stores import Location
from console.sync.clock import Clock
from console.sync.connection.monitor import ConnectionMonitor

FOLLOW_SECONDS = 10.0
"""Between two looks at an order that is shown; nobody's kitchen is faster."""
MOST = 200
"""More rows than anybody reads; a longer list should be searched."""
MOST_CUSTOMERS = 5
"""Of how many customers the names are looked up for one search."""
LONGEST_NUMBER = 15

REASONS = {
    CancelReason.CUSTOMER_REQUEST: "The customer wishes it",
    CancelReason.PLACED_BY_MISTAKE: "Placed by mistake",
    CancelReason.ITEM_NOT_AVAILABLE: "An item is not available",
    CancelReason.NOT_IN_DELIVERY_AREA: "Not in the delivery area",
    CancelReason.INCORRECT_CONTACT: "Contact details are wrong",
    CancelReason.BELOW_MINIMUM: "Below the minimum of a delivery",
    CancelReason.NOT_DELIVERED: "Could not be delivered",
    CancelReason.DELIVERY_TOO_SLOW: "Delivery takes too long",
    CancelReason.EXTRA_QUANTITY: "Too many ordered by mistake",
    CancelReason.CHANGE_ADDRESS: "Another address is wanted",
    CancelReason.CHANGE_PAYMENT: "Another way to pay is wanted",
    CancelReason.PAYMENT_NOT_RECEIVED: "The payment did not arrive",
    CancelReason.COST_TOO_HIGH: "Cheaper elsewhere",
    CancelReason.SHIPPING_TOO_HIGH: "Delivery costs too much",
    CancelReason.BOUGHT_ELSEWHERE: "Bought elsewhere",
    CancelReason.ACKNOWLEDGED_TOO_LATE: "Acknowledged too late",
    CancelReason.TAKEN_TOO_LATE: "Taken up too late",
    CancelReason.QUANTITY_MISMATCH: "Quantities do not match",
    CancelReason.NOT_ALLOCATED: "No store took it",
}
"""The documented reasons, the usual ones first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an order is cancelled: the documented code, and words for the operator."""

    code: str
    words: str


class HistoryDesk:
    """Past orders, as the platform has them."""

    def __init__(
        self,
        *,
        api: ApiClient,
        link: ConnectionMonitor,
        variants: VariantsDesk,
        operator: Operator,
        here: Location,
        currency: Currency,
        timer: Clock,
        note: AuditRecorder,
    ) -> None:
        self._api = api
        self._link = link
        self._variants = variants
        self._operator = operator
        self._here = here
        self._currency = currency
        self._timer = timer
        self._note = note

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why an order may be cancelled."""
        return tuple(Reason(code.value, words) for code, words in REASONS.items())

    async def of_customer(self, customer: Customer) -> tuple[PastOrder, ...]:
        """A customer's orders, the latest first (Get Order History).

        Raises:
            Trouble: the platform is not there, or refused. So for every method below.
        """
        if not customer.has_account:
            # An empty search would find everybody's.
            return ()
        with asking(self._link):
            found = await self._api.orders.history(HistorySearch(user_id=customer.user_id))
        return self._shown(found)

    async def of_day(self) -> tuple[PastOrder, ...]:
        """This store's orders of today, the latest first.

        Days are counted differently from platform to platform: asked for is a day more at both ends.
        """
        midnight = datetime.fromtimestamp(self._timer.now()).astimezone().replace(hour=0, minute=0, second=0)
        first, last = (midnight - timedelta(days=1)).date(), (midnight + timedelta(days=1)).date()
        search = OrderSearch(date_type=DateType.ORDERED, first_day=first, last_day=last, record_to=MOST)
        history = HistorySearch(
            ordered_from=datetime.combine(first, time.min),
            ordered_until=datetime.combine(last, time.max),
            location_id=str(self._here.location_id),
        )
        with asking(self._link):
            found = await self._api.orders.search(search)
            named = await self._api.orders.history(history)
        mine = [
            record
            for record in found
            if record.location_id in (0, self._here.location_id) and _since(record, midnight)
        ]
        return self._shown(_with_names(mine, named))

    async def search(self, text: str) -> tuple[PastOrder, ...]:
        """Orders by number or its beginning, by phone number, or by a customer's first or last name."""
        digits = phone_digits(text)
        if digits:
            return await self._by_digits(digits)
        words = text.split()
        if not words:
            return ()
        whole = OrderSearch(first_name=words[0], last_name=" ".join(words[1:]), record_to=MOST)
        searches = [whole] if len(words) > 1 else [whole, OrderSearch(last_name=words[0], record_to=MOST)]
        with asking(self._link):
            found = [record for search in searches for record in await self._api.orders.search(search)]
            return self._shown(await self._named(found))

    async def order(self, number: int) -> PastOrder:
        """Everything about an order, its lines among it (Get Order Information V2)."""
        with asking(self._link):
            record = await self._api.orders.information(order_id=number)
            await self._variants.learn((line.product_id, line.variant_id) for line in record.lines)
        return self._past(record)

    async def following(self, order: PastOrder) -> PastOrder:
        """The order once it is not what it was; asked for while it is shown and the line is there.

        Raises:
            asyncio.CancelledError: nobody looks at it any more; this is the only other end.
        """
        while True:
            await self._timer.sleep(FOLLOW_SECONDS)
            if self._link.state is ConnectionState.OFFLINE:
                continue
            try:
                now = await self.refreshed(order)
            except Trouble:
                # The screen says already that the line is down; the next look tells the rest.
                continue
            if now != order:
                return now

    async def refreshed(self, order: PastOrder) -> PastOrder:
        """The order with how far it has come by now (Get Order Status)."""
        with asking(self._link):
            progress = await self._api.orders.status(order_id=order.number)
        return replace(order, state=state(progress.status, progress.sub_status, order.mode))

    async def cancel(self, order: PastOrder, reason: Reason) -> PastOrder:
        """Cancel an order as a whole, and read what it is then."""
        ordered_at = order.ordered_at or datetime.fromtimestamp(self._timer.now()).astimezone()
        cancellation = Cancellation(
            reason=CancelReason(reason.code),
            ordered_at=ordered_at,
            comment=reason.words,
            operator_id=self._operator.operator_id,
        )
        with asking(self._link):
            await self._api.orders.cancel(order_id=order.number, cancellation=cancellation)
        self._note("order cancelled", number=order.number, reason=reason.code)
        return await self.order(order.number)

    async def latest(self, customer: Customer) -> PastOrder | None:
        """The customer's last order with its lines, ``None`` where there is none."""
        orders = await self.of_customer(customer)
        return await self.order(orders[0].number) if orders else None

    async def _by_digits(self, digits: str) -> tuple[PastOrder, ...]:
        found: list[WireOrder] = []
        if len(digits) < FEWEST_DIGITS:
            return ()
        with asking(self._link):
            if len(digits) <= LONGEST_NUMBER:
                found += await self._api.orders.history(HistorySearch(order_id=digits))
            if len(digits) >= FEWEST_MOBILE_DIGITS:
                found += await self._named(
                    await self._api.orders.search(OrderSearch(mobile=digits, record_to=MOST))
                )
        return self._shown(found)

    async def _named(self, found: Iterable[WireOrder]) -> list[WireOrder]:
        """The orders with who ordered them, which a search does not tell."""
        found = list(found)
        users = list(dict.fromkeys(record.user_id for record in found if record.user_id))[:MOST_CUSTOMERS]
        asked = [self._api.orders.history(HistorySearch(user_id=user)) for user in users]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        named = [record for answer in answers if not isinstance(answer, BaseException) for record in answer]
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, PlatformError):
                raise answer
        return _with_names(found, named)

    def _shown(self, found: Iterable[WireOrder]) -> tuple[PastOrder, ...]:
        once = {record.order_id: record for record in found}
        return tuple(self._past(once[number]) for number in sorted(once, reverse=True)[:MOST])

    def _past(self, record: WireOrder) -> PastOrder:
        return past_order(record, self._currency, self._timer.now(), self._variants.known)


def _since(record: WireOrder, midnight: datetime) -> bool:
    """Whether an order is of today; one without a readable moment is shown rather than hidden."""
    at = record.ordered_at
    return not isinstance(at, datetime) or at.tzinfo is None or at >= midnight


def _with_names(found: Iterable[WireOrder], named: Iterable[WireOrder]) -> list[WireOrder]:
    """What a search tells, with the people and the way of delivery out of the history."""
    people = {record.order_id: record for record in named}
    known = ("first_name", "last_name", "email", "mobile", "delivery", "ship_street", "ship_city", "ship_pin")
    return [
        record.model_copy(update={name: getattr(people[record.order_id], name) for name in known})
        if record.order_id in people
        else record
        for record in found
    ]
