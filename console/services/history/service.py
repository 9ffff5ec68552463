"""Past orders: found, shown, followed and cancelled.

Responses are kept while the console runs, and never saved on this machine.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from console.api.errors import PlatformError
from console.api.orders.models import WireOrder
from console.api.orders.requests import Cancellation, CancelReason, DateType, HistorySearch, OrderSearch
from console.api.transport.records import Records
from console.ordering.customer import Customer, Operator
from console.ordering.phone_number import (
    dialled_digits,
    full_number,
    is_whole_number,
    matches_number,
    search_digits,
)
from console.ordering.placed.past_orders import PastOrder
from console.ordering.stores import Location
from console.services.catalogue.variant_names import VariantNameService
from console.services.error_mapping import platform_errors
from console.services.events import ConnectionState, ServiceError
from console.services.history.mapping import to_past_order
from console.services.orders.platform_records import PlatformRecords
from console.services.people.customers import MIN_DIGITS
from console.services.session_context import SessionContext

POLL_SECONDS = 10.0
"""Seconds between two status requests for an order on the screen."""
MAX_ORDERS = 200
"""Rows of a list: more than anybody reads, who rather searches."""
MAX_NAME_LOOKUPS = 5
"""Customers whose names are looked up for one search."""
MAX_ORDER_NUMBER_DIGITS = 15
SHIP_FIELDS = ("ship_street", "ship_area", "ship_city", "ship_pin")

CANCEL_REASON_TEXTS = {
    CancelReason.CUSTOMER_REQUEST: "Customer request",
    CancelReason.PLACED_BY_MISTAKE: "Placed by mistake",
    CancelReason.ITEM_NOT_AVAILABLE: "An item is not available",
    CancelReason.NOT_IN_DELIVERY_AREA: "Not in the delivery area",
    CancelReason.INCORRECT_CONTACT: "Contact details are wrong",
    CancelReason.BELOW_MINIMUM: "Below the delivery minimum",
    CancelReason.NOT_DELIVERED: "Could not be delivered",
    CancelReason.DELIVERY_TOO_SLOW: "Delivery takes too long",
    CancelReason.EXTRA_QUANTITY: "Too many ordered by mistake",
    CancelReason.CHANGE_ADDRESS: "Change of address",
    CancelReason.CHANGE_PAYMENT: "Change of payment",
    CancelReason.PAYMENT_NOT_RECEIVED: "The payment did not arrive",
    CancelReason.COST_TOO_HIGH: "Cheaper elsewhere",
    CancelReason.SHIPPING_TOO_HIGH: "Delivery costs too much",
    CancelReason.BOUGHT_ELSEWHERE: "Bought elsewhere",
    CancelReason.ACKNOWLEDGED_TOO_LATE: "Acknowledged too late",
    CancelReason.TAKEN_TOO_LATE: "Accepted too late",
    CancelReason.QUANTITY_MISMATCH: "Quantities do not match",
    CancelReason.NOT_ALLOCATED: "No store accepted it",
}
"""The documented reasons, the common ones first."""


@dataclass(frozen=True, slots=True)
class CancelReasonChoice:
    """A documented reason to cancel an order, and its text for the operator."""

    code: str
    text: str


class HistoryService:
    """Past orders, as the platform has them."""

    def __init__(
        self,
        context: SessionContext,
        operator: Operator,
        location: Location,
        variants: VariantNameService,
        platform_records: PlatformRecords,
    ) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._currency = context.currency
        self._clock = context.clock
        self._store_time = context.store_time
        self._audit = context.audit
        self._vocabulary = context.vocabulary
        self._operator = operator
        self._location = location
        self._variants = variants
        self._platform_records = platform_records

    @property
    def cancel_reasons(self) -> tuple[CancelReasonChoice, ...]:
        """The reasons to choose from when an order is cancelled."""
        return tuple(CancelReasonChoice(code.value, words) for code, words in CANCEL_REASON_TEXTS.items())

    async def of_customer(self, customer: Customer) -> Records[PastOrder]:
        """Return a customer's orders, the latest first (Get Order History).

        Raises:
            ServiceError: the platform is unreachable, or refused. So does every method below.
        """
        if not customer.has_account:
            # A search without an id would find everybody's orders.
            return Records()
        with platform_errors(self._monitor):
            found = await self._api.orders.history(HistorySearch(user_id=customer.user_id))
        return _latest_first((self._to_past_order(one, in_history=True) for one in found), found.faults)

    async def of_today(self) -> Records[PastOrder]:
        """Return this store's orders of today, the latest first.

        Platforms count days differently, so the request covers a day more at both ends.
        """
        today = self._store_time.at(self._clock.now()).date()
        first, last = today - timedelta(days=1), today + timedelta(days=1)
        search = OrderSearch(date_type=DateType.ORDERED, first_day=first, last_day=last, record_to=MAX_ORDERS)
        history = HistorySearch(
            ordered_from=datetime.combine(first, time.min),
            ordered_until=datetime.combine(last, time.max),
            location_id=str(self._location.location_id),
        )
        with platform_errors(self._monitor):
            found = await self._api.orders.search(search)
            named = await self._api.orders.history(history)
        store_orders = [
            record
            for record in found
            if record.location_id in (0, self._location.location_id) and self._is_since(record, today)
        ]
        merged = _merge_names(store_orders, named)
        return _latest_first(map(self._to_past_order, merged), found.faults)

    async def search(self, text: str) -> Records[PastOrder]:
        """Find orders by number or its beginning, by phone number, or by a customer's name."""
        if dialled_digits(text):
            return await self._search_digits(text)
        words = text.split()
        if not words:
            return Records()
        # Which of several words are the last name is not to be seen.
        splits = [(" ".join(words[:k]), " ".join(words[k:])) for k in range(1, len(words))]
        names = splits[:MAX_NAME_LOOKUPS] or [(words[0], ""), ("", words[0])]
        searches = [
            OrderSearch(first_name=first, last_name=last, record_to=MAX_ORDERS) for first, last in names
        ]
        with platform_errors(self._monitor):
            results = [await self._api.orders.search(search) for search in searches]
            found = await self._add_customer_names(chain.from_iterable(results))
        return _latest_first(map(self._to_past_order, found), _all_faults(results))

    async def order(self, number: int) -> PastOrder:
        """Fetch an order with its lines (Get Order Information V2)."""
        with platform_errors(self._monitor):
            record = await self._api.orders.information(order_id=number)
            await self._variants.fetch_missing((line.product_id, line.variant_id) for line in record.lines)
        order = self._to_past_order(record)
        self._platform_records.add(order)
        return order

    async def wait_for_change(self, order: PastOrder) -> PastOrder:
        """Poll an order while online, and return it once it has changed.

        Raises:
            asyncio.CancelledError: the screen was closed; there is no other way to end it.
        """
        while True:
            await self._clock.sleep(POLL_SECONDS)
            if self._monitor.state is ConnectionState.OFFLINE:
                continue
            try:
                current = await self.refresh_state(order)
            except ServiceError:
                # The header shows the connection; the next poll brings the rest.
                continue
            if current != order:
                return current

    async def refresh_state(self, order: PastOrder) -> PastOrder:
        """Return the order with its current state (Get Order Status)."""
        with platform_errors(self._monitor):
            progress = await self._api.orders.status(order_id=order.number)
        return order.with_state(
            self._vocabulary.states.state(progress.status, progress.sub_status, order.mode)
        )

    async def cancel(self, order: PastOrder, reason: CancelReasonChoice) -> PastOrder:
        """Cancel a whole order and fetch it again."""
        ordered_at = order.ordered_at or self._store_time.at(self._clock.now())
        cancellation = Cancellation(
            reason=CancelReason(reason.code),
            ordered_at=ordered_at,
            comment=reason.text,
            operator_id=self._operator.operator_id,
        )
        with platform_errors(self._monitor):
            await self._api.orders.cancel(order_id=order.number, cancellation=cancellation)
        self._audit("order cancelled", number=order.number, reason=reason.code)
        return await self.order(order.number)

    async def latest(self, customer: Customer) -> PastOrder | None:
        """Return the customer's latest order with its lines, or None."""
        orders = await self.of_customer(customer)
        return await self.order(orders[0].number) if orders else None

    async def _search_digits(self, text: str) -> Records[PastOrder]:
        found: list[PastOrder] = []
        results: list[Records[WireOrder]] = []
        number, digits = dialled_digits(text), search_digits(text, self._location.country)
        if len(digits) < MIN_DIGITS:
            return Records()
        with platform_errors(self._monitor):
            if len(number) <= MAX_ORDER_NUMBER_DIGITS and not number.startswith("+"):
                results.append(await self._api.orders.history(HistorySearch(order_id=number)))
                found += [self._to_past_order(record, in_history=True) for record in results[-1]]
            if is_whole_number(text):
                results.append(
                    await self._api.orders.search(OrderSearch(mobile=digits, record_to=MAX_ORDERS))
                )
                named = await self._add_customer_names(results[-1])
                number = full_number(text, self._location.country)
                # The same digits may be a number of another country.
                found += [
                    self._to_past_order(one)
                    for one in named
                    if not one.mobile or matches_number(one.mobile, number)
                ]
        return _latest_first(found, _all_faults(results))

    async def _add_customer_names(self, found: Iterable[WireOrder]) -> list[WireOrder]:
        """Add customers' names to the orders, which a search leaves out."""
        found = list(found)
        users = list(dict.fromkeys(record.user_id for record in found if record.user_id))[:MAX_NAME_LOOKUPS]
        lookups = [self._api.orders.history(HistorySearch(user_id=user)) for user in users]
        results = await asyncio.gather(*lookups, return_exceptions=True)
        named = [record for result in results if not isinstance(result, BaseException) for record in result]
        for result in results:
            if isinstance(result, BaseException) and not isinstance(result, PlatformError):
                raise result
        return _merge_names(found, named)

    def _to_past_order(self, record: WireOrder, *, in_history: bool = False) -> PastOrder:
        return to_past_order(
            record,
            self._currency,
            self._clock.now(),
            self._store_time,
            self._variants.find,
            self._vocabulary,
            self._location.country,
            in_history=in_history,
        )

    def _is_since(self, record: WireOrder, day: date) -> bool:
        """Return True if an order is of a day or later; one without a readable time counts as well."""
        ordered_at = self._store_time.read(record.ordered_at, now=self._clock.now())
        return ordered_at is None or ordered_at.date() >= day


def _latest_first(found: Iterable[PastOrder], faults: Iterable[str]) -> Records[PastOrder]:
    by_number = {order.number: order for order in found}
    latest = sorted(by_number, reverse=True)[:MAX_ORDERS]
    return Records((by_number[number] for number in latest), faults)


def _all_faults(results: Iterable[Records[WireOrder]]) -> Iterable[str]:
    return chain.from_iterable(result.faults for result in results)


def _merge_names(found: Iterable[WireOrder], named: Iterable[WireOrder]) -> list[WireOrder]:
    """Add people and delivery mode from the history to the orders that a search found."""
    records_by_id = {record.order_id: record for record in named}
    known = ("first_name", "last_name", "email", "mobile", "delivery", *SHIP_FIELDS)
    return [
        record.model_copy(update={name: getattr(records_by_id[record.order_id], name) for name in known})
        if record.order_id in records_by_id
        else record
        for record in found
    ]
