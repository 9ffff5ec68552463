"""Why the operator is asked what became of an order, as sentences.

Pure; used by ``placing`` for the question that the outbox shows.
"""

from console.api.errors import PlatformError
from console.sync.placement.order_lookup import SearchResult
from console.sync.placement.state import Placement
from console.sync.platform_rules import PlatformRules


def unresolved_question(result: SearchResult, rules: PlatformRules) -> str:
    """Why no order that was seen is proved to be this one."""
    matching, seconds = len(result.matching_ids), round(rules.settle_seconds)
    if len(result.referenced_ids) > 1:
        return "Two orders on the platform carry this order's reference. Cancel one, and say which it is."
    if result.refusal:
        return (
            f"The platform does not tell what became of this order. {result.refusal}"
            " Say whether it was placed."
        )
    if not result.complete:
        return "There are too many orders to tell whether this one is among them. Say whether it is there."
    if matching > 1:
        return f"{matching} orders on the platform could be this one. Say which it is."
    if matching == 1:
        return "One order on the platform could be this one, or another one sent alike. Say what it is."
    return (
        f"No such order was found on the platform within {seconds} s after its answer was lost."
        " Say whether it was placed."
    )


def unpaid_question(placement: Placement, refusal: PlatformError) -> str:
    """Why an order that is on the platform does not count as placed."""
    return (
        f"Order {placement.order_id} is on the platform, and its payment was not taken. {refusal.message}"
        " Say what became of it."
    )
