"""Whether an order may be placed as it is in the platform's cart: what the customer was told still holds.

Pure; asked by ``placing`` before the mark, and by the desk for what the operator has seen.
"""

import hashlib
from decimal import Decimal

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Draft
from console.ordering.money import Currency
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.checkout import Aspect, may_land_otherwise
from console.sync.differences import CartFacts, LineState
from console.sync.journal import SyncState

EMPTY = "There is nothing in this order."
NO_PAYMENT = "Choose how the order is paid, then place it."
CHANGED = "The order was changed after it was to be placed. Look at it, and place it again."
NO_ADDRESS = "Say where the order is to be delivered, then place it."
NOT_THERE = "Give another address, or make it a pickup, and place it again."
UNSETTLED = "The platform's cart is not yet as this order wishes it."


def seen(facts: CartFacts) -> str:
    """A digest of what the platform made of an order, empty while that is not known."""
    if not facts.settled or facts.totals is None:
        return ""
    parts = [f"{fact.line_id}|{fact.state}|{fact.quantity}|{fact.note}" for fact in facts.lines]
    parts += [f"{line.title}|{line.options}|{line.quantity}|{line.ruling}" for line in facts.strange]
    parts += facts.refusals
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def obstacle(
    draft: Draft, facts: CartFacts, wish: PlacementRequest, *, currency: Currency, tolerance: Decimal
) -> str:
    """Why a settled order may not be placed without another word of the operator; empty where it may."""
    if why := CHANGED if len(draft.edits) != wish.edit_count else unready(draft):
        return why
    if facts.totals is None or not facts.settled:
        return UNSETTLED
    if why := next((one.sentence for one in facts.refused if one.aspect is Aspect.ADDRESS), ""):
        # Without a word or with one: what the cart has in its place is nowhere, or somewhere else.
        return f"{why} {NOT_THERE}"
    if wish.accepted_differences_digest != seen(facts) and (what := _otherwise(facts)):
        return f"{what} Look at the order, and place it again as it is."
    told, now = currency.round(wish.quoted_total), facts.totals.total
    if abs(now - told) > tolerance:
        was, now_is = currency.format_money(told), currency.format_money(now)
        return f"The total was {was}, is {now_is}. Tell the customer, and place it again."
    return ""


def may_still_change(draft: Draft, state: SyncState) -> bool:
    """Whether something sent without an answer may still land and make the cart another than it was seen."""
    memory = state.memory
    if state.lost_at is None or state.cart is None:
        return False
    return bool(memory.added or memory.removed) or may_land_otherwise(draft, state.cart, state.checkout)


def unready(draft: Draft) -> str:
    """What an order lacks before it can be placed, as a sentence; empty where it lacks nothing."""
    if draft.is_empty:
        return EMPTY
    if draft.checkout.payment is None:
        return NO_PAYMENT
    is_delivery = draft.checkout.mode is DeliveryMode.DELIVERY
    return NO_ADDRESS if is_delivery and draft.checkout.address is None else ""


def _otherwise(facts: CartFacts) -> str:
    """What is not as wished, apart from prices: those are for the total to tell."""
    refused = sum(fact.state is LineState.REFUSED for fact in facts.lines)
    changed = sum(fact.state is LineState.DIFFERS and fact.otherwise for fact in facts.lines)
    strange = sum(line.is_open for line in facts.strange)
    if facts.refusals:
        return facts.refusals[0]
    told = (
        (refused, "the platform does not take"),
        (changed, "the platform has otherwise"),
        (strange, "nobody here added"),
    )
    return " ".join(f"{_lines(count)} {what}." for count, what in told if count)


def _lines(count: int) -> str:
    return "There is a line that" if count == 1 else f"There are {count} lines that"
