"""Search on the platform for an order whose response was lost.

The platform is asked for a wide window of time; which orders match is decided here.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from console.api.client import ApiClient
from console.api.errors import (
    MismatchedResponse,
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
from console.api.transport.identity import ids_conflict
from console.operations import OPERATIONS_BY_NAME
from console.ordering.store_time import StoreTime
from console.storage.drafts.draft_store import DraftHeader
from console.sync.placement.fulfilment_terms import terms_conflict, terms_from_order
from console.sync.placement.purchase import purchase_from_order
from console.sync.placement.purchased_lines import has_parts, order_contents, same_contents
from console.sync.placement.state import Candidate, Placement
from console.sync.platform_rules import PlatformRules, ReferenceAttribute

DAY = 86_400.0
SEARCH_WINDOW = 2 * DAY
"""Seconds before and after sending: wide enough for any time zone of the store."""
PAGE_LIMIT = 500
"""This many orders may be a full page: an order that is not among them is not proved absent."""

HISTORY = OPERATIONS_BY_NAME["orders.history"]

MAX_UNREADABLE_ANSWERS = 8
"""Unreadable responses in a row, over minutes, after which the platform must be speaking another format."""
TRANSIENT_ERRORS = (Unreachable, TimedOut, UnreadableResponse, PlatformFault, RateLimited, SessionExpired)
"""Errors that the next request may not have. A refusal stays one."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The result of one search. ``candidates`` are new orders of the customer that no other draft has.

    ``complete`` is false where the platform may have left some out. ``referenced_ids`` carry our reference.
    ``has_unreferenced_match`` says that one of them matches and carries no reference at all: it may be ours.
    ``lacks_parts`` says that an order came without its lines' parts. ``refusal`` is why the platform shows
    no orders at all, empty where it does.
    """

    candidates: tuple[Candidate, ...]
    referenced_ids: tuple[int, ...] = ()
    complete: bool = True
    lacks_parts: bool = False
    has_unreferenced_match: bool = False
    refusal: str = ""

    @property
    def matching_ids(self) -> tuple[int, ...]:
        """The numbers of candidates with the cart's total and lines, and without conflicting terms."""
        return tuple(order.order_id for order in self.candidates if order.matches)

    def without(self, order_ids: Collection[int]) -> "SearchResult":
        """Remove orders that other drafts have by now."""
        candidates = tuple(order for order in self.candidates if order.order_id not in order_ids)
        return replace(self, candidates=candidates)


@dataclass(frozen=True, slots=True)
class _History:
    """A customer's orders. ``complete`` is false where some may be missing, ``unreadable`` where some are."""

    orders: tuple[WireOrder, ...]
    complete: bool
    unreadable: int


async def existing_order_ids(
    api: ApiClient, header: DraftHeader, *, user_id: str, around: float
) -> frozenset[int]:
    """The numbers of the customer's present orders around a moment, in Unix seconds.

    Raises:
        PlatformError: connection or platform failed.
    """
    found = await _history(api, header, user_id=user_id, around=around)
    ids = {order.order_id for order in found.orders}
    if found.unreadable:
        # Once it can be read, it must not be taken for a new order.
        numbers = await api.orders.history_ids(_search_around(header, user_id=user_id, around=around))
        if numbers.unreadable:
            raise UnreadableResponse(operation=HISTORY, diagnostics="an order without a number")
        ids.update(numbers)
    return frozenset(ids)


async def search_order(
    api: ApiClient,
    header: DraftHeader,
    placement: Placement,
    *,
    rules: PlatformRules,
    other_order_ids: Collection[int],
    attempts: int,
) -> SearchResult:
    """Search for the order of a placement.

    ``other_order_ids`` belong to other drafts; ``attempts`` counts failures in a row.

    Raises:
        PlatformError: connection or platform failed, and the next search may not.
    """
    try:
        return await _search(api, header, placement, rules=rules, other_order_ids=other_order_ids)
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
    rules: PlatformRules,
    other_order_ids: Collection[int],
) -> SearchResult:
    reference = rules.reference
    excluded = {*placement.prior_order_ids, *other_order_ids}
    if reference is not None and (
        by_reference := await _find_by_reference(api, placement, rules, excluded=excluded)
    ):
        ids = tuple(candidate.order_id for candidate in by_reference)
        return SearchResult(by_reference, ids)
    found = await _history(api, header, user_id=placement.user_id, around=placement.sent_at)
    candidates: list[Candidate] = []
    referenced_ids: list[int] = []
    lacks_parts = has_unreferenced_match = False
    for order_id in sorted(order.order_id for order in found.orders if order.order_id not in excluded):
        details = await api.orders.information(order_id=order_id)
        if reference is not None and _has_reference(details, reference, placement.reference):
            referenced_ids.append(order_id)
        lacks_parts = lacks_parts or (has_parts(placement.lines) and not has_parts(order_contents(details)))
        candidate = _candidate(details, placement, rules)
        if reference is not None and candidate.matches and not _reference_values(details, reference):
            has_unreferenced_match = True
        candidates.append(candidate)
    return SearchResult(
        tuple(candidates),
        tuple(referenced_ids),
        complete=found.complete,
        lacks_parts=lacks_parts,
        has_unreferenced_match=has_unreferenced_match,
    )


