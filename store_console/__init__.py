"""The stub of the installed program: finds our packages before any other of the same names.

``console``, ``screens`` and ``widgets`` are common names. Installed, they lie in this folder, out of the way;
in the source tree they lie beside it.
"""

import sys
from pathlib import Path

PACKAGES = ("console", "screens", "widgets")


def main() -> int:
    """Run the command line and return the exit code."""
    folder = _folder_of_packages()
    if problem := _foreign_package(folder):
        sys.stderr.write(f"store-console: {problem}\n")
        return 1
    sys.path.insert(0, str(folder))
    from console.cli import main as run  # noqa: PLC0415 (only now is this console the one that is found)

    return run()


def _folder_of_packages() -> Path:
    here = Path(__file__).resolve().parent
    return here if (here / PACKAGES[0]).is_dir() else here.parent


def _foreign_package(folder: Path) -> str:
    """Return why a package that is loaded already is in the way, or ""."""
    for name in PACKAGES:
        loaded = sys.modules.get(name)
        if loaded is None:
            continue
        origin = getattr(loaded, "__file__", None) or next(iter(getattr(loaded, "__path__", ())), "")
        if not origin or not Path(origin).resolve().is_relative_to(folder / name):
            return (
                f"another package named {name} is loaded already ({origin or 'built in'}). "
                "Start the console as a program of its own: python -m store_console."
            )
    return ""
