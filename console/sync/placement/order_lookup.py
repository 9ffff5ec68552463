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
from console.sync.placement.fulfilment_terms import terms_conflict, terms_from_order
from console.sync.placement.purchased_lines import has_parts, order_contents, same_contents
from console.sync.placement.state import Candidate, Placement
from console.sync.platform_rules import ReferenceAttribute

DAY = 86_400.0
SEARCH_WINDOW = 2 * DAY
"""Seconds before and after the mark: wide enough for any zone of the store's time."""
PAGE_LIMIT = 500
"""As many orders as this may be the end of a page: what is not among them is not proved absent."""

MAX_UNREADABLE_ANSWERS = 8
"""An answer that cannot be read as often as this, over minutes, is of another shape than the documents'."""
TRANSIENT_ERRORS = (Unreachable, TimedOut, UnreadableResponse, PlatformFault, RateLimited, SessionExpired)
"""What a request fails of that the next one may not fail of. A refusal stays one."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One look. ``orders`` are those of the customer that were not there before and are no other draft's.

    ``complete`` is false where the platform may have left some out. ``referenced`` are the numbers of those
    that carry our reference. ``vague`` says that the platform told of an order without its lines' parts,
    ``refusal`` why it does not tell of orders at all, empty where it does.
    """

    candidates: tuple[Candidate, ...]
    referenced_ids: tuple[int, ...] = ()
    complete: bool = True
    lacks_parts: bool = False
    refusal: str = ""

    @property
    def matching_ids(self) -> tuple[int, ...]:
        """The numbers of those whose total and lines are the cart's, and that do not go elsewhere."""
        return tuple(order.order_id for order in self.candidates if order.matches)

    def without(self, order_ids: Collection[int]) -> "SearchResult":
        """The same, without orders that are other drafts' by now."""
        candidates = tuple(order for order in self.candidates if order.order_id not in order_ids)
        return replace(self, candidates=candidates)


async def existing_order_ids(
    api: ApiClient, header: DraftHeader, *, user_id: str, around: float
) -> frozenset[int]:
    """The numbers of the customer's orders that are there now, around a moment in Unix seconds.

    Raises:
        PlatformError: the line or the platform failed.
    """
    return frozenset(order.order_id for order in await _history(api, header, user_id=user_id, around=around))


async def search_order(
    api: ApiClient,
    header: DraftHeader,
    placement: Placement,
    *,
    currency: Currency,
    reference: ReferenceAttribute | None,
    other_order_ids: Collection[int],
    attempts: int,
) -> SearchResult:
    """Look for the order of ``placing``; ``not_ours`` are numbers that other drafts have, ``tries`` is how
    often in a row it failed.

    Raises:
        PlatformError: the line or the platform failed, and the next look may not.
    """
    try:
        return await _search(
            api, header, placement, currency=currency, reference=reference, other_order_ids=other_order_ids
        )
    except PlatformError as error:
        is_hopeless = isinstance(error, UnreadableResponse) and attempts >= MAX_UNREADABLE_ANSWERS
        if isinstance(error, TRANSIENT_ERRORS) and not is_hopeless:
            raise
        return SearchResult((), complete=False, refusal=error.message)


async def _search(
    api: ApiClient,
    header: DraftHeader,
    placement: Placement,
    *,
    currency: Currency,
    reference: ReferenceAttribute | None,
    other_order_ids: Collection[int],
) -> SearchResult:
    found = await _history(api, header, user_id=placement.user_id, around=placement.sent_at)
    new = [order for order in found if order.order_id not in {*placement.prior_order_ids, *other_order_ids}]
    candidates: list[Candidate] = []
    referenced_ids: list[int] = []
    lacks_parts = False
    for order in sorted(new, key=lambda order: order.order_id):
        details = await api.orders.information(order_id=order.order_id)
        if reference is not None and _has_reference(details, reference, placement.reference):
            referenced_ids.append(order.order_id)
        contents = order_contents(details)
        lacks_parts = lacks_parts or (has_parts(placement.lines) and not has_parts(contents))
        candidates.append(
            Candidate(
                order_id=order.order_id,
                total=currency.round(order.total),
                placed_at=_format_time(order.ordered_at),
                customer_name=f"{order.first_name} {order.last_name}".strip(),
                matches=currency.round(order.total) == placement.total
                and same_contents(contents, placement.lines)
                and not terms_conflict(terms_from_order(details), placement.terms),
            )
        )
    complete = len(found) < PAGE_LIMIT
    return SearchResult(tuple(candidates), tuple(referenced_ids), complete=complete, lacks_parts=lacks_parts)


def _format_time(at: datetime | str | None) -> str:
    """When an order was placed, for people: in the platform's time, where it tells none in this machine's."""
    if isinstance(at, datetime):
        return f"{at if at.utcoffset() else at.astimezone():%d %b %Y %H:%M}"
    return at or ""


async def _history(
    api: ApiClient, header: DraftHeader, *, user_id: str, around: float
) -> tuple[WireOrder, ...]:
    search = HistorySearch(
        user_id=user_id,
        ordered_from=datetime.fromtimestamp(around - SEARCH_WINDOW, UTC),
        ordered_until=datetime.fromtimestamp(around + SEARCH_WINDOW, UTC),
        # Without a customer, at least the store.
        location_id="" if user_id else str(header.location_id),
    )
    return await api.orders.history(search)


def _has_reference(order: WireOrder, reference: ReferenceAttribute, value: str) -> bool:
    return any(
        value == attribute.value
        and (attribute.name == reference.name or attribute.attribute_id == reference.field_id)
        for attribute in order.attributes
    )
