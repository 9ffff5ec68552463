"""From the layers' errors to the sentence an operator reads.

Used by every service of the desk around each call that can fail.
"""

from collections.abc import Generator
from contextlib import contextmanager

from console.api.errors import PlatformError, TimedOut, Unreachable
from console.desk.changes import Trouble
from console.storage.errors import StorageError, UnreadableRecord
from console.sync.connection.monitor import ConnectionMonitor


@contextmanager
def asking(link: ConnectionMonitor) -> Generator[None]:
    """Around calls to the platform: what they tell of the line is passed on to it.

    Raises:
        Trouble: the platform is not there, or refused.
    """
    try:
        yield
    except (Unreachable, TimedOut) as error:
        link.failed()
        raise Trouble(error.message, offline=True) from error
    except PlatformError as error:
        link.succeeded()
        raise Trouble(error.message) from error
    link.succeeded()


@contextmanager
def remembering() -> Generator[None]:
    """Around calls to what this machine remembers.

    Raises:
        Trouble: it cannot be read or written.
    """
    try:
        yield
    except (StorageError, UnreadableRecord) as error:
        raise Trouble(error.message) from error
