"""Context and results of reading a bundle, its slots and its changes."""

from dataclasses import dataclass
from decimal import Decimal

from console.ordering.configuration.base import Components
from console.ordering.configuration.bundle import BundleItem, Bundles
from console.ordering.quick_order.cursor_tracker import CursorTracker
from console.ordering.quick_order.menu_index import QuickMenu
from console.ordering.quick_order.parser import Mistake


@dataclass(frozen=True, slots=True)
class InterpreterContext:
    """The menu, the bundles allowed inside this one, the slot it is in, and the cursor."""

    menu: QuickMenu
    bundles: Bundles
    cursor_tracker: CursorTracker
    deal_slot: BundleItem | None = None

    def format_money(self, amount: Decimal) -> str:
        """Format an amount of the menu."""
        return self.menu.currency.format_money(amount)


@dataclass(frozen=True, slots=True)
class ConfiguredBundle:
    """A bundle configured as far as possible; ``mistake`` is the first one.

    ``dropped_titles`` has the defaults that do not come in the requested size, ``notes`` what was asked for
    and cannot be part of it: "no Mushrooms" where there are none.
    """

    components: Components
    mistake: Mistake | None = None
    dropped_titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def first_mistake(*mistakes: Mistake | None) -> Mistake | None:
    """The mistake that comes first in the text."""
    return min((m for m in mistakes if m), key=lambda m: m.start, default=None)
