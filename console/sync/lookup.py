"""Looks on the platform for the order that a lost answer may have placed: what is there, and what fits.

Used by ``placing``. The platform is asked for a wide window; everything else is decided here.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from console.api.client import ApiClient
from console.api.errors import (
    PlatformError,
    PlatformFault,
    RateLimited,
    SessionExpired,
    TimedOut,
    Unreachable,
    UnreadableResponse,
)
from console.api.orders.models import WireOrder
from console.api.orders.requests import HistorySearch
from console.ordering.money import Currency
from console.storage.drafts.draft_store import DraftHeader
from console.sync.bought import are_alike, in_order, tells_parts
from console.sync.placing_state import Candidate, Placing
from console.sync.rules import Reference
from console.sync.terms import contradict, terms_in

DAY = 86_400.0
WINDOW = 2 * DAY
"""Seconds before and after the mark: wide enough for any zone of the store's time."""
TOO_MANY = 500
"""As many orders as this may be the end of a page: what is not among them is not proved absent."""

MANY_TRIES = 8
"""An answer that cannot be read as often as this, over minutes, is of another shape than the documents'."""
MAY_PASS = (Unreachable, TimedOut, UnreadableResponse, PlatformFault, RateLimited, SessionExpired)
"""What a request fails of that the next one may not fail of. A refusal stays one."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One look. ``orders`` are those of the customer that were not there before and are no other draft's.

    ``complete`` is false where the platform may have left some out. ``referenced`` are the numbers of those
    that carry our reference. ``vague`` says that the platform told of an order without its lines' parts,
    ``refusal`` why it does not tell of orders at all, empty where it does.
    """

    orders: tuple[Candidate, ...]
    referenced: tuple[int, ...] = ()
    complete: bool = True
    vague: bool = False
    refusal: str = ""

    @property
    def fitting(self) -> tuple[int, ...]:
        """The numbers of those whose total and lines are the cart's, and that do not go elsewhere."""
        return tuple(order.order_id for order in self.orders if order.fits)

    def without(self, numbers: Collection[int]) -> "Sighting":
        """The same, without orders that are other drafts' by now."""
        orders = tuple(order for order in self.orders if order.order_id not in numbers)
        return replace(self, orders=orders)


async def numbers(api: ApiClient, header: DraftHeader, *, user_id: str, around: float) -> frozenset[int]:
    """The numbers of the customer's orders that are there now, around a moment in Unix seconds.

    Raises:
        PlatformError: the line or the platform failed.
    """
    return frozenset(order.order_id for order in await _history(api, header, user_id=user_id, around=around))


async def sight(
    api: ApiClient,
    header: DraftHeader,
    placing: Placing,
    *,
    currency: Currency,
    reference: Reference | None,
    not_ours: Collection[int],
    tries: int,
) -> Sighting:
    """Look for the order of ``placing``; ``not_ours`` are numbers that other drafts have, ``tries`` is how
    often in a row it failed.

    Raises:
        PlatformError: the line or the platform failed, and the next look may not.
    """
    try:
        return await _sight(api, header, placing, currency=currency, reference=reference, not_ours=not_ours)
    except PlatformError as error:
        is_hopeless = isinstance(error, UnreadableResponse) and tries >= MANY_TRIES
        if isinstance(error, MAY_PASS) and not is_hopeless:
            raise
        return Sighting((), complete=False, refusal=error.message)


async def _sight(
    api: ApiClient,
    header: DraftHeader,
    placing: Placing,
    *,
    currency: Currency,
    reference: Reference | None,
    not_ours: Collection[int],
) -> Sighting:
    found = await _history(api, header, user_id=placing.user_id, around=placing.marked_at)
    new = [order for order in found if order.order_id not in {*placing.before, *not_ours}]
    candidates: list[Candidate] = []
    referenced: list[int] = []
    vague = False
    for order in sorted(new, key=lambda order: order.order_id):
        whole = await api.orders.information(order_id=order.order_id)
        if reference is not None and _carries(whole, reference, placing.reference):
            referenced.append(order.order_id)
        there = in_order(whole)
        vague = vague or (tells_parts(placing.lines) and not tells_parts(there))
        candidates.append(
            Candidate(
                order_id=order.order_id,
                total=currency.round(order.total),
                placed_at=_moment(order.ordered_at),
                who=f"{order.first_name} {order.last_name}".strip(),
                fits=currency.round(order.total) == placing.total
                and are_alike(there, placing.lines)
                and not contradict(terms_in(whole), placing.terms),
            )
        )
    complete = len(found) < TOO_MANY
    return Sighting(tuple(candidates), tuple(referenced), complete=complete, vague=vague)


def _moment(at: datetime | str | None) -> str:
    """When an order was placed, for people: in the platform's time, where it tells none in this machine's."""
    if isinstance(at, datetime):
        return f"{at if at.utcoffset() else at.astimezone():%d %b %Y %H:%M}"
    return at or ""


async def _history(
    api: ApiClient, header: DraftHeader, *, user_id: str, around: float
) -> tuple[WireOrder, ...]:
    search = HistorySearch(
        user_id=user_id,
        ordered_from=datetime.fromtimestamp(around - WINDOW, UTC),
        ordered_until=datetime.fromtimestamp(around + WINDOW, UTC),
        # Without a customer, at least the store.
        location_id="" if user_id else str(header.location_id),
    )
    return await api.orders.history(search)


def _carries(order: WireOrder, reference: Reference, value: str) -> bool:
    return any(
        value == attribute.value
        and (attribute.name == reference.name or attribute.attribute_id == reference.field_id)
        for attribute in order.attributes
    )
