"""Configuring one bundle: its base, what lies on which part of it, how strong, and what is wrong with it.

Used by the builder, the order language and ``deal``; every function is pure and gives the new configuration.
A configuration is the components of an item, the base first; what is not in it is not on it.
"""

from console.ordering.configuration.base import BaseChange, base_variant, crusts, sizes, with_base
from console.ordering.configuration.defaults import default_configuration
from console.ordering.configuration.errors import ConfigureError
from console.ordering.configuration.half_and_half import half_and_half
from console.ordering.configuration.problem_text import problems
from console.ordering.configuration.strength import default_variant, strength_variants
from console.ordering.configuration.toppings import (
    make_stronger,
    make_weaker,
    products_on_both_halves,
    put_on_whole,
    put_topping,
    remove_topping,
    removed_defaults,
)

__all__ = [
    "BaseChange",
    "ConfigureError",
    "base_variant",
    "crusts",
    "default_configuration",
    "default_variant",
    "half_and_half",
    "make_stronger",
    "make_weaker",
    "problems",
    "products_on_both_halves",
    "put_on_whole",
    "put_topping",
    "remove_topping",
    "removed_defaults",
    "sizes",
    "strength_variants",
    "with_base",
]
