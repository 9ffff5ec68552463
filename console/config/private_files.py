"""Private files and folders: made for their owner only, replaced whole or not at all.

Used by whatever writes outside SQLite: the settings, the secrets and the audit trail.
"""

import errno
import os
import tempfile
from pathlib import Path


def ensure_private_folder(path: Path) -> Path:
    """Make a folder and its missing parents, mode 0700; a folder that is there keeps its mode.

    Raises:
        OSError: it cannot be made.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    return path


def write_private_file(path: Path, data: bytes) -> None:
    """Replace a file, mode 0600, durably: after a power cut it is the old one or the new one.

    A symbolic link stays a link; what it points at is replaced.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    target = path.resolve()
    folder = ensure_private_folder(target.parent)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    # The new name is durable only once the folder that holds it is.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
