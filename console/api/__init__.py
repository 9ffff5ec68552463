"""The platform's API as a library; ``docs/library.md`` shows its use.

Its names are imported on demand: a module of this package loads no more than it needs itself.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.api.public import *  # noqa: F403 (its ``__all__`` are the names of the library)


def __getattr__(name: str) -> object:
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("console.api.public"), name)
