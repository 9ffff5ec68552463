"""From the layers' errors to the sentence an operator reads.

Used by every service of the desk around each call that can fail.
"""

from collections.abc import Generator
from contextlib import contextmanager

from console.api.errors import PlatformError, TimedOut, Unreachable
from console.services.events import ServiceError
from console.storage.errors import StorageError, UnreadableRecord
from console.sync.connection.monitor import ConnectionMonitor


@contextmanager
def platform_errors(monitor: ConnectionMonitor) -> Generator[None]:
    """Around calls to the platform: what they tell of the line is passed on to it.

    Raises:
        ServiceError: the platform is not there, or refused.
    """
    try:
        yield
    except (Unreachable, TimedOut) as error:
        monitor.failed()
        raise ServiceError(error.message, offline=True) from error
    except PlatformError as error:
        monitor.succeeded()
        raise ServiceError(error.message) from error
    monitor.succeeded()


@contextmanager
def storage_errors() -> Generator[None]:
    """Around calls to what this machine remembers.

    Raises:
        ServiceError: it cannot be read or written.
    """
    try:
        yield
    except (StorageError, UnreadableRecord) as error:
        raise ServiceError(error.message) from error
