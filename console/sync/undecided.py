"""Why the operator is asked what became of an order, as sentences.

Pure; used by ``placing`` for the question that the outbox shows.
"""

from console.api.errors import PlatformError
from console.sync.lookup import Sighting
from console.sync.placing_state import Placing
from console.sync.rules import Rules


def why_undecided(sighting: Sighting, rules: Rules) -> str:
    """Why no order that was seen is proved to be this one."""
    fitting, seconds = len(sighting.fitting), round(rules.settle_seconds)
    if len(sighting.referenced) > 1:
        return "Two orders on the platform carry this order's reference. Cancel one, and say which it is."
    if sighting.refusal:
        return (
            f"The platform does not tell what became of this order. {sighting.refusal}"
            " Say whether it was placed."
        )
    if not sighting.complete:
        return "There are too many orders to tell whether this one is among them. Say whether it is there."
    if fitting > 1:
        return f"{fitting} orders on the platform could be this one. Say which it is."
    if fitting == 1:
        return "One order on the platform could be this one, or another one sent alike. Say what it is."
    return (
        f"No such order was found on the platform within {seconds} s after its answer was lost."
        " Say whether it was placed."
    )


def why_not_paid(placing: Placing, refusal: PlatformError) -> str:
    """Why an order that is on the platform does not count as placed."""
    return (
        f"Order {placing.order_id} is on the platform, and its payment was not taken. {refusal.message}"
        " Say what became of it."
    )
