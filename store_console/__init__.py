"""The stub of the installed program: finds our packages before any other of the same names.

``console``, ``screens`` and ``widgets`` are common names. Installed, they lie in this folder, out of the way;
in the source tree they lie beside it.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

PACKAGES = ("console", "screens", "widgets")
OWN_PROGRAM = "Start the console as a program of its own: python -m store_console."


def main() -> int:
    """Run the command line and return the exit code."""
    folder = folder_of_packages()
    if problem := foreign_package(folder):
        sys.stderr.write(f"store-console: {problem} {OWN_PROGRAM}\n")
        return 1
    sys.path.insert(0, str(folder))
    from console.cli import main as run  # noqa: PLC0415 (only now is this console the one that is found)

    return run()


def folder_of_packages() -> Path:
    """Return the folder of our packages: this one if installed, the one above in the source tree."""
    here = Path(__file__).resolve().parent
    return here if (here / PACKAGES[0]).is_dir() else here.parent


def foreign_package(folder: Path, names: Sequence[str] = PACKAGES) -> str:
    """Return why a package that is loaded already is in the way, or ""."""
    for name in names:
        loaded = sys.modules.get(name)
        if loaded is None:
            continue
        origin = getattr(loaded, "__file__", None) or next(iter(getattr(loaded, "__path__", ())), "")
        if not origin or not Path(origin).resolve().is_relative_to(folder / name):
            return f"another package named {name} is loaded already ({origin or 'built in'})."
    return ""
