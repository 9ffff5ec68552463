"""What reading one construct needs to know, and what comes of it.

Handed down from a line to the bundle, the slots and the changes in it.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from console.ordering.configuration.base import Components
from console.ordering.configuration.bundle import BundleItem, Bundles
from console.ordering.quick_order.cursor_tracker import CursorTracker
from console.ordering.quick_order.menu_index import QuickMenu
from console.ordering.quick_order.parser import Mistake


@dataclass(frozen=True, slots=True)
class InterpreterContext:
    """The menu, the bundles that may be inside here, the slot this is in, and who watches the cursor."""

    menu: QuickMenu
    bundles: Bundles
    cursor_tracker: CursorTracker
    deal_slot: BundleItem | None = None

    def for_slot(self, bundles: Bundles, deal_slot: BundleItem) -> "InterpreterContext":
        """The scope of what is in a slot."""
        return replace(self, bundles=bundles, deal_slot=deal_slot)

    def format_money(self, amount: Decimal) -> str:
        """An amount of the menu."""
        return self.menu.currency.format_money(amount)


@dataclass(frozen=True, slots=True)
class ConfiguredBundle:
    """How far a bundle could be configured: ``mistake`` is the first that was met.

    ``dropped_titles`` are those of what has no form in the size asked for.
    """

    components: Components
    mistake: Mistake | None = None
    dropped_titles: tuple[str, ...] = ()


def first_mistake(*mistakes: Mistake | None) -> Mistake | None:
    """The mistake that stands first in the text."""
    return min((m for m in mistakes if m), key=lambda m: m.start, default=None)
