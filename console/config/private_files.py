"""Private files and folders: readable by their owner only, replaced whole or not at all."""

import errno
import os
import tempfile
from pathlib import Path


def ensure_private_folder(path: Path) -> Path:
    """Create a folder and its missing parents, mode 0700; an existing folder keeps its mode.

    Raises:
        OSError: it cannot be created.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    return path


def write_private_file(path: Path, data: bytes) -> None:
    """Replace a file durably, mode 0600: after a power cut it is the old or the new one.

    A symbolic link stays a link; its target is replaced.

    Raises:
        OSError: it cannot be written; the old file is unchanged.
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
    # The rename is durable only once the folder is synced.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
