"""The one-line order: ``2 l pan marg +olive:l +mush:r x -onion; 3 coke 500`` becomes order lines.

Used by the order screen's quick line. docs/quick-order.md is its grammar; every function here is pure.
"""

from console.ordering.quick_order.interpreter import interpret
from console.ordering.quick_order.menu_index import QuickMenu, build_quick_menu
from console.ordering.quick_order.parser import Mistake
from console.ordering.quick_order.result import Completion, QuickOrderLine, QuickOrderResult

__all__ = [
    "Completion",
    "Mistake",
    "QuickMenu",
    "QuickOrderLine",
    "QuickOrderResult",
    "build_quick_menu",
    "interpret",
]
