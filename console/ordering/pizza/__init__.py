"""Configuring one bundle: its base, what lies on which part of it, how strong, and what is wrong with it.

Used by the builder, the order language and ``deal``; every function is pure and gives the new configuration.
A configuration is the components of an item, the base first; what is not in it is not on it.
"""

from console.ordering.pizza.base import Refit, base_variant, crusts, sizes, with_base
from console.ordering.pizza.check import problems
from console.ordering.pizza.errors import ConfigureError
from console.ordering.pizza.on_menu import as_on_menu
from console.ordering.pizza.recipes import two_recipes
from console.ordering.pizza.strength import strengths, usual
from console.ordering.pizza.toppings import (
    made_whole,
    on_both_halves,
    put,
    removed,
    stronger,
    take_off,
    weaker,
)

__all__ = [
    "ConfigureError",
    "Refit",
    "as_on_menu",
    "base_variant",
    "crusts",
    "made_whole",
    "on_both_halves",
    "problems",
    "put",
    "removed",
    "sizes",
    "strengths",
    "stronger",
    "take_off",
    "two_recipes",
    "usual",
    "weaker",
    "with_base",
]
