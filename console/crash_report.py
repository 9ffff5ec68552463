"""Saves the account of a program fault, wherever there is room for it, and says where it is.

Nothing here may fail: it runs while the program ends because something else has.
"""

import os
import tempfile
from pathlib import Path

from console.config.private_files import write_private_file

STOPPED = "The console stopped because of a program fault. Every order is as it was last saved."


def save_crash_report(report: str, folder: Path) -> str:
    """Save a traceback in a folder, else in that for temporary files; return the operator's message."""
    content = report.encode(errors="backslashreplace")
    try:
        write_private_file(folder / "fault.txt", content)
    except OSError as error:
        return f"{STOPPED}\n{_save_elsewhere(content, folder, error)}"
    return f"{STOPPED}\nDetails are in {folder / 'fault.txt'}."


def _save_elsewhere(content: bytes, folder: Path, error: OSError) -> str:
    reason = f"{folder} cannot be written ({error.strerror or error})"
    try:
        handle, name = tempfile.mkstemp(prefix="store-console-fault-", suffix=".txt")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError:
        return f"Its details are lost: {reason}."
    return f"Details are in {name}: {reason}."
