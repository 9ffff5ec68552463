"""Preconditions for placing: the cart still matches what the customer agreed to."""

import hashlib

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Draft
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.checkout import pending_change_conflicts
from console.sync.cart.differences import CartComparison, LineStatus
from console.sync.cart.sync_state import SyncState
from console.sync.platform_rules import PlatformRules
from console.sync.problems import Aspect, Problem, ProblemCode


def differences_digest(comparison: CartComparison) -> str:
    """Digest of what the platform made of an order, empty while that is not known."""
    if not comparison.in_sync or comparison.totals is None:
        return ""
    parts = [
        f"{line.line_id}|{line.state}|{line.quantity}|{line.rejection}|{line.differences}"
        for line in comparison.lines
    ]
    parts += [
        f"{line.title}|{line.options}|{line.quantity}|{line.resolution}" for line in comparison.unexpected
    ]
    parts += [str(rejected) for rejected in comparison.rejected]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def placement_blocker(
    draft: Draft, comparison: CartComparison, request: PlacementRequest, rules: PlatformRules
) -> Problem | None:
    """The first reason why an order may not be placed without another confirmation; ``None`` if it may."""
    return (
        _draft_problem(draft, request)
        or _sync_problem(comparison)
        or _address_problem(comparison)
        or _unseen_problem(comparison, request)
        or _total_problem(comparison, request, rules)
    )


def missing_for_placement(draft: Draft) -> Problem | None:
    """What an order lacks before it can be placed; ``None`` where it lacks nothing."""
    if draft.is_empty:
        return Problem(ProblemCode.EMPTY_ORDER)
    if draft.checkout.payment is None:
        return Problem(ProblemCode.NO_PAYMENT)
    if draft.checkout.mode is DeliveryMode.DELIVERY and draft.checkout.address is None:
        return Problem(ProblemCode.NO_ADDRESS)
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
    """A rejected address blocks even when it was seen: the cart has none, or another one, in its place."""
    rejected = next((one for one in comparison.rejected if one.aspect is Aspect.ADDRESS), None)
    return Problem(ProblemCode.ADDRESS_REJECTED, checkout=rejected) if rejected else None


def _unseen_problem(comparison: CartComparison, request: PlacementRequest) -> Problem | None:
    """Differences that the operator has not accepted. Prices are left out: the total speaks for them."""
    if request.accepted_differences_digest == differences_digest(comparison):
        return None
    if comparison.rejected:
        return Problem(ProblemCode.CHECKOUT_REJECTED, checkout=comparison.rejected[0])
    lines = comparison.lines
    counts = (
        sum(line.state is LineStatus.REJECTED for line in lines),
        sum(line.state is LineStatus.DIFFERS and line.differs_beyond_price for line in lines),
        sum(line.needs_resolution for line in comparison.unexpected),
    )
    return Problem(ProblemCode.UNSEEN_DIFFERENCES, counts=counts) if any(counts) else None


def _total_problem(
    comparison: CartComparison, request: PlacementRequest, rules: PlatformRules
) -> Problem | None:
    quoted_total, totals = rules.currency.round(request.quoted_total), comparison.totals
    if totals is None:
        return None
    # A fee that the customer was not told is named, however small.
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
