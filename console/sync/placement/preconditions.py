"""Preconditions for placing: the cart still matches what the customer agreed to."""

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Draft
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.checkout import pending_change_conflicts
from console.sync.cart.differences import CartComparison
from console.sync.cart.sync_state import SyncState
from console.sync.cart.undecided import undecided_differences
from console.sync.platform_rules import PlatformRules
from console.sync.problems import Aspect, Problem, ProblemCode

CLOCK_TOLERANCE = 60.0
"""Seconds that a request may lie in the future: clocks are set back by a little, and by more only wrongly."""


def placement_blocker(
    draft: Draft, comparison: CartComparison, request: PlacementRequest, rules: PlatformRules
) -> Problem | None:
    """The first reason why an order may not be placed as it is; ``None`` if it may.

    Any difference that the operator has not decided is one, whether it was shown or not.
    """
    return (
        _draft_problem(draft, request)
        or _sync_problem(comparison)
        or _address_problem(comparison)
        or _undecided_problem(draft, comparison)
        or _total_problem(comparison, request, rules)
    )


def overdue_problem(
    request: PlacementRequest, *, now: float, seconds_known: float, max_age: float
) -> Problem | None:
    """Why a request may not be followed without another question, ``None`` while it is fresh.

    ``now`` is Unix time in seconds, by a clock that may have been set. ``seconds_known`` is how long this
    process has known the request, by a clock that cannot. A request from the future has an unknown age.
    """
    age = now - request.requested_at
    if age < -CLOCK_TOLERANCE or max(age, seconds_known) > max_age:
        return Problem(ProblemCode.REQUEST_OVERDUE, at=request.requested_at)
    return None


def missing_for_placement(draft: Draft) -> Problem | None:
    """What an order lacks before it can be placed; ``None`` where it lacks nothing."""
    if draft.is_empty:
        return Problem(ProblemCode.EMPTY_ORDER)
    if draft.checkout.payment is None:
        return Problem(ProblemCode.NO_PAYMENT)
    if draft.checkout.mode is DeliveryMode.DELIVERY:
        if draft.checkout.address is None:
            return Problem(ProblemCode.NO_ADDRESS)
        if not draft.checkout.address.names_place:
            return Problem(ProblemCode.NO_AREA)
    return None


def may_still_change(draft: Draft, state: SyncState) -> bool:
    """Return True if a pending write may still land and change the cart after it was read."""
    ledger = state.ledger
    if state.uncertain_write_at is None or state.cart is None:
        return False
    return bool(ledger.pending_adds or ledger.pending_removals) or pending_change_conflicts(
        draft, state.cart, state.checkout_ledger
    )


def _draft_problem(draft: Draft, request: PlacementRequest) -> Problem | None:
    if len(draft.edits) != request.edit_count:
        return Problem(ProblemCode.DRAFT_CHANGED)
    return missing_for_placement(draft)


def _sync_problem(comparison: CartComparison) -> Problem | None:
    if comparison.totals is None or not comparison.in_sync:
        return Problem(ProblemCode.NOT_IN_SYNC)
    return None


def _address_problem(comparison: CartComparison) -> Problem | None:
    """A rejected address cannot be accepted: the cart has none, or another one, in its place."""
    rejected = next((one for one in comparison.rejected if one.aspect is Aspect.ADDRESS), None)
    return Problem(ProblemCode.ADDRESS_REJECTED, checkout=rejected) if rejected else None


def _undecided_problem(draft: Draft, comparison: CartComparison) -> Problem | None:
    """The first difference without a decision. A price is one too: two of them may leave the total equal."""
    if comparison.rejected:
        return Problem(ProblemCode.CHECKOUT_REJECTED, checkout=comparison.rejected[0])
    undecided = undecided_differences(draft, comparison)
    if not undecided:
        return None
    return Problem(ProblemCode.UNDECIDED_DIFFERENCES, difference=undecided[0], counts=(len(undecided),))


def _total_problem(
    comparison: CartComparison, request: PlacementRequest, rules: PlatformRules
) -> Problem | None:
    quoted_total, totals = rules.currency.round(request.quoted_total), comparison.totals
    if totals is None:
        return None
    # A fee that was not quoted is named, however small.
    is_fee_told = request.quoted_delivery is not None or not totals.shipping
    if is_fee_told and abs(totals.total - quoted_total) <= rules.price_tolerance:
        return None
    return Problem(
        ProblemCode.TOTAL_CHANGED,
        was=quoted_total,
        now=totals.total,
        delivery_was=request.quoted_delivery,
        delivery_now=totals.shipping,
    )
