"""The one-line order: ``2 l pan marg +olive:l +mush:r x -onion; 3 coke 500`` becomes order lines.

docs/quick-order.md is its grammar; every function here is pure.
"""

from console.ordering.quick_order.interpreter import MAX_LETTERS, MAX_LINES, interpret
from console.ordering.quick_order.menu_index import QuickMenu, build_quick_menu
from console.ordering.quick_order.parser import Mistake
from console.ordering.quick_order.result import Completion, QuickOrderLine, QuickOrderResult

__all__ = [
    "MAX_LETTERS",
    "MAX_LINES",
    "Completion",
    "Mistake",
    "QuickMenu",
    "QuickOrderLine",
    "QuickOrderResult",
    "build_quick_menu",
    "interpret",
]
