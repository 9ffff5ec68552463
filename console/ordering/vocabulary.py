"""The words of one platform: the letters of its orders' states and the names of its properties."""

from dataclasses import dataclass, field

from console.ordering.placed.order_states import OrderStates
from console.ordering.property_names import PropertyNames


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a platform's letters and names mean; by default as documented."""

    states: OrderStates = field(default_factory=OrderStates)
    properties: PropertyNames = field(default_factory=PropertyNames)
