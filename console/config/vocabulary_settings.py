"""The words of a merchant's platform in its profile: states of orders, and names of variants' properties."""

from collections.abc import Mapping

from pydantic import Field

from console.config.settings_model import SettingsModel, SingleLineText
from console.ordering.placed.order_states import STATUSES, SUB_STATUSES, OrderPhase, OrderState, OrderStates
from console.ordering.property_names import PropertyNames
from console.ordering.vocabulary import Vocabulary


class StateEntry(SettingsModel):
    """A state of an order."""

    text: SingleLineText = ""
    """The words for the operator; where nothing is to be made, the ticket prints them too."""
    phase: OrderPhase | None = None
    """What may still become of it; without one as documented, else ``open``."""


class OrderStateSettings(SettingsModel):
    """States of orders that the documents do not name, or give another meaning."""

    status: Mapping[str, StateEntry] = Field(default_factory=dict[str, StateEntry])
    """By the letter of an order's status."""
    sub_status: Mapping[str, StateEntry] = Field(default_factory=dict[str, StateEntry])
    """By the letters of an order's sub-status; they count while the order is open."""
    cancelled_lines: tuple[SingleLineText, ...] = ()
    """Further letters of a line that is cancelled as a whole."""


class PropertySettings(SettingsModel):
    """Names of the properties of variants, in the platform's language. The documented names always count."""

    sizes: tuple[SingleLineText, ...] = ()
    """Names of the size, such as ``Boy``."""
    crusts: tuple[SingleLineText, ...] = ()
    """Names of the crust, such as ``Kenar``."""
    strengths: tuple[SingleLineText, ...] = ()
    """Names of a topping's strength, such as ``Güç``."""


def to_vocabulary(states: OrderStateSettings, properties: PropertySettings) -> Vocabulary:
    """Return the words of the platform, as documented and as its profile says."""
    return Vocabulary(
        OrderStates(
            {letter: _state(letter, entry, STATUSES) for letter, entry in states.status.items()},
            {letters: _state(letters, entry, SUB_STATUSES) for letters, entry in states.sub_status.items()},
            states.cancelled_lines,
        ),
        PropertyNames(properties.sizes, properties.crusts, properties.strengths),
    )


def _state(letters: str, entry: StateEntry, documented: Mapping[str, OrderState]) -> OrderState:
    known = documented.get(letters.strip().upper(), OrderState(letters))
    return OrderState(entry.text or known.text, entry.phase or known.phase)
