"""Whether an order may be placed as it is in the platform's cart: what the customer was told still holds.

Pure; asked by ``placing`` before the mark, and by the desk for what the operator has seen.
"""

import hashlib
from decimal import Decimal

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Draft
from console.ordering.money import Currency
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.checkout import Aspect, pending_change_conflicts
from console.sync.cart.differences import CartComparison, LineStatus
from console.sync.cart.sync_state import SyncState

EMPTY_ORDER = "There is nothing in this order."
NO_PAYMENT = "Choose how the order is paid, then place it."
CHANGED_SINCE_PLACED = "The order was changed after it was to be placed. Look at it, and place it again."
NO_ADDRESS = "Say where the order is to be delivered, then place it."
CHANGE_ADDRESS = "Give another address, or make it a pickup, and place it again."
NOT_IN_SYNC = "The platform's cart is not yet as this order wishes it."


def differences_digest(comparison: CartComparison) -> str:
    """A digest of what the platform made of an order, empty while that is not known."""
    if not comparison.in_sync or comparison.totals is None:
        return ""
    parts = [
        f"{result.line_id}|{result.state}|{result.quantity}|{result.note}" for result in comparison.lines
    ]
    parts += [
        f"{line.title}|{line.options}|{line.quantity}|{line.resolution}" for line in comparison.unexpected
    ]
    parts += comparison.rejection_messages
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def placement_blocker(
    draft: Draft,
    comparison: CartComparison,
    placement_request: PlacementRequest,
    *,
    currency: Currency,
    tolerance: Decimal,
) -> str:
    """Why a settled order may not be placed without another word of the operator; empty where it may."""
    if (
        why := CHANGED_SINCE_PLACED
        if len(draft.edits) != placement_request.edit_count
        else missing_for_placement(draft)
    ):
        return why
    if comparison.totals is None or not comparison.in_sync:
        return NOT_IN_SYNC
    if why := next(
        (rejection.message for rejection in comparison.rejected if rejection.aspect is Aspect.ADDRESS), ""
    ):
        # Without a word or with one: what the cart has in its place is nowhere, or somewhere else.
        return f"{why} {CHANGE_ADDRESS}"
    if placement_request.accepted_differences_digest != differences_digest(comparison) and (
        what := _unseen_differences(comparison)
    ):
        return f"{what} Look at the order, and place it again as it is."
    quoted_total, now = currency.round(placement_request.quoted_total), comparison.totals.total
    if abs(now - quoted_total) > tolerance:
        was, now_is = currency.format_money(quoted_total), currency.format_money(now)
        return f"The total was {was}, is {now_is}. Tell the customer, and place it again."
    return ""


def may_still_change(draft: Draft, state: SyncState) -> bool:
    """Whether something sent without an answer may still land and make the cart another than it was seen."""
    ledger = state.ledger
    if state.uncertain_write_at is None or state.cart is None:
        return False
    return bool(ledger.pending_adds or ledger.pending_removals) or pending_change_conflicts(
        draft, state.cart, state.checkout_ledger
    )


def missing_for_placement(draft: Draft) -> str:
    """What an order lacks before it can be placed, as a sentence; empty where it lacks nothing."""
    if draft.is_empty:
        return EMPTY_ORDER
    if draft.checkout.payment is None:
        return NO_PAYMENT
    is_delivery = draft.checkout.mode is DeliveryMode.DELIVERY
    return NO_ADDRESS if is_delivery and draft.checkout.address is None else ""


def _unseen_differences(comparison: CartComparison) -> str:
    """What is not as wished, apart from prices: those are for the total to tell."""
    rejected = sum(result.state is LineStatus.REJECTED for result in comparison.lines)
    changed = sum(
        result.state is LineStatus.DIFFERS and result.differs_beyond_price for result in comparison.lines
    )
    unexpected = sum(line.needs_resolution for line in comparison.unexpected)
    if comparison.rejection_messages:
        return comparison.rejection_messages[0]
    phrases = (
        (rejected, "the platform does not take"),
        (changed, "the platform has otherwise"),
        (unexpected, "nobody here added"),
    )
    return " ".join(f"{_count_phrase(count)} {what}." for count, what in phrases if count)


def _count_phrase(count: int) -> str:
    return "There is a line that" if count == 1 else f"There are {count} lines that"
