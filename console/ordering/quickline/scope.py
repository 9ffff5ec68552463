"""What reading one construct needs to know, and what comes of it.

Handed down from a line to the bundle, the slots and the changes in it.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from console.ordering.bundle import BundleItem, Bundles
from console.ordering.pizza.base import Components
from console.ordering.quickline.grammar import Mistake
from console.ordering.quickline.menu import QuickMenu
from console.ordering.quickline.watching import Watch


@dataclass(frozen=True, slots=True)
class Scope:
    """The menu, the bundles that may be inside here, the slot this is in, and who watches the cursor."""

    menu: QuickMenu
    bundles: Bundles
    watch: Watch
    slot: BundleItem | None = None

    def inside(self, bundles: Bundles, slot: BundleItem) -> "Scope":
        """The scope of what is in a slot."""
        return replace(self, bundles=bundles, slot=slot)

    def text(self, amount: Decimal) -> str:
        """An amount of the menu."""
        return self.menu.currency.text(amount)


@dataclass(frozen=True, slots=True)
class Configured:
    """How far a bundle could be configured: ``mistake`` is the first that was met.

    ``dropped`` are the titles of what has no form in the size asked for.
    """

    components: Components
    mistake: Mistake | None = None
    dropped: tuple[str, ...] = ()


def first(*mistakes: Mistake | None) -> Mistake | None:
    """The mistake that stands first in the text."""
    return min((m for m in mistakes if m), key=lambda m: m.start, default=None)
