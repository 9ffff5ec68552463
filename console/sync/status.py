"""How far an order has come, as the engine reports it and the screens show it."""

from dataclasses import dataclass, field
from enum import StrEnum

from console.sync.differences import CartFacts


class Activity(StrEnum):
    """What is being done for an order right now."""

    IDLE = "idle"
    """Nothing is left to send."""
    SENDING = "sending"
    OFFLINE = "offline"
    """Waiting for the line; it goes on by itself."""
    RETRYING = "retrying"
    """The platform failed; it is asked again by and by."""
    ELSEWHERE = "elsewhere"
    """Another console on this machine sends for this order."""
    NEEDS_YOU = "needs-you"
    """It goes on only after the operator did something; the status says what."""
    NOT_SERVED = "not-served"
    """Its operator is not signed in."""


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """One report. ``problem`` is a sentence for the operator, empty while all is well."""

    draft_id: str
    activity: Activity
    facts: CartFacts = field(default_factory=CartFacts)
    problem: str = ""
