"""Search on the platform for an order whose response was lost.

The platform is asked for a wide window of time; which orders match is decided here.
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
from console.sync.placement.purchase import purchase_from_order
from console.sync.placement.purchased_lines import has_parts, order_contents, same_contents
from console.sync.placement.state import Candidate, Placement
from console.sync.platform_rules import ReferenceAttribute

DAY = 86_400.0
SEARCH_WINDOW = 2 * DAY
"""Seconds before and after sending: wide enough for any time zone of the store."""
PAGE_LIMIT = 500
"""This many orders may be a full page: an order that is not among them is not proved absent."""

MAX_UNREADABLE_ANSWERS = 8
"""Unreadable responses in a row, over minutes, after which the platform must be speaking another format."""
TRANSIENT_ERRORS = (Unreachable, TimedOut, UnreadableResponse, PlatformFault, RateLimited, SessionExpired)
"""Errors that the next request may not have. A refusal stays one."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The result of one search. ``candidates`` are new orders of the customer that no other draft has.

    ``complete`` is false where the platform may have left some out. ``referenced_ids`` carry our reference.
    ``lacks_parts`` says that an order came without its lines' parts. ``refusal`` is why the platform shows
    no orders at all, empty where it does.
    """

    candidates: tuple[Candidate, ...]
    referenced_ids: tuple[int, ...] = ()
    complete: bool = True
    lacks_parts: bool = False
    refusal: str = ""

    @property
    def matching_ids(self) -> tuple[int, ...]:
        """The numbers of candidates with the cart's total and lines, and without conflicting terms."""
        return tuple(order.order_id for order in self.candidates if order.matches)

    def without(self, order_ids: Collection[int]) -> "SearchResult":
        """Remove orders that other drafts have by now."""
        candidates = tuple(order for order in self.candidates if order.order_id not in order_ids)
        return replace(self, candidates=candidates)


async def existing_order_ids(
    api: ApiClient, header: DraftHeader, *, user_id: str, around: float
) -> frozenset[int]:
    """The numbers of the customer's present orders around a moment, in Unix seconds.

    Raises:
        PlatformError: connection or platform failed.
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
    """Search for the order of a placement.

    ``other_order_ids`` belong to other drafts; ``attempts`` counts failures in a row.

    Raises:
        PlatformError: connection or platform failed, and the next search may not.
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
        purchased = purchase_from_order(details, placement.purchased, currency)
        lacks_parts = lacks_parts or (has_parts(placement.lines) and not has_parts(contents))
        candidates.append(
            Candidate(
                order_id=order.order_id,
                total=currency.round(order.total),
                placed_at=_format_time(order.ordered_at),
                customer_name=f"{order.first_name} {order.last_name}".strip(),
                matches=currency.round(order.total) == placement.total
                # A line that cannot be read may be any line.
                and not details.unreadable_lines
                and same_contents(contents, placement.lines)
                and not terms_conflict(terms_from_order(details), placement.terms),
                purchased=purchased,
            )
        )
    complete = len(found) < PAGE_LIMIT
    return SearchResult(tuple(candidates), tuple(referenced_ids), complete=complete, lacks_parts=lacks_parts)


def _format_time(at: datetime | str | None) -> str:
    """Format a time for people, in its own time zone, or in this machine's where it has none."""
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
