"""Maps the lower layers' errors to the message an operator reads."""

from collections.abc import Generator
from contextlib import contextmanager

from console.api.errors import PlatformError, TimedOut, Unreachable
from console.config.secret_file import SecretError
from console.services.events import ServiceError
from console.storage.errors import StorageError, UnreadableRecord
from console.sync.connection.monitor import ConnectionMonitor


@contextmanager
def platform_errors(monitor: ConnectionMonitor) -> Generator[None]:
    """Turn platform errors into ServiceError, and report the connection to the monitor.

    Raises:
        ServiceError: the platform is unreachable, or refused.
    """
    try:
        yield
    except (Unreachable, TimedOut) as error:
        if isinstance(error, TimedOut) and error.sent:
            monitor.timed_out()
        else:
            monitor.failed()
        raise ServiceError(error.message, offline=True) from error
    except PlatformError as error:
        monitor.succeeded()
        raise ServiceError(error.message) from error
    monitor.succeeded()


@contextmanager
def local_errors() -> Generator[None]:
    """Turn errors of this machine's files and secrets into ServiceError.

    Raises:
        ServiceError: a file, a folder or the keyring cannot be used.
    """
    try:
        yield
    except SecretError as error:
        raise ServiceError(error.message) from error
    except OSError as error:
        name = error.filename if isinstance(error.filename, str) else "A file"
        raise ServiceError(f"{name} cannot be used: {error.strerror or error}.") from error


@contextmanager
def storage_errors() -> Generator[None]:
    """Turn storage errors into ServiceError.

    Raises:
        ServiceError: this machine's files cannot be read or written.
    """
    try:
        yield
    except (StorageError, UnreadableRecord) as error:
        raise ServiceError(error.message) from error
