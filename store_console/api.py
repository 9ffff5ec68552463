"""The platform's API as a library: ``from store_console.api import connect``. See ``docs/library.md``."""

import sys
from importlib.util import module_from_spec, spec_from_file_location

from store_console import folder_of_packages, foreign_package


def _load_console() -> None:
    """Load our package ``console`` by its place: the path of the program that imports us stays as it is.

    Raises:
        ImportError: another package of this name is loaded already.
    """
    folder = folder_of_packages()
    if problem := foreign_package(folder, ["console"]):
        raise ImportError(f"store_console.api: {problem}")
    if "console" in sys.modules:
        return
    place = folder / "console"
    spec = spec_from_file_location("console", place / "__init__.py", submodule_search_locations=[str(place)])
    if spec is None or spec.loader is None:
        raise ImportError(f"store_console.api: {place} is missing")
    sys.modules["console"] = package = module_from_spec(spec)
    spec.loader.exec_module(package)


_load_console()

from console.api.public import *  # noqa: E402, F403 (its ``__all__`` are the names of the library)
