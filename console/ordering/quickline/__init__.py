"""The one-line order: ``2 l pan marg +olive:l +mush:r x -onion; 3 coke 500`` becomes order lines.

Used by the order screen's quick line. docs/quickline.md is its grammar; every function here is pure.
"""

from console.ordering.quickline.grammar import Mistake
from console.ordering.quickline.menu import QuickMenu, quick_menu
from console.ordering.quickline.reading import read
from console.ordering.quickline.values import Completion, Reading, ReadLine
from console.ordering.quickline.writing import UnwrittenError, unparse

__all__ = [
    "Completion",
    "Mistake",
    "QuickMenu",
    "ReadLine",
    "Reading",
    "UnwrittenError",
    "quick_menu",
    "read",
    "unparse",
]