async def _find_by_reference(
    api: ApiClient, placement: Placement, rules: PlatformRules, *, excluded: Collection[int]
) -> tuple[Candidate, ...]:
    """The orders of this customer and total that the platform itself finds by our reference.

    No such order proves nothing: the platform may number references in a field of its own.
    """
    try:
        lines = await api.orders.details_by_reference(reference=placement.reference)
        ids = {line.order_id for line in lines if line.reference == placement.reference} - {0, *excluded}
        found = [await api.orders.information(order_id=order_id) for order_id in sorted(ids)]
    except PlatformError:
        # The history decides, and says what is wrong with the connection.
        return ()
    candidates = [
        _candidate(order, placement, rules)
        for order in found
        if order.user_id and not ids_conflict(order.user_id, placement.user_id)
    ]
    return tuple(candidate for candidate in candidates if candidate.total == placement.total)


def _candidate(order: WireOrder, placement: Placement, rules: PlatformRules) -> Candidate:
    total = rules.currency.round(order.total)
    return Candidate(
        order_id=order.order_id,
        total=total,
        placed_at=_format_time(order.ordered_at, rules.store_time, placement.sent_at),
        customer_name=f"{order.first_name} {order.last_name}".strip(),
        matches=total == placement.total
        # A line that cannot be read may be any line.
        and not order.unreadable_lines
        and same_contents(order_contents(order), placement.lines)
        and not terms_conflict(terms_from_order(order), placement.terms),
        purchased=purchase_from_order(order, placement.purchased, rules.currency, rules.vocabulary),
    )


def _format_time(at: datetime | str | None, store_time: StoreTime, sent_at: float) -> str:
    """Format a time for people, by the store's clock; what cannot be read stays as it came."""
    wall = store_time.read(at, now=sent_at + SEARCH_WINDOW)
    return f"{wall:%d %b %Y %H:%M}" if wall is not None else str(at or "")


async def _history(api: ApiClient, header: DraftHeader, *, user_id: str, around: float) -> _History:
    """Read the customer's orders around a moment.

    Raises:
        MismatchedResponse: they are another customer's.
    """
    found = await api.orders.history(_search_around(header, user_id=user_id, around=around))
    own = tuple(order for order in found if not ids_conflict(user_id, order.user_id))
    if found and not own:
        raise MismatchedResponse(operation=HISTORY, diagnostics="every UserId is another one")
    # An order that cannot be read may be ours.
    is_whole = not found.unreadable and len(found) < PAGE_LIMIT and len(own) == len(found)
    return _History(own, complete=is_whole, unreadable=found.unreadable)


def _search_around(header: DraftHeader, *, user_id: str, around: float) -> HistorySearch:
    return HistorySearch(
        user_id=user_id,
        ordered_from=datetime.fromtimestamp(around - SEARCH_WINDOW, UTC),
        ordered_until=datetime.fromtimestamp(around + SEARCH_WINDOW, UTC),
        # Without a customer, at least the store.
        location_id="" if user_id else str(header.location_id),
    )


def _has_reference(order: WireOrder, reference: ReferenceAttribute, value: str) -> bool:
    return value in _reference_values(order, reference)


def _reference_values(order: WireOrder, reference: ReferenceAttribute) -> tuple[str, ...]:
    """What the order carries in the attribute for references."""
    return tuple(
        attribute.value
        for attribute in order.attributes
        if attribute.value
        and (attribute.name == reference.name or attribute.attribute_id == reference.field_id)
    )
